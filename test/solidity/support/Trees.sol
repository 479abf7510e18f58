// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Merkle trees by the recursive definition of RFC 9162, 2.1, which is not how the contracts walk them
library Trees {
    function node(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return sha256(bytes.concat(hex"01", left, right));
    }

    /// @dev The largest power of two smaller than `count`.
    function split(uint256 count) internal pure returns (uint256 k) {
        for (k = 1; 2 * k < count;) k *= 2;
    }

    function root(bytes32[] memory leaves) internal pure returns (bytes32) {
        return _root(leaves, 0, leaves.length);
    }

    /// @dev The siblings of a leaf, from the leaf up.
    function path(bytes32[] memory leaves, uint256 index) internal pure returns (bytes32[] memory siblings) {
        siblings = new bytes32[](depth(index, leaves.length));
        (uint256 low, uint256 high) = (0, leaves.length);
        for (uint256 i = siblings.length; i > 0; --i) {
            uint256 middle = low + split(high - low);
            if (index < middle) (siblings[i - 1], high) = (_root(leaves, middle, high), middle);
            else (siblings[i - 1], low) = (_root(leaves, low, middle), middle);
        }
    }

    /// @dev How long the path of a leaf is.
    function depth(uint256 index, uint256 count) internal pure returns (uint256) {
        if (count == 1) return 0;
        uint256 k = split(count);
        return index < k ? depth(index, k) + 1 : depth(index - k, count - k) + 1;
    }

    /// @dev The root to which a leaf and any siblings lead, in a tree too large to be built.
    function fold(
        bytes32 leaf,
        uint256 index,
        uint256 count,
        bytes32[] memory siblings
    ) internal pure returns (bytes32) {
        return _fold(leaf, index, count, siblings, siblings.length);
    }

    function _fold(
        bytes32 leaf,
        uint256 index,
        uint256 count,
        bytes32[] memory siblings,
        uint256 used
    ) private pure returns (bytes32) {
        if (count == 1) return leaf;
        uint256 k = split(count);
        bytes32 sibling = siblings[used - 1];
        if (index < k) return node(_fold(leaf, index, k, siblings, used - 1), sibling);
        return node(sibling, _fold(leaf, index - k, count - k, siblings, used - 1));
    }

    function _root(bytes32[] memory leaves, uint256 low, uint256 high) private pure returns (bytes32) {
        if (high - low == 1) return leaves[low];
        uint256 middle = low + split(high - low);
        return node(_root(leaves, low, middle), _root(leaves, middle, high));
    }
}
