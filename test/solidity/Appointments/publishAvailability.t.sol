// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {stdPanic} from "../support/Panics.sol";
import {IAppointments} from "../../../contracts/interfaces/IAppointments.sol";
import {VisitSetup} from "../support/VisitSetup.sol";

contract PublishAvailabilityTest is VisitSetup {
    uint32 private constant FIRST = DAY + 100;

    function test_P51_reverts_with_32_days() external {
        _refused(
            id,
            doctor,
            new uint96[](32),
            abi.encodeWithSelector(IAppointments.Appointments_TooManyDays.selector, 32, 31)
        );
    }

    function test_P06_refuses_a_patient_of_the_hospital() external {
        _refused(id, patient, new uint96[](1), _notActive(id, patient));
    }

    function test_P06_refuses_an_admin_of_the_hospital() external {
        _refused(id, address(this), new uint96[](1), _notActive(id, address(this)));
    }

    function test_P07_refuses_a_doctor_of_another_hospital() external {
        _refused(1, doctor, new uint96[](1), _notActive(1, doctor));
    }

    function test_P06_refuses_a_suspended_doctor() external {
        hospital.suspend(doctor);
        _refused(id, doctor, new uint96[](1), _notActive(id, doctor));
    }

    function test_P01_refuses_a_doctor_of_a_hospital_without_accreditation() external {
        _closeHospital();
        _refused(id, doctor, new uint96[](1), _notActive(id, doctor));
    }

    function test_P51_opens_31_days_and_no_other() external {
        uint96[] memory open = new uint96[](31);
        for (uint256 i; i < 31; ++i) open[i] = uint96(i + 1);
        _publishAll(FIRST, open, FEE);
        for (uint32 i; i < 31; ++i) _checkDay(FIRST + i, i + 1, 0, FEE);
        _checkDay(FIRST - 1, 0, 0, 0);
        _checkDay(FIRST + 31, 0, 0, 0);
    }

    function test_P52_announces_each_day() external {
        uint96[] memory open = new uint96[](2);
        (open[0], open[1]) = (5, ALL_DAY);
        vm.expectEmit(address(appointments));
        emit IAppointments.AvailabilityPublished(id, doctor, FIRST, 5, 7);
        vm.expectEmit(address(appointments));
        emit IAppointments.AvailabilityPublished(id, doctor, FIRST + 1, ALL_DAY, 7);
        _publishAll(FIRST, open, 7);
    }

    function testFuzz_stores_any_quarters_and_fee_as_they_are(uint32 day, uint96 quarters, uint64 fee) external {
        uint96[] memory open = new uint96[](1);
        open[0] = quarters;
        _publishAll(day, open, fee);
        _checkDay(day, quarters, 0, fee);
    }

    function test_touches_no_other_doctor_and_no_other_hospital() external {
        _publishAll(FIRST, new uint96[](1), FEE);
        (uint96 open, , uint64 fee) = appointments.dayOf(id, colleague, FIRST);
        vm.assertTrue(open == 0 && fee == 0);
        (open, , fee) = appointments.dayOf(1, doctor, FIRST);
        vm.assertTrue(open == 0 && fee == 0);
    }

    function test_changes_nothing_without_days() external {
        vm.recordLogs();
        _publishAll(DAY, new uint96[](0), 3);
        vm.assertEq(_countLogs(), 0);
        _checkDay(DAY, ALL_DAY, 0, FEE);
    }

    function test_takes_the_last_day_there_is() external {
        _publishAll(type(uint32).max, new uint96[](1), FEE);
        _checkDay(type(uint32).max, 0, 0, FEE);
    }

    function test_panics_beyond_the_last_day_there_is() external {
        vm.expectRevert(stdPanic(0x11));
        vm.prank(doctor);
        appointments.publishAvailability(id, type(uint32).max, new uint96[](2), FEE);
    }

    function test_replaces_the_open_quarters_and_the_fee() external {
        uint96[] memory open = new uint96[](1);
        open[0] = 9;
        _publishAll(DAY, open, 3);
        _checkDay(DAY, 9, 0, 3);
    }

    function test_P40_keeps_what_is_booked_at_the_fee_it_was_booked_for() external {
        _book();
        _publishAll(DAY, new uint96[](1), 3);
        _checkDay(DAY, 0, _bit(SLOT), 3);
        vm.assertEq(_seen(DAY, SLOT).fee, FEE);
    }

    function _publishAll(uint32 day, uint96[] memory open, uint64 fee) private {
        vm.prank(doctor);
        appointments.publishAvailability(id, day, open, fee);
    }

    function _refused(uint32 where, address caller, uint96[] memory open, bytes memory why) private {
        vm.expectRevert(why);
        vm.prank(caller);
        appointments.publishAvailability(where, FIRST, open, FEE);
    }

    function _checkDay(uint32 day, uint256 open, uint256 taken, uint256 fee) private view {
        (uint96 opened, uint96 booked, uint64 price) = appointments.dayOf(id, doctor, day);
        vm.assertEq(opened, open);
        vm.assertEq(booked, taken);
        vm.assertEq(price, fee);
    }
}
