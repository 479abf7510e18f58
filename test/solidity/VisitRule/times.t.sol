// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VisitRule} from "../../../contracts/libraries/VisitRule.sol";
import {VisitState} from "../../../contracts/types/Types.sol";
import {MiniTest} from "../MiniTest.sol";

contract TimesTest is MiniTest {
    uint256 private constant BEGIN = 1_800_871_200;

    function test_P40_the_windows_are_24_and_25_hours_1_hour_15_minutes_24_hours_and_7_days() external pure {
        vm.assertEq(VisitRule.FREE_CANCEL, 86_400);
        vm.assertEq(VisitRule.NOTICE, 90_000);
        vm.assertEq(VisitRule.EARLY_START, 3_600);
        vm.assertEq(VisitRule.PATIENCE, 900);
        vm.assertEq(VisitRule.START_WINDOW, 86_400);
        vm.assertEq(VisitRule.COMPLETE_WINDOW, 604_800);
    }

    function test_beginOf_counts_days_and_quarters_from_1970() external pure {
        vm.assertEq(VisitRule.beginOf(0, 0), 0);
        vm.assertEq(VisitRule.beginOf(0, 95), 85_500);
        vm.assertEq(VisitRule.beginOf(20_843, 40), BEGIN);
    }

    function testFuzz_beginOf_never_overflows(uint32 day, uint8 slot) external pure {
        vm.assertEq(VisitRule.beginOf(day, slot), uint256(day) * 86_400 + uint256(slot) * 900);
    }

    function test_P40_timeoutOf_is_the_begin_but_for_confirmed_and_started_visits() external pure {
        for (uint8 state; state < 10; ++state) {
            uint256 wait = state == 2 ? 86_400 : (state == 3 ? 604_800 : 0);
            vm.assertEq(VisitRule.timeoutOf(VisitState(state), BEGIN), BEGIN + wait);
        }
    }

    function test_P40_moveEndOf_is_the_begin_but_for_confirmed_visits() external pure {
        for (uint8 state; state < 10; ++state) {
            vm.assertEq(VisitRule.moveEndOf(VisitState(state), false, BEGIN), state == 2 ? BEGIN - 86_399 : BEGIN);
        }
    }

    function test_P47_moveEndOf_is_the_begin_of_a_hurried_visit() external pure {
        for (uint8 state; state < 10; ++state) {
            vm.assertEq(VisitRule.moveEndOf(VisitState(state), true, BEGIN), BEGIN);
        }
    }

    function test_P47_isHurried_turns_between_two_seconds() external pure {
        vm.assertFalse(VisitRule.isHurried(BEGIN, BEGIN - 90_000));
        vm.assertTrue(VisitRule.isHurried(BEGIN, BEGIN - 89_999));
        vm.assertTrue(VisitRule.isHurried(BEGIN, BEGIN + 1));
    }

    function test_P47_startOf_is_an_hour_ahead_but_for_a_hurried_visit() external pure {
        vm.assertEq(VisitRule.startOf(false, BEGIN), BEGIN - 3_600);
        vm.assertEq(VisitRule.startOf(true, BEGIN), BEGIN);
    }
}
