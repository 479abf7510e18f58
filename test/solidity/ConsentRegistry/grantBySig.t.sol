// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ContractWallet} from "../../../contracts/mocks/ContractWallet.sol";
import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {OddSigners} from "../support/OddSigners.sol";
import {Signatures} from "../support/Signatures.sol";
import {SignedGrants} from "../support/SignedGrants.sol";
import {Words} from "../Words.sol";

contract ConsentRegistryGrantBySigTest is SignedGrants, OddSigners {
    function testFuzz_P19_leaves_exactly_what_was_signed_whoever_sends_it(
        address sender,
        uint256 age,
        uint16 read,
        bytes32 keyring
    ) external {
        Signed memory made = _made();
        made.signedAt = clock - uint40(bound(age, 0, 5 days));
        (made.terms.read, made.terms.keyring) = (read & 0x03fe, keyring);
        bytes memory signature = _signed(PATIENT_KEY, made);
        bytes32 head = _next(0, made.terms);
        _expectGranted(made, head);
        vm.prank(sender);
        _send(made, signature);
        _assertGrant(doctor, made.terms, made.signedAt);
        vm.assertEq(consent.consentHead(patient), head);
    }

    function test_P18_works_once() external {
        Signed memory made = _made();
        bytes memory signature = _signed(PATIENT_KEY, made);
        _send(made, signature);
        _fails(made, signature, _stale(_next(0, made.terms), 0));
    }

    function testFuzz_P17_fails_on_any_other_head_than_the_one_signed(bytes32 head) external {
        vm.assume(head != 0);
        Signed memory made = _made();
        made.head = head;
        _fails(made, _signed(PATIENT_KEY, made), _stale(0, head));
    }

    function test_P18_works_until_the_second_before_the_deadline_and_not_at_it() external {
        Signed memory made = _made();
        bytes memory signature = _signed(PATIENT_KEY, made);
        _pass(made.deadline - clock);
        bytes4 kind = IConsentRegistry.ConsentRegistry_SignatureExpired.selector;
        _fails(made, signature, abi.encodeWithSelector(kind, made.deadline, uint256(made.deadline)));
        vm.warp(made.deadline - 1);
        _send(made, signature);
        _assertGrant(doctor, made.terms, made.signedAt);
    }

    function test_P18_works_from_the_second_it_was_signed_and_not_before() external {
        Signed memory made = _made();
        made.signedAt = clock + 1;
        bytes memory signature = _signed(PATIENT_KEY, made);
        bytes4 kind = IConsentRegistry.ConsentRegistry_SignedInFuture.selector;
        _fails(made, signature, abi.encodeWithSelector(kind, made.signedAt, uint256(clock)));
        _pass(1);
        _send(made, signature);
        _assertGrant(doctor, made.terms, clock);
    }

    function test_P26_gives_nothing() external {
        _submitSignedBefore(3);
        vm.assertFalse(consent.canRead(patient, doctor, 1));
        vm.assertEq(consent.writableAs(patient, doctor, WRITE), 0);
    }

    function test_P26_gives_access_when_he_had_become_active_in_the_second_it_was_signed() external {
        _submitSignedBefore(2);
        vm.assertTrue(consent.canRead(patient, doctor, 1));
        vm.assertEq(consent.writableAs(patient, doctor, WRITE), hospitalId);
    }

    function test_P12_refuses_the_terms_that_grant_refuses() external {
        Signed memory made = _made();
        made.terms.expiry = clock;
        bytes4 kind = IConsentRegistry.ConsentRegistry_InvalidExpiry.selector;
        uint256 latest = uint256(clock) + 5 * 365 days;
        bytes memory reason = abi.encodeWithSelector(kind, clock, uint256(clock) + 1, latest);
        _fails(made, _signed(PATIENT_KEY, made), reason);
        made = _made();
        made.terms.grantee = patient;
        _fails(made, _signed(PATIENT_KEY, made), _invalidGrantee(patient));
    }

    function test_P18_refuses_every_change() external {
        bytes memory signature = _signed(PATIENT_KEY, _made());
        for (uint256 i; i < 11; ++i) {
            Signed memory changed = _changed(i);
            _fails(changed, signature, _invalid(changed.patient));
        }
        _assertNoGrant(doctor);
        _send(_made(), signature);
    }

    function test_P18_refuses_other_encodings() external {
        Signed memory made = _made();
        bytes[] memory bent = Signatures.bent(_signed(PATIENT_KEY, made));
        for (uint256 i; i < bent.length; ++i) _fails(made, bent[i], _invalid(patient));
    }

    function test_P18_refuses_another_domain() external {
        Signed memory made = _made();
        bytes32 hash = _structHash(made);
        _fails(made, _sign(PATIENT_KEY, _typed("Chartkey Keys", address(consent), hash)), _invalid(patient));
        _fails(made, _sign(PATIENT_KEY, _typed("Chartkey Consent", address(registry), hash)), _invalid(patient));
        _fails(made, _sign(PATIENT_KEY, hash), _invalid(patient));
        _send(made, _sign(PATIENT_KEY, _typed("Chartkey Consent", address(consent), hash)));
    }

    function test_P18_refuses_it_after_the_chain_forked() external {
        Signed memory made = _made();
        bytes memory signature = _signed(PATIENT_KEY, made);
        vm.chainId(block.chainid + 1);
        _fails(made, signature, _invalid(patient));
        _send(made, _signed(PATIENT_KEY, made));
        _assertGrant(doctor, made.terms, made.signedAt);
    }

    function test_P18_refuses_a_signed_revoke() external {
        Signed memory made = _made();
        bytes32 digest = _revokeHash(patient, doctor, KEYRING, made.signedAt, made.deadline);
        _fails(made, _sign(PATIENT_KEY, digest), _invalid(patient));
    }

    function testFuzz_P22_refuses_every_other_key(uint256 key) external {
        key = bound(key, 1, Signatures.ORDER - 1);
        vm.assume(key != PATIENT_KEY);
        Signed memory made = _made();
        _fails(made, _signed(key, made), _invalid(patient));
    }

    function test_P24_refuses_the_signature_of_a_delegate() external {
        _appoint(7, clock + 30 days);
        Signed memory made = _made();
        vm.prank(delegate);
        _fails(made, _signed(DELEGATE_KEY, made), _invalid(patient));
    }

    function test_P58_takes_the_signature_of_the_successor() external {
        Signed memory made = _afterSuccession();
        bytes32 head = _next(made.head, made.terms);
        bytes memory signature = _signed(SUCCESSOR_KEY, made);
        _expectGranted(made, head);
        _send(made, signature);
        vm.assertEq(consent.consentHead(patient), head);
    }

    function test_P58_refuses_the_signature_of_the_old_account() external {
        Signed memory made = _afterSuccession();
        _fails(made, _signed(PATIENT_KEY, made), _invalid(patient));
    }

    function test_P11_refuses_a_grant_of_the_successor_to_himself() external {
        Signed memory made = _afterSuccession();
        made.terms.grantee = successor;
        _fails(made, _signed(SUCCESSOR_KEY, made), _invalidGrantee(successor));
    }

    function test_P20_counts_while_the_contract_returns_the_magic_value() external {
        Signed memory made = _made();
        made.patient = address(new ContractWallet(stranger));
        _fails(made, _signed(PATIENT_KEY, made), _invalid(made.patient));
        _send(made, _signed(STRANGER_KEY, made));
        vm.assertTrue(consent.canRead(made.patient, doctor, 1));
    }

    function test_P20_refuses_when_the_contract_refuses_reverts_or_returns_too_little() external {
        ContractWallet wallet = new ContractWallet(stranger);
        Signed memory made = _made();
        made.patient = address(wallet);
        for (uint256 i; i < 3; ++i) {
            wallet.setMood(_moods()[i]);
            _fails(made, _signed(STRANGER_KEY, made), _invalid(made.patient));
        }
    }

    function test_P20_refuses_when_the_contract_burns_gas_answers_dirtily_or_not_at_all() external {
        Signed memory made = _made();
        bytes memory signature = _signed(PATIENT_KEY, made);
        bytes[] memory codes = _oddCodes();
        for (uint256 i; i < codes.length; ++i) {
            vm.etch(patient, codes[i]);
            _fails(made, signature, _invalid(patient));
        }
        vm.etch(patient, "");
        _send(made, signature);
    }

    function test_P21_asks_the_code_and_no_longer_the_key() external {
        Signed memory made = _made();
        _delegateCode(patient, address(new ContractWallet(stranger)));
        _fails(made, _signed(PATIENT_KEY, made), _invalid(patient));
        _send(made, _signed(STRANGER_KEY, made));
        _assertGrant(doctor, made.terms, made.signedAt);
    }

    function _afterSuccession() private returns (Signed memory made) {
        _succeed(patient, successor);
        made = _made();
        made.head = Words.succeeded(0, successor);
    }

    function _changed(uint256 field) private view returns (Signed memory made) {
        made = _made();
        if (field == 0) made.patient = neighbour;
        if (field == 1) made.patient = address(0);
        if (field == 2) made.terms.grantee = colleague;
        if (field == 3) made.terms.hospital = 2;
        if (field == 4) made.terms.read = 0x0004;
        if (field == 5) made.terms.write = 0;
        if (field == 6) ++made.terms.expiry;
        if (field == 7) made.terms.keyring = 0;
        if (field == 8) made.head = bytes32(uint256(1));
        if (field == 9) --made.signedAt;
        if (field == 10) ++made.deadline;
    }

    /// @dev He was reactivated 3 seconds ago, and so is active since 2 seconds; the grant was signed `age` seconds ago.
    function _submitSignedBefore(uint40 age) private {
        hospital.suspend(doctor);
        hospital.reactivate(doctor);
        _pass(3);
        Signed memory made = _made();
        made.signedAt = clock - age;
        _send(made, _signed(PATIENT_KEY, made));
        _assertGrant(doctor, made.terms, clock - age);
    }
}
