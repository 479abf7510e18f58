// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsentBase} from "../support/ConsentBase.sol";

contract DelegatesIsMandatedTest is ConsentBase {
    function test_P24_is_true_for_exactly_the_actions_named_together_or_alone() external {
        for (uint8 actions = 1; actions < 8; ++actions) {
            _appoint(actions, clock + 1);
            for (uint256 asked; asked < 256; ++asked) {
                vm.assertEq(consent.isMandated(patient, delegate, uint8(asked)), _covered(asked, actions));
            }
        }
    }

    function testFuzz_P24_ends_to_the_second_though_the_mandate_can_still_be_read(uint256 term) external {
        uint40 expiry = clock + uint40(bound(term, 1, 2 * 365 days));
        _appoint(7, expiry);
        vm.assertTrue(consent.isMandated(patient, delegate, 7));
        vm.warp(expiry - 1);
        vm.assertTrue(consent.isMandated(patient, delegate, 7));
        vm.warp(expiry);
        vm.assertFalse(consent.isMandated(patient, delegate, 7));
        (uint8 actions, uint40 end) = consent.mandateOf(patient, delegate);
        vm.assertEq(actions, 7);
        vm.assertEq(end, expiry);
    }

    function test_P24_says_nothing_about_other_delegates_and_patients() external {
        _appoint(7, clock + 10 days);
        vm.assertFalse(consent.isMandated(patient, stranger, 1));
        vm.assertFalse(consent.isMandated(neighbour, delegate, 1));
    }

    function test_P25_does_not_make_the_patient_a_delegate_of_the_delegate() external {
        _appoint(7, clock + 10 days);
        vm.assertFalse(consent.isMandated(delegate, patient, 1));
        vm.assertFalse(consent.isMandated(delegate, delegate, 1));
    }

    function test_P58_ends_every_mandate_given_before() external {
        _appoint(7, clock + 90 days);
        _succeed(patient, successor);
        for (uint8 action = 1; action < 8; ++action) vm.assertFalse(consent.isMandated(patient, delegate, action));
        (uint8 actions, ) = consent.mandateOf(patient, delegate);
        vm.assertEq(actions, 7);
    }

    function test_P58_ends_those_of_the_successor_with_the_next_succession() external {
        _succeed(patient, successor);
        vm.prank(successor);
        consent.appointDelegate(patient, delegate, 7, clock + 90 days);
        vm.assertTrue(consent.isMandated(patient, delegate, 7));
        _succeed(patient, stranger);
        vm.assertFalse(consent.isMandated(patient, delegate, 1));
    }

    function testFuzz_P24_is_false_for_everybody_and_the_patient_too(address account, uint8 action) external view {
        vm.assertFalse(consent.isMandated(patient, account, action));
        vm.assertFalse(consent.isMandated(patient, patient, action));
        (uint8 actions, uint40 expiry) = consent.mandateOf(patient, account);
        vm.assertEq(uint256(actions) + expiry, 0);
    }

    /// @dev Bit by bit.
    function _covered(uint256 asked, uint256 actions) private pure returns (bool) {
        if (asked == 0) return false;
        for (uint256 i; i < 8; ++i) {
            if ((asked / 2 ** i) % 2 == 1 && (actions / 2 ** i) % 2 == 0) return false;
        }
        return true;
    }
}
