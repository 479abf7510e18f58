// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {IDelegates} from "../../../contracts/interfaces/IDelegates.sol";
import {Accreditation} from "../../../contracts/types/Types.sol";
import {ConsentBase} from "../support/ConsentBase.sol";
import {Words} from "../Words.sol";

contract ConsentRegistryRevokeTest is ConsentBase {
    bytes32 private constant NEXT = keccak256("next keyring");

    bytes32 private _before;

    function setUp() public override {
        super.setUp();
        _give(_terms());
        _before = consent.consentHead(patient);
    }

    function test_P16_ends_the_grant_at_once_and_moves_the_head_by_the_formula() external {
        vm.assertTrue(consent.canRead(patient, doctor, 1));
        vm.assertEq(consent.writableAs(patient, doctor, WRITE), hospitalId);
        _expectRevoked(doctor, NEXT);
        vm.prank(patient);
        consent.revoke(patient, doctor, NEXT);
        _assertNoGrant(doctor);
        vm.assertEq(consent.consentHead(patient), Words.revoked(_before, doctor, NEXT));
        vm.assertFalse(consent.canRead(patient, doctor, 1));
        vm.assertEq(consent.writableAs(patient, doctor, WRITE), 0);
    }

    function testFuzz_P16_never_reverts_whatever_the_grantee_and_keyring(address grantee, bytes32 keyring) external {
        address[5] memory grantees = [grantee, address(0), patient, address(consent), doctor];
        for (uint256 i; i < 5; ++i) {
            _expectRevoked(grantees[i], keyring);
            vm.prank(patient);
            consent.revoke(patient, grantees[i], keyring);
            _before = Words.revoked(_before, grantees[i], keyring);
            vm.assertEq(consent.consentHead(patient), _before);
        }
    }

    function test_P16_ends_a_grant_of_a_doctor_or_hospital_that_was_suspended() external {
        hospital.suspend(doctor);
        registry.setAccreditation(hospitalId, address(hospital), Accreditation.Suspended, PROFILE);
        _pass(20 days);
        _expectRevoked(doctor, 0);
        vm.prank(patient);
        consent.revoke(patient, doctor, 0);
        _assertNoGrant(doctor);
    }

    function test_leaves_grants_to_others_and_of_other_patients() external {
        IConsentRegistry.Terms memory terms = _terms();
        vm.prank(neighbour);
        consent.grant(neighbour, terms, 0);
        terms.grantee = colleague;
        _give(terms);
        vm.prank(patient);
        consent.revoke(patient, doctor, 0);
        _assertGrant(colleague, terms, clock);
        vm.assertTrue(consent.canRead(neighbour, doctor, 1));
    }

    function test_P17_leaves_nothing_for_a_grant_signed_on_the_head_before() external {
        IConsentRegistry.Terms memory terms = _terms();
        bytes memory signature = _sign(PATIENT_KEY, _grantHash(patient, terms, _before, clock, clock + 1 days));
        vm.prank(patient);
        consent.revoke(patient, stranger, 0);
        bytes32 head = Words.revoked(_before, stranger, 0);
        vm.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentRegistry_StaleHead.selector, head, _before));
        consent.grantBySig(patient, terms, _before, clock, clock + 1 days, signature);
    }

    function test_P58_lets_the_successor_revoke() external {
        _succeed(patient, successor);
        _before = Words.succeeded(_before, successor);
        vm.assertTrue(consent.canRead(patient, doctor, 1));
        _expectRevoked(doctor, NEXT);
        vm.prank(successor);
        consent.revoke(patient, doctor, NEXT);
        _assertNoGrant(doctor);
    }

    function test_P58_refuses_the_old_account() external {
        _succeed(patient, successor);
        _refuses(patient);
    }

    function test_P24_revokes_and_announces_who_did_it() external {
        _appoint(REVOKE, clock + 1);
        vm.expectEmit(address(consent));
        emit IDelegates.DelegateActed(patient, delegate, REVOKE);
        _expectRevoked(doctor, NEXT);
        vm.prank(delegate);
        consent.revoke(patient, doctor, NEXT);
        _assertNoGrant(doctor);
    }

    function test_P24_refuses_one_whose_mandate_is_for_something_else() external {
        _appoint(5, clock + 10 days);
        _refuses(delegate);
    }

    function test_P24_refuses_one_whose_mandate_expired_in_this_second() external {
        _appoint(REVOKE, clock + 1);
        _pass(1);
        _refuses(delegate);
    }

    function test_P24_refuses_one_who_was_removed_in_this_second() external {
        _appoint(REVOKE, clock + 10 days);
        vm.prank(patient);
        consent.removeDelegate(patient, delegate);
        _refuses(delegate);
    }

    function testFuzz_P23_refuses_everybody_the_grantee_and_the_registrar_too(address caller) external {
        vm.assume(caller != patient);
        address[4] memory callers = [caller, doctor, address(this), address(hospital)];
        for (uint256 i; i < 4; ++i) _refuses(callers[i]);
        _assertGrant(doctor, _terms(), clock);
        vm.assertEq(consent.consentHead(patient), _before);
    }

    function _refuses(address caller) private {
        vm.prank(caller);
        vm.expectRevert(_notMandated(caller, REVOKE));
        consent.revoke(patient, doctor, NEXT);
    }

    function _expectRevoked(address grantee, bytes32 keyring) private {
        vm.expectEmit(address(consent));
        emit IConsentRegistry.Revoked(patient, grantee, keyring, Words.revoked(_before, grantee, keyring));
    }
}
