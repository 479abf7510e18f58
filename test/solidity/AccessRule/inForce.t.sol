// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessRule} from "../../../contracts/libraries/AccessRule.sol";
import {MiniTest} from "../MiniTest.sol";

contract AccessRuleInForceTest is MiniTest {
    function testFuzz_P12_is_false_whatever_else(
        uint40 expiry,
        uint40 since,
        uint40 active,
        uint256 later
    ) external pure {
        vm.assertFalse(AccessRule.inForce(expiry, since, active, expiry));
        vm.assertFalse(AccessRule.inForce(expiry, since, active, bound(later, expiry, type(uint256).max)));
        vm.assertFalse(AccessRule.inForce(expiry, 2, 1, expiry));
    }

    function testFuzz_P12_P26_asks_that_the_doctor_became_active_no_later_than_the_grant_was_made(
        uint40 expiry,
        uint40 since,
        uint40 active,
        uint256 time
    ) external pure {
        expiry = uint40(bound(expiry, 1, type(uint40).max));
        time = bound(time, 0, expiry - 1);
        vm.assertEq(AccessRule.inForce(expiry, since, active, time), active > 0 && !(active > since));
    }

    function testFuzz_P12_counts_in_the_last_second_before_the_expiry(uint40 expiry) external pure {
        expiry = uint40(bound(expiry, 1, type(uint40).max));
        vm.assertTrue(AccessRule.inForce(expiry, 1, 1, uint256(expiry) - 1));
    }

    function testFuzz_P26_turns_with_the_second_in_which_he_became_active(uint40 since) external pure {
        since = uint40(bound(since, 1, type(uint40).max - 1));
        vm.assertTrue(AccessRule.inForce(type(uint40).max, since, since, 0));
        vm.assertFalse(AccessRule.inForce(type(uint40).max, since, since + 1, 0));
    }

    function testFuzz_P14_is_false_whatever_else(uint40 expiry, uint40 since, uint256 time) external pure {
        vm.assertFalse(AccessRule.inForce(expiry, since, 0, time));
        vm.assertFalse(AccessRule.inForce(type(uint40).max, since, 0, 1));
    }
}
