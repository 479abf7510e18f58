// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Eight counts of seven bits in one word; count `i` is bits `7*i` to `7*i + 6`
/// @dev By division and remainder, which the compiler turns into shifts and the model checker can reason about.
library Counts {
    uint56 private constant ONE = 2 ** 7;
    uint56 private constant TWO = 2 ** 14;
    uint56 private constant FOUR = 2 ** 28;

    /// @notice Whether no count of `amounts` is greater than the same count of `remaining`.
    /// Then, and only then, `remaining - amounts` subtracts each count from its own.
    function fits(uint56 amounts, uint56 remaining) internal pure returns (bool) {
        return _fourFit(amounts % FOUR, remaining % FOUR) && _fourFit(amounts / FOUR, remaining / FOUR);
    }

    function _fourFit(uint56 amounts, uint56 remaining) private pure returns (bool) {
        return _twoFit(amounts % TWO, remaining % TWO) && _twoFit(amounts / TWO, remaining / TWO);
    }

    function _twoFit(uint56 amounts, uint56 remaining) private pure returns (bool) {
        return amounts % ONE <= remaining % ONE && amounts / ONE <= remaining / ONE;
    }
}
