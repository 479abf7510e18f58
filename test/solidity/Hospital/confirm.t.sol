// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {Accreditation, MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Vm} from "../MiniTest.sol";
import {Ward} from "../support/Ward.sol";

contract ConfirmTest is Ward {
    bytes32 private constant NEWER = keccak256("newer profile");

    function testFuzz_P06_is_refused_to_everybody_but_an_admin(address caller) external {
        caller = _notAdmin(caller);
        _request(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(caller);
        hospital.confirm(DOCTOR, Role.Doctor, SPECIALITY, 0);
    }

    function test_P07_is_refused_to_the_admin_of_another_hospital() external {
        _request(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(OTHER_ADMIN);
        hospital.confirm(DOCTOR, Role.Doctor, SPECIALITY, 0);
    }

    function test_P57_is_refused_to_the_claimer_himself() external {
        _request(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(DOCTOR);
        hospital.confirm(DOCTOR, Role.Doctor, SPECIALITY, 0);
    }

    function testFuzz_P09_is_refused_for_whoever_never_asked(address account) external {
        _expectNotRequested(account);
        _confirm(admin, account, Role.Doctor);
    }

    function test_is_refused_for_an_active_member() external {
        _join(DOCTOR, Role.Doctor);
        _expectNotRequested(DOCTOR);
        _confirm(admin, DOCTOR, Role.Doctor);
    }

    function test_P26_is_refused_for_a_suspended_member() external {
        _join(DOCTOR, Role.Doctor);
        _suspend(DOCTOR);
        _expectNotRequested(DOCTOR);
        _confirm(admin, DOCTOR, Role.Doctor);
    }

    function test_P07_is_refused_for_whoever_asked_another_hospital() external {
        vm.prank(DOCTOR);
        other.requestAdmission(DOCTOR, Role.Doctor, SPECIALITY, 0);
        _expectNotRequested(DOCTOR);
        _confirm(admin, DOCTOR, Role.Doctor);
    }

    function test_is_refused_for_whoever_withdrew_his_request() external {
        _request(DOCTOR, Role.Doctor);
        _leave(DOCTOR);
        _expectNotRequested(DOCTOR);
        _confirm(admin, DOCTOR, Role.Doctor);
    }

    function testFuzz_P57_is_refused_in_another_role_than_he_asked_for(uint8 first, uint8 second_) external {
        (Role asked, Role named) = (Role(bound(first, 1, 3)), Role(second_ % 4));
        if (named == asked) named = Role.None;
        _request(DOCTOR, asked);
        _expectChanged(asked, _specialityOf(asked));
        vm.prank(admin);
        hospital.confirm(DOCTOR, named, _specialityOf(asked), 0);
    }

    function testFuzz_P57_is_refused_in_another_speciality_than_he_asked_for(uint16 speciality) external {
        if (speciality == SPECIALITY) speciality = 0;
        _request(DOCTOR, Role.Doctor);
        _expectChanged(Role.Doctor, SPECIALITY);
        vm.prank(admin);
        hospital.confirm(DOCTOR, Role.Doctor, speciality, 0);
    }

    function test_P57_is_refused_for_the_request_that_an_admin_saw_and_that_was_replaced() external {
        _request(DOCTOR, Role.Patient);
        _leave(DOCTOR);
        _request(DOCTOR, Role.Doctor);
        _expectChanged(Role.Doctor, SPECIALITY);
        _confirm(admin, DOCTOR, Role.Patient);
    }

    function testFuzz_P58_is_refused_for_staff_that_were_succeeded_since_they_asked(uint8 code) external {
        Role role = Role(bound(code, 2, 3));
        _appoint(second);
        _request(DOCTOR, role);
        _succeed(DOCTOR, second);
        // Also to the successor who is an admin.
        for (uint256 i; i < 2; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_Succeeded.selector, DOCTOR));
            _confirm(i == 0 ? admin : second, DOCTOR, role);
        }
        _checkMember(DOCTOR, role, MemberStatus.Requested, _specialityOf(role), clock + 1 - SUCCESSION_DELAY);
    }

    function test_P58_makes_a_patient_of_an_account_that_was_succeeded() external {
        _request(PATIENT, Role.Patient);
        _succeed(PATIENT, STRANGER);
        _confirm(admin, PATIENT, Role.Patient);
        _checkMember(PATIENT, Role.Patient, MemberStatus.Active, 0, clock + 1);
    }

    function testFuzz_makes_him_what_he_asked_to_be_from_the_next_second_on(uint8 code, uint40 delay) external {
        Role role = Role(bound(code, 1, 3));
        _request(DOCTOR, role);
        clock += uint40(bound(delay, 0, 365 days));
        vm.warp(clock);
        _confirm(admin, DOCTOR, role);
        _checkMember(DOCTOR, role, MemberStatus.Active, role == Role.Doctor ? SPECIALITY : 0, clock + 1);
        vm.assertEq(registry.activeSince(id, DOCTOR, role), clock + 1);
    }

    function test_P52_announces_the_confirmation_and_the_membership() external {
        _request(DOCTOR, Role.Doctor);
        vm.expectEmit(address(hospital));
        emit IHospital.MembershipConfirmed(DOCTOR, admin);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.MemberChanged(id, DOCTOR, Role.Doctor, MemberStatus.Active, SPECIALITY, clock + 1);
        _confirm(admin, DOCTOR, Role.Doctor);
    }

    function test_P28_marks_an_admin_who_confirms_himself() external {
        _join(admin, Role.Doctor);
        vm.assertTrue(hospital.isSelfAppointed(admin));
        vm.assertFalse(other.isSelfAppointed(admin));
    }

    function test_P28_does_not_mark_whoever_is_confirmed_by_another() external {
        _join(DOCTOR, Role.Doctor);
        vm.assertFalse(hospital.isSelfAppointed(DOCTOR));
        _appoint(second);
        _request(admin, Role.Doctor);
        _confirm(second, admin, Role.Doctor);
        vm.assertFalse(hospital.isSelfAppointed(admin));
        vm.assertFalse(hospital.isSelfAppointed(second));
    }

    function test_P28_takes_the_mark_from_whoever_left_and_is_confirmed_by_another() external {
        _appoint(second);
        _join(admin, Role.Doctor);
        _leave(admin);
        _request(admin, Role.Doctor);
        vm.assertTrue(hospital.isSelfAppointed(admin));
        _confirm(second, admin, Role.Doctor);
        vm.assertFalse(hospital.isSelfAppointed(admin));
    }

    function test_P55_works_while_the_hospital_is_suspended() external {
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        _join(DOCTOR, Role.Doctor);
        _checkMember(DOCTOR, Role.Doctor, MemberStatus.Active, SPECIALITY, clock + 1);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), 0);
    }

    function test_publishes_the_profile_that_lists_him() external {
        _request(DOCTOR, Role.Doctor);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.ProfilePublished(id, NEWER);
        vm.prank(admin);
        hospital.confirm(DOCTOR, Role.Doctor, SPECIALITY, NEWER);
        _checkProfile(NEWER);
    }

    function test_leaves_the_profile_as_it_is() external {
        _request(DOCTOR, Role.Doctor);
        vm.recordLogs();
        _confirm(admin, DOCTOR, Role.Doctor);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 2);
        _checkProfile(PROFILE);
    }

    function _checkProfile(bytes32 expected) private view {
        (, , bytes32 profile) = registry.hospitalOf(id);
        vm.assertEq(profile, expected);
    }

    function _expectChanged(Role role, uint16 speciality) private {
        bytes4 selector = IHospital.Hospital_RequestChanged.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, DOCTOR, role, speciality));
    }

    function _expectNotRequested(address account) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_NotRequested.selector, account));
    }
}
