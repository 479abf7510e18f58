// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VisitState} from "../../../contracts/types/Types.sol";
import {VisitSetup} from "../support/VisitSetup.sol";

contract ConfirmTest is VisitSetup {
    function test_P40_refuses_in_every_state_but_requested() external {
        _checkRefused(VisitState.Confirmed, 2, _confirm);
    }

    function test_P06_refuses_the_patient() external {
        _refused(patient);
    }

    function test_P06_refuses_a_suspended_doctor() external {
        hospital.suspend(doctor);
        _refused(doctor);
    }

    function test_P01_refuses_a_doctor_of_a_hospital_without_accreditation() external {
        _closeHospital();
        _refused(doctor);
    }

    function test_P07_finds_no_visit_of_another_doctor() external {
        _book();
        vm.expectRevert(_wrongState(VisitState.None, VisitState.Confirmed));
        vm.prank(colleague);
        appointments.confirm(id, DAY, SLOT, 1);
    }

    function test_P40_refuses_another_booking_of_the_quarter() external {
        _bookAgain();
        for (uint16 round; round < 4; ++round) {
            if (round == 2) continue;
            vm.expectRevert(_wrongRound(2, round));
            vm.prank(doctor);
            appointments.confirm(id, DAY, SLOT, round);
        }
        vm.prank(doctor);
        appointments.confirm(id, DAY, SLOT, 2);
        vm.assertEq(_seen(DAY, SLOT).patient, neighbour);
    }

    function test_P47_refuses_for_a_suspended_patient() external {
        _book();
        hospital.suspend(patient);
        vm.expectRevert(_notActive(id, patient));
        _confirm();
        hospital.reactivate(patient);
        _confirm();
    }

    function test_P47_notes_that_it_comes_less_than_25_hours_before() external {
        _hurry();
        vm.assertTrue(_seen(DAY, SLOT).hurried);
        _checkVisit(SLOT, VisitState.Confirmed, 1, FEE);
    }

    function test_P47_notes_nothing_25_hours_before() external {
        _book();
        vm.warp(BEGIN - 90_000);
        _confirm();
        vm.assertFalse(_seen(DAY, SLOT).hurried);
    }

    function test_P40_refuses_from_the_second_in_which_it_begins() external {
        _book();
        vm.warp(BEGIN);
        vm.expectRevert(_wrongTime(0, BEGIN, BEGIN));
        _confirm();
    }

    function test_P40_confirms_until_the_last_second_before() external {
        _book();
        vm.warp(BEGIN - 1);
        _confirm();
        _checkVisit(SLOT, VisitState.Confirmed, 1, FEE);
    }

    function test_P40_keeps_the_quarter_and_the_fee_and_ends_the_wait() external {
        _book();
        _confirm();
        vm.assertEq(_takenOf(DAY), _bit(SLOT));
        _checkAccount(patient, 0, 1, 0);
        _checkAccount(doctor, 0, 0, 0);
        vm.assertEq(address(appointments).balance, FEE_WEI);
    }

    function test_P52_announces_the_state_and_nothing_else() external {
        _book();
        vm.recordLogs();
        _expectChange(SLOT, VisitState.Confirmed, doctor);
        _confirm();
        vm.assertEq(_countLogs(), 1);
    }

    function _refused(address caller) private {
        if (caller != doctor) _book();
        vm.expectRevert(_notActive(id, caller));
        vm.prank(caller);
        appointments.confirm(id, DAY, SLOT, 1);
    }
}
