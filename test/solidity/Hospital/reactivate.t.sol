// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {Accreditation, MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Ward} from "../support/Ward.sol";

contract ReactivateTest is Ward {
    function testFuzz_P06_is_refused_to_everybody_but_an_admin(address caller) external {
        caller = _notAdmin(caller);
        _lay(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(caller);
        hospital.reactivate(DOCTOR);
    }

    function test_P07_is_refused_to_the_admin_of_another_hospital() external {
        _lay(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(OTHER_ADMIN);
        hospital.reactivate(DOCTOR);
    }

    function test_is_refused_to_the_member_himself() external {
        _lay(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(DOCTOR);
        hospital.reactivate(DOCTOR);
    }

    function testFuzz_is_refused_for_whoever_was_never_a_member(address account) external {
        _expectNotSuspended(account);
    }

    function test_P57_is_refused_for_a_request() external {
        _request(DOCTOR, Role.Doctor);
        _expectNotSuspended(DOCTOR);
    }

    function test_P26_is_refused_for_an_active_member() external {
        _join(DOCTOR, Role.Doctor);
        _expectNotSuspended(DOCTOR);
        _checkMember(DOCTOR, Role.Doctor, MemberStatus.Active, SPECIALITY, clock + 1);
    }

    function test_P07_is_refused_for_another_hospital_s_suspended_member() external {
        vm.prank(DOCTOR);
        other.requestAdmission(DOCTOR, Role.Doctor, SPECIALITY, 0);
        vm.prank(OTHER_ADMIN);
        other.confirm(DOCTOR, Role.Doctor, SPECIALITY, 0);
        vm.prank(OTHER_ADMIN);
        other.suspend(DOCTOR);
        _expectNotSuspended(DOCTOR);
    }

    function test_is_refused_for_a_patient_who_left_while_suspended() external {
        _lay(PATIENT, Role.Patient);
        _leave(PATIENT);
        _expectNotSuspended(PATIENT);
        _checkMember(PATIENT, Role.Patient, MemberStatus.Left, 0, clock + 1);
    }

    function testFuzz_P58_is_refused_for_staff_that_were_succeeded(uint8 code) external {
        Role role = Role(bound(code, 2, 3));
        _appoint(second);
        _lay(DOCTOR, role);
        _succeed(DOCTOR, second);
        // Also to the successor who is an admin.
        for (uint256 i; i < 2; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_Succeeded.selector, DOCTOR));
            vm.prank(i == 0 ? admin : second);
            hospital.reactivate(DOCTOR);
        }
    }

    function test_P58_gives_a_patient_who_was_succeeded_his_enrolment_back() external {
        _lay(PATIENT, Role.Patient);
        _succeed(PATIENT, STRANGER);
        _reactivate(PATIENT);
        _checkMember(PATIENT, Role.Patient, MemberStatus.Active, 0, clock + 1);
    }

    function testFuzz_P26_makes_him_what_he_was_from_the_next_second_on(uint8 code, uint40 delay) external {
        Role role = Role(bound(code, 1, 3));
        _lay(DOCTOR, role);
        clock += uint40(bound(delay, 0, 365 days));
        vm.warp(clock);
        _reactivate(DOCTOR);
        _checkMember(DOCTOR, role, MemberStatus.Active, role == Role.Doctor ? SPECIALITY : 0, clock + 1);
        vm.assertEq(registry.activeSince(id, DOCTOR, role), clock + 1);
    }

    function test_P52_announces_the_reactivation_and_the_membership() external {
        _lay(DOCTOR, Role.Doctor);
        vm.warp(clock + 60);
        vm.expectEmit(address(hospital));
        emit IHospital.MembershipReactivated(DOCTOR, admin);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.MemberChanged(id, DOCTOR, Role.Doctor, MemberStatus.Active, SPECIALITY, clock + 61);
        _reactivate(DOCTOR);
    }

    function test_P28_marks_an_admin_who_reactivates_himself() external {
        _appoint(second);
        _request(second, Role.Doctor);
        _confirm(admin, second, Role.Doctor);
        _suspend(second);
        vm.assertFalse(hospital.isSelfAppointed(second));
        vm.prank(second);
        hospital.reactivate(second);
        vm.assertTrue(hospital.isSelfAppointed(second));
    }

    function test_P28_takes_the_mark_from_whoever_is_reactivated_by_another() external {
        _appoint(second);
        _request(second, Role.Doctor);
        _confirm(second, second, Role.Doctor);
        _suspend(second);
        vm.assertTrue(hospital.isSelfAppointed(second));
        _reactivate(second);
        vm.assertFalse(hospital.isSelfAppointed(second));
    }

    function test_P55_works_while_the_hospital_is_suspended() external {
        _lay(DOCTOR, Role.Doctor);
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        _reactivate(DOCTOR);
        _checkMember(DOCTOR, Role.Doctor, MemberStatus.Active, SPECIALITY, clock + 1);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), 0);
    }

    /// @dev Joins, and is suspended.
    function _lay(address account, Role role) private {
        _join(account, role);
        _suspend(account);
    }

    function _expectNotSuspended(address account) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_NotSuspended.selector, account));
        _reactivate(account);
    }
}
