// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The hash chains of docs/protocol.md: a patient's ledger and consent head
library Ledger {
    /// @dev What single entries and batches have in common.
    struct Link {
        bytes32 previous;
        address patient;
        address author;
        uint32 hospital;
        uint40 time;
    }

    uint8 private constant SINGLE = 0;
    uint8 private constant BATCH = 1;
    uint8 private constant GRANT = 1;
    uint8 private constant REVOKE = 2;

    /// @notice The head, and record id, after one record.
    /// @dev Reverts with a panic after 2^32 - 1 entries.
    function single(
        Link memory link,
        uint8 category,
        uint8 codec,
        bytes32 payload,
        bytes32 wraps
    ) internal view returns (bytes32) {
        uint32 sequence = sequenceOf(link.previous) + 1;
        bytes32 digest = sha256(
            abi.encode(
                SINGLE,
                block.chainid,
                address(this),
                link.previous,
                sequence,
                link.patient,
                link.author,
                link.hospital,
                category,
                codec,
                link.time,
                payload,
                wraps
            )
        );
        return _recordId(digest, sequence);
    }

    /// @notice The head, and record id, after a batch.
    function batch(
        Link memory link,
        uint16 categories,
        uint32 count,
        bytes32 root,
        bytes32 manifest,
        bytes32 wraps
    ) internal view returns (bytes32) {
        uint32 sequence = sequenceOf(link.previous) + 1;
        bytes32 digest = sha256(
            abi.encode(
                BATCH,
                block.chainid,
                address(this),
                link.previous,
                sequence,
                link.patient,
                link.author,
                link.hospital,
                categories,
                count,
                link.time,
                root,
                manifest,
                wraps
            )
        );
        return _recordId(digest, sequence);
    }

    /// @notice The consent head after a grant.
    function granted(
        bytes32 previous,
        address grantee,
        uint32 hospital,
        uint16 read,
        uint16 write,
        uint40 expiry,
        bytes32 keyring
    ) internal pure returns (bytes32) {
        bytes32 change = sha256(abi.encode(GRANT, grantee, hospital, read, write, expiry));
        return sha256(abi.encode(previous, change, keyring));
    }

    /// @notice The consent head after a revoke.
    function revoked(bytes32 previous, address grantee, bytes32 keyring) internal pure returns (bytes32) {
        return sha256(abi.encode(previous, sha256(abi.encode(REVOKE, grantee)), keyring));
    }

    /// @notice How many entries a ledger with this head has.
    function sequenceOf(bytes32 head) internal pure returns (uint32) {
        return uint32(uint256(head));
    }

    function _recordId(bytes32 digest, uint32 sequence) private pure returns (bytes32) {
        return bytes32(bytes28(digest)) | bytes32(uint256(sequence));
    }
}
