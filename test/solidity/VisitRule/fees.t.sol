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

    function testFuzz_P47_earnedOf_is_the_whole_fee_of_a_completed_visit(uint64 fee, uint256 time) external pure {
        for (uint8 i; i < 20; ++i) {
            vm.assertEq(_earned(VisitState(i / 2), VisitState.Completed, i % 2 == 0, fee, time), fee);
        }
    }

    function testFuzz_P47_earnedOf_is_nothing_of_a_hurried_visit_that_was_not_completed(uint64 fee) external pure {
        for (uint8 i; i < 100; ++i) {
            (VisitState from, VisitState to) = (VisitState(i / 10), VisitState(i % 10));
            if (to != VisitState.Completed) vm.assertEq(_earned(from, to, true, fee, BEGIN - 1), 0);
        }
    }

    function testFuzz_P47_earnedOf_is_the_whole_fee_of_a_missed_visit(uint64 fee) external pure {
        vm.assertEq(_earned(VisitState.Confirmed, VisitState.NoShow, false, fee, BEGIN + 900), fee);
    }

    function testFuzz_P47_earnedOf_is_nothing_unless_the_visit_was_confirmed(uint64 fee) external pure {
        for (uint8 i; i < 100; ++i) {
            (VisitState from, VisitState to) = (VisitState(i / 10), VisitState(i % 10));
            if (from == VisitState.Confirmed || to == VisitState.Completed) continue;
            vm.assertEq(_earned(from, to, false, fee, BEGIN - 1), 0);
        }
    }

    function testFuzz_P47_earnedOf_is_nothing_of_a_confirmed_visit_that_ends_in_another_way(uint64 fee) external pure {
        for (uint8 to; to < 10; ++to) {
            // Completed, Cancelled, NoShow.
            if (to == 4 || to == 5 || to == 9) continue;
            vm.assertEq(_earned(VisitState.Confirmed, VisitState(to), false, fee, BEGIN - 1), 0);
        }
    }

    function testFuzz_P47_earnedOf_is_half_from_a_second_after_24_hours_ahead(uint64 fee, uint256 time) external pure {
        time = bound(time, 0, BEGIN + 30 days);
        uint64 kept = _earned(VisitState.Confirmed, VisitState.Cancelled, false, fee, time);
        vm.assertEq(kept, time > BEGIN - 86_400 ? fee / 2 : 0);
    }

    function test_P47_earnedOf_turns_between_two_seconds() external pure {
        vm.assertEq(_earned(VisitState.Confirmed, VisitState.Cancelled, false, 9, BEGIN - 86_400), 0);
        vm.assertEq(_earned(VisitState.Confirmed, VisitState.Cancelled, false, 9, BEGIN - 86_399), 4);
    }

    function _earned(
        VisitState from,
        VisitState to,
        bool hurried,
        uint64 fee,
        uint256 time
    ) private pure returns (uint64) {
        return VisitRule.earnedOf(from, to, hurried, fee, BEGIN, time);
    }
}
