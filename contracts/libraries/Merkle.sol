// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Merkle trees of batches and receipts: the shape of RFC 9162, 2.1, over SHA-256
/// @dev Leaves and nodes are hashed with different first bytes, so that neither passes for the other; no leaf is ever duplicated.
library Merkle {
    /// @notice The hash of a leaf.
    function leaf(bytes memory data) internal pure returns (bytes32) {
        return sha256(bytes.concat(hex"00", data));
    }

    /// @notice The hash of a node.
    function node(bytes32 left, bytes32 right) internal pure returns (bytes32) {
        return sha256(bytes.concat(hex"01", left, right));
    }

    /// @notice Whether `proof` leads from leaf `index` of `count` to the root (RFC 9162, 2.1.3.2).
    /// @dev The path is at most 32 long, because `count` has 32 bits.
    function isProved(
        bytes32 root,
        bytes32 hash,
        uint32 index,
        uint32 count,
        bytes32[] calldata proof
    ) internal pure returns (bool) {
        if (index >= count) return false;
        uint32 last = count - 1;
        for (uint256 i = 0; i < proof.length; ++i) {
            if (last == 0) return false;
            if (index % 2 == 1 || index == last) {
                hash = node(proof[i], hash);
                // Levels at which the path has no sibling.
                while (index % 2 == 0 && index != 0) (index, last) = (index / 2, last / 2);
            } else {
                hash = node(hash, proof[i]);
            }
            (index, last) = (index / 2, last / 2);
        }
        return last == 0 && hash == root;
    }
}
