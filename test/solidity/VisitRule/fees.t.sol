// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VisitRule} from "../../../contracts/libraries/VisitRule.sol";
import {VisitState} from "../../../contracts/types/Types.sol";
import {MiniTest} from "../MiniTest.sol";

contract FeesTest is MiniTest {
    uint256 private constant BEGIN = 1_800_871_200;

    function testFuzz_P47_split_loses_nothing_and_gives_the_odd_one_to_the_patient(uint64 fee) external pure {
        (uint64 refund, uint64 kept) = VisitRule.split(fee);
        vm.assertEq(uint256(refund) + kept, fee);
        vm.assertEq(refund - kept, fee % 2);
    }

    function test_P47_split_shares_nothing_one_and_the_most() external pure {
        (uint64 refund, uint64 kept) = VisitRule.split(0);
        vm.assertTrue(refund == 0 && kept == 0);
        (refund, kept) = VisitRule.split(1);
        vm.assertTrue(refund == 1 && kept == 0);
        (refund, kept) = VisitRule.split(type(uint64).max);
        vm.assertTrue(refund == 2 ** 63 && kept == 2 ** 63 - 1);
    }

    function testFuzz_P47_keptOf_is_nothing_unless_the_visit_was_confirmed(uint64 fee) external pure {
        for (uint8 state; state < 10; ++state) {
            uint64 kept = VisitRule.keptOf(VisitState(state), fee, BEGIN, BEGIN - 1);
            vm.assertEq(kept, state == 2 ? fee / 2 : 0);
        }
    }

    function testFuzz_P47_keptOf_is_half_from_a_second_after_24_hours_ahead(uint64 fee, uint256 time) external pure {
        time = bound(time, 0, BEGIN + 30 days);
        uint64 kept = VisitRule.keptOf(VisitState.Confirmed, fee, BEGIN, time);
        vm.assertEq(kept, time > BEGIN - 86_400 ? fee / 2 : 0);
    }

    function test_P47_keptOf_turns_between_two_seconds() external pure {
        vm.assertEq(VisitRule.keptOf(VisitState.Confirmed, 9, BEGIN, BEGIN - 86_400), 0);
        vm.assertEq(VisitRule.keptOf(VisitState.Confirmed, 9, BEGIN, BEGIN - 86_399), 4);
    }
}
