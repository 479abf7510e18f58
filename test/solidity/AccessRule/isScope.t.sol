// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessRule} from "../../../contracts/libraries/AccessRule.sol";
import {MiniTest} from "../MiniTest.sol";

contract AccessRuleIsScopeTest is MiniTest {
    function testFuzz_P13_takes_exactly_the_masks_of_known_categories_at_least_one(uint16 mask) external pure {
        vm.assertEq(AccessRule.isScope(mask), mask > 0 && mask % 2 == 0 && mask < 1024);
        uint16 known = mask & 0x03fe;
        vm.assertEq(AccessRule.isScope(known), known != 0);
    }

    function test_P13_takes_each_of_the_nine_alone_and_all_together() external pure {
        for (uint256 bit; bit < 16; ++bit) {
            vm.assertEq(AccessRule.isScope(uint16(2 ** bit)), bit > 0 && bit < 10);
            vm.assertEq(AccessRule.isScope(uint16(2 ** bit) | 4), bit > 0 && bit < 10);
        }
        vm.assertTrue(AccessRule.isScope(1022));
        uint16[5] memory others = [0, 1023, 2046, 0x83fe, type(uint16).max];
        for (uint256 i; i < 5; ++i) vm.assertFalse(AccessRule.isScope(others[i]));
    }

    function test_P13_P39_has_a_mask_for_1_to_9_and_none_for_zero_and_unknown_ones() external pure {
        for (uint256 category; category < 256; ++category) {
            uint256 expected = category >= 1 && category <= 9 ? 2 ** category : 0;
            vm.assertEq(AccessRule.maskOf(uint8(category)), expected);
        }
    }
}
