// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAppointments} from "../../../contracts/interfaces/IAppointments.sol";
import {VisitState} from "../../../contracts/types/Types.sol";
import {VisitSetup} from "../support/VisitSetup.sol";

/// @notice Who may book, and for whom.
contract BookTest is VisitSetup {
    function test_P06_refuses_a_stranger() external {
        _refused(stranger, _notPatient(stranger));
    }

    function test_P06_refuses_the_doctor() external {
        _refused(doctor, _notPatient(doctor));
    }

    function test_P24_refuses_a_delegate_with_every_mandate_but_this() external {
        _mandate(3, clock + 1);
        _refused(delegate, _notPatient(delegate));
    }

    function test_P24_refuses_a_delegate_at_the_end_of_his_mandate() external {
        _mandate(4, clock + 100);
        vm.warp(clock + 100);
        _refused(delegate, _notPatient(delegate));
    }

    function test_P24_refuses_a_delegate_in_the_block_of_his_removal() external {
        _mandate(4, clock + 100);
        vm.prank(patient);
        consent.removeDelegate(patient, delegate);
        _refused(delegate, _notPatient(delegate));
    }

    function test_P24_lets_a_delegate_book_until_the_last_second_of_his_mandate() external {
        _mandate(4, clock + 100);
        vm.warp(clock + 99);
        _bookAs(delegate);
        _checkVisit(SLOT, VisitState.Requested, 1, FEE);
        _checkAccount(patient, 0, 1, 1);
        _checkAccount(delegate, 0, 0, 0);
    }

    function test_P52_says_that_the_delegate_sent_it() external {
        _mandate(4, clock + 100);
        _expectChange(SLOT, VisitState.Requested, delegate);
        _bookAs(delegate);
    }

    function test_P58_refuses_the_old_account_after_a_succession() external {
        _succeed();
        _refused(patient, _notPatient(patient));
    }

    function test_P58_refuses_a_successor_who_has_not_accepted() external {
        vm.prank(patient);
        directory.proposeSuccessor(patient, successor);
        vm.warp(clock + SUCCESSION_DELAY);
        _refused(successor, _notPatient(successor));
    }

    function test_P58_lets_the_successor_book_for_the_account() external {
        _succeed();
        _expectChange(SLOT, VisitState.Requested, successor);
        _bookAs(successor);
        _checkVisit(SLOT, VisitState.Requested, 1, FEE);
        _checkAccount(patient, 0, 1, 1);
    }

    function test_P07_refuses_a_patient_who_is_none_at_the_hospital() external {
        vm.expectRevert(_notActive(id, stranger));
        vm.prank(stranger);
        appointments.book{value: FEE_WEI}(stranger, _booking(DAY, SLOT));
    }

    function test_P07_refuses_a_doctor_as_the_patient() external {
        vm.expectRevert(_notActive(id, colleague));
        vm.prank(colleague);
        appointments.book(colleague, _booking(DAY, SLOT));
    }

    function test_P06_refuses_a_suspended_patient() external {
        hospital.suspend(patient);
        _refused(patient, _notActive(id, patient));
    }

    function test_P01_refuses_at_a_hospital_without_accreditation() external {
        _closeHospital();
        _refused(patient, _notActive(id, patient));
    }

    function test_P06_refuses_a_suspended_doctor() external {
        hospital.suspend(doctor);
        _refused(patient, _notActive(id, doctor));
    }

    function test_P07_refuses_a_patient_as_the_doctor() external {
        IAppointments.Booking memory booking = _booking(DAY, SLOT);
        booking.doctor = neighbour;
        vm.expectRevert(_notActive(id, neighbour));
        vm.prank(patient);
        appointments.book{value: FEE_WEI}(patient, booking);
    }

    function _bookAs(address caller) private {
        vm.prank(caller);
        appointments.book{value: FEE_WEI}(patient, _booking(DAY, SLOT));
    }

    function _refused(address caller, bytes memory why) private {
        vm.expectRevert(why);
        _bookAs(caller);
    }

    function _notPatient(address caller) private view returns (bytes memory) {
        return abi.encodeWithSelector(IAppointments.Appointments_NotPatient.selector, patient, caller);
    }
}

/// @notice What may be booked, when, for how much, and what it leads to.
contract BookSlotTest is VisitSetup {
    function test_P46_refuses_one_wei_less_than_the_fee() external {
        _wrongFee(FEE_WEI - 1);
    }

    function test_P46_refuses_one_wei_more_than_the_fee() external {
        _wrongFee(FEE_WEI + 1);
    }

    function test_P46_refuses_money_where_there_is_no_fee() external {
        _publish(DAY, 0);
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_WrongFee.selector, 0, 1));
        vm.prank(patient);
        appointments.book{value: 1}(patient, _booking(DAY, SLOT));
    }

    function test_P46_refuses_the_old_fee_after_it_was_changed() external {
        _publish(DAY, FEE - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IAppointments.Appointments_WrongFee.selector, FEE_WEI - 1 gwei, FEE_WEI)
        );
        _book();
    }

    function test_P40_refuses_a_quarter_that_is_not_open() external {
        uint96[] memory open = new uint96[](1);
        open[0] = ALL_DAY ^ uint96(_bit(SLOT));
        vm.prank(doctor);
        appointments.publishAvailability(id, DAY, open, FEE);
        _unavailable(SLOT);
        _bookSlot(SLOT - 1);
        _bookSlot(SLOT + 1);
    }

    function testFuzz_P40_refuses_quarters_beyond_the_day(uint8 slot) external {
        _unavailable(uint8(bound(slot, 96, 255)));
    }

    function test_P40_refuses_a_quarter_that_is_taken() external {
        _book();
        _unavailable(SLOT);
        vm.prank(neighbour);
        vm.expectRevert(_slotError(SLOT));
        appointments.book{value: FEE_WEI}(neighbour, _booking(DAY, SLOT));
    }

    function test_P40_refuses_from_the_second_in_which_it_begins() external {
        vm.warp(BEGIN);
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_SlotPast.selector, BEGIN, BEGIN));
        _book();
    }

    function test_P40_refuses_a_quarter_of_the_past() external {
        vm.warp(BEGIN + 3 days);
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_SlotPast.selector, BEGIN, BEGIN + 3 days));
        _book();
    }

    function test_P40_takes_it_in_the_last_second_before() external {
        vm.warp(BEGIN - 1);
        _book();
        _checkVisit(SLOT, VisitState.Requested, 1, FEE);
    }

    function test_P51_lets_12_requests_wait_and_refuses_the_13th() external {
        for (uint8 slot; slot < 12; ++slot) _bookSlot(slot);
        _checkAccount(patient, 0, 12, 12);
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_TooManyRequests.selector, patient, 12));
        _bookSlot(12);
    }

    function test_P51_counts_the_requests_that_wait_only() external {
        for (uint8 slot = SLOT; slot < SLOT + 12; ++slot) _bookSlot(slot);
        _confirm();
        _bookSlot(1);
        _checkAccount(patient, 0, 13, 12);
    }

    function test_P51_counts_the_requests_of_each_patient() external {
        for (uint8 slot; slot < 12; ++slot) _bookSlot(slot);
        vm.prank(neighbour);
        appointments.book{value: FEE_WEI}(neighbour, _booking(DAY, 12));
        _checkAccount(neighbour, 0, 1, 1);
    }

    function test_P40_takes_the_quarter_for_the_patient() external {
        vm.prank(patient);
        bytes32 visitId = appointments.book{value: FEE_WEI}(patient, _booking(DAY, SLOT));
        vm.assertEq(visitId, _idOf(DAY, SLOT));
        _checkVisit(SLOT, VisitState.Requested, 1, FEE);
        vm.assertEq(_takenOf(DAY), _bit(SLOT));
        _bookSlot(95);
        vm.assertEq(_takenOf(DAY), _bit(SLOT) + _bit(95));
    }

    function test_P46_keeps_the_fee_in_escrow() external {
        _book();
        vm.assertEq(address(appointments).balance, FEE_WEI);
        vm.assertEq(patient.balance, 100 ether - FEE_WEI);
        _checkAccount(patient, 0, 1, 1);
        _checkAccount(doctor, 0, 0, 0);
    }

    function testFuzz_P40_P46_takes_any_quarter_at_any_fee(uint8 slot, uint64 fee) external {
        slot = uint8(bound(slot, 0, 95));
        _publish(DAY, fee);
        vm.deal(patient, uint256(fee) * 1 gwei);
        vm.prank(patient);
        appointments.book{value: uint256(fee) * 1 gwei}(patient, _booking(DAY, slot));
        _checkVisit(slot, VisitState.Requested, 1, fee);
        vm.assertEq(_takenOf(DAY), _bit(slot));
        vm.assertEq(address(appointments).balance, uint256(fee) * 1 gwei);
    }

    function test_P52_announces_the_booking_and_nothing_else() external {
        vm.recordLogs();
        vm.expectEmit(address(appointments));
        emit IAppointments.Booked(_idOf(DAY, SLOT), doctor, patient, id, DAY, SLOT, 1, FEE, REQUEST, WRAPS);
        _book();
        vm.assertEq(_countLogs(), 1);
    }

    function test_P40_counts_a_round_for_each_booking_of_a_quarter() external {
        _book();
        _cancelAs(patient);
        vm.expectEmit(address(appointments));
        emit IAppointments.Booked(_idOf(DAY, SLOT), doctor, patient, id, DAY, SLOT, 2, FEE, REQUEST, WRAPS);
        _book();
        _checkVisit(SLOT, VisitState.Requested, 2, FEE);
        _checkAccount(patient, FEE_WEI, 2, 1);
    }

    function test_keeps_doctors_hospitals_and_days_apart() external {
        _publish(DAY + 1, FEE);
        uint96[] memory open = new uint96[](1);
        open[0] = ALL_DAY;
        vm.prank(colleague);
        appointments.publishAvailability(id, DAY, open, FEE);
        _book();
        IAppointments.Booking memory booking = _booking(DAY, SLOT);
        booking.doctor = colleague;
        vm.prank(patient);
        appointments.book{value: FEE_WEI}(patient, booking);
        vm.prank(patient);
        appointments.book{value: FEE_WEI}(patient, _booking(DAY + 1, SLOT));
        _checkAccount(patient, 0, 3, 3);
    }

    function _unavailable(uint8 slot) private {
        vm.expectRevert(_slotError(slot));
        _bookSlot(slot);
    }

    function _slotError(uint8 slot) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IAppointments.Appointments_SlotUnavailable.selector, DAY, slot);
    }

    function _wrongFee(uint256 sent) private {
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_WrongFee.selector, FEE_WEI, sent));
        vm.prank(patient);
        appointments.book{value: sent}(patient, _booking(DAY, SLOT));
    }
}
