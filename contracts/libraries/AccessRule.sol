// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Categories} from "../types/Types.sol";

/// @title The rule that decides whether a grant gives access
/// @dev Pure, so that the same lines are run by ConsentRegistry and proved by the fuzz tests (docs/protocol.md, Consent head).
library AccessRule {
    /// @notice Whether `categories` is a mask of known categories, at least one.
    function isScope(uint16 categories) internal pure returns (bool) {
        return categories != 0 && categories & ~Categories.ALL == 0;
    }

    /// @notice The mask of one category; 0 when there is no such category.
    function maskOf(uint8 category) internal pure returns (uint16) {
        if (category == 0 || category > Categories.CORRESPONDENCE) return 0;
        return uint16(1) << category;
    }

    /// @notice Whether every category asked for is known and in the scope granted.
    function covers(uint16 scope, uint16 categories) internal pure returns (bool) {
        return isScope(categories) && categories & ~scope == 0;
    }

    /// @notice Whether a grant made at `since` counts at `time` for a doctor who has been active since `activeSince`.
    /// @param expiry First second without access.
    /// @param activeSince 0 when the doctor is not active in an accredited hospital.
    function inForce(uint40 expiry, uint40 since, uint40 activeSince, uint256 time) internal pure returns (bool) {
        return time < expiry && activeSince != 0 && activeSince <= since;
    }
}
