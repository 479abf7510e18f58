// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VisitState} from "../types/Types.sol";

/// @title What a visit may become, when, and who gets the fee
/// @dev Pure, so that the same lines are run by Appointments and proved by the solver (docs/properties.md). Times are Unix seconds.
library VisitRule {
    /// @dev A patient who cancels a confirmed visit later than this before it begins pays half.
    uint256 internal constant FREE_CANCEL = 24 hours;
    /// @dev Who is confirmed later than this before the begin would have less than an hour to leave without cost.
    uint256 internal constant NOTICE = FREE_CANCEL + 1 hours;
    /// @dev A doctor may begin this much early.
    uint256 internal constant EARLY_START = 1 hours;
    /// @dev A patient who is this late was missed.
    uint256 internal constant PATIENCE = 15 minutes;
    /// @dev A confirmed visit that was not begun until then has expired.
    uint256 internal constant START_WINDOW = 24 hours;
    /// @dev A visit that was begun and not completed until then counts as completed.
    uint256 internal constant COMPLETE_WINDOW = 7 days;

    /// @notice First second of a slot: day since 1970-01-01 UTC, quarter of an hour of that day.
    function beginOf(uint32 day, uint8 slot) internal pure returns (uint256) {
        return uint256(day) * 1 days + uint256(slot) * 15 minutes;
    }

    /// @notice Whether there is a step from one state to the other.
    function mayBecome(VisitState from, VisitState to) internal pure returns (bool) {
        if (from == VisitState.Started) return to == VisitState.Completed;
        bool leaves = to == VisitState.Cancelled || to == VisitState.Rescheduled || to == VisitState.Expired;
        if (from == VisitState.Requested) return leaves || to == VisitState.Confirmed || to == VisitState.Declined;
        if (from == VisitState.Confirmed) return leaves || to == VisitState.Started || to == VisitState.NoShow;
        return false;
    }

    /// @notice First second at which anybody may end a visit that is still in this state.
    function timeoutOf(VisitState state, uint256 begin) internal pure returns (uint256) {
        if (state == VisitState.Started) return begin + COMPLETE_WINDOW;
        return state == VisitState.Confirmed ? begin + START_WINDOW : begin;
    }

    /// @notice First second at which the patient may no longer move a visit.
    function moveEndOf(VisitState state, bool hurried, uint256 begin) internal pure returns (uint256) {
        return state == VisitState.Confirmed && !hurried ? begin - FREE_CANCEL + 1 : begin;
    }

    /// @notice Whether a visit that is confirmed now is confirmed so late that the patient may leave it without cost until it begins.
    function isHurried(uint256 begin, uint256 time) internal pure returns (bool) {
        return time + NOTICE > begin;
    }

    /// @notice First second at which a confirmed visit may be started. Once it is, the patient cannot leave: a hurried one not before.
    function startOf(bool hurried, uint256 begin) internal pure returns (uint256) {
        return hurried ? begin : begin - EARLY_START;
    }

    /// @notice What the doctor earns of a fee when a visit goes from one state to another now; the rest is the patient's. Cancelled
    /// means by the patient.
    function earnedOf(
        VisitState from,
        VisitState to,
        bool hurried,
        uint64 fee,
        uint256 begin,
        uint256 time
    ) internal pure returns (uint64 earned) {
        if (to == VisitState.Completed) return fee;
        if (from != VisitState.Confirmed || hurried) return 0;
        if (to == VisitState.NoShow) return fee;
        if (to == VisitState.Cancelled && time + FREE_CANCEL > begin) (, earned) = split(fee);
    }

    /// @notice The halves of a fee; the odd unit goes to the patient.
    function split(uint64 fee) internal pure returns (uint64 refund, uint64 kept) {
        kept = fee / 2;
        refund = fee - kept;
    }
}
