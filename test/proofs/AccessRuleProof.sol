// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessRule} from "../../contracts/libraries/AccessRule.sol";
import {Categories} from "../../contracts/types/Types.sol";

/// @title What the solver proves of {AccessRule}, for every input
contract AccessRuleProof {
    function P13_scope_is_exact(uint16 scope, uint16 categories) external pure {
        if (AccessRule.covers(scope, categories)) assert(categories & ~scope == 0);
    }

    function P13_unknown_category(uint8 category) external pure {
        require(category == 0 || category > Categories.CORRESPONDENCE);
        assert(AccessRule.maskOf(category) == 0);
    }

    function P13_no_category_passes(uint16 scope) external pure {
        assert(!AccessRule.covers(scope, 0));
    }

    function P39_unknown_categories(uint16 scope, uint16 categories) external pure {
        require(!AccessRule.isScope(categories));
        assert(!AccessRule.covers(scope, categories));
    }

    function P12_nothing_at_the_expiry(uint40 expiry, uint40 since, uint40 activeSince, uint256 time) external pure {
        if (time >= expiry) assert(!AccessRule.inForce(expiry, since, activeSince, time));
    }

    function P12_until_the_expiry(uint40 expiry, uint40 since, uint40 activeSince) external pure {
        require(expiry != 0 && activeSince != 0 && activeSince <= since);
        assert(AccessRule.inForce(expiry, since, activeSince, uint256(expiry) - 1));
    }

    function P14_nothing_while_inactive(uint40 expiry, uint40 since, uint256 time) external pure {
        assert(!AccessRule.inForce(expiry, since, 0, time));
    }

    function P26_nothing_from_before_the_suspension(
        uint40 expiry,
        uint40 since,
        uint40 activeSince,
        uint256 time
    ) external pure {
        require(since < activeSince);
        assert(!AccessRule.inForce(expiry, since, activeSince, time));
    }
}
