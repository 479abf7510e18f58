// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../../contracts/Hospital.sol";
import {IBreakGlass} from "../../../contracts/interfaces/IBreakGlass.sol";
import {Accreditation, Outcome, Role} from "../../../contracts/types/Types.sol";
import {EmergencyBase} from "../support/EmergencyBase.sol";

contract BreakGlassOpenEmergencyTest is EmergencyBase {
    bytes4 private constant _CAP = IBreakGlass.BreakGlass_HospitalCap.selector;

    function test_P27_opens_it_for_four_hours_and_announces_every_field() external {
        _expectOpened(hospitalId, patient, doctor, 1, SCOPE);
        vm.prank(doctor);
        vm.assertEq(consent.openEmergency(patient, hospitalId, SCOPE, REASON), 1);
        _assertEmergency(hospitalId, 1, Emergency(patient, doctor, SCOPE, clock, clock + 14_400, Outcome.None));
        vm.assertTrue(consent.canRead(patient, doctor, 4));
    }

    function test_P27_numbers_the_hospitals_and_counts_the_patients() external {
        (uint32 other, Hospital second) = _openHospital("other");
        _admit(second, stranger, Role.Doctor);
        _admit(second, patient, Role.Patient);
        _pass(COOL_DOWN + 1);
        _open(doctor);
        _expectOpened(hospitalId, neighbour, doctor, 2, SCOPE);
        vm.prank(doctor);
        consent.openEmergency(neighbour, hospitalId, SCOPE, REASON);
        _expectOpened(other, patient, stranger, 1, SCOPE);
        vm.prank(stranger);
        consent.openEmergency(patient, other, SCOPE, REASON);
        vm.assertEq(consent.emergencyCount(hospitalId), 2);
        vm.assertEq(consent.emergencyCount(other), 1);
        vm.assertEq(consent.emergenciesOf(patient), 2);
        vm.assertEq(consent.emergenciesOf(neighbour), 1);
    }

    function test_P31_leaves_the_consent_head_and_grants_alone() external {
        _open(doctor);
        vm.assertEq(consent.consentHead(patient), bytes32(0));
        _assertNoGrant(doctor);
        vm.assertEq(consent.writableAs(patient, doctor, SCOPE), 0);
    }

    function test_P28_refuses_an_empty_justification() external {
        vm.prank(doctor);
        vm.expectRevert(abi.encodeWithSelector(IBreakGlass.BreakGlass_NoJustification.selector));
        consent.openEmergency(patient, hospitalId, SCOPE, 0);
    }

    function testFuzz_P13_takes_known_categories_only(uint16 seed) external {
        uint16[4] memory masks = [seed, seed & 0x03fe, 0, (seed & 0x03fe) | 2];
        for (uint256 i; i < 4; ++i) {
            _pass(1 days);
            bool known = masks[i] != 0 && masks[i] % 2 == 0 && masks[i] < 1024;
            vm.prank(doctor);
            bytes4 kind = IBreakGlass.BreakGlass_InvalidScope.selector;
            if (!known) vm.expectRevert(abi.encodeWithSelector(kind, masks[i]));
            uint32 number = consent.openEmergency(patient, hospitalId, masks[i], REASON);
            if (known) vm.assertEq(_at(hospitalId, number).categories, masks[i]);
        }
    }

    function testFuzz_P28_refuses_everybody_else(address caller) external {
        vm.assume(caller != doctor && caller != colleague);
        _admit(hospital, stranger, Role.Pharmacist);
        _pass(COOL_DOWN + 1);
        address[5] memory callers = [caller, patient, address(this), stranger, address(hospital)];
        for (uint256 i; i < 5; ++i) _refusesOpening(callers[i], _notDoctor(callers[i]));
        vm.assertEq(consent.emergenciesOf(patient), 0);
    }

    function test_P28_refuses_a_suspended_doctor() external {
        hospital.suspend(doctor);
        _refusesOpening(doctor, _notDoctor(doctor));
    }

    function test_P58_refuses_the_old_account_of_a_doctor_who_was_succeeded() external {
        _succeed(doctor, successor);
        _refusesOpening(doctor, abi.encodeWithSelector(IBreakGlass.BreakGlass_Succeeded.selector, doctor));
    }

    function test_P28_refuses_the_doctors_of_a_suspended_hospital() external {
        registry.setAccreditation(hospitalId, address(hospital), Accreditation.Suspended, PROFILE);
        _refusesOpening(doctor, _notDoctor(doctor));
    }

    function test_P07_refuses_a_doctor_of_another_hospital() external {
        (, Hospital second) = _openHospital("other");
        _admit(second, stranger, Role.Doctor);
        _pass(COOL_DOWN + 1);
        _refusesOpening(stranger, _notDoctor(stranger));
    }

    function test_P28_refuses_until_the_second_before_the_cool_down_is_over_and_not_at_it() external {
        _admit(hospital, stranger, Role.Doctor);
        uint256 earliest = uint256(clock) + 1 + COOL_DOWN;
        _refusesOpening(stranger, _tooRecent(earliest));
        vm.warp(earliest - 1);
        _refusesOpening(stranger, _tooRecentAt(earliest, earliest - 1));
        vm.warp(earliest);
        _open(stranger);
        vm.assertEq(consent.emergencyCount(hospitalId), 1);
    }

    function test_P28_begins_anew_when_he_is_reactivated() external {
        hospital.suspend(doctor);
        hospital.reactivate(doctor);
        uint256 earliest = uint256(clock) + 1 + COOL_DOWN;
        _pass(COOL_DOWN);
        _refusesOpening(doctor, _tooRecent(earliest));
        _pass(1);
        _open(doctor);
    }

    function test_P28_refuses_him_until_another_admin_reactivates_him() external {
        hospital.proposeAdmin(stranger);
        vm.prank(stranger);
        hospital.acceptAdmin();
        vm.prank(stranger);
        hospital.requestAdmission(stranger, Role.Doctor, 5, 0);
        vm.prank(stranger);
        hospital.confirm(stranger, Role.Doctor, 5, 0);
        _pass(COOL_DOWN + 1);
        _refusesOpening(stranger, abi.encodeWithSelector(IBreakGlass.BreakGlass_SelfAppointed.selector, stranger));
        hospital.suspend(stranger);
        hospital.reactivate(stranger);
        _pass(COOL_DOWN + 1);
        _open(stranger);
        vm.assertTrue(consent.canRead(patient, stranger, 4));
    }

    function test_P28_refuses_for_one_who_never_joined() external {
        _refusesFor(stranger);
        (, Hospital second) = _openHospital("other");
        _admit(second, stranger, Role.Patient);
        _refusesFor(stranger);
    }

    function test_P28_refuses_for_one_who_is_suspended() external {
        hospital.suspend(patient);
        _refusesFor(patient);
        hospital.reactivate(patient);
        _open(doctor);
        vm.assertEq(consent.emergenciesOf(patient), 1);
    }

    function test_P28_refuses_for_a_colleague_who_is_no_patient() external {
        _refusesFor(colleague);
        _refusesFor(doctor);
    }

    function test_P29_refuses_him_until_the_second_before_24_hours_have_passed_and_not_at_it() external {
        _open(doctor);
        uint256 earliest = uint256(clock) + 1 days;
        _refusesOpening(doctor, _tooSoon(earliest));
        _pass(4 hours);
        _refusesOpening(doctor, _tooSoon(earliest));
        _pass(20 hours - 1);
        _refusesOpening(doctor, _tooSoon(earliest));
        _pass(1);
        _open(doctor);
        vm.assertEq(consent.emergenciesOf(patient), 2);
    }

    function test_P29_refuses_him_though_the_patient_ended_it() external {
        _open(doctor);
        uint256 earliest = uint256(clock) + 1 days;
        _end(doctor);
        _pass(1 days - 1);
        _refusesOpening(doctor, _tooSoon(earliest));
        _pass(1);
        _open(doctor);
    }

    function test_P29_refuses_him_in_another_hospital() external {
        (uint32 other, Hospital second) = _openHospital("other");
        _admit(second, doctor, Role.Doctor);
        _admit(second, patient, Role.Patient);
        _pass(COOL_DOWN + 1);
        _open(doctor);
        vm.prank(doctor);
        vm.expectRevert(_tooSoon(uint256(clock) + 1 days));
        consent.openEmergency(patient, other, SCOPE, REASON);
    }

    function test_P29_does_not_stop_him_for_another_patient() external {
        _open(doctor);
        _expectOpened(hospitalId, neighbour, doctor, 2, SCOPE);
        vm.prank(doctor);
        consent.openEmergency(neighbour, hospitalId, SCOPE, REASON);
    }

    function test_P29_refuses_a_fourth_until_the_first_is_24_hours_old() external {
        address[5] memory team = _team();
        uint256 earliest = uint256(clock) + 1 days;
        for (uint256 i; i < 3; ++i) {
            _open(team[i]);
            _pass(1 hours);
        }
        _refusesOpening(team[3], _cap(earliest));
        vm.warp(earliest - 1);
        _refusesOpening(team[3], abi.encodeWithSelector(_CAP, earliest, earliest - 1));
        vm.warp(earliest);
        _open(team[3]);
        vm.assertEq(consent.emergencyCount(hospitalId), 4);
    }

    function test_P29_slides_with_each_opening() external {
        address[5] memory team = _team();
        uint256 begin = clock;
        for (uint256 i; i < 3; ++i) {
            _open(team[i]);
            _pass(1 hours);
        }
        // 24 hours after the first, the second and the third: each makes room for one.
        clock = uint40(begin + 1 days);
        vm.warp(clock);
        _open(team[3]);
        _refusesOpening(team[4], _cap(begin + 1 days + 1 hours));
        _pass(1 hours);
        _open(team[4]);
        _refusesOpening(team[0], _cap(begin + 1 days + 2 hours));
        _pass(1 hours);
        _open(team[0]);
        _refusesOpening(team[1], _cap(begin + 2 days));
    }

    function test_P29_counts_every_hospital_and_patient_apart() external {
        address[5] memory team = _team();
        (uint32 other, Hospital second) = _openHospital("other");
        _admit(second, stranger, Role.Doctor);
        _admit(second, patient, Role.Patient);
        _pass(COOL_DOWN + 1);
        for (uint256 i; i < 3; ++i) _open(team[i]);
        vm.prank(stranger);
        consent.openEmergency(patient, other, SCOPE, REASON);
        vm.prank(team[3]);
        consent.openEmergency(neighbour, hospitalId, SCOPE, REASON);
        vm.assertEq(consent.emergenciesOf(patient), 4);
        _refusesOpening(team[4], _cap(uint256(clock) + 1 days));
    }

    function _team() private returns (address[5] memory team) {
        for (uint256 i; i < 5; ++i) {
            team[i] = vm.addr(0xf00 + i);
            _admit(hospital, team[i], Role.Doctor);
        }
        _pass(COOL_DOWN + 1);
    }

    function _refusesFor(address about) private {
        vm.prank(doctor);
        vm.expectRevert(abi.encodeWithSelector(IBreakGlass.BreakGlass_NotEnrolled.selector, hospitalId, about));
        consent.openEmergency(about, hospitalId, SCOPE, REASON);
    }

    function _expectOpened(uint32 where, address about, address by, uint32 number, uint16 categories) private {
        vm.expectEmit(address(consent));
        emit IBreakGlass.EmergencyOpened(where, about, by, number, categories, clock + 14_400, REASON);
    }

    function _cap(uint256 earliest) private view returns (bytes memory) {
        return abi.encodeWithSelector(_CAP, earliest, uint256(clock));
    }

    function _tooSoon(uint256 earliest) private view returns (bytes memory) {
        return abi.encodeWithSelector(IBreakGlass.BreakGlass_TooSoon.selector, earliest, uint256(clock));
    }

    function _tooRecent(uint256 earliest) private view returns (bytes memory) {
        return _tooRecentAt(earliest, clock);
    }

    function _tooRecentAt(uint256 earliest, uint256 time) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IBreakGlass.BreakGlass_AppointedTooRecently.selector, earliest, time);
    }
}
