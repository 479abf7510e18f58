// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title One hash-linked ledger for each patient
/// @notice Nothing is ever changed or removed. The head alone proves that a list of entries is complete, in order and unaltered.
interface IRecordRegistry {
    /// @param index Position in the batch, from 0.
    /// @param payload SHA-256 of the root block of the encrypted payload.
    struct BatchRecord {
        uint32 index;
        uint8 category;
        uint8 codec;
        bytes32 payload;
    }

    /// @param recordId The new head: 28 bytes of SHA-256, then the sequence number (docs/protocol.md, Ledger).
    /// @param hospital 0 when the patient, or his successor, wrote it himself.
    /// @param codec 0 when the payload is one raw block, 1 when its root is dag-pb.
    /// @param payload SHA-256 of the root block of the encrypted payload.
    /// @param wraps SHA-256 of the wraps document.
    event EntryAnchored(
        address indexed patient,
        address indexed author,
        bytes32 indexed recordId,
        uint32 hospital,
        uint8 category,
        uint8 codec,
        uint40 time,
        bytes32 payload,
        bytes32 wraps
    );
    /// @param root Merkle root over `count` records (docs/protocol.md, Ledger).
    /// @param manifest SHA-256 of the encrypted manifest.
    event BatchAnchored(
        address indexed patient,
        address indexed author,
        bytes32 indexed recordId,
        uint32 hospital,
        uint16 categories,
        uint32 count,
        uint40 time,
        bytes32 root,
        bytes32 manifest,
        bytes32 wraps
    );
    event PrescriptionsWired(address indexed prescriptions);

    error RecordRegistry_NoAccess(address patient, address author, uint16 categories);
    error RecordRegistry_EmptyDigest();
    error RecordRegistry_UnknownCategory(uint16 category);
    error RecordRegistry_UnknownCodec(uint8 codec);
    error RecordRegistry_InvalidCount(uint32 count, uint32 limit);
    error RecordRegistry_OnlyPrescriptions(address caller);
    error RecordRegistry_OnlyDeployer(address caller);
    error RecordRegistry_AlreadyWired(address prescriptions);

    /// @notice Adds one entry, as whoever acts for the patient or as an author with write access to the category.
    function anchor(
        address patient,
        uint8 category,
        uint8 codec,
        bytes32 payload,
        bytes32 wraps
    ) external returns (bytes32 recordId);

    /// @notice Adds up to 65,536 records of one patient as one entry.
    /// @param categories Mask of the categories in the batch; write access to each of them is needed.
    function anchorBatch(
        address patient,
        uint16 categories,
        uint32 count,
        bytes32 root,
        bytes32 manifest,
        bytes32 wraps
    ) external returns (bytes32 recordId);

    /// @notice `anchor` in the name of `author`. Only Prescriptions, which passes its own caller.
    function anchorFor(
        address author,
        address patient,
        uint8 category,
        uint8 codec,
        bytes32 payload,
        bytes32 wraps
    ) external returns (bytes32 recordId, uint32 hospital);

    /// @notice Names the Prescriptions contract, once, by the deployer.
    function wirePrescriptions(address prescriptions) external;

    /// @notice Whether a batch of `count` records with this root, by this author for this patient, holds `record`.
    /// @dev Says nothing about whether such a batch was anchored: compare `root` and `count` with its event.
    /// @param proof Siblings from the leaf up (RFC 9162, 2.1.3), at most 16.
    function isInBatch(
        address patient,
        address author,
        BatchRecord calldata record,
        bytes32 root,
        uint32 count,
        bytes32[] calldata proof
    ) external view returns (bool);

    /// @notice The id of the newest entry; zero before the first.
    function head(address patient) external view returns (bytes32);
}
