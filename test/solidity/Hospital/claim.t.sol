// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {Accreditation, MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Vouchers} from "../support/Vouchers.sol";

contract ClaimTest is Vouchers {
    function testFuzz_P09_is_refused_to_everybody_else(address caller) external {
        if (caller == claimer) caller = STRANGER;
        Ticket memory ticket = _bearer(Role.Patient);
        _expectNotActor(caller);
        _claim(caller, ticket);
    }

    function test_P09_is_refused_to_the_admin_who_signed_it() external {
        Ticket memory ticket = _named(Role.Patient);
        _expectNotActor(admin);
        _claim(admin, ticket);
    }

    function test_P58_is_refused_to_the_old_wallet_after_a_succession() external {
        _succeed(claimer, STRANGER);
        Ticket memory ticket = _named(Role.Patient);
        _expectNotActor(claimer);
        _claim(claimer, ticket);
    }

    function testFuzz_is_refused_without_a_role(uint16 speciality) external {
        Ticket memory ticket = _bearer(Role.None);
        ticket.voucher.speciality = speciality;
        _resign(ticket);
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_InvalidRole.selector, Role.None));
        _claim(claimer, ticket);
    }

    function test_is_refused_to_a_doctor_without_a_speciality() external {
        _checkSpeciality(Role.Doctor, 0);
    }

    function testFuzz_is_refused_to_others_with_a_speciality(uint16 speciality) external {
        if (speciality == 0) speciality = 1;
        _checkSpeciality(Role.Patient, speciality);
        _checkSpeciality(Role.Pharmacist, speciality);
    }

    function testFuzz_P08_is_refused_to_whoever_has_asked(uint8 first, uint8 again) external {
        _request(claimer, Role(bound(first, 1, 3)));
        _checkRefused(again);
    }

    function testFuzz_P08_is_refused_to_an_active_member_in_every_role(uint8 first, uint8 again) external {
        _join(claimer, Role(bound(first, 1, 3)));
        _checkRefused(again);
    }

    function testFuzz_P08_is_refused_to_a_suspended_member(uint8 first, uint8 again) external {
        _join(claimer, Role(bound(first, 1, 3)));
        _suspend(claimer);
        _checkRefused(again);
    }

    function testFuzz_P09_is_refused_to_whoever_left_or_withdrew_his_request(
        uint8 first,
        uint8 again,
        bool asked
    ) external {
        Role role = Role(bound(first, 1, 3));
        if (asked) _request(claimer, role);
        else _join(claimer, role);
        _leave(claimer);
        _checkRefused(again);
    }

    function test_P09_makes_the_claimer_a_patient_from_the_next_second_on() external {
        _claim(claimer, _bearer(Role.Patient));
        _checkMember(claimer, Role.Patient, MemberStatus.Active, 0, clock + 1);
        vm.assertEq(registry.activeSince(id, claimer, Role.Patient), clock + 1);
        vm.assertFalse(hospital.isSelfAppointed(claimer));
    }

    function test_P52_announces_the_claim_and_the_active_membership() external {
        Ticket memory ticket = _bearer(Role.Patient);
        vm.expectEmit(address(hospital));
        emit IHospital.Claimed(claimer, Role.Patient, admin, claimKey, CARD);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.MemberChanged(id, claimer, Role.Patient, MemberStatus.Active, 0, clock + 1);
        _claim(claimer, ticket);
    }

    function testFuzz_P57_records_a_request_that_waits_for_an_admin(bool pharmacist, uint40 later) external {
        Role role = pharmacist ? Role.Pharmacist : Role.Doctor;
        _claim(claimer, _bearer(role));
        _checkMember(claimer, role, MemberStatus.Requested, pharmacist ? 0 : SPECIALITY, clock + 1);
        vm.warp(uint256(clock) + later);
        for (uint8 each; each < 4; ++each) vm.assertEq(registry.activeSince(id, claimer, Role(each)), 0);
    }

    function test_P52_announces_the_claim_and_the_request() external {
        Ticket memory ticket = _named(Role.Doctor);
        vm.expectEmit(address(hospital));
        emit IHospital.Claimed(claimer, Role.Doctor, admin, address(0), CARD);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.MemberChanged(id, claimer, Role.Doctor, MemberStatus.Requested, SPECIALITY, clock + 1);
        _claim(claimer, ticket);
    }

    function test_P57_has_standing_after_the_confirmation_alone() external {
        _claim(claimer, _bearer(Role.Doctor));
        clock += 60;
        vm.warp(clock);
        _confirm(admin, claimer, Role.Doctor);
        vm.assertEq(registry.activeSince(id, claimer, Role.Doctor), clock + 1);
    }

    function test_P58_is_open_to_the_successor_for_the_account() external {
        _succeed(claimer, STRANGER);
        _claim(STRANGER, _named(Role.Patient));
        _checkMember(claimer, Role.Patient, MemberStatus.Active, 0, clock + 1);
        _checkMember(STRANGER, Role.None, MemberStatus.None, 0, 0);
    }

    function test_P55_works_and_gives_no_standing_yet() external {
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        _claim(claimer, _bearer(Role.Patient));
        vm.assertEq(registry.activeSince(id, claimer, Role.Patient), 0);
        registry.setAccreditation(id, address(hospital), Accreditation.Accredited, PROFILE);
        vm.assertEq(registry.activeSince(id, claimer, Role.Patient), clock + 1);
    }

    function _checkSpeciality(Role role, uint16 speciality) private {
        Ticket memory ticket = _bearer(role);
        ticket.voucher.speciality = speciality;
        _resign(ticket);
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_InvalidSpeciality.selector, role, speciality));
        _claim(claimer, ticket);
    }

    function _checkRefused(uint8 code) private {
        Ticket memory ticket = _bearer(Role(bound(code, 1, 3)));
        _expect(IHospital.Hospital_AlreadyMember.selector, claimer);
        _claim(claimer, ticket);
        vm.assertFalse(hospital.isVoucherUsed(claimKey));
    }

    function _expectNotActor(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_NotActor.selector, claimer, caller));
    }
}
