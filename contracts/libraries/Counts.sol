// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Eight counts of seven bits in one word; count `i` is bits `7*i` to `7*i + 6`
/// @dev The layout has no spare bit between counts, so even and odd counts are compared in two passes: in each pass the bits
/// of the neighbour are free, and the lowest of them guards against a borrow.
library Counts {
    /// @dev Counts 0, 2, 4 and 6.
    uint256 private constant EVEN = 0x7f | (0x7f << 14) | (0x7f << 28) | (0x7f << 42);
    /// @dev The bit above each of them.
    uint256 private constant GUARD = 0x80 | (0x80 << 14) | (0x80 << 28) | (0x80 << 42);

    /// @notice Whether no count of `amounts` is greater than the same count of `remaining`.
    /// Then, and only then, `remaining - amounts` subtracts each count from its own.
    function fits(uint56 amounts, uint56 remaining) internal pure returns (bool) {
        return _evenFit(amounts, remaining) && _evenFit(amounts >> 7, remaining >> 7);
    }

    function _evenFit(uint256 amounts, uint256 remaining) private pure returns (bool) {
        return (((remaining & EVEN) | GUARD) - (amounts & EVEN)) & GUARD == GUARD;
    }
}
