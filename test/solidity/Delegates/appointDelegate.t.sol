// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDelegates} from "../../../contracts/interfaces/IDelegates.sol";
import {ConsentBase} from "../support/ConsentBase.sol";

contract DelegatesAppointDelegateTest is ConsentBase {
    uint40 private constant TWO_YEARS = 63_072_000;

    function testFuzz_P24_gives_the_mandate_and_announces_it(uint8 actions, uint256 term) external {
        actions = (actions % 7) + 1;
        uint40 expiry = clock + uint40(bound(term, 1, TWO_YEARS));
        _expectAppointed(delegate, actions, expiry);
        vm.recordLogs();
        _appoint(actions, expiry);
        _assertMandate(patient, delegate, actions, expiry);
        vm.assertEq(vm.getRecordedLogs().length, 1);
        vm.assertEq(consent.consentHead(patient), bytes32(0));
    }

    function test_P24_replaces_an_earlier_mandate() external {
        _appoint(7, clock + 10 days);
        _expectAppointed(delegate, 2, clock + 1);
        _appoint(2, clock + 1);
        _assertMandate(patient, delegate, 2, clock + 1);
        vm.assertFalse(consent.isMandated(patient, delegate, 1));
        vm.assertFalse(consent.isMandated(patient, delegate, 4));
    }

    function test_leaves_other_delegates_and_patients_alone() external {
        vm.prank(patient);
        consent.appointDelegate(patient, stranger, 5, clock + 3 days);
        _appoint(2, clock + 10 days);
        _assertMandate(patient, stranger, 5, clock + 3 days);
        _assertMandate(neighbour, delegate, 0, 0);
        _assertMandate(delegate, patient, 0, 0);
    }

    function test_P58_lets_the_successor_appoint() external {
        _succeed(patient, successor);
        _expectAppointed(delegate, 7, clock + 10 days);
        vm.prank(successor);
        consent.appointDelegate(patient, delegate, 7, clock + 10 days);
        _assertMandate(patient, delegate, 7, clock + 10 days);
        vm.assertTrue(consent.isMandated(patient, delegate, 7));
    }

    function test_P11_refuses_zero_the_patient_and_the_contract_itself() external {
        address[3] memory delegates = [address(0), patient, address(consent)];
        for (uint256 i; i < 3; ++i) _refusesDelegate(patient, delegates[i]);
    }

    function test_P11_refuses_the_successor_himself_and_the_old_account() external {
        _succeed(patient, successor);
        _refusesDelegate(successor, successor);
        _refusesDelegate(successor, patient);
    }

    function testFuzz_P24_refuses_none_and_unknown_ones(uint8 seed) external {
        uint8[3] memory masks = [0, 8, uint8(bound(seed, 8, 255))];
        for (uint256 i; i < 3; ++i) {
            bytes memory reason = abi.encodeWithSelector(IDelegates.Delegates_InvalidActions.selector, masks[i]);
            _refuses(patient, delegate, masks[i], clock + 1, reason);
        }
    }

    function test_P24_refuses_the_present_second_and_takes_the_next() external {
        _refusesExpiry(0);
        _refusesExpiry(clock);
        _appoint(1, clock + 1);
        _assertMandate(patient, delegate, 1, clock + 1);
    }

    function test_P24_takes_two_years_and_refuses_a_second_more() external {
        _refusesExpiry(type(uint40).max);
        _refusesExpiry(clock + TWO_YEARS + 1);
        _appoint(1, clock + TWO_YEARS);
        _assertMandate(patient, delegate, 1, clock + TWO_YEARS);
    }

    function testFuzz_P23_refuses_everybody(address caller) external {
        vm.assume(caller != patient);
        address[4] memory callers = [caller, doctor, address(this), address(hospital)];
        for (uint256 i; i < 4; ++i) _refuses(callers[i], delegate, 1, clock + 1, _notActor(callers[i]));
        _assertMandate(patient, delegate, 0, 0);
    }

    function test_P25_refuses_a_delegate_with_every_mandate() external {
        _appoint(7, clock + 10 days);
        _refuses(delegate, stranger, 1, clock + 1, _notActor(delegate));
        _refuses(delegate, delegate, 7, clock + 20 days, _notActor(delegate));
        _assertMandate(patient, stranger, 0, 0);
    }

    function test_P58_refuses_the_old_account() external {
        _succeed(patient, successor);
        _refuses(patient, delegate, 1, clock + 1, _notActor(patient));
    }

    function _assertMandate(address about, address account, uint8 actions, uint40 expiry) private view {
        (uint8 actual, uint40 end) = consent.mandateOf(about, account);
        vm.assertEq(actual, actions);
        vm.assertEq(end, expiry);
    }

    function _expectAppointed(address account, uint8 actions, uint40 expiry) private {
        vm.expectEmit(address(consent));
        emit IDelegates.DelegateAppointed(patient, account, actions, expiry);
    }

    function _refuses(address caller, address account, uint8 actions, uint40 expiry, bytes memory reason) private {
        vm.prank(caller);
        vm.expectRevert(reason);
        consent.appointDelegate(patient, account, actions, expiry);
    }

    function _refusesDelegate(address caller, address account) private {
        bytes memory reason = abi.encodeWithSelector(IDelegates.Delegates_InvalidDelegate.selector, account);
        _refuses(caller, account, 1, clock + 1, reason);
    }

    function _refusesExpiry(uint40 expiry) private {
        bytes4 kind = IDelegates.Delegates_InvalidExpiry.selector;
        uint256 earliest = uint256(clock) + 1;
        bytes memory reason = abi.encodeWithSelector(kind, expiry, earliest, uint256(clock) + TWO_YEARS);
        _refuses(patient, delegate, 1, expiry, reason);
    }

    function _notActor(address caller) private view returns (bytes memory) {
        return abi.encodeWithSelector(IDelegates.Delegates_NotActor.selector, patient, caller);
    }
}
