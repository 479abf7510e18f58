// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VisitRule} from "../../../contracts/libraries/VisitRule.sol";
import {VisitState} from "../../../contracts/types/Types.sol";
import {MiniTest} from "../MiniTest.sol";

contract MayBecomeTest is MiniTest {
    uint8 private constant STATES = 10;

    /// @dev Bit n is state n.
    mapping(VisitState from => uint256) private _allowed;

    function setUp() external {
        // Confirmed, Cancelled, Declined, Rescheduled, Expired.
        _allowed[VisitState.Requested] = 4 + 32 + 64 + 128 + 256;
        // Started, Cancelled, Rescheduled, Expired, NoShow.
        _allowed[VisitState.Confirmed] = 8 + 32 + 128 + 256 + 512;
        // Completed.
        _allowed[VisitState.Started] = 16;
    }

    function test_P40_a_visit_that_was_never_booked_becomes_nothing() external view {
        _check(VisitState.None);
    }

    function test_P40_a_request_is_confirmed_cancelled_declined_moved_or_expires() external view {
        _check(VisitState.Requested);
    }

    function test_P40_a_confirmed_visit_is_started_cancelled_moved_missed_or_expires() external view {
        _check(VisitState.Confirmed);
    }

    function test_P40_a_started_visit_is_completed() external view {
        _check(VisitState.Started);
    }

    function test_P40_nothing_leaves_an_end_state() external view {
        for (uint8 from = uint8(VisitState.Completed); from < STATES; ++from) _check(VisitState(from));
    }

    function _check(VisitState from) private view {
        for (uint8 to; to < STATES; ++to) {
            vm.assertEq(VisitRule.mayBecome(from, VisitState(to)), (_allowed[from] >> to) & 1 == 1);
        }
    }
}
