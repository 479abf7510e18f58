// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Delivery receipts of the stores, by Merkle root
/// @notice A store signs a receipt for each delivery (who, when, what) and publishes the root over a batch of them under its own
/// account. Anybody may be a store; readers choose whose receipts they ask for. The chain of each store's entries is hash-linked,
/// so that none can be left out later.
interface IAccessLog {
    /// @param entryId The store's new head: 28 bytes of SHA-256, then the sequence number (docs/protocol.md, Receipts).
    /// @param root Merkle root over `count` receipts.
    /// @param manifest SHA-256 of the document that lists them, each sealed to the patient it concerns.
    event ReceiptsPublished(
        address indexed store,
        bytes32 indexed entryId,
        uint32 count,
        uint40 time,
        bytes32 root,
        bytes32 manifest
    );

    error AccessLog_EmptyDigest();
    error AccessLog_InvalidCount(uint32 count, uint32 limit);

    /// @notice Publishes the root over 1 to 65,536 receipts of the calling store.
    function publishReceipts(bytes32 root, uint32 count, bytes32 manifest) external returns (bytes32 entryId);

    /// @notice The id of a store's newest entry; zero before the first.
    function head(address store) external view returns (bytes32);
}
