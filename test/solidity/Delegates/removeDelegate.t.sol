// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDelegates} from "../../../contracts/interfaces/IDelegates.sol";
import {ConsentBase} from "../support/ConsentBase.sol";

contract DelegatesRemoveDelegateTest is ConsentBase {
    function setUp() public override {
        super.setUp();
        _appoint(7, clock + 30 days);
    }

    function test_P24_ends_all_power_in_this_very_second() external {
        _removes(patient);
        vm.assertFalse(consent.isMandated(patient, delegate, 1));
        vm.prank(delegate);
        vm.expectRevert(_notMandated(delegate, REVOKE));
        consent.revoke(patient, doctor, 0);
    }

    function test_removes_an_expired_mandate_and_one_of_before_a_succession() external {
        _pass(30 days);
        _removes(patient);
        _appoint(7, clock + 30 days);
        _succeed(patient, successor);
        _removes(delegate);
    }

    function test_leaves_other_delegates_and_patients_alone() external {
        vm.prank(patient);
        consent.appointDelegate(patient, stranger, 4, clock + 1 days);
        vm.prank(neighbour);
        consent.appointDelegate(neighbour, delegate, 4, clock + 1 days);
        _removes(patient);
        vm.assertTrue(consent.isMandated(patient, stranger, 4));
        vm.assertTrue(consent.isMandated(neighbour, delegate, 4));
    }

    function testFuzz_P16_does_nothing_when_there_is_none(address account) external {
        vm.assume(account != delegate);
        _doesNothing(patient, account);
        _removes(patient);
        _doesNothing(patient, delegate);
    }

    function test_P58_lets_the_successor_remove() external {
        _succeed(patient, successor);
        _removes(successor);
    }

    function test_P24_gives_the_mandate_back() external {
        _removes(delegate);
        vm.assertFalse(consent.isMandated(patient, delegate, 1));
    }

    function testFuzz_P16_does_nothing_when_he_has_none(address account) external {
        vm.assume(account != delegate);
        _doesNothing(account, account);
    }

    function testFuzz_P24_refuses_everybody(address caller) external {
        vm.assume(caller != patient && caller != delegate);
        address[4] memory callers = [caller, doctor, address(this), address(hospital)];
        for (uint256 i; i < 4; ++i) {
            _refuses(callers[i], delegate);
            _refuses(callers[i], successor);
        }
        _refuses(delegate, stranger);
        vm.assertTrue(consent.isMandated(patient, delegate, 7));
    }

    function test_P58_refuses_the_old_account() external {
        _succeed(patient, successor);
        _refuses(patient, delegate);
        (uint8 actions, ) = consent.mandateOf(patient, delegate);
        vm.assertEq(actions, 7);
    }

    function _removes(address by) private {
        vm.expectEmit(address(consent));
        emit IDelegates.DelegateRemoved(patient, delegate, by);
        vm.prank(by);
        consent.removeDelegate(patient, delegate);
        (uint8 actions, uint40 expiry) = consent.mandateOf(patient, delegate);
        vm.assertEq(uint256(actions) + expiry, 0);
    }

    function _doesNothing(address by, address account) private {
        vm.recordLogs();
        vm.prank(by);
        consent.removeDelegate(patient, account);
        vm.assertEq(vm.getRecordedLogs().length, 0);
    }

    function _refuses(address caller, address account) private {
        // Everybody may give back what he himself has not.
        if (caller == account) return;
        vm.prank(caller);
        vm.expectRevert(abi.encodeWithSelector(IDelegates.Delegates_NotActor.selector, patient, caller));
        consent.removeDelegate(patient, account);
    }
}
