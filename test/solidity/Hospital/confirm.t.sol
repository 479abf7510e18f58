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
        hospital.confirm(DOCTOR, 0);
    }

    function test_P07_is_refused_to_the_admin_of_another_hospital() external {
        _request(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(OTHER_ADMIN);
        hospital.confirm(DOCTOR, 0);
    }

    function test_P57_is_refused_to_the_claimer_himself() external {
        _request(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(DOCTOR);
        hospital.confirm(DOCTOR, 0);
    }

    function testFuzz_P09_is_refused_for_whoever_never_asked(address account) external {
        _expectNotRequested(account);
        _confirm(admin, account);
    }

    function test_is_refused_for_an_active_member() external {
        _join(DOCTOR, Role.Doctor);
        _expectNotRequested(DOCTOR);
        _confirm(admin, DOCTOR);
    }

    function test_P26_is_refused_for_a_suspended_member() external {
        _join(DOCTOR, Role.Doctor);
        _suspend(DOCTOR);
        _expectNotRequested(DOCTOR);
        _confirm(admin, DOCTOR);
    }

    function test_P07_is_refused_for_whoever_asked_another_hospital() external {
        vm.prank(DOCTOR);
        other.requestAdmission(DOCTOR, Role.Doctor, SPECIALITY, 0);
        _expectNotRequested(DOCTOR);
        _confirm(admin, DOCTOR);
    }

    function testFuzz_makes_him_what_he_asked_to_be_from_the_next_second_on(uint8 code, uint40 delay) external {
        Role role = Role(bound(code, 1, 3));
        _request(DOCTOR, role);
        clock += uint40(bound(delay, 0, 365 days));
        vm.warp(clock);
        _confirm(admin, DOCTOR);
        _checkMember(DOCTOR, role, MemberStatus.Active, role == Role.Doctor ? SPECIALITY : 0, clock + 1);
        vm.assertEq(registry.activeSince(id, DOCTOR, role), clock + 1);
    }

    function test_P52_announces_the_confirmation_and_the_membership() external {
        _request(DOCTOR, Role.Doctor);
        vm.expectEmit(address(hospital));
        emit IHospital.MembershipConfirmed(DOCTOR, admin);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.MemberChanged(id, DOCTOR, Role.Doctor, MemberStatus.Active, SPECIALITY, clock + 1);
        _confirm(admin, DOCTOR);
    }

    function test_P28_marks_an_admin_who_confirms_himself() external {
        _join(admin, Role.Doctor);
        vm.assertTrue(hospital.isSelfAppointed(admin));
        vm.assertFalse(other.isSelfAppointed(admin));
    }

    function test_P28_marks_whoever_is_confirmed_by_an_admin_who_succeeded_him() external {
        _appoint(second);
        _request(DOCTOR, Role.Doctor);
        _succeed(DOCTOR, second);
        _confirm(second, DOCTOR);
        vm.assertTrue(hospital.isSelfAppointed(DOCTOR));
    }

    function test_P28_does_not_mark_whoever_is_confirmed_by_another() external {
        _join(DOCTOR, Role.Doctor);
        vm.assertFalse(hospital.isSelfAppointed(DOCTOR));
        _appoint(second);
        _request(admin, Role.Doctor);
        _confirm(second, admin);
        vm.assertFalse(hospital.isSelfAppointed(admin));
        vm.assertFalse(hospital.isSelfAppointed(second));
    }

    function test_P55_works_while_the_hospital_is_suspended() external {
        registry.setAccreditation(id, Accreditation.Suspended, PROFILE);
        _join(DOCTOR, Role.Doctor);
        _checkMember(DOCTOR, Role.Doctor, MemberStatus.Active, SPECIALITY, clock + 1);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), 0);
    }

    function test_publishes_the_profile_that_lists_him() external {
        _request(DOCTOR, Role.Doctor);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.ProfilePublished(id, NEWER);
        vm.prank(admin);
        hospital.confirm(DOCTOR, NEWER);
        _checkProfile(NEWER);
    }

    function test_leaves_the_profile_as_it_is() external {
        _request(DOCTOR, Role.Doctor);
        vm.recordLogs();
        _confirm(admin, DOCTOR);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 2);
        _checkProfile(PROFILE);
    }

    function _checkProfile(bytes32 expected) private view {
        (, , bytes32 profile) = registry.hospitalOf(id);
        vm.assertEq(profile, expected);
    }

    function _expectNotRequested(address account) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_NotRequested.selector, account));
    }
}
