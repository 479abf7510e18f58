// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ContractWallet} from "../../../contracts/mocks/ContractWallet.sol";
import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {ConsentBase} from "../support/ConsentBase.sol";
import {OddSigners} from "../support/OddSigners.sol";
import {Signatures} from "../support/Signatures.sol";
import {Words} from "../Words.sol";

contract ConsentRegistryRevokeBySigTest is ConsentBase, OddSigners {
    struct Signed {
        address patient;
        address grantee;
        bytes32 keyring;
        uint40 signedAt;
        uint40 deadline;
    }

    function setUp() public override {
        super.setUp();
        _give(_terms());
    }

    function testFuzz_P19_ends_the_grant_and_moves_the_head_by_the_formula_whoever_sends_it(
        address sender,
        bytes32 keyring
    ) external {
        Signed memory made = _made();
        made.keyring = keyring;
        bytes memory signature = _signed(PATIENT_KEY, made);
        _expectRevoked(made);
        vm.prank(sender);
        _send(made, signature);
        _assertNoGrant(doctor);
        vm.assertFalse(consent.canRead(patient, doctor, 1));
    }

    function test_P17_works_on_any_consent_head() external {
        Signed memory made = _made();
        bytes memory signature = _signed(PATIENT_KEY, made);
        IConsentRegistry.Terms memory other = _terms();
        other.grantee = colleague;
        _pass(1);
        _give(other);
        _expectRevoked(made);
        _send(made, signature);
        _assertNoGrant(doctor);
    }

    function test_P18_works_once_though_there_is_a_new_grant_of_the_same_second() external {
        Signed memory made = _made();
        bytes memory signature = _signed(PATIENT_KEY, made);
        _send(made, signature);
        _give(_terms());
        _fails(made, signature, _used(made));
        _assertGrant(doctor, _terms(), clock);
    }

    function test_P16_works_without_a_grant_and_once() external {
        Signed memory made = _made();
        made.grantee = stranger;
        bytes memory signature = _signed(PATIENT_KEY, made);
        _expectRevoked(made);
        _send(made, signature);
        _fails(made, signature, _used(made));
    }

    function test_leaves_grants_to_others() external {
        IConsentRegistry.Terms memory other = _terms();
        other.grantee = colleague;
        _give(other);
        _send(_made(), _signed(PATIENT_KEY, _made()));
        _assertGrant(colleague, other, clock);
    }

    function test_P17_ends_a_grant_of_the_second_it_was_signed() external {
        Signed memory made = _made();
        bytes memory signature = _signed(PATIENT_KEY, made);
        _pass(10);
        _send(made, signature);
        _assertNoGrant(doctor);
    }

    function test_refuses_a_grant_made_a_second_after_it_was_signed() external {
        Signed memory made = _made();
        --made.signedAt;
        _fails(made, _signed(PATIENT_KEY, made), _tooOld(made.signedAt));
        _assertGrant(doctor, _terms(), clock);
    }

    function test_is_not_used_up_by_being_refused() external {
        Signed memory made = _made();
        --made.signedAt;
        bytes memory signature = _signed(PATIENT_KEY, made);
        _fails(made, signature, _tooOld(made.signedAt));
        vm.prank(patient);
        consent.revoke(patient, doctor, 0);
        _expectRevoked(made);
        _send(made, signature);
    }

    function test_P18_works_until_the_second_before_the_deadline_and_not_at_it() external {
        Signed memory made = _made();
        bytes memory signature = _signed(PATIENT_KEY, made);
        vm.warp(made.deadline);
        bytes4 kind = IConsentRegistry.ConsentRegistry_SignatureExpired.selector;
        _fails(made, signature, abi.encodeWithSelector(kind, made.deadline, uint256(made.deadline)));
        vm.warp(made.deadline - 1);
        _expectRevoked(made);
        _send(made, signature);
    }

    function test_P18_works_from_the_second_it_was_signed_and_not_before() external {
        Signed memory made = _made();
        made.signedAt = clock + 1;
        bytes memory signature = _signed(PATIENT_KEY, made);
        bytes4 kind = IConsentRegistry.ConsentRegistry_SignedInFuture.selector;
        _fails(made, signature, abi.encodeWithSelector(kind, made.signedAt, uint256(clock)));
        _pass(1);
        _expectRevoked(made);
        _send(made, signature);
    }

    function test_P18_refuses_every_change() external {
        bytes memory signature = _signed(PATIENT_KEY, _made());
        for (uint256 i; i < 7; ++i) {
            Signed memory changed = _made();
            if (i == 0) changed.patient = neighbour;
            if (i == 1) changed.patient = address(0);
            if (i == 2) changed.grantee = colleague;
            if (i == 3) changed.keyring = 0;
            if (i == 4) --changed.signedAt;
            if (i == 5) ++changed.deadline;
            if (i == 6) changed.deadline = type(uint40).max;
            _fails(changed, signature, _invalid(changed.patient));
        }
        _send(_made(), signature);
    }

    function test_P18_refuses_other_encodings() external {
        bytes[] memory bent = Signatures.bent(_signed(PATIENT_KEY, _made()));
        for (uint256 i; i < bent.length; ++i) _fails(_made(), bent[i], _invalid(patient));
    }

    function test_P18_refuses_another_domain_and_the_chain_after_a_fork() external {
        Signed memory made = _made();
        bytes32 typehash = keccak256(
            "Revoke(address patient,address grantee,bytes32 keyring,uint40 signedAt,uint40 deadline)"
        );
        bytes32 hash = keccak256(abi.encode(typehash, made));
        _fails(made, _sign(PATIENT_KEY, _typed("Chartkey", address(consent), hash)), _invalid(patient));
        _fails(made, _sign(PATIENT_KEY, _typed("Chartkey Consent", address(registry), hash)), _invalid(patient));
        bytes memory signature = _sign(PATIENT_KEY, _typed("Chartkey Consent", address(consent), hash));
        vm.chainId(block.chainid + 1);
        _fails(made, signature, _invalid(patient));
        vm.chainId(block.chainid - 1);
        _send(made, signature);
    }

    function test_P18_refuses_a_signed_grant() external {
        Signed memory made = _made();
        bytes32 head = consent.consentHead(patient);
        bytes32 digest = _grantHash(patient, _terms(), head, made.signedAt, made.deadline);
        _fails(made, _sign(PATIENT_KEY, digest), _invalid(patient));
    }

    function testFuzz_P23_refuses_every_other_key(uint256 key) external {
        key = bound(key, 1, Signatures.ORDER - 1);
        vm.assume(key != PATIENT_KEY);
        _fails(_made(), _signed(key, _made()), _invalid(patient));
    }

    function test_P24_refuses_the_signature_of_a_delegate() external {
        _appoint(7, clock + 30 days);
        _fails(_made(), _signed(DELEGATE_KEY, _made()), _invalid(patient));
    }

    function test_P58_takes_the_signature_of_the_successor() external {
        _succeed(patient, successor);
        Signed memory made = _made();
        bytes memory signature = _signed(SUCCESSOR_KEY, made);
        _expectRevoked(made);
        _send(made, signature);
        _assertNoGrant(doctor);
    }

    function test_P58_refuses_the_signature_of_the_old_account() external {
        Signed memory made = _made();
        made.deadline = clock + 90 days;
        bytes memory signature = _signed(PATIENT_KEY, made);
        _succeed(patient, successor);
        _fails(made, signature, _invalid(patient));
    }

    function test_P20_counts_only_while_the_contract_returns_the_magic_value() external {
        ContractWallet wallet = new ContractWallet(stranger);
        Signed memory made = _made();
        made.patient = address(wallet);
        bytes memory signature = _signed(STRANGER_KEY, made);
        for (uint256 i; i < 3; ++i) {
            wallet.setMood(_moods()[i]);
            _fails(made, signature, _invalid(made.patient));
        }
        wallet.setMood(ContractWallet.Mood.Honest);
        _expectRevoked(made);
        _send(made, signature);
        made = _made();
        signature = _signed(PATIENT_KEY, made);
        bytes[] memory codes = _oddCodes();
        for (uint256 i; i < codes.length; ++i) {
            vm.etch(patient, codes[i]);
            _fails(made, signature, _invalid(patient));
        }
    }

    function test_P21_asks_the_code_and_no_longer_the_key() external {
        Signed memory made = _made();
        _delegateCode(patient, address(new ContractWallet(stranger)));
        _fails(made, _signed(PATIENT_KEY, made), _invalid(patient));
        bytes memory signature = _signed(STRANGER_KEY, made);
        _expectRevoked(made);
        _send(made, signature);
    }

    function _made() private view returns (Signed memory) {
        return Signed(patient, doctor, KEYRING, clock, clock + 1 days);
    }

    function _signed(uint256 key, Signed memory made) private view returns (bytes memory) {
        return _sign(key, _digest(made));
    }

    function _digest(Signed memory made) private view returns (bytes32) {
        return _revokeHash(made.patient, made.grantee, made.keyring, made.signedAt, made.deadline);
    }

    function _send(Signed memory made, bytes memory signature) private {
        consent.revokeBySig{gas: 3_000_000}(
            made.patient,
            made.grantee,
            made.keyring,
            made.signedAt,
            made.deadline,
            signature
        );
    }

    function _fails(Signed memory made, bytes memory signature, bytes memory reason) private {
        bytes32 head = consent.consentHead(made.patient);
        vm.expectRevert(reason);
        _send(made, signature);
        vm.assertEq(consent.consentHead(made.patient), head);
    }

    function _expectRevoked(Signed memory made) private {
        bytes32 head = Words.revoked(consent.consentHead(made.patient), made.grantee, made.keyring);
        vm.expectEmit(address(consent));
        emit IConsentRegistry.Revoked(made.patient, made.grantee, made.keyring, head);
    }

    function _invalid(address who) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.ConsentRegistry_InvalidSignature.selector, who);
    }

    function _used(Signed memory made) private view returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.ConsentRegistry_SignatureUsed.selector, _digest(made));
    }

    /// @dev The grant was made at `clock`.
    function _tooOld(uint40 signedAt) private view returns (bytes memory) {
        bytes4 kind = IConsentRegistry.ConsentRegistry_SignedBeforeGrant.selector;
        return abi.encodeWithSelector(kind, signedAt, clock);
    }
}
