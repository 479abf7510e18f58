// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VisitState} from "../../../contracts/types/Types.sol";
import {VisitSetup} from "../support/VisitSetup.sol";

contract StartTest is VisitSetup {
    uint256 private constant EARLIEST = BEGIN - 3_600;
    uint256 private constant END = BEGIN + 86_400;

    function test_P40_refuses_in_every_state_but_confirmed() external {
        _checkRefused(VisitState.Started, 4, _start);
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
        _bring(VisitState.Confirmed);
        vm.warp(BEGIN);
        vm.expectRevert(_wrongState(VisitState.None, VisitState.Started));
        vm.prank(colleague);
        appointments.start(id, DAY, SLOT);
    }

    function test_P40_refuses_a_second_more_than_an_hour_before_it_begins() external {
        _refusedAt(EARLIEST - 1);
    }

    function test_P40_refuses_from_24_hours_after_it_begins() external {
        _refusedAt(END);
    }

    function test_P47_refuses_a_hurried_visit_before_it_begins() external {
        _hurry();
        vm.warp(BEGIN - 1);
        vm.expectRevert(_wrongTime(BEGIN, END, BEGIN - 1));
        _start();
    }

    function test_P47_starts_a_hurried_visit_when_it_begins() external {
        _hurry();
        vm.warp(BEGIN);
        _start();
        _checkVisit(SLOT, VisitState.Started, 1, FEE);
    }

    function test_P40_starts_an_hour_before_it_begins() external {
        _startsAt(EARLIEST);
    }

    function test_P40_starts_until_the_last_second_of_24_hours_after() external {
        _startsAt(END - 1);
    }

    function test_P52_announces_the_state_and_nothing_else() external {
        _bring(VisitState.Confirmed);
        vm.warp(BEGIN);
        vm.recordLogs();
        _expectChange(SLOT, VisitState.Started, doctor);
        _start();
        vm.assertEq(_countLogs(), 1);
    }

    function _start() private {
        vm.prank(doctor);
        appointments.start(id, DAY, SLOT);
    }

    function _startsAt(uint256 time) private {
        _bring(VisitState.Confirmed);
        vm.warp(time);
        _start();
        _checkVisit(SLOT, VisitState.Started, 1, FEE);
        vm.assertEq(_takenOf(DAY), _bit(SLOT));
        _checkAccount(patient, 0, 1, 0);
        _checkAccount(doctor, 0, 0, 0);
    }

    function _refusedAt(uint256 time) private {
        _bring(VisitState.Confirmed);
        vm.warp(time);
        vm.expectRevert(_wrongTime(EARLIEST, END, time));
        _start();
    }

    function _refused(address caller) private {
        vm.warp(BEGIN);
        vm.expectRevert(_notActive(id, caller));
        vm.prank(caller);
        appointments.start(id, DAY, SLOT);
    }
}
