// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VisitState} from "../../../contracts/types/Types.sol";
import {VisitSetup} from "../support/VisitSetup.sol";

contract CompleteTest is VisitSetup {
    function test_P40_refuses_in_every_state_but_started() external {
        _checkRefused(VisitState.Completed, 8, _complete);
    }

    function test_P06_finds_no_visit_of_the_patient() external {
        _refused(patient);
    }

    function test_P07_finds_no_visit_of_another_doctor() external {
        _refused(colleague);
    }

    function test_P47_credits_the_whole_fee_to_the_doctor() external {
        _bring(VisitState.Started);
        _complete();
        _checkCompleted();
    }

    function test_P49_works_for_a_suspended_doctor_of_a_closed_hospital() external {
        _bring(VisitState.Started);
        hospital.suspend(doctor);
        _closeHospital();
        _complete();
        _checkCompleted();
    }

    function test_P47_refuses_before_it_begins() external {
        _startEarly();
        vm.warp(BEGIN - 1);
        vm.expectRevert(_wrongTime(BEGIN, type(uint256).max, BEGIN - 1));
        _complete();
    }

    function test_P47_completes_from_the_second_in_which_it_begins() external {
        _startEarly();
        vm.warp(BEGIN);
        _complete();
        _checkCompleted();
    }

    function test_P47_credits_the_whole_fee_of_a_hurried_visit() external {
        _hurry();
        vm.warp(BEGIN);
        vm.prank(doctor);
        appointments.start(id, DAY, SLOT);
        _complete();
        _checkCompleted();
    }

    function test_P49_completes_later_than_the_timeout_when_nobody_expired_it() external {
        _bring(VisitState.Started);
        vm.warp(BEGIN + 30 days);
        _complete();
        _checkCompleted();
    }

    function test_P52_announces_the_state_and_what_was_earned() external {
        _bring(VisitState.Started);
        vm.recordLogs();
        _expectChange(SLOT, VisitState.Completed, doctor);
        _expectSettled(0, FEE);
        _complete();
        vm.assertEq(_countLogs(), 2);
    }

    function _startEarly() private {
        _bring(VisitState.Confirmed);
        vm.warp(BEGIN - 1 hours);
        vm.prank(doctor);
        appointments.start(id, DAY, SLOT);
    }

    function _complete() private {
        vm.prank(doctor);
        appointments.complete(id, DAY, SLOT);
    }

    function _refused(address caller) private {
        _bring(VisitState.Started);
        vm.expectRevert(_wrongState(VisitState.None, VisitState.Completed));
        vm.prank(caller);
        appointments.complete(id, DAY, SLOT);
    }

    function _checkCompleted() private view {
        _checkVisit(SLOT, VisitState.Completed, 1, 0);
        _checkAccount(doctor, FEE_WEI, 0, 0);
        _checkAccount(patient, 0, 1, 0);
        vm.assertEq(_takenOf(DAY), _bit(SLOT));
        vm.assertEq(address(appointments).balance, FEE_WEI);
    }
}
