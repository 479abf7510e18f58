// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The hash chains of docs/protocol.md: a patient's ledger and consent head, a store's access log
library Ledger {
    /// @dev What single entries and batches have in common.
    struct Link {
        bytes32 previous;
        address patient;
        address author;
        uint32 hospital;
        uint40 time;
    }

    uint256 private constant SEQUENCES = 2 ** 32;
    uint8 private constant SINGLE = 0;
    uint8 private constant BATCH = 1;
    uint8 private constant RECEIPTS = 2;
    uint8 private constant GRANT = 1;
    uint8 private constant REVOKE = 2;
    uint8 private constant SUCCESSION = 3;

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
        bytes memory fields = abi.encode(category, codec, link.time, payload, wraps);
        bytes32 digest = sha256(bytes.concat(_prefix(SINGLE, link, sequence), fields));
        return recordIdOf(digest, sequence);
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
        bytes memory fields = abi.encode(categories, count, link.time, root, manifest, wraps);
        bytes32 digest = sha256(bytes.concat(_prefix(BATCH, link, sequence), fields));
        return recordIdOf(digest, sequence);
    }

    /// @notice The head of a store's access log, and entry id, after a batch of receipts.
    function receipts(
        bytes32 previous,
        address store,
        uint32 count,
        uint40 time,
        bytes32 root,
        bytes32 manifest
    ) internal view returns (bytes32) {
        uint32 sequence = sequenceOf(previous) + 1;
        bytes32 digest = sha256(
            abi.encode(RECEIPTS, block.chainid, address(this), previous, sequence, store, count, time, root, manifest)
        );
        return recordIdOf(digest, sequence);
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
        return _consentHead(previous, change, keyring, generationOf(previous));
    }

    /// @notice The consent head after a revoke.
    function revoked(bytes32 previous, address grantee, bytes32 keyring) internal pure returns (bytes32) {
        return _consentHead(previous, sha256(abi.encode(REVOKE, grantee)), keyring, generationOf(previous));
    }

    /// @notice The consent head after a succession.
    /// @dev Reverts with a panic after 255 of them.
    function succeeded(bytes32 previous, address successor) internal pure returns (bytes32) {
        return _consentHead(previous, sha256(abi.encode(SUCCESSION, successor)), 0, generationOf(previous) + 1);
    }

    /// @notice How often the patient of this consent head was succeeded.
    function generationOf(bytes32 consentHead) internal pure returns (uint8) {
        return uint8(uint256(consentHead));
    }

    /// @notice How many entries a ledger with this head has.
    function sequenceOf(bytes32 head) internal pure returns (uint32) {
        return uint32(uint256(head) % SEQUENCES);
    }

    /// @notice The first 28 bytes of an entry's hash, and then its number.
    function recordIdOf(bytes32 digest, uint32 sequence) internal pure returns (bytes32) {
        return bytes32(uint256(digest) - (uint256(digest) % SEQUENCES) + sequence);
    }

    function _prefix(uint8 kind, Link memory link, uint32 sequence) private view returns (bytes memory) {
        return
            abi.encode(
                kind,
                block.chainid,
                address(this),
                link.previous,
                sequence,
                link.patient,
                link.author,
                link.hospital
            );
    }

    function _consentHead(
        bytes32 previous,
        bytes32 change,
        bytes32 keyring,
        uint8 generation
    ) private pure returns (bytes32) {
        return bytes32(bytes31(sha256(abi.encode(previous, change, keyring)))) | bytes32(uint256(generation));
    }
}
