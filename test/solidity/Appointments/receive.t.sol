// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAppointments} from "../../../contracts/interfaces/IAppointments.sol";
import {VisitState} from "../../../contracts/types/Types.sol";
import {VisitSetup} from "../support/VisitSetup.sol";

contract ReceiveTest is VisitSetup {
    function test_P50_refuses_a_plain_transfer() external {
        vm.assertFalse(_sends(""));
    }

    function test_P50_refuses_an_unknown_function_with_and_without_ether() external {
        vm.assertFalse(_sends(hex"12345678"));
        vm.prank(stranger);
        (bool done, ) = address(appointments).call(hex"12345678");
        vm.assertFalse(done);
    }

    function test_P50_refuses_ether_in_every_other_function() external {
        _book();
        vm.deal(doctor, 1 ether);
        _refusesEther(doctor, abi.encodeCall(IAppointments.confirm, (id, DAY, SLOT, 1)));
        _refusesEther(doctor, abi.encodeCall(IAppointments.decline, (id, DAY, SLOT, 1)));
        _refusesEther(doctor, abi.encodeCall(IAppointments.cancel, (id, doctor, DAY, SLOT, 1)));
        bytes memory move = abi.encodeCall(IAppointments.reschedule, (DAY, SLOT, _booking(DAY, 0)));
        _refusesEther(patient, move);
        _refusesEther(patient, abi.encodeCall(IAppointments.withdraw, (patient, payable(patient))));
    }

    function test_P50_refuses_ether_in_what_ends_a_visit() external {
        _bring(VisitState.Confirmed);
        vm.warp(BEGIN + 1 hours);
        vm.deal(doctor, 1 ether);
        _refusesEther(doctor, abi.encodeCall(IAppointments.markNoShow, (id, DAY, SLOT)));
        _refusesEther(doctor, abi.encodeCall(IAppointments.start, (id, DAY, SLOT)));
        vm.prank(doctor);
        appointments.start(id, DAY, SLOT);
        _refusesEther(doctor, abi.encodeCall(IAppointments.complete, (id, DAY, SLOT)));
        vm.warp(BEGIN + 7 days);
        _refusesEther(doctor, abi.encodeCall(IAppointments.expire, (id, doctor, DAY, SLOT)));
    }

    function test_P46_P50_credits_nobody_with_ether_that_was_forced_in() external {
        _book();
        _cancelAs(patient);
        vm.deal(address(appointments), FEE_WEI + 1 ether);
        _checkAccount(patient, FEE_WEI, 1, 0);
        vm.prank(patient);
        appointments.withdraw(patient, payable(address(0xcafe)));
        vm.assertEq(address(0xcafe).balance, FEE_WEI);
        vm.assertEq(address(appointments).balance, 1 ether);
    }

    function _sends(bytes memory data) private returns (bool done) {
        vm.prank(stranger);
        (done, ) = address(appointments).call{value: 1}(data);
    }

    /// @dev The same call without ether succeeds, so that it is the ether that is refused.
    function _refusesEther(address caller, bytes memory data) private {
        vm.prank(caller);
        (bool done, ) = address(appointments).call{value: 1}(data);
        vm.assertFalse(done);
        uint256 before = vm.snapshotState();
        vm.prank(caller);
        (done, ) = address(appointments).call(data);
        vm.assertTrue(done);
        vm.revertToState(before);
    }
}
