// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAppointments} from "../../../contracts/interfaces/IAppointments.sol";
import {ISuccessionObserver} from "../../../contracts/interfaces/ISuccessionObserver.sol";
import {VisitSetup} from "../support/VisitSetup.sol";

contract OnSuccessionTest is VisitSetup {
    function test_P58_refuses_everybody_but_the_directory() external {
        address[4] memory callers = [patient, successor, address(this), address(consent)];
        for (uint256 i; i < callers.length; ++i) {
            bytes4 selector = ISuccessionObserver.SuccessionObserver_OnlyDirectory.selector;
            vm.expectRevert(abi.encodeWithSelector(selector, callers[i]));
            vm.prank(callers[i]);
            appointments.onSuccession(patient, successor);
        }
    }

    function test_P52_announces_account_and_successor() external {
        vm.recordLogs();
        vm.expectEmit(address(appointments));
        emit IAppointments.AccountSucceeded(patient, successor);
        vm.prank(address(directory));
        appointments.onSuccession(patient, successor);
        vm.assertEq(_countLogs(), 1);
    }

    function test_P58_moves_power_over_what_was_booked_and_credited_before() external {
        _book();
        _bookSlot(SLOT + 1);
        _cancelAs(patient);
        _succeed();
        _checkAccount(patient, FEE_WEI, 2, 1);
        vm.prank(successor);
        appointments.cancel(id, doctor, DAY, SLOT + 1, 1);
        vm.prank(successor);
        appointments.withdraw(patient, payable(address(0xcafe)));
        vm.assertEq(address(0xcafe).balance, 2 * FEE_WEI);
    }

    function test_P58_asks_the_directory_who_acts_from_then_on() external {
        vm.prank(address(directory));
        appointments.onSuccession(patient, successor);
        // The directory knows of no succession, so that the account still acts for itself.
        vm.prank(patient);
        appointments.withdraw(patient, payable(address(0xcafe)));
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_NotActor.selector, patient, successor));
        vm.prank(successor);
        appointments.withdraw(patient, payable(address(0xcafe)));
    }

    function test_P58_ends_the_mandates_of_delegates() external {
        _mandate(4, clock + 30 days);
        _book();
        _succeed();
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_OnlyPatientOrDoctor.selector, delegate));
        _cancelAs(delegate);
    }

    function test_P58_hands_over_again_to_the_next_successor() external {
        _succeed();
        vm.prank(successor);
        directory.proposeSuccessor(patient, stranger);
        vm.warp(clock + 2 * SUCCESSION_DELAY);
        vm.prank(stranger);
        directory.acceptSuccession(patient);
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_NotActor.selector, patient, successor));
        vm.prank(successor);
        appointments.withdraw(patient, payable(address(0xcafe)));
        vm.prank(stranger);
        appointments.withdraw(patient, payable(address(0xcafe)));
    }
}
