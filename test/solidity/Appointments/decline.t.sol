// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VisitState} from "../../../contracts/types/Types.sol";
import {VisitSetup} from "../support/VisitSetup.sol";

contract DeclineTest is VisitSetup {
    function test_P40_refuses_in_every_state_but_requested() external {
        _checkRefused(VisitState.Declined, 2, _decline);
    }

    function test_P06_finds_no_visit_of_the_patient() external {
        _book();
        vm.expectRevert(_wrongState(VisitState.None, VisitState.Declined));
        vm.prank(patient);
        appointments.decline(id, DAY, SLOT, 1);
    }

    function test_P07_finds_no_visit_of_another_doctor() external {
        _book();
        vm.expectRevert(_wrongState(VisitState.None, VisitState.Declined));
        vm.prank(colleague);
        appointments.decline(id, DAY, SLOT, 1);
    }

    function test_P40_refuses_another_booking_of_the_quarter() external {
        _bookAgain();
        vm.expectRevert(_wrongRound(2, 1));
        _decline();
        vm.assertEq(uint256(_seen(DAY, SLOT).state), uint256(VisitState.Requested));
    }

    function test_P47_refunds_the_whole_fee_and_frees_the_quarter() external {
        _book();
        _decline();
        _checkDeclined();
    }

    function test_P49_works_for_a_suspended_doctor_of_a_closed_hospital() external {
        _book();
        hospital.suspend(doctor);
        _closeHospital();
        _decline();
        _checkDeclined();
    }

    function test_P49_works_long_after_it_would_have_begun() external {
        _book();
        vm.warp(BEGIN + 30 days);
        _decline();
        _checkDeclined();
    }

    function test_P40_frees_this_quarter_only() external {
        _book();
        _bookSlot(SLOT + 1);
        _decline();
        vm.assertEq(_takenOf(DAY), _bit(SLOT + 1));
        _checkVisit(SLOT + 1, VisitState.Requested, 1, FEE);
    }

    function test_P52_announces_the_state_and_the_refund() external {
        _book();
        vm.recordLogs();
        _expectChange(SLOT, VisitState.Declined, doctor);
        _expectSettled(FEE, 0);
        _decline();
        vm.assertEq(_countLogs(), 2);
    }

    function test_P52_announces_no_refund_of_nothing() external {
        _publish(DAY, 0);
        vm.prank(patient);
        appointments.book(patient, _booking(DAY, SLOT));
        vm.recordLogs();
        _decline();
        vm.assertEq(_countLogs(), 1);
        _checkAccount(patient, 0, 1, 0);
    }

    function _decline() private {
        vm.prank(doctor);
        appointments.decline(id, DAY, SLOT, 1);
    }

    function _checkDeclined() private view {
        _checkVisit(SLOT, VisitState.Declined, 1, 0);
        _checkAccount(patient, FEE_WEI, 1, 0);
        _checkAccount(doctor, 0, 0, 0);
        vm.assertEq(_takenOf(DAY), 0);
        vm.assertEq(address(appointments).balance, FEE_WEI);
    }
}
