// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Vouchers} from "../support/Vouchers.sol";

contract ClaimKeyTest is Vouchers {
    function testFuzz_P57_is_used_up_by_the_claim(uint8 code) external {
        Ticket memory ticket = _bearer(Role(bound(code, 1, 3)));
        vm.assertFalse(hospital.isVoucherUsed(claimKey));
        _claim(claimer, ticket);
        vm.assertTrue(hospital.isVoucherUsed(claimKey));
        vm.assertFalse(other.isVoucherUsed(claimKey));
        vm.assertFalse(hospital.isVoucherUsed(claimer));
    }

    function testFuzz_P57_is_refused_the_second_time(address account) external {
        if (account == claimer) account = STRANGER;
        Ticket memory ticket = _bearer(Role.Patient);
        _claim(claimer, ticket);
        _hand(ticket, account);
        _expectUsed(ticket);
    }

    function test_P57_is_refused_to_another_voucher_of_a_used_key() external {
        _claim(claimer, _bearer(Role.Patient));
        Ticket memory ticket = _bearer(Role.Pharmacist);
        _hand(ticket, STRANGER);
        _expectUsed(ticket);
    }

    function test_P57_is_refused_to_a_used_key_under_another_admin() external {
        _appoint(second);
        _claim(claimer, _bearer(Role.Patient));
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.admin = second;
        ticket.adminSignature = _signVoucher(SECOND_KEY, address(hospital), ticket.voucher);
        _hand(ticket, STRANGER);
        _expectUsed(ticket);
    }

    function test_P07_may_be_used_in_another_hospital_that_signed_it_too() external {
        vm.prank(OTHER_ADMIN);
        other.proposeAdmin(admin);
        vm.prank(admin);
        other.acceptAdmin();
        Ticket memory ticket = _bearer(Role.Patient);
        _claim(claimer, ticket);
        bytes memory byAdmin = _signVoucher(ADMIN_KEY, address(other), ticket.voucher);
        bytes memory byKey = _signClaim(CLAIM_KEY, address(other), claimer);
        vm.prank(claimer);
        other.claim(claimer, ticket.voucher, admin, byAdmin, byKey, CARD);
        vm.assertTrue(other.isVoucherUsed(claimKey));
    }

    function testFuzz_P37_is_refused_to_whoever_copies_a_pending_claim(address thief) external {
        if (thief == claimer) thief = STRANGER;
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.account = thief;
        _expectBadClaim(ticket);
        ticket.account = claimer;
        _claim(claimer, ticket);
        _checkMember(claimer, Role.Patient, MemberStatus.Active, 0, clock + 1);
    }

    function testFuzz_P57_is_refused_when_another_key_signed_the_claim(uint256 key) external {
        key = bound(key, 1, 1e18);
        if (key == CLAIM_KEY) key = ACCOUNT_KEY;
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.claimSignature = _signClaim(key, address(hospital), claimer);
        _expectBadClaim(ticket);
    }

    function test_P18_is_refused_when_the_claim_was_signed_for_another_hospital() external {
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.claimSignature = _signClaim(CLAIM_KEY, address(other), claimer);
        _expectBadClaim(ticket);
    }

    function test_P18_is_refused_in_malleated_and_compact_form_and_with_a_wrong_v() external {
        Ticket memory ticket = _bearer(Role.Patient);
        bytes memory right = ticket.claimSignature;
        ticket.claimSignature = _malleated(right);
        _expectBadClaim(ticket);
        ticket.claimSignature = _compact(right);
        _expectBadClaim(ticket);
        ticket.claimSignature = bytes.concat(right);
        ticket.claimSignature[64] = bytes1(uint8(right[64]) ^ 7);
        _expectBadClaim(ticket);
        ticket.claimSignature = right;
        _claim(claimer, ticket);
    }

    function test_is_refused_without_a_signature_of_the_claim() external {
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.claimSignature = "";
        _expectBadClaim(ticket);
    }

    function testFuzz_P57_admits_the_account_without_any_other_signature(uint8 code) external {
        Role role = Role(bound(code, 1, 3));
        Ticket memory ticket = _named(role);
        vm.assertEq(ticket.claimSignature.length, 0);
        _claim(claimer, ticket);
        MemberStatus status = role == Role.Patient ? MemberStatus.Active : MemberStatus.Requested;
        _checkMember(claimer, role, status, role == Role.Doctor ? SPECIALITY : 0, clock + 1);
    }

    function testFuzz_P57_is_refused_to_every_other_account(address account) external {
        if (account == claimer) account = STRANGER;
        Ticket memory ticket = _named(Role.Patient);
        ticket.account = account;
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_WrongClaimer.selector, account, claimer));
        _claim(account, ticket);
    }

    function test_P57_marks_no_key_as_used() external {
        _claim(claimer, _named(Role.Patient));
        vm.assertFalse(hospital.isVoucherUsed(address(0)));
        vm.assertFalse(hospital.isVoucherUsed(claimKey));
    }

    function test_P57_works_once_because_an_account_joins_once() external {
        Ticket memory ticket = _named(Role.Patient);
        _claim(claimer, ticket);
        _expect(IHospital.Hospital_AlreadyMember.selector, claimer);
        _claim(claimer, ticket);
        _suspend(claimer);
        _expect(IHospital.Hospital_AlreadyMember.selector, claimer);
        _claim(claimer, ticket);
    }

    /// @dev The holder of the claim key signs for another account.
    function _hand(Ticket memory ticket, address account) private view {
        ticket.account = account;
        ticket.claimSignature = _signClaim(CLAIM_KEY, address(hospital), account);
    }

    function _expectUsed(Ticket memory ticket) private {
        _expect(IHospital.Hospital_VoucherUsed.selector, claimKey);
        _claim(ticket.account, ticket);
        _checkMember(ticket.account, Role.None, MemberStatus.None, 0, 0);
    }

    function _expectBadClaim(Ticket memory ticket) private {
        _expect(IHospital.Hospital_InvalidClaimSignature.selector, claimKey);
        _claim(ticket.account, ticket);
        vm.assertFalse(hospital.isVoucherUsed(claimKey));
    }
}
