// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EmergencyRule} from "../../../contracts/libraries/EmergencyRule.sol";
import {MiniTest} from "../MiniTest.sol";

contract EmergencyRuleWindowTest is MiniTest {
    function testFuzz_P29_ends_four_hours_after_it_was_opened(uint40 openedAt) external pure {
        openedAt = uint40(bound(openedAt, 0, type(uint40).max - 14_400));
        vm.assertEq(uint256(EmergencyRule.endOf(openedAt)), uint256(openedAt) + 14_400);
    }

    function testFuzz_P29_holds_the_next_up_for_a_day(uint40 openedAt) external pure {
        vm.assertEq(EmergencyRule.nextAfter(openedAt), uint256(openedAt) + 86_400);
    }

    /// @dev Whatever doctors try at whatever times, taking turns: openings of a hospital that the rule lets through.
    function testFuzz_P29_lets_three_through_in_any_day(uint256 seed) external pure {
        uint40[24] memory opened;
        uint40[3] memory last;
        uint256 count;
        uint40 time = 2 days;
        for (uint256 i; i < 24; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            time += uint40(seed % 9 hours);
            if (time < EmergencyRule.nextAfter(last[2])) continue;
            last = [time, last[0], last[1]];
            opened[count++] = time;
        }
        for (uint256 i = 3; i < count; ++i) vm.assertTrue(opened[i] - opened[i - 3] >= 24 hours);
        vm.assertTrue(count >= 3);
    }
}
