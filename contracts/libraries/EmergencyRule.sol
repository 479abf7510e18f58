// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title When a break-glass ends, and when the next may be opened
library EmergencyRule {
    uint40 private constant TERM = 4 hours;
    uint40 private constant PAUSE = 24 hours;

    /// @notice First second at which an emergency opened at `openedAt` no longer counts.
    function endOf(uint40 openedAt) internal pure returns (uint40) {
        return openedAt + TERM;
    }

    /// @notice First second at which the one that `openedAt` held up may be opened: the same doctor's next, or the hospital's third
    /// after it.
    function nextAfter(uint40 openedAt) internal pure returns (uint256) {
        return uint256(openedAt) + PAUSE;
    }
}
