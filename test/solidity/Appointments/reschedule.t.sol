// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAppointments} from "../../../contracts/interfaces/IAppointments.sol";
import {VisitState} from "../../../contracts/types/Types.sol";
import {VisitSetup} from "../support/VisitSetup.sol";

/// @notice Who may move a visit, and when.
contract RescheduleTest is VisitSetup {
    function test_P40_refuses_in_every_other_state() external {
        _checkRefused(VisitState.Rescheduled, 6, _move);
    }

    function test_P06_refuses_a_stranger() external {
        _refused(stranger);
    }

    function test_P06_refuses_the_doctor() external {
        _refused(doctor);
    }

    function test_P06_refuses_another_patient() external {
        _refused(neighbour);
    }

    function test_P24_refuses_a_delegate_with_every_mandate_but_this() external {
        _mandate(3, clock + 1);
        _refused(delegate);
    }

    function test_P58_refuses_the_old_account_after_a_succession() external {
        _succeed();
        vm.prank(successor);
        appointments.book{value: FEE_WEI}(patient, _booking(DAY, SLOT));
        _moveFails(patient);
    }

    function test_P40_refuses_a_request_from_the_second_in_which_it_begins() external {
        _book();
        vm.warp(BEGIN);
        vm.expectRevert(_wrongTime(0, BEGIN, BEGIN));
        _move();
    }

    function test_P40_refuses_a_confirmed_visit_later_than_24_hours_ahead() external {
        _bring(VisitState.Confirmed);
        vm.warp(BEGIN - 86_399);
        vm.expectRevert(_wrongTime(0, BEGIN - 86_399, BEGIN - 86_399));
        _move();
    }

    function test_P06_refuses_a_suspended_patient() external {
        _book();
        hospital.suspend(patient);
        vm.expectRevert(_notActive(id, patient));
        _move();
    }

    function test_P06_refuses_to_a_suspended_doctor() external {
        _book();
        hospital.suspend(doctor);
        vm.expectRevert(_notActive(id, doctor));
        _move();
    }

    function test_P01_refuses_at_a_hospital_without_accreditation() external {
        _book();
        _closeHospital();
        vm.expectRevert(_notActive(id, patient));
        _move();
    }

    function test_P40_refuses_a_quarter_that_is_taken() external {
        _book();
        vm.prank(neighbour);
        appointments.book{value: FEE_WEI}(neighbour, _booking(DAY, SLOT + 1));
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_SlotUnavailable.selector, DAY, SLOT + 1));
        _move();
    }

    function test_P40_refuses_a_quarter_of_the_past() external {
        _book();
        vm.warp(BEGIN - 1);
        uint256 begin = BEGIN - 15 minutes;
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_SlotPast.selector, begin, BEGIN - 1));
        _moveTo(SLOT - 1);
    }

    function test_P51_refuses_a_13th_request() external {
        _bring(VisitState.Confirmed);
        for (uint8 slot; slot < 12; ++slot) _bookSlot(slot);
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_TooManyRequests.selector, patient, 12));
        _move();
    }

    function _refused(address caller) private {
        _book();
        _moveFails(caller);
    }

    function _moveFails(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_NotPatient.selector, patient, caller));
        vm.prank(caller);
        appointments.reschedule(DAY, SLOT, _booking(DAY, SLOT + 1));
    }

    function _move() private {
        _moveTo(SLOT + 1);
    }

    function _moveTo(uint8 slot) private {
        vm.prank(patient);
        appointments.reschedule(DAY, SLOT, _booking(DAY, slot));
    }
}

/// @notice What moving a visit does.
contract RescheduleEffectTest is VisitSetup {
    function test_P40_moves_a_request_until_the_last_second_before_it_begins() external {
        _book();
        vm.warp(BEGIN - 1);
        vm.assertEq(_moveAs(patient), _idOf(DAY, SLOT + 1));
        _checkMoved();
    }

    function test_P40_moves_a_confirmed_visit_until_24_hours_ahead() external {
        _bring(VisitState.Confirmed);
        vm.warp(BEGIN - 86_400);
        _moveAs(patient);
        _checkMoved();
    }

    function test_P47_moves_a_hurried_visit_until_the_last_second_before_it_begins() external {
        _hurry();
        vm.warp(BEGIN - 1);
        _moveAs(patient);
        _checkMoved();
    }

    function test_P40_refuses_a_hurried_visit_from_the_second_in_which_it_begins() external {
        _hurry();
        vm.warp(BEGIN);
        vm.expectRevert(_wrongTime(0, BEGIN, BEGIN));
        _moveAs(patient);
    }

    function test_P47_forgets_that_the_visit_was_hurried() external {
        _hurry();
        vm.prank(patient);
        appointments.reschedule(DAY, SLOT, _booking(DAY, SLOT));
        vm.assertFalse(_seen(DAY, SLOT).hurried);
    }

    function test_P24_lets_a_delegate_move_it() external {
        _mandate(4, clock + 1);
        _book();
        _expectChange(SLOT, VisitState.Rescheduled, delegate);
        _expectChange(SLOT + 1, VisitState.Requested, delegate);
        _moveAs(delegate);
        _checkMoved();
    }

    function test_P58_lets_the_successor_move_it() external {
        _book();
        _succeed();
        _moveAs(successor);
        _checkMoved();
    }

    function test_P46_takes_the_fee_along_whatever_the_new_day_costs() external {
        _publish(DAY + 1, FEE * 3);
        _book();
        vm.prank(patient);
        appointments.reschedule(DAY, SLOT, _booking(DAY + 1, 0));
        vm.assertEq(_seen(DAY + 1, 0).fee, FEE);
        vm.assertEq(_takenOf(DAY + 1), 1);
        vm.assertEq(address(appointments).balance, FEE_WEI);
        _checkAccount(patient, 0, 2, 1);
    }

    function test_P47_settles_the_fee_of_a_moved_visit_once() external {
        _book();
        _moveAs(patient);
        vm.expectRevert(_wrongState(VisitState.Rescheduled, VisitState.Cancelled));
        _cancelAs(patient);
        vm.prank(patient);
        appointments.cancel(id, doctor, DAY, SLOT + 1, 1);
        _checkAccount(patient, FEE_WEI, 2, 0);
        vm.assertEq(address(appointments).balance, FEE_WEI);
    }

    function test_P40_lets_it_stay_in_its_quarter_for_another_round() external {
        _bring(VisitState.Confirmed);
        vm.prank(patient);
        appointments.reschedule(DAY, SLOT, _booking(DAY, SLOT));
        _checkVisit(SLOT, VisitState.Requested, 2, FEE);
        vm.assertEq(_takenOf(DAY), _bit(SLOT));
        _checkAccount(patient, 0, 2, 1);
    }

    function test_P51_moves_one_of_12_requests() external {
        for (uint8 slot; slot < 11; ++slot) _bookSlot(slot);
        _book();
        _moveAs(patient);
        _checkAccount(patient, 0, 13, 12);
    }

    function test_P52_announces_both_and_settles_nothing() external {
        _book();
        vm.recordLogs();
        _expectChange(SLOT, VisitState.Rescheduled, patient);
        vm.expectEmit(address(appointments));
        emit IAppointments.Booked(_idOf(DAY, SLOT + 1), doctor, patient, id, DAY, SLOT + 1, 1, FEE, "new", "wraps");
        IAppointments.Booking memory to = _booking(DAY, SLOT + 1);
        (to.request, to.wraps) = ("new", "wraps");
        vm.prank(patient);
        appointments.reschedule(DAY, SLOT, to);
        vm.assertEq(_countLogs(), 2);
    }

    function _moveAs(address caller) private returns (bytes32) {
        vm.prank(caller);
        return appointments.reschedule(DAY, SLOT, _booking(DAY, SLOT + 1));
    }

    function _checkMoved() private view {
        _checkVisit(SLOT, VisitState.Rescheduled, 1, 0);
        _checkVisit(SLOT + 1, VisitState.Requested, 1, FEE);
        vm.assertEq(_takenOf(DAY), _bit(SLOT + 1));
        _checkAccount(patient, 0, 2, 1);
        vm.assertEq(address(appointments).balance, FEE_WEI);
    }
}
