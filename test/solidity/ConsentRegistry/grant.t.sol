// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {IDelegates} from "../../../contracts/interfaces/IDelegates.sol";
import {ConsentBase} from "../support/ConsentBase.sol";
import {Words} from "../Words.sol";

contract ConsentRegistryGrantTest is ConsentBase {
    uint40 private constant FIVE_YEARS = 157_680_000;

    function test_P17_stores_the_terms_and_moves_the_head_by_the_formula() external {
        IConsentRegistry.Terms memory terms = _terms();
        _expectGranted(terms, 0);
        vm.prank(patient);
        consent.grant(patient, terms, 0);
        _assertGrant(doctor, terms, clock);
        vm.assertEq(consent.consentHead(patient), _head(0, terms));
        vm.assertEq(consent.consentHead(neighbour), bytes32(0));
        vm.assertTrue(consent.canRead(patient, doctor, 1));
    }

    function test_replaces_an_earlier_grant_to_the_same_grantee_and_leaves_the_others() external {
        IConsentRegistry.Terms memory first = _terms();
        IConsentRegistry.Terms memory other = _terms();
        other.grantee = colleague;
        _give(first);
        _give(other);
        uint40 before = clock;
        _pass(5);
        IConsentRegistry.Terms memory next = IConsentRegistry.Terms(doctor, 77, 0x0300, 0, clock + 1, 0);
        bytes32 head = _head(_head(0, first), other);
        _expectGranted(next, head);
        _give(next);
        _assertGrant(doctor, next, clock);
        _assertGrant(colleague, other, before);
        vm.assertEq(consent.consentHead(patient), _head(head, next));
    }

    function test_P17_refuses_any_head_but_the_current_one() external {
        IConsentRegistry.Terms memory terms = _terms();
        _refuses(terms, 0, bytes32(uint256(1)));
        _give(terms);
        bytes32 head = _head(0, terms);
        _refuses(terms, head, 0);
        _refuses(terms, head, bytes32(uint256(head) ^ 1));
    }

    function test_P11_refuses_zero_the_patient_and_the_contract_itself() external {
        address[3] memory grantees = [address(0), patient, address(consent)];
        for (uint256 i; i < 3; ++i) _refusesGrantee(patient, grantees[i]);
        _assertNoGrant(patient);
    }

    function test_P13_refuses_an_empty_scope() external {
        _refusesScope(0, 0);
    }

    function testFuzz_P13_takes_known_categories_only_read_or_written(uint16 read, uint16 write) external {
        // Half the runs with known bits only.
        if (read % 2 == 0 && write % 4 < 2) (read, write) = (read & 0x03fe, write & 0x03fe);
        bool known = (uint256(read) | write) % 2 == 0 && read < 1024 && write < 1024;
        if (!known || (read == 0 && write == 0)) {
            _refusesScope(read, write);
        } else {
            IConsentRegistry.Terms memory terms = _terms();
            (terms.read, terms.write) = (read, write);
            _give(terms);
            _assertGrant(doctor, terms, clock);
        }
    }

    function test_P12_refuses_the_present_second_and_takes_the_next() external {
        _refusesExpiry(0);
        _refusesExpiry(clock);
        IConsentRegistry.Terms memory terms = _terms();
        terms.expiry = clock + 1;
        _give(terms);
        _assertGrant(doctor, terms, clock);
    }

    function test_P12_takes_five_years_and_refuses_a_second_more() external {
        _refusesExpiry(type(uint40).max);
        _refusesExpiry(clock + FIVE_YEARS + 1);
        IConsentRegistry.Terms memory terms = _terms();
        terms.expiry = clock + FIVE_YEARS;
        _give(terms);
        _assertGrant(doctor, terms, clock);
    }

    function test_refuses_to_grant_for_no_hospital() external {
        IConsentRegistry.Terms memory terms = _terms();
        terms.hospital = 0;
        _fails(patient, terms, abi.encodeWithSelector(IConsentRegistry.ConsentRegistry_InvalidHospital.selector));
    }

    function test_P58_lets_the_successor_grant_on_the_chart() external {
        _succeed(patient, successor);
        bytes32 head = Words.succeeded(0, successor);
        IConsentRegistry.Terms memory terms = _terms();
        _expectGranted(terms, head);
        vm.prank(successor);
        consent.grant(patient, terms, head);
        _assertGrant(doctor, terms, clock);
        vm.assertEq(consent.consentHead(patient), _head(head, terms));
    }

    function test_P58_refuses_the_old_account() external {
        _succeed(patient, successor);
        _fails(patient, _terms(), _notMandated(patient, GRANT));
    }

    function test_P11_refuses_the_successor_and_the_old_account_as_grantees() external {
        _succeed(patient, successor);
        _refusesGrantee(successor, successor);
        _refusesGrantee(successor, patient);
    }

    function test_P11_P58_lets_no_delegate_grant_to_the_successor() external {
        _succeed(patient, successor);
        vm.prank(successor);
        consent.appointDelegate(patient, delegate, GRANT, _terms().expiry);
        _refusesGrantee(delegate, successor);
    }

    function test_P22_P24_grants_and_announces_who_did_it() external {
        IConsentRegistry.Terms memory terms = _terms();
        _appoint(GRANT, terms.expiry);
        vm.expectEmit(address(consent));
        emit IDelegates.DelegateActed(patient, delegate, GRANT);
        _expectGranted(terms, 0);
        vm.prank(delegate);
        consent.grant(patient, terms, 0);
        _assertGrant(doctor, terms, clock);
    }

    function test_P24_refuses_an_expiry_beyond_the_mandate_by_a_second() external {
        IConsentRegistry.Terms memory terms = _terms();
        uint40 latest = terms.expiry - 1;
        _appoint(GRANT, latest);
        bytes4 kind = IDelegates.Delegates_BeyondMandate.selector;
        _fails(delegate, terms, abi.encodeWithSelector(kind, terms.expiry, latest));
    }

    function test_P22_refuses_a_grant_to_the_delegate_himself() external {
        _appoint(GRANT, clock + 10 days);
        _refusesGrantee(delegate, delegate);
    }

    function test_P22_P24_refuses_to_replace_a_grant_without_a_mandate_to_revoke() external {
        _give(_terms());
        IConsentRegistry.Terms memory terms = _terms();
        terms.hospital = 4_000_000_000;
        _appoint(GRANT, terms.expiry);
        _fails(delegate, terms, _notMandated(delegate, GRANT | REVOKE));
        vm.assertEq(consent.writableAs(patient, doctor, WRITE), hospitalId);
        // From the very second at which it ends, nothing is replaced.
        vm.warp(terms.expiry - 1);
        _appoint(GRANT, terms.expiry + 1);
        (clock, terms.expiry) = (terms.expiry, terms.expiry + 1);
        vm.warp(clock);
        bytes32 head = consent.consentHead(patient);
        vm.prank(delegate);
        consent.grant(patient, terms, head);
    }

    function test_P24_replaces_a_grant_with_a_mandate_for_both_and_says_so() external {
        _give(_terms());
        IConsentRegistry.Terms memory terms = _terms();
        (terms.read, terms.write) = (2, 0);
        _appoint(GRANT | REVOKE, terms.expiry);
        bytes32 head = consent.consentHead(patient);
        vm.expectEmit(address(consent));
        emit IDelegates.DelegateActed(patient, delegate, GRANT | REVOKE);
        vm.prank(delegate);
        consent.grant(patient, terms, head);
        _assertGrant(doctor, terms, clock);
    }

    function test_P24_refuses_one_whose_mandate_is_for_something_else() external {
        _appoint(6, clock + 10 days);
        _fails(delegate, _terms(), _notMandated(delegate, GRANT));
    }

    function test_P24_refuses_one_whose_mandate_expired_in_this_second() external {
        _appoint(GRANT, clock + 1);
        _pass(1);
        IConsentRegistry.Terms memory terms = _terms();
        terms.expiry = clock;
        _fails(delegate, terms, _notMandated(delegate, GRANT));
    }

    function test_P24_refuses_one_who_was_removed_in_this_second() external {
        _appoint(GRANT, clock + 10 days);
        vm.prank(patient);
        consent.removeDelegate(patient, delegate);
        _fails(delegate, _terms(), _notMandated(delegate, GRANT));
    }

    function test_P58_refuses_one_whom_the_patient_appointed_before_a_succession() external {
        _appoint(GRANT, clock + 30 days);
        _succeed(patient, successor);
        _fails(delegate, _terms(), _notMandated(delegate, GRANT));
    }

    function testFuzz_P22_P23_refuses_everybody(address caller) external {
        vm.assume(caller != patient);
        _fails(caller, _terms(), _notMandated(caller, GRANT));
        _assertNoGrant(doctor);
    }

    function test_P23_refuses_the_registrar_and_the_doctor() external {
        address[4] memory callers = [address(this), address(hospital), doctor, address(consent)];
        for (uint256 i; i < 4; ++i) _fails(callers[i], _terms(), _notMandated(callers[i], GRANT));
        _assertNoGrant(doctor);
    }

    function _head(bytes32 previous, IConsentRegistry.Terms memory terms) private pure returns (bytes32) {
        return
            Words.granted(
                previous,
                terms.grantee,
                terms.hospital,
                terms.read,
                terms.write,
                terms.expiry,
                terms.keyring
            );
    }

    function _expectGranted(IConsentRegistry.Terms memory terms, bytes32 previous) private {
        bytes32 head = _head(previous, terms);
        (address grantee, uint32 where) = (terms.grantee, terms.hospital);
        (uint16 read, uint16 write) = (terms.read, terms.write);
        vm.expectEmit(address(consent));
        emit IConsentRegistry.Granted(patient, grantee, where, read, write, terms.expiry, clock, terms.keyring, head);
    }

    function _fails(address caller, IConsentRegistry.Terms memory terms, bytes memory reason) private {
        bytes32 head = consent.consentHead(patient);
        vm.prank(caller);
        vm.expectRevert(reason);
        consent.grant(patient, terms, head);
    }

    function _refuses(IConsentRegistry.Terms memory terms, bytes32 current, bytes32 expected) private {
        vm.prank(patient);
        vm.expectRevert(abi.encodeWithSelector(IConsentRegistry.ConsentRegistry_StaleHead.selector, current, expected));
        consent.grant(patient, terms, expected);
    }

    function _refusesGrantee(address caller, address grantee) private {
        IConsentRegistry.Terms memory terms = _terms();
        terms.grantee = grantee;
        _fails(
            caller,
            terms,
            abi.encodeWithSelector(IConsentRegistry.ConsentRegistry_InvalidGrantee.selector, grantee)
        );
    }

    function _refusesScope(uint16 read, uint16 write) private {
        IConsentRegistry.Terms memory terms = _terms();
        (terms.read, terms.write) = (read, write);
        bytes4 kind = IConsentRegistry.ConsentRegistry_InvalidScope.selector;
        _fails(patient, terms, abi.encodeWithSelector(kind, read, write));
    }

    function _refusesExpiry(uint40 expiry) private {
        IConsentRegistry.Terms memory terms = _terms();
        terms.expiry = expiry;
        bytes4 kind = IConsentRegistry.ConsentRegistry_InvalidExpiry.selector;
        uint256 earliest = uint256(clock) + 1;
        _fails(patient, terms, abi.encodeWithSelector(kind, expiry, earliest, uint256(clock) + FIVE_YEARS));
    }
}
