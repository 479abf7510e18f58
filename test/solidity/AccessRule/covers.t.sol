// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessRule} from "../../../contracts/libraries/AccessRule.sol";
import {MiniTest} from "../MiniTest.sol";

contract AccessRuleCoversTest is MiniTest {
    function testFuzz_P13_is_exact_bit_by_bit(uint16 scope, uint16 asked) external pure {
        vm.assertEq(AccessRule.covers(scope, asked), _naive(scope, asked));
        uint16 subset = asked & scope;
        vm.assertEq(AccessRule.covers(scope, subset), _naive(scope, subset));
        uint16 known = subset & 0x03fe;
        vm.assertEq(AccessRule.covers(scope, known), known != 0);
    }

    function test_P13_takes_what_is_asked_within_the_scope_and_refuses_one_category_more() external pure {
        for (uint256 bit = 1; bit < 10; ++bit) {
            uint16 one = uint16(2 ** bit);
            vm.assertTrue(AccessRule.covers(one, one));
            vm.assertTrue(AccessRule.covers(0x03fe, one));
            vm.assertFalse(AccessRule.covers(0x03fe - one, one));
            vm.assertFalse(AccessRule.covers(0x03fe - one, 0x03fe));
            vm.assertFalse(AccessRule.covers(one, 0));
        }
        vm.assertTrue(AccessRule.covers(0x03fe, 0x03fe));
        vm.assertFalse(AccessRule.covers(0, 2));
    }

    function testFuzz_P13_P39_takes_no_unknown_category_though_the_scope_has_its_bit(uint16 asked) external pure {
        uint16[7] memory unknown = [1, 0x0400, 0x0800, 0x1000, 0x2000, 0x4000, 0x8000];
        for (uint256 i; i < 7; ++i) {
            vm.assertFalse(AccessRule.covers(type(uint16).max, unknown[i]));
            vm.assertFalse(AccessRule.covers(type(uint16).max, asked | unknown[i]));
        }
    }

    /// @dev As one would check it by hand.
    function _naive(uint16 scope, uint16 asked) private pure returns (bool any) {
        for (uint256 bit; bit < 16; ++bit) {
            if ((asked >> bit) & 1 == 0) continue;
            any = true;
            if (bit == 0 || bit > 9 || (scope >> bit) & 1 == 0) return false;
        }
    }
}
