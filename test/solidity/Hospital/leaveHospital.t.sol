// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {Accreditation, MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Vouchers} from "../support/Vouchers.sol";

contract LeaveHospitalTest is Vouchers {
    function testFuzz_P09_is_refused_to_everybody_else(address caller) external {
        if (caller == PATIENT) caller = STRANGER;
        _join(PATIENT, Role.Patient);
        _expectNotActor(PATIENT, caller);
        vm.prank(caller);
        hospital.leaveHospital(PATIENT);
    }

    function test_P23_is_refused_to_an_admin() external {
        _join(DOCTOR, Role.Doctor);
        _expectNotActor(DOCTOR, admin);
        vm.prank(admin);
        hospital.leaveHospital(DOCTOR);
    }

    function test_P58_is_refused_to_the_old_wallet_after_a_succession() external {
        _join(PATIENT, Role.Patient);
        _succeed(PATIENT, STRANGER);
        _expectNotActor(PATIENT, PATIENT);
        _leave(PATIENT);
    }

    function testFuzz_is_refused_to_whoever_was_never_a_member(address account) external {
        _expectCannotLeave(account, MemberStatus.None);
    }

    function test_is_refused_to_whoever_was_declined() external {
        _request(DOCTOR, Role.Doctor);
        vm.prank(admin);
        hospital.decline(DOCTOR);
        _expectCannotLeave(DOCTOR, MemberStatus.Declined);
    }

    function testFuzz_is_refused_to_whoever_left_already(uint8 code) external {
        _join(DOCTOR, _role(code));
        _leave(DOCTOR);
        _expectCannotLeave(DOCTOR, MemberStatus.Left);
    }

    function test_P07_is_refused_to_the_member_of_another_hospital() external {
        vm.prank(DOCTOR);
        other.requestAdmission(DOCTOR, Role.Doctor, SPECIALITY, 0);
        _expectCannotLeave(DOCTOR, MemberStatus.None);
    }

    /// @dev Or another admin, who knows of no suspension, could confirm them.
    function testFuzz_P26_is_refused_to_suspended_staff(uint8 code) external {
        Role role = Role(bound(code, 2, 3));
        _join(DOCTOR, role);
        _suspend(DOCTOR);
        _expectCannotLeave(DOCTOR, MemberStatus.Suspended);
        _checkMember(DOCTOR, role, MemberStatus.Suspended, _specialityOf(role), clock + 1);
    }

    /// @dev Or a hospital could hold a patient who wants to go, by a suspension mined before.
    function test_P16_is_open_to_a_suspended_patient_and_an_admin_does_not_take_him_back() external {
        _join(PATIENT, Role.Patient);
        _suspend(PATIENT);
        _leave(PATIENT);
        _checkMember(PATIENT, Role.Patient, MemberStatus.Left, 0, clock + 1);
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_NotSuspended.selector, PATIENT));
        _reactivate(PATIENT);
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_NotRequested.selector, PATIENT));
        _confirm(admin, PATIENT, Role.Patient);
    }

    function testFuzz_P16_ends_an_active_membership_at_once_and_keeps_what_it_was(uint8 code, uint40 delay) external {
        Role role = _role(code);
        _join(DOCTOR, role);
        vm.assertEq(registry.activeSince(id, DOCTOR, role), clock + 1);
        clock += uint40(bound(delay, 0, 365 days));
        vm.warp(clock);
        _leave(DOCTOR);
        _checkMember(DOCTOR, role, MemberStatus.Left, _specialityOf(role), clock + 1);
        for (uint8 each; each < 4; ++each) vm.assertEq(registry.activeSince(id, DOCTOR, Role(each)), 0);
    }

    function testFuzz_P09_withdraws_a_request_so_that_it_is_not_confirmed_any_more(uint8 code) external {
        Role role = _role(code);
        _request(DOCTOR, role);
        _leave(DOCTOR);
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_NotRequested.selector, DOCTOR));
        _confirm(admin, DOCTOR, role);
        _checkMember(DOCTOR, role, MemberStatus.Left, _specialityOf(role), clock + 1);
    }

    function test_P57_withdraws_a_staff_claim() external {
        _claim(claimer, _bearer(Role.Doctor));
        _leave(claimer);
        _checkMember(claimer, Role.Doctor, MemberStatus.Left, SPECIALITY, clock + 1);
    }

    function test_P52_announces_the_end_and_the_membership() external {
        _join(DOCTOR, Role.Doctor);
        vm.warp(clock + 60);
        vm.expectEmit(address(hospital));
        emit IHospital.MembershipLeft(DOCTOR, DOCTOR);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.MemberChanged(id, DOCTOR, Role.Doctor, MemberStatus.Left, SPECIALITY, clock + 61);
        _leave(DOCTOR);
    }

    function testFuzz_P58_lets_the_successor_end_what_the_old_wallet_still_is(uint8 code, bool requested) external {
        Role role = _role(code);
        _request(DOCTOR, role);
        if (!requested) _confirm(admin, DOCTOR, role);
        _succeed(DOCTOR, STRANGER);
        vm.expectEmit(address(hospital));
        emit IHospital.MembershipLeft(DOCTOR, STRANGER);
        vm.prank(STRANGER);
        hospital.leaveHospital(DOCTOR);
        _checkMember(DOCTOR, role, MemberStatus.Left, _specialityOf(role), clock + 1);
        _checkMember(STRANGER, Role.None, MemberStatus.None, 0, 0);
    }

    function test_P08_P57_is_left_by_no_voucher_and_no_signature_from_before() external {
        Ticket memory ticket = _named(Role.Patient);
        Ticket memory another = _bearer(Role.Patient);
        bytes memory signature = _signJoin(ACCOUNT_KEY, address(hospital), ticket, clock + 60);
        _claim(claimer, ticket);
        _leave(claimer);
        _expectMember();
        _claim(claimer, ticket);
        _expectMember();
        _claim(claimer, another);
        _expectMember();
        hospital.claimBySig(
            ticket.account,
            ticket.voucher,
            ticket.admin,
            ticket.adminSignature,
            ticket.claimSignature,
            ticket.card,
            clock + 60,
            signature
        );
    }

    function test_P26_gives_a_doctor_who_comes_back_no_age_from_before() external {
        _join(DOCTOR, Role.Doctor);
        uint40 before = registry.activeSince(id, DOCTOR, Role.Doctor);
        vm.warp(++clock);
        _leave(DOCTOR);
        _join(DOCTOR, Role.Doctor);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), clock + 1);
        vm.assertTrue(clock + 1 > before);
    }

    function test_leaves_everybody_else_as_they_are() external {
        _join(DOCTOR, Role.Doctor);
        _join(STRANGER, Role.Doctor);
        vm.warp(clock + 60);
        _leave(DOCTOR);
        vm.assertEq(registry.activeSince(id, STRANGER, Role.Doctor), clock + 1);
    }

    function test_P16_P55_works_while_the_hospital_is_suspended() external {
        _join(PATIENT, Role.Patient);
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        _leave(PATIENT);
        _checkMember(PATIENT, Role.Patient, MemberStatus.Left, 0, clock + 1);
    }

    function _role(uint8 code) private pure returns (Role) {
        return Role(bound(code, 1, 3));
    }

    function _expectMember() private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_AlreadyMember.selector, claimer));
    }

    function _expectNotActor(address account, address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_NotActor.selector, account, caller));
    }

    function _expectCannotLeave(address account, MemberStatus status) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_CannotLeave.selector, account, status));
        _leave(account);
    }
}
