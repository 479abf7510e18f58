// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VisitState} from "../../../contracts/types/Types.sol";
import {VisitSetup} from "../support/VisitSetup.sol";

contract MarkNoShowTest is VisitSetup {
    uint256 private constant EARLIEST = BEGIN + 900;
    uint256 private constant END = BEGIN + 86_400;

    function test_P40_refuses_in_every_state_but_confirmed() external {
        _checkRefused(VisitState.NoShow, 4, _miss);
    }

    function test_P06_refuses_the_patient() external {
        _bring(VisitState.Confirmed);
        vm.warp(EARLIEST);
        vm.expectRevert(_notActive(id, patient));
        vm.prank(patient);
        appointments.markNoShow(id, DAY, SLOT);
    }

    function test_P06_refuses_a_suspended_doctor() external {
        _bring(VisitState.Confirmed);
        hospital.suspend(doctor);
        _inactive();
    }

    function test_P01_refuses_a_doctor_of_a_hospital_without_accreditation() external {
        _bring(VisitState.Confirmed);
        _closeHospital();
        _inactive();
    }

    function test_P07_finds_no_visit_of_another_doctor() external {
        _bring(VisitState.Confirmed);
        vm.warp(EARLIEST);
        vm.expectRevert(_wrongState(VisitState.None, VisitState.NoShow));
        vm.prank(colleague);
        appointments.markNoShow(id, DAY, SLOT);
    }

    function test_P40_refuses_in_the_first_15_minutes() external {
        _refusedAt(EARLIEST - 1);
    }

    function test_P40_refuses_from_24_hours_after_it_begins() external {
        _refusedAt(END);
    }

    function test_P47_credits_the_whole_fee_to_the_doctor_after_15_minutes() external {
        _missedAt(EARLIEST);
    }

    function test_P47_does_so_until_the_last_second_of_24_hours_after() external {
        _missedAt(END - 1);
    }

    function test_P47_refuses_of_a_suspended_patient() external {
        _bring(VisitState.Confirmed);
        hospital.suspend(patient);
        vm.warp(EARLIEST);
        vm.expectRevert(_notActive(id, patient));
        _miss();
        vm.warp(END);
        appointments.expire(id, doctor, DAY, SLOT);
        _checkAccount(patient, FEE_WEI, 1, 0);
    }

    function test_P47_earns_nothing_of_a_hurried_visit() external {
        _hurry();
        vm.warp(EARLIEST);
        _expectChange(SLOT, VisitState.NoShow, doctor);
        _expectSettled(FEE, 0);
        _miss();
        _checkVisit(SLOT, VisitState.NoShow, 1, 0);
        _checkAccount(doctor, 0, 0, 0);
        _checkAccount(patient, FEE_WEI, 1, 0);
    }

    function test_P52_announces_the_state_and_what_was_earned() external {
        _bring(VisitState.Confirmed);
        vm.warp(EARLIEST);
        vm.recordLogs();
        _expectChange(SLOT, VisitState.NoShow, doctor);
        _expectSettled(0, FEE);
        _miss();
        vm.assertEq(_countLogs(), 2);
    }

    function _miss() private {
        vm.prank(doctor);
        appointments.markNoShow(id, DAY, SLOT);
    }

    function _missedAt(uint256 time) private {
        _bring(VisitState.Confirmed);
        vm.warp(time);
        _miss();
        _checkMissed();
    }

    function _refusedAt(uint256 time) private {
        _bring(VisitState.Confirmed);
        vm.warp(time);
        vm.expectRevert(_wrongTime(EARLIEST, END, time));
        _miss();
    }

    /// @dev The fee is not lost to the patient then: the visit expires.
    function _inactive() private {
        vm.warp(EARLIEST);
        vm.expectRevert(_notActive(id, doctor));
        _miss();
        vm.warp(END);
        appointments.expire(id, doctor, DAY, SLOT);
        _checkAccount(patient, FEE_WEI, 1, 0);
    }

    function _checkMissed() private view {
        _checkVisit(SLOT, VisitState.NoShow, 1, 0);
        _checkAccount(doctor, FEE_WEI, 0, 0);
        _checkAccount(patient, 0, 1, 0);
        vm.assertEq(_takenOf(DAY), _bit(SLOT));
        vm.assertEq(address(appointments).balance, FEE_WEI);
    }
}
