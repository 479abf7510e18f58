// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VisitRule} from "../../contracts/libraries/VisitRule.sol";
import {VisitState} from "../../contracts/types/Types.sol";

/// @title What the solver proves of {VisitRule}, for every input
contract VisitRuleProof {
    function P40_end_states_are_final(VisitState from, VisitState to) external pure {
        require(from != VisitState.Requested && from != VisitState.Confirmed && from != VisitState.Started);
        assert(!VisitRule.mayBecome(from, to));
    }

    function P40_nothing_becomes_new(VisitState from) external pure {
        assert(!VisitRule.mayBecome(from, VisitState.None));
        assert(!VisitRule.mayBecome(from, VisitState.Requested));
        assert(!VisitRule.mayBecome(from, from));
    }

    function P40_one_way_in(VisitState from) external pure {
        assert(VisitRule.mayBecome(from, VisitState.Confirmed) == (from == VisitState.Requested));
        assert(VisitRule.mayBecome(from, VisitState.Declined) == (from == VisitState.Requested));
        assert(VisitRule.mayBecome(from, VisitState.Started) == (from == VisitState.Confirmed));
        assert(VisitRule.mayBecome(from, VisitState.NoShow) == (from == VisitState.Confirmed));
        assert(VisitRule.mayBecome(from, VisitState.Completed) == (from == VisitState.Started));
    }

    function P40_leaving_before_the_start(VisitState from) external pure {
        bool before = from == VisitState.Requested || from == VisitState.Confirmed;
        assert(VisitRule.mayBecome(from, VisitState.Cancelled) == before);
        assert(VisitRule.mayBecome(from, VisitState.Rescheduled) == before);
        assert(VisitRule.mayBecome(from, VisitState.Expired) == before);
    }

    function P40_slots_do_not_overlap(uint32 day, uint8 slot) external pure {
        require(slot < 95 && day < type(uint32).max);
        assert(VisitRule.beginOf(day, slot) + 15 minutes == VisitRule.beginOf(day, slot + 1));
        assert(VisitRule.beginOf(day, 95) + 15 minutes == VisitRule.beginOf(day + 1, 0));
    }

    function P49_every_visit_can_be_ended(VisitState state, uint32 day, uint8 slot) external pure {
        uint256 begin = VisitRule.beginOf(day, slot);
        uint256 timeout = VisitRule.timeoutOf(state, begin);
        assert(timeout >= begin);
        assert(timeout <= begin + VisitRule.COMPLETE_WINDOW);
    }

    function P40_time_to_start_and_to_complete(uint32 day, uint8 slot, uint256 started) external pure {
        uint256 begin = VisitRule.beginOf(day, slot);
        assert(VisitRule.timeoutOf(VisitState.Confirmed, begin) > begin + VisitRule.PATIENCE);
        // Whoever starts in time has six days and more to complete.
        require(started < VisitRule.timeoutOf(VisitState.Confirmed, begin));
        assert(VisitRule.timeoutOf(VisitState.Started, begin) > started + 6 days);
    }

    function P47_split_loses_nothing(uint64 fee) external pure {
        (uint64 refund, uint64 kept) = VisitRule.split(fee);
        assert(uint256(refund) + kept == fee);
        assert(refund >= kept);
        assert(refund - kept <= 1);
    }

    function P46_a_settlement_pays_out_the_fee_and_no_more(
        VisitState from,
        VisitState to,
        bool hurried,
        uint64 fee,
        uint256 begin,
        uint40 time
    ) external pure {
        require(begin <= type(uint40).max);
        uint64 earned = VisitRule.earnedOf(from, to, hurried, fee, begin, time);
        assert(earned <= fee);
        assert(uint256(fee - earned) + earned == fee);
    }

    function P47_who_is_confirmed_late_keeps_all_unless_the_visit_was_completed(
        VisitState from,
        VisitState to,
        uint64 fee,
        uint256 begin,
        uint40 confirmed,
        uint40 time
    ) external pure {
        require(begin <= type(uint40).max && confirmed < begin && begin - confirmed < 25 hours);
        bool hurried = VisitRule.isHurried(begin, confirmed);
        assert(hurried);
        assert(
            (VisitRule.earnedOf(from, to, hurried, fee, begin, time) != 0) == (to == VisitState.Completed && fee != 0)
        );
    }

    function P47_an_hour_to_leave_without_cost_after_every_confirmation(
        uint64 fee,
        uint256 begin,
        uint40 confirmed,
        uint40 time
    ) external pure {
        require(begin <= type(uint40).max && begin >= 1 hours && confirmed < begin);
        require(time >= confirmed && time <= uint256(confirmed) + 1 hours && time < begin);
        bool hurried = VisitRule.isHurried(begin, confirmed);
        assert(VisitRule.earnedOf(VisitState.Confirmed, VisitState.Cancelled, hurried, fee, begin, time) == 0);
        // Nor does the doctor end that hour by starting.
        assert(time < VisitRule.startOf(hurried, begin));
    }

    function P47_kept_of_a_cancellation_is_at_most_half(
        VisitState from,
        bool hurried,
        uint64 fee,
        uint256 begin,
        uint40 time
    ) external pure {
        require(begin <= type(uint40).max);
        uint64 kept = VisitRule.earnedOf(from, VisitState.Cancelled, hurried, fee, begin, time);
        assert(kept <= fee - kept);
    }

    function P47_kept_of_a_late_cancellation(bool hurried, uint64 fee, uint256 begin, uint40 time) external pure {
        require(fee >= 2 && begin <= type(uint40).max);
        bool late = uint256(time) + 24 hours > begin;
        uint64 kept = VisitRule.earnedOf(VisitState.Confirmed, VisitState.Cancelled, hurried, fee, begin, time);
        assert((kept != 0) == (late && !hurried));
    }

    function P47_nothing_is_earned_of_a_request(VisitState to, uint64 fee, uint256 begin, uint40 time) external pure {
        require(to != VisitState.Completed && begin <= type(uint40).max);
        assert(VisitRule.earnedOf(VisitState.Requested, to, false, fee, begin, time) == 0);
    }

    function P47_who_may_move_would_keep_all(bool hurried, uint64 fee, uint256 begin, uint40 time) external pure {
        require(fee >= 2 && begin >= 24 hours && begin <= type(uint40).max && time < begin);
        uint64 kept = VisitRule.earnedOf(VisitState.Confirmed, VisitState.Cancelled, hurried, fee, begin, time);
        assert((time < VisitRule.moveEndOf(VisitState.Confirmed, hurried, begin)) == (kept == 0));
    }
}
