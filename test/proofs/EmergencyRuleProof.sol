// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessRule} from "../../contracts/libraries/AccessRule.sol";
import {EmergencyRule} from "../../contracts/libraries/EmergencyRule.sol";

/// @title What the solver proves of {EmergencyRule}, for every input
contract EmergencyRuleProof {
    function P29_counts_for_four_hours_and_not_a_second_more(uint40 openedAt, uint256 time) external pure {
        require(openedAt <= type(uint40).max - 4 hours && time >= openedAt);
        bool counts = AccessRule.inForce(EmergencyRule.endOf(openedAt), openedAt, 1, time);
        require(openedAt >= 1);
        assert(counts == (time - openedAt < 4 hours));
    }

    function P29_a_doctors_next_one_never_meets_the_last(uint40 openedAt, uint40 next) external pure {
        require(openedAt <= type(uint40).max - 4 hours);
        require(next >= EmergencyRule.nextAfter(openedAt));
        assert(next >= uint256(EmergencyRule.endOf(openedAt)) + 20 hours);
    }

    /// @dev Four openings in order, each but the first three held up by the one three before it.
    function P29_never_four_in_a_day(
        uint40 first,
        uint40 second,
        uint40 third,
        uint40 fourth,
        uint40 begin
    ) external pure {
        require(first <= second && second <= third && third <= fourth);
        require(fourth >= EmergencyRule.nextAfter(first));
        assert(first < begin || fourth >= uint256(begin) + 24 hours);
    }
}
