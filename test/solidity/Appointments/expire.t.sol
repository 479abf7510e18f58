// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VisitState} from "../../../contracts/types/Types.sol";
import {VisitSetup} from "../support/VisitSetup.sol";

contract ExpireTest is VisitSetup {
    uint256 private constant START_END = BEGIN + 86_400;
    uint256 private constant COMPLETE_END = BEGIN + 604_800;

    function test_P40_refuses_in_every_state_that_has_no_timeout() external {
        _checkRefused(VisitState.Expired, 14, _expire);
    }

    function test_P40_refuses_a_request_until_it_would_begin() external {
        _refusedAt(VisitState.Requested, BEGIN);
    }

    function test_P40_refuses_a_confirmed_visit_until_24_hours_after() external {
        _refusedAt(VisitState.Confirmed, START_END);
    }

    function test_P40_refuses_a_started_visit_until_7_days_after() external {
        _refusedAt(VisitState.Started, COMPLETE_END);
    }

    function test_P47_refunds_a_request_from_the_second_in_which_it_would_begin() external {
        _check(VisitState.Requested, BEGIN, VisitState.Expired, FEE_WEI, 0);
    }

    function test_P47_refunds_a_confirmed_visit_from_24_hours_after() external {
        _check(VisitState.Confirmed, START_END, VisitState.Expired, FEE_WEI, 0);
    }

    function test_P47_credits_a_started_visit_to_the_doctor_from_7_days_after() external {
        _check(VisitState.Started, COMPLETE_END, VisitState.Completed, 0, FEE_WEI);
    }

    function test_P49_needs_nobody_who_is_active() external {
        _bring(VisitState.Confirmed);
        hospital.suspend(doctor);
        hospital.suspend(patient);
        _closeHospital();
        vm.warp(START_END + 365 days);
        _expire();
        _checkEnded(VisitState.Expired, FEE_WEI, 0);
    }

    function test_P52_announces_the_expiry_and_the_refund() external {
        _book();
        vm.warp(BEGIN);
        vm.recordLogs();
        _expectChange(SLOT, VisitState.Expired, stranger);
        _expectSettled(FEE, 0);
        _expire();
        vm.assertEq(_countLogs(), 2);
    }

    function test_P52_announces_the_completion_and_what_was_earned() external {
        _bring(VisitState.Started);
        vm.warp(COMPLETE_END);
        _expectChange(SLOT, VisitState.Completed, stranger);
        _expectSettled(0, FEE);
        _expire();
    }

    function _expire() private {
        vm.prank(stranger);
        appointments.expire(id, doctor, DAY, SLOT);
    }

    function _refusedAt(VisitState state, uint256 timeout) private {
        _bring(state);
        vm.warp(timeout - 1);
        vm.expectRevert(_wrongTime(timeout, type(uint256).max, timeout - 1));
        _expire();
    }

    function _check(VisitState state, uint256 time, VisitState end, uint256 refund, uint256 earned) private {
        _bring(state);
        vm.warp(time);
        _expire();
        _checkEnded(end, refund, earned);
    }

    function _checkEnded(VisitState end, uint256 refund, uint256 earned) private view {
        _checkVisit(SLOT, end, 1, 0);
        _checkAccount(patient, refund, 1, 0);
        _checkAccount(doctor, earned, 0, 0);
        _checkAccount(stranger, 0, 0, 0);
        vm.assertEq(_takenOf(DAY), _bit(SLOT));
    }
}
