// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {Accreditation, MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Ward} from "../support/Ward.sol";

contract RequestAdmissionTest is Ward {
    function testFuzz_P09_is_refused_to_everybody_else(address account, address caller) external {
        if (caller == account) caller = address(uint160(account) ^ 1);
        _expectNotActor(account, caller);
        hospital.requestAdmission(account, Role.Patient, 0, CARD);
    }

    function test_P09_is_refused_to_an_admin() external {
        _expectNotActor(PATIENT, admin);
        hospital.requestAdmission(PATIENT, Role.Patient, 0, CARD);
    }

    function test_P58_is_refused_to_the_old_wallet_after_a_succession() external {
        _succeed(PATIENT, STRANGER);
        _expectNotActor(PATIENT, PATIENT);
        hospital.requestAdmission(PATIENT, Role.Patient, 0, CARD);
    }

    function testFuzz_is_refused_without_a_role(uint16 speciality) external {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_InvalidRole.selector, Role.None));
        _ask(Role.None, speciality);
    }

    function test_is_refused_to_a_doctor_without_a_speciality() external {
        _expectInvalid(Role.Doctor, 0);
        _ask(Role.Doctor, 0);
    }

    function testFuzz_is_refused_to_others_with_a_speciality(uint16 speciality) external {
        if (speciality == 0) speciality = 1;
        _expectInvalid(Role.Patient, speciality);
        _ask(Role.Patient, speciality);
        _expectInvalid(Role.Pharmacist, speciality);
        _ask(Role.Pharmacist, speciality);
    }

    function testFuzz_P08_is_refused_to_whoever_has_asked(uint8 first, uint8 again) external {
        _request(DOCTOR, Role(bound(first, 1, 3)));
        _expectMember();
        _request(DOCTOR, Role(bound(again, 1, 3)));
    }

    function testFuzz_P08_is_refused_to_an_active_member_in_every_role(uint8 first, uint8 again) external {
        _join(DOCTOR, Role(bound(first, 1, 3)));
        _expectMember();
        _request(DOCTOR, Role(bound(again, 1, 3)));
    }

    /// @dev Or he would shed the suspension.
    function testFuzz_P08_is_refused_to_a_suspended_member(uint8 first, uint8 again) external {
        Role role = Role(bound(first, 1, 3));
        _join(DOCTOR, role);
        _suspend(DOCTOR);
        _expectMember();
        _request(DOCTOR, Role(bound(again, 1, 3)));
        _checkMember(DOCTOR, role, MemberStatus.Suspended, role == Role.Doctor ? SPECIALITY : 0, clock + 1);
    }

    function testFuzz_P08_is_open_in_every_role_to_whoever_left(uint8 first, uint8 again) external {
        Role role = Role(bound(again, 1, 3));
        _join(DOCTOR, Role(bound(first, 1, 3)));
        _leave(DOCTOR);
        clock += 60;
        vm.warp(clock);
        _request(DOCTOR, role);
        _checkMember(DOCTOR, role, MemberStatus.Requested, _specialityOf(role), clock + 1);
    }

    function testFuzz_records_the_request_from_the_next_second_on(uint8 code, uint16 speciality) external {
        Role role = Role(bound(code, 1, 3));
        if (role != Role.Doctor) speciality = 0;
        else if (speciality == 0) speciality = 1;
        _ask(role, speciality);
        _checkMember(DOCTOR, role, MemberStatus.Requested, speciality, clock + 1);
    }

    function test_P52_announces_the_request_and_the_membership() external {
        vm.expectEmit(address(hospital));
        emit IHospital.AdmissionRequested(DOCTOR, Role.Doctor, SPECIALITY, CARD);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.MemberChanged(id, DOCTOR, Role.Doctor, MemberStatus.Requested, SPECIALITY, clock + 1);
        _ask(Role.Doctor, SPECIALITY);
    }

    function testFuzz_P57_gives_no_standing_before_the_confirmation(uint8 code, uint40 later) external {
        Role role = Role(bound(code, 1, 3));
        _request(DOCTOR, role);
        vm.warp(uint256(clock) + later);
        for (uint8 each; each < 4; ++each) vm.assertEq(registry.activeSince(id, DOCTOR, Role(each)), 0);
    }

    function test_P07_asks_this_hospital_alone() external {
        _request(DOCTOR, Role.Doctor);
        (, MemberStatus status, , ) = registry.memberOf(otherId, DOCTOR);
        vm.assertEq(uint256(status), uint256(MemberStatus.None));
        vm.prank(DOCTOR);
        other.requestAdmission(DOCTOR, Role.Patient, 0, 0);
    }

    function testFuzz_P58_is_refused_as_staff_to_an_account_that_was_succeeded(uint8 code) external {
        Role role = Role(bound(code, 2, 3));
        _succeed(PATIENT, STRANGER);
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_Succeeded.selector, PATIENT));
        vm.prank(STRANGER);
        hospital.requestAdmission(PATIENT, role, role == Role.Doctor ? SPECIALITY : 0, 0);
    }

    function test_P58_is_open_to_the_successor_for_the_account() external {
        _succeed(PATIENT, STRANGER);
        vm.prank(STRANGER);
        hospital.requestAdmission(PATIENT, Role.Patient, 0, CARD);
        _checkMember(PATIENT, Role.Patient, MemberStatus.Requested, 0, clock + 1);
        _checkMember(STRANGER, Role.None, MemberStatus.None, 0, 0);
    }

    function test_P55_works_while_the_hospital_is_suspended() external {
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        _request(DOCTOR, Role.Doctor);
        _checkMember(DOCTOR, Role.Doctor, MemberStatus.Requested, SPECIALITY, clock + 1);
    }

    function _ask(Role role, uint16 speciality) private {
        vm.prank(DOCTOR);
        hospital.requestAdmission(DOCTOR, role, speciality, CARD);
    }

    function _expectNotActor(address account, address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_NotActor.selector, account, caller));
        vm.prank(caller);
    }

    function _expectInvalid(Role role, uint16 speciality) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_InvalidSpeciality.selector, role, speciality));
    }

    function _expectMember() private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_AlreadyMember.selector, DOCTOR));
    }
}
