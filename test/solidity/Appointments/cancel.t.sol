// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAppointments} from "../../../contracts/interfaces/IAppointments.sol";
import {VisitState} from "../../../contracts/types/Types.sol";
import {VisitSetup} from "../support/VisitSetup.sol";

/// @notice Who may cancel.
contract CancelTest is VisitSetup {
    function test_P40_refuses_in_every_other_state() external {
        _checkRefused(VisitState.Cancelled, 6, _cancelAsPatient);
        _checkRefused(VisitState.Cancelled, 6, _cancelAsDoctor);
    }

    function test_P06_refuses_a_stranger() external {
        _refused(stranger);
    }

    function test_P06_refuses_another_doctor_and_another_patient() external {
        _refused(colleague);
        _cancelFails(neighbour);
    }

    function test_P06_refuses_an_admin() external {
        _refused(address(this));
    }

    function test_P24_refuses_a_delegate_with_every_mandate_but_this() external {
        _mandate(3, clock + 1);
        _refused(delegate);
    }

    function test_P24_refuses_a_delegate_in_the_block_of_his_removal() external {
        _mandate(4, clock + 1);
        vm.prank(patient);
        consent.removeDelegate(patient, delegate);
        _refused(delegate);
    }

    function test_P40_refuses_another_booking_of_the_quarter() external {
        _bookAgain();
        vm.expectRevert(_wrongRound(2, 1));
        _cancelAs(neighbour);
        vm.expectRevert(_wrongRound(2, 1));
        _cancelAs(doctor);
        _cancelRound(neighbour, 2);
        vm.assertEq(_balanceOf(neighbour), FEE_WEI);
    }

    function test_P46_refuses_the_sponsor_who_paid() external {
        _mandate(4, clock + 1);
        vm.prank(delegate);
        appointments.book{value: FEE_WEI}(patient, _booking(DAY, SLOT));
        vm.prank(patient);
        consent.removeDelegate(patient, delegate);
        _cancelFails(delegate);
    }

    function test_P58_refuses_the_old_account_after_a_succession() external {
        _book();
        _succeed();
        _cancelFails(patient);
    }

    function test_P58_lets_the_successor_cancel() external {
        _book();
        _succeed();
        _expectChange(SLOT, VisitState.Cancelled, successor);
        _cancelAs(successor);
        _checkCancelled(FEE_WEI, 0);
    }

    function test_P24_lets_a_delegate_cancel() external {
        _mandate(4, clock + 1);
        _book();
        _expectChange(SLOT, VisitState.Cancelled, delegate);
        _cancelAs(delegate);
        _checkCancelled(FEE_WEI, 0);
        vm.assertEq(_balanceOf(delegate), 0);
    }

    function test_P16_P49_lets_a_suspended_patient_of_a_closed_hospital_cancel() external {
        _bring(VisitState.Confirmed);
        hospital.suspend(patient);
        hospital.suspend(doctor);
        _closeHospital();
        _cancelAs(patient);
        _checkCancelled(FEE_WEI, 0);
    }

    function test_P16_P49_lets_a_suspended_doctor_of_a_closed_hospital_cancel() external {
        _bring(VisitState.Confirmed);
        hospital.suspend(doctor);
        _closeHospital();
        _cancelAs(doctor);
        _checkCancelled(FEE_WEI, 0);
    }

    function _cancelAsPatient() private {
        _cancelAs(patient);
    }

    function _cancelAsDoctor() private {
        _cancelAs(doctor);
    }

    function _refused(address caller) private {
        _book();
        _cancelFails(caller);
    }

    function _cancelFails(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_OnlyPatientOrDoctor.selector, caller));
        _cancelAs(caller);
    }

    function _checkCancelled(uint256 refund, uint256 earned) private view {
        _checkVisit(SLOT, VisitState.Cancelled, 1, 0);
        _checkAccount(patient, refund, 1, 0);
        _checkAccount(doctor, earned, 0, 0);
        vm.assertEq(_takenOf(DAY), 0);
    }
}

/// @notice Who gets the fee.
contract CancelFeeTest is VisitSetup {
    /// @dev Half of 5,000,001 gwei, the odd one for the patient.
    uint256 private constant KEPT = 2_500_000 gwei;
    uint256 private constant REFUND = 2_500_001 gwei;

    function test_P47_refunds_a_request_in_full_whenever_the_patient_withdraws_it() external {
        _check(VisitState.Requested, BEGIN - 1, patient, FEE_WEI, 0);
    }

    function test_P16_P47_refunds_a_request_in_full_even_after_it_would_have_begun() external {
        _check(VisitState.Requested, BEGIN + 30 days, patient, FEE_WEI, 0);
    }

    function test_P47_refunds_a_confirmed_visit_in_full_until_24_hours_ahead() external {
        _check(VisitState.Confirmed, BEGIN - 86_400, patient, FEE_WEI, 0);
    }

    function test_P47_shares_a_confirmed_visit_a_second_later() external {
        _check(VisitState.Confirmed, BEGIN - 86_399, patient, REFUND, KEPT);
    }

    function test_P47_shares_a_confirmed_visit_until_the_last_second_before_it_begins() external {
        _check(VisitState.Confirmed, BEGIN - 1, patient, REFUND, KEPT);
    }

    function test_P40_refuses_the_patient_from_the_second_in_which_a_confirmed_visit_begins() external {
        _bring(VisitState.Confirmed);
        vm.warp(BEGIN);
        vm.expectRevert(_wrongTime(0, BEGIN, BEGIN));
        _cancelAs(patient);
    }

    function test_P47_refunds_a_request_in_full_when_the_doctor_cancels() external {
        _check(VisitState.Requested, BEGIN + 1, doctor, FEE_WEI, 0);
    }

    function test_P47_refunds_a_confirmed_visit_in_full_when_the_doctor_cancels_late() external {
        _check(VisitState.Confirmed, BEGIN - 1, doctor, FEE_WEI, 0);
    }

    function test_P47_refunds_a_confirmed_visit_in_full_when_the_doctor_cancels_after_it_began() external {
        _check(VisitState.Confirmed, BEGIN + 30 days, doctor, FEE_WEI, 0);
    }

    function test_P47_P49_refunds_a_late_one_in_full_when_the_doctor_is_suspended() external {
        _bring(VisitState.Confirmed);
        hospital.suspend(doctor);
        _lateInFull();
    }

    function test_P47_P49_refunds_a_late_one_in_full_when_the_hospital_is_closed() external {
        _bring(VisitState.Confirmed);
        _closeHospital();
        _lateInFull();
    }

    function test_P47_refunds_a_late_one_in_full_when_the_patient_is_suspended() external {
        _bring(VisitState.Confirmed);
        hospital.suspend(patient);
        _lateInFull();
    }

    function test_P47_shares_a_late_one_of_a_patient_who_left_the_hospital() external {
        _bring(VisitState.Confirmed);
        vm.warp(BEGIN - 1);
        vm.prank(patient);
        hospital.leaveHospital(patient);
        _cancelAs(patient);
        _checkAccount(patient, REFUND, 1, 0);
        _checkAccount(doctor, KEPT, 0, 0);
    }

    function test_P47_refunds_a_hurried_visit_in_full_until_the_last_second_before_it_begins() external {
        _hurry();
        _lateInFull();
    }

    function test_P40_refuses_the_patient_from_the_second_in_which_a_hurried_visit_begins() external {
        _hurry();
        vm.warp(BEGIN);
        vm.expectRevert(_wrongTime(0, BEGIN, BEGIN));
        _cancelAs(patient);
    }

    function test_P47_refunds_a_single_gwei_to_the_patient() external {
        _publish(DAY, 1);
        vm.prank(patient);
        appointments.book{value: 1 gwei}(patient, _booking(DAY, SLOT));
        _confirm();
        vm.warp(BEGIN - 1);
        _cancelAs(patient);
        vm.assertEq(_balanceOf(patient), 1 gwei);
        vm.assertEq(_balanceOf(doctor), 0);
    }

    function test_P47_refunds_the_smallest_fee_that_could_be_shared_when_the_patient_is_suspended() external {
        _publish(DAY, 2);
        vm.prank(patient);
        appointments.book{value: 2 gwei}(patient, _booking(DAY, SLOT));
        _confirm();
        hospital.suspend(patient);
        vm.warp(BEGIN - 1);
        _cancelAs(patient);
        vm.assertEq(_balanceOf(patient), 2 gwei);
        vm.assertEq(_balanceOf(doctor), 0);
    }

    function testFuzz_P47_loses_no_wei_when_it_shares(uint64 fee, uint256 time) external {
        _publish(DAY, fee);
        uint256 paid = uint256(fee) * 1 gwei;
        vm.deal(patient, paid);
        vm.prank(patient);
        appointments.book{value: paid}(patient, _booking(DAY, SLOT));
        _confirm();
        time = bound(time, clock, BEGIN - 1);
        vm.warp(time);
        _cancelAs(patient);
        uint256 kept = time > BEGIN - 1 days ? uint256(fee / 2) * 1 gwei : 0;
        vm.assertEq(_balanceOf(doctor), kept);
        vm.assertEq(_balanceOf(patient), paid - kept);
    }

    function test_P40_frees_the_quarter_for_another_round() external {
        _bring(VisitState.Confirmed);
        _bookSlot(SLOT + 1);
        _cancelAs(patient);
        vm.assertEq(_takenOf(DAY), _bit(SLOT + 1));
        _book();
        _checkVisit(SLOT, VisitState.Requested, 2, FEE);
        _checkAccount(patient, FEE_WEI, 3, 2);
    }

    function test_P52_announces_the_state_and_the_shares() external {
        _bring(VisitState.Confirmed);
        vm.warp(BEGIN - 1);
        vm.recordLogs();
        _expectChange(SLOT, VisitState.Cancelled, patient);
        _expectSettled(2_500_001, 2_500_000);
        _cancelAs(patient);
        vm.assertEq(_countLogs(), 2);
    }

    function test_P52_announces_who_cancelled_and_the_refund() external {
        _book();
        _expectChange(SLOT, VisitState.Cancelled, doctor);
        _expectSettled(FEE, 0);
        _cancelAs(doctor);
    }

    function _lateInFull() private {
        vm.warp(BEGIN - 1);
        _cancelAs(patient);
        _checkAccount(patient, FEE_WEI, 1, 0);
        _checkAccount(doctor, 0, 0, 0);
        vm.assertEq(_takenOf(DAY), 0);
    }

    function _check(VisitState state, uint256 time, address caller, uint256 refund, uint256 earned) private {
        _bring(state);
        vm.warp(time);
        _cancelAs(caller);
        _checkVisit(SLOT, VisitState.Cancelled, 1, 0);
        _checkAccount(patient, refund, 1, 0);
        _checkAccount(doctor, earned, 0, 0);
        vm.assertEq(_takenOf(DAY), 0);
        vm.assertEq(address(appointments).balance, FEE_WEI);
    }
}
