// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {ContractWallet} from "../../../contracts/mocks/ContractWallet.sol";
import {MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Vouchers} from "../support/Vouchers.sol";

contract ClaimBySigTest is Vouchers {
    uint256 private constant SUCCESSOR_KEY = 41;

    /// @dev The deadline of every signature here.
    uint40 private _deadline;

    function setUp() public override {
        super.setUp();
        _deadline = clock + 1 hours;
    }

    function testFuzz_P18_is_refused_at_the_deadline_and_later(uint40 late) external {
        late = uint40(bound(late, _deadline, type(uint40).max));
        Ticket memory ticket = _bearer(Role.Patient);
        bytes memory signature = _join(ticket);
        vm.warp(late);
        _expect(IHospital.Hospital_SignatureExpired.selector, _deadline, late);
        _send(ticket, signature);
        vm.warp(_deadline);
        _expect(IHospital.Hospital_SignatureExpired.selector, _deadline, _deadline);
        _send(ticket, signature);
    }

    function test_P18_is_accepted_in_the_last_second_before_it() external {
        Ticket memory ticket = _bearer(Role.Patient);
        bytes memory signature = _join(ticket);
        vm.warp(_deadline - 1);
        _send(ticket, signature);
        _checkMember(claimer, Role.Patient, MemberStatus.Active, 0, _deadline);
    }

    function testFuzz_P09_is_refused_when_anybody_else_signed_it(uint256 key) external {
        key = bound(key, ACCOUNT_KEY + 1, 1e18);
        Ticket memory ticket = _bearer(Role.Patient);
        _expectRefused(ticket, _signJoin(key, address(hospital), ticket, _deadline));
    }

    function test_P09_is_refused_when_the_admin_signed_it() external {
        Ticket memory ticket = _named(Role.Patient);
        _expectRefused(ticket, _signJoin(ADMIN_KEY, address(hospital), ticket, _deadline));
    }

    function testFuzz_P18_is_refused_when_the_account_was_changed(address account) external {
        Ticket memory ticket = _bearer(Role.Patient);
        bytes memory signature = _join(ticket);
        ticket.account = account == claimer ? STRANGER : account;
        _expectRefused(ticket, signature);
    }

    function test_P18_is_refused_when_the_voucher_was_changed() external {
        Ticket memory ticket = _bearer(Role.Patient);
        bytes memory signature = _join(ticket);
        ticket.voucher.expiry += 1;
        _resign(ticket);
        _expectRefused(ticket, signature);
    }

    function test_P18_is_refused_when_the_admin_was_changed() external {
        _appoint(second);
        Ticket memory ticket = _bearer(Role.Patient);
        bytes memory signature = _join(ticket);
        ticket.admin = second;
        ticket.adminSignature = _signVoucher(SECOND_KEY, address(hospital), ticket.voucher);
        _expectRefused(ticket, signature);
    }

    function testFuzz_P18_P19_is_refused_when_the_card_was_changed(bytes32 card) external {
        Ticket memory ticket = _bearer(Role.Patient);
        bytes memory signature = _join(ticket);
        ticket.card = card == CARD ? bytes32(0) : card;
        _expectRefused(ticket, signature);
    }

    function testFuzz_P18_is_refused_when_the_deadline_was_changed(uint40 deadline) external {
        deadline = uint40(bound(deadline, clock + 1, type(uint40).max));
        Ticket memory ticket = _bearer(Role.Patient);
        bytes memory signature = _join(ticket);
        _deadline = deadline == _deadline ? deadline + 1 : deadline;
        _expectRefused(ticket, signature);
    }

    function test_P07_P18_is_refused_when_signed_for_another_hospital() external {
        Ticket memory ticket = _bearer(Role.Patient);
        _expectRefused(ticket, _signJoin(ACCOUNT_KEY, address(other), ticket, _deadline));
    }

    function test_P18_is_refused_on_another_chain() external {
        Ticket memory ticket = _bearer(Role.Patient);
        bytes memory signature = _join(ticket);
        vm.chainId(block.chainid + 1);
        _expectRefused(ticket, signature);
    }

    function test_P18_is_refused_in_malleated_and_in_compact_form_and_with_a_wrong_v() external {
        Ticket memory ticket = _bearer(Role.Patient);
        bytes memory right = _join(ticket);
        _expectRefused(ticket, _malleated(right));
        _expectRefused(ticket, _compact(right));
        bytes memory wrong = bytes.concat(right);
        wrong[64] = bytes1(uint8(right[64]) ^ 7);
        _expectRefused(ticket, wrong);
        _expectRefused(ticket, "");
        _send(ticket, right);
    }

    function test_P18_is_refused_when_it_is_a_claim_s_or_a_voucher_s_signature() external {
        Ticket memory ticket = _bearer(Role.Patient);
        _expectRefused(ticket, _signClaim(ACCOUNT_KEY, address(hospital), claimer));
        _expectRefused(ticket, _signVoucher(ACCOUNT_KEY, address(hospital), ticket.voucher));
    }

    /// @dev To which a failed recovery would belong.
    function test_P11_is_refused_for_the_zero_address() external {
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.account = address(0);
        _expectRefused(ticket, "");
        _expectRefused(ticket, new bytes(65));
    }

    function testFuzz_P09_P19_admits_whoever_signed_whoever_sends_it(address sender) external {
        Ticket memory ticket = _bearer(Role.Patient);
        bytes memory signature = _join(ticket);
        vm.prank(sender);
        _call(ticket, signature);
        _checkMember(claimer, Role.Patient, MemberStatus.Active, 0, clock + 1);
        if (sender != claimer) _checkMember(sender, Role.None, MemberStatus.None, 0, 0);
    }

    function test_P52_announces_the_same_as_a_claim() external {
        Ticket memory ticket = _bearer(Role.Patient);
        bytes memory signature = _join(ticket);
        vm.expectEmit(address(hospital));
        emit IHospital.Claimed(claimer, Role.Patient, admin, claimKey, CARD);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.MemberChanged(id, claimer, Role.Patient, MemberStatus.Active, 0, clock + 1);
        _send(ticket, signature);
    }

    function test_P57_uses_up_the_voucher_and_works_once() external {
        Ticket memory ticket = _bearer(Role.Patient);
        bytes memory signature = _join(ticket);
        _send(ticket, signature);
        vm.assertTrue(hospital.isVoucherUsed(claimKey));
        _expect(IHospital.Hospital_AlreadyMember.selector, claimer);
        _send(ticket, signature);
    }

    function test_P57_records_a_staff_s_request_that_waits_for_an_admin() external {
        Ticket memory ticket = _named(Role.Doctor);
        _send(ticket, _join(ticket));
        _checkMember(claimer, Role.Doctor, MemberStatus.Requested, SPECIALITY, clock + 1);
        vm.assertEq(registry.activeSince(id, claimer, Role.Doctor), 0);
    }

    function test_P57_checks_the_voucher_as_a_claim_does() external {
        Ticket memory ticket = _bearer(Role.Patient);
        ticket.voucher.expiry = clock;
        _resign(ticket);
        bytes memory signature = _join(ticket);
        _expect(IHospital.Hospital_VoucherExpired.selector, clock, clock);
        _send(ticket, signature);
    }

    function test_P58_is_accepted_from_the_successor() external {
        Ticket memory ticket = _succeeded();
        _send(ticket, _signJoin(SUCCESSOR_KEY, address(hospital), ticket, _deadline));
        _checkMember(claimer, Role.Patient, MemberStatus.Active, 0, clock + 1);
        _checkMember(vm.addr(SUCCESSOR_KEY), Role.None, MemberStatus.None, 0, 0);
    }

    function test_P58_is_refused_from_the_old_wallet() external {
        Ticket memory ticket = _succeeded();
        _expectRefused(ticket, _join(ticket));
    }

    function test_P20_is_accepted_while_the_contract_answers_with_the_magic_value() external {
        (Ticket memory ticket, ContractWallet wallet) = _fromContract();
        _send(ticket, _join(ticket));
        _checkMember(address(wallet), Role.Patient, MemberStatus.Active, 0, clock + 1);
    }

    function test_P20_is_refused_while_the_contract_refuses_or_reverts_or_answers_short() external {
        (Ticket memory ticket, ContractWallet wallet) = _fromContract();
        bytes memory signature = _join(ticket);
        for (uint8 mood = 1; mood <= 3; ++mood) {
            wallet.setMood(ContractWallet.Mood(mood));
            _expectRefused(ticket, signature);
        }
        wallet.setMood(ContractWallet.Mood.Honest);
        _send(ticket, signature);
    }

    function test_P21_asks_a_delegated_account_s_code_and_not_its_key() external {
        ContractWallet wallet = new ContractWallet(second);
        Ticket memory ticket = _named(Role.Patient);
        bytes memory byKey = _join(ticket);
        bytes memory byCode = _signJoin(SECOND_KEY, address(hospital), ticket, _deadline);
        _expectRefused(ticket, byCode);
        vm.etch(claimer, address(wallet).code);
        _expectRefused(ticket, byKey);
        _send(ticket, byCode);
    }

    function _succeeded() private returns (Ticket memory ticket) {
        _succeed(claimer, vm.addr(SUCCESSOR_KEY));
        _deadline = clock + 1 hours;
        return _bearer(Role.Patient);
    }

    /// @dev The account is a contract, for which the account key signs.
    function _fromContract() private returns (Ticket memory ticket, ContractWallet wallet) {
        wallet = new ContractWallet(claimer);
        ticket = _bearer(Role.Patient);
        ticket.account = address(wallet);
        ticket.claimSignature = _signClaim(CLAIM_KEY, address(hospital), address(wallet));
    }

    function _join(Ticket memory ticket) private view returns (bytes memory) {
        return _signJoin(ACCOUNT_KEY, address(hospital), ticket, _deadline);
    }

    function _send(Ticket memory ticket, bytes memory signature) private {
        vm.prank(STRANGER);
        _call(ticket, signature);
    }

    function _expectRefused(Ticket memory ticket, bytes memory signature) private {
        _expect(IHospital.Hospital_InvalidSignature.selector, ticket.account);
        _send(ticket, signature);
    }

    function _call(Ticket memory ticket, bytes memory signature) private {
        hospital.claimBySig(
            ticket.account,
            ticket.voucher,
            ticket.admin,
            ticket.adminSignature,
            ticket.claimSignature,
            ticket.card,
            _deadline,
            signature
        );
    }
}
