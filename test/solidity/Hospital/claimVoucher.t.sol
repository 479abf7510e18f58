// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {ContractWallet} from "../../../contracts/mocks/ContractWallet.sol";
import {MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Vouchers} from "../support/Vouchers.sol";

contract ClaimVoucherTest is Vouchers {
    function testFuzz_P57_is_refused_at_the_expiry_and_later(uint40 late) external {
        Ticket memory ticket = _bearer(Role.Patient);
        late = uint40(bound(late, ticket.voucher.expiry, type(uint40).max));
        vm.warp(late);
        _expect(IHospital.Hospital_VoucherExpired.selector, ticket.voucher.expiry, late);
        _claim(claimer, ticket);
        vm.warp(ticket.voucher.expiry);
        _expect(IHospital.Hospital_VoucherExpired.selector, ticket.voucher.expiry, ticket.voucher.expiry);
        _claim(claimer, ticket);
    }

    function test_P57_is_accepted_in_the_last_second() external {
        Ticket memory ticket = _bearer(Role.Patient);
        vm.warp(ticket.voucher.expiry - 1);
        _claim(claimer, ticket);
        _checkMember(claimer, Role.Patient, MemberStatus.Active, 0, ticket.voucher.expiry);
    }

    function test_is_refused_when_it_names_neither_account_nor_key() external {
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.voucher.claimKey = address(0);
        _resign(ticket);
        _expect(IHospital.Hospital_VoucherUnbound.selector);
        _claim(claimer, ticket);
    }

    function test_is_refused_when_it_names_both_account_and_key() external {
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.voucher.account = claimer;
        _resign(ticket);
        _expect(IHospital.Hospital_VoucherUnbound.selector);
        _claim(claimer, ticket);
    }

    function testFuzz_P57_is_refused_from_anybody_else(uint256 key) external {
        key = bound(key, ADMIN_KEY + 1, 1e18);
        _checkSigner(key, vm.addr(key));
    }

    function test_P07_is_refused_from_another_hospital_s_admin() external {
        vm.prank(OTHER_ADMIN);
        other.proposeAdmin(second);
        vm.prank(second);
        other.acceptAdmin();
        _checkSigner(SECOND_KEY, second);
    }

    function test_P11_is_refused_from_the_zero_address() external {
        _checkSigner(SECOND_KEY, address(0));
    }

    function test_P57_is_refused_from_somebody_merely_proposed() external {
        _propose(admin, second);
        _checkSigner(SECOND_KEY, second);
    }

    function test_P57_is_refused_from_an_admin_removed_since() external {
        _appoint(second);
        vm.prank(admin);
        hospital.removeAdmin(second);
        _checkSigner(SECOND_KEY, second);
    }

    function test_P57_is_refused_after_the_signer_revoked_his_vouchers() external {
        Ticket memory ticket = _bearer(Role.Patient);
        vm.prank(admin);
        hospital.revokeVouchers();
        _expect(IHospital.Hospital_VoucherOutdated.selector, 0, 1);
        _claim(claimer, ticket);
    }

    function testFuzz_P57_is_refused_from_an_epoch_to_come(uint32 epoch) external {
        if (epoch == 0) epoch = 1;
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.voucher.epoch = epoch;
        _resign(ticket);
        _expect(IHospital.Hospital_VoucherOutdated.selector, epoch, 0);
        _claim(claimer, ticket);
    }

    function test_P57_is_refused_after_the_signer_was_removed_and_came_back() external {
        _appoint(second);
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.admin = second;
        ticket.adminSignature = _signVoucher(SECOND_KEY, address(hospital), ticket.voucher);
        vm.prank(admin);
        hospital.removeAdmin(second);
        _appoint(second);
        _expect(IHospital.Hospital_VoucherOutdated.selector, 0, 1);
        _claim(claimer, ticket);
    }

    function test_P57_is_accepted_in_the_present_epoch() external {
        vm.prank(admin);
        hospital.revokeVouchers();
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.voucher.epoch = 1;
        _resign(ticket);
        _claim(claimer, ticket);
        _checkMember(claimer, Role.Patient, MemberStatus.Active, 0, clock + 1);
    }

    function test_P57_is_refused_when_another_admin_signed_it() external {
        _appoint(second);
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.adminSignature = _signVoucher(SECOND_KEY, address(hospital), ticket.voucher);
        _expectBadSignature(ticket);
    }

    function test_P18_is_refused_when_the_role_was_changed() external {
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.voucher.role = Role.Pharmacist;
        _expectBadSignature(ticket);
    }

    function testFuzz_P18_is_refused_when_the_speciality_was_changed(uint16 speciality) external {
        if (speciality == 0 || speciality == SPECIALITY) speciality = SPECIALITY + 1;
        Ticket memory ticket = _bearer(Role.Doctor);
        ticket.voucher.speciality = speciality;
        _expectBadSignature(ticket);
    }

    function testFuzz_P18_is_refused_when_the_expiry_was_changed(uint40 expiry) external {
        Ticket memory ticket = _bearer(Role.Patient);
        expiry = uint40(bound(expiry, clock + 1, type(uint40).max));
        if (expiry == ticket.voucher.expiry) ++expiry;
        ticket.voucher.expiry = expiry;
        _expectBadSignature(ticket);
    }

    function testFuzz_P18_is_refused_when_the_account_was_changed(address account) external {
        Ticket memory ticket = _named(Role.Patient);
        if (account == claimer || account == address(0)) account = STRANGER;
        (ticket.account, ticket.voucher.account) = (account, account);
        _expectBadSignature(ticket);
    }

    function testFuzz_P18_is_refused_when_the_key_was_changed(address key) external {
        Ticket memory ticket = _bearer(Role.Patient);
        if (key == claimKey || key == address(0)) key = STRANGER;
        ticket.voucher.claimKey = key;
        _expectBadSignature(ticket);
    }

    function test_P07_P18_is_refused_when_signed_for_another_hospital() external {
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.adminSignature = _signVoucher(ADMIN_KEY, address(other), ticket.voucher);
        _expectBadSignature(ticket);
    }

    function test_P18_is_refused_when_signed_for_the_implementation() external {
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.adminSignature = _signVoucher(ADMIN_KEY, registry.implementation(), ticket.voucher);
        _expectBadSignature(ticket);
    }

    function test_P18_is_refused_on_another_chain() external {
        Ticket memory ticket = _bearer(Role.Patient);
        vm.chainId(block.chainid + 1);
        _expectBadSignature(ticket);
    }

    function test_P18_is_refused_in_malleated_and_in_compact_form_and_with_a_wrong_v() external {
        Ticket memory ticket = _bearer(Role.Patient);
        bytes memory right = ticket.adminSignature;
        ticket.adminSignature = _malleated(right);
        _expectBadSignature(ticket);
        ticket.adminSignature = _compact(right);
        _expectBadSignature(ticket);
        ticket.adminSignature = bytes.concat(right);
        ticket.adminSignature[64] = bytes1(uint8(right[64]) ^ 7);
        _expectBadSignature(ticket);
        ticket.adminSignature = right;
        _claim(claimer, ticket);
    }

    function test_P18_is_refused_when_it_is_empty() external {
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.adminSignature = "";
        _expectBadSignature(ticket);
    }

    function test_P20_is_accepted_while_the_contract_answers_with_the_magic_value() external {
        (Ticket memory ticket, ) = _fromContract();
        _claim(claimer, ticket);
        _checkMember(claimer, Role.Patient, MemberStatus.Active, 0, clock + 1);
    }

    function test_P20_is_refused_while_the_contract_refuses_or_reverts_or_answers_short() external {
        (Ticket memory ticket, ContractWallet wallet) = _fromContract();
        for (uint8 mood = 1; mood <= 3; ++mood) {
            wallet.setMood(ContractWallet.Mood(mood));
            _expectBadSignature(ticket);
        }
        wallet.setMood(ContractWallet.Mood.Honest);
        _claim(claimer, ticket);
    }

    /// @dev A contract becomes an admin, and the second key signs for it.
    function _fromContract() private returns (Ticket memory ticket, ContractWallet wallet) {
        wallet = new ContractWallet(second);
        _appoint(address(wallet));
        ticket = _bearer(Role.Patient);
        ticket.admin = address(wallet);
        ticket.adminSignature = _signVoucher(SECOND_KEY, address(hospital), ticket.voucher);
    }

    function _checkSigner(uint256 key, address signer) private {
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.admin = signer;
        ticket.adminSignature = _signVoucher(key, address(hospital), ticket.voucher);
        _expect(IHospital.Hospital_InvalidAdmin.selector, signer);
        _claim(claimer, ticket);
    }

    /// @dev Sent by the account itself, so that nothing else is wrong.
    function _expectBadSignature(Ticket memory ticket) private {
        _expect(IHospital.Hospital_InvalidVoucherSignature.selector, ticket.admin);
        _claim(ticket.account, ticket);
        vm.assertFalse(hospital.isVoucherUsed(ticket.voucher.claimKey));
    }
}
