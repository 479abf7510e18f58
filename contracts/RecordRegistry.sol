// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "./interfaces/IConsentRegistry.sol";
import {IRecordRegistry} from "./interfaces/IRecordRegistry.sol";
import {ISuccession} from "./interfaces/ISuccession.sol";
import {AccessRule} from "./libraries/AccessRule.sol";
import {Ledger} from "./libraries/Ledger.sol";
import {Merkle} from "./libraries/Merkle.sol";

/// @title RecordRegistry
/// @notice See {IRecordRegistry}.
contract RecordRegistry is IRecordRegistry {
    uint8 private constant MAX_CODEC = 1;
    uint32 private constant MAX_BATCH = 65_536;

    IConsentRegistry private immutable _consent;
    ISuccession private immutable _directory;
    address private immutable _deployer;

    /// @inheritdoc IRecordRegistry
    mapping(address patient => bytes32) public head;
    address private _prescriptions;

    constructor(IConsentRegistry consent, ISuccession directory) {
        (_consent, _directory, _deployer) = (consent, directory, msg.sender);
    }

    /// @inheritdoc IRecordRegistry
    function anchor(
        address patient,
        uint8 category,
        uint8 codec,
        bytes32 payload,
        bytes32 wraps
    ) external returns (bytes32 recordId) {
        (recordId, ) = _anchor(msg.sender, patient, category, codec, payload, wraps);
    }

    /// @inheritdoc IRecordRegistry
    function anchorBatch(
        address patient,
        uint16 categories,
        uint32 count,
        bytes32 root,
        bytes32 manifest,
        bytes32 wraps
    ) external returns (bytes32 recordId) {
        // Check
        if (!AccessRule.isScope(categories)) revert RecordRegistry_UnknownCategory(categories);
        if (count == 0 || count > MAX_BATCH) revert RecordRegistry_InvalidCount(count, MAX_BATCH);
        if (root == 0 || manifest == 0 || wraps == 0) revert RecordRegistry_EmptyDigest();
        Ledger.Link memory link = _link(msg.sender, patient, categories);

        // Effect
        recordId = Ledger.batch(link, categories, count, root, manifest, wraps);
        head[patient] = recordId;
        emit BatchAnchored(
            patient,
            msg.sender,
            recordId,
            link.hospital,
            categories,
            count,
            link.time,
            root,
            manifest,
            wraps
        );
    }

    /// @inheritdoc IRecordRegistry
    function anchorFor(
        address author,
        address patient,
        uint8 category,
        uint8 codec,
        bytes32 payload,
        bytes32 wraps
    ) external returns (bytes32 recordId, uint32 hospital) {
        if (msg.sender != _prescriptions) revert RecordRegistry_OnlyPrescriptions(msg.sender);
        return _anchor(author, patient, category, codec, payload, wraps);
    }

    /// @inheritdoc IRecordRegistry
    function wirePrescriptions(address prescriptions) external {
        if (msg.sender != _deployer) revert RecordRegistry_OnlyDeployer(msg.sender);
        if (_prescriptions != address(0)) revert RecordRegistry_AlreadyWired(_prescriptions);

        _prescriptions = prescriptions;
        emit PrescriptionsWired(prescriptions);
    }

    /// @inheritdoc IRecordRegistry
    function isInBatch(
        address patient,
        address author,
        BatchRecord calldata record,
        bytes32 root,
        uint32 count,
        bytes32[] calldata proof
    ) external view returns (bool) {
        bytes32 leaf = Merkle.leaf(
            abi.encode(
                block.chainid,
                address(this),
                patient,
                author,
                record.index,
                record.category,
                record.codec,
                record.payload
            )
        );
        return Merkle.isProved(root, leaf, record.index, count, proof);
    }

    function _anchor(
        address author,
        address patient,
        uint8 category,
        uint8 codec,
        bytes32 payload,
        bytes32 wraps
    ) private returns (bytes32 recordId, uint32 hospital) {
        // Check
        uint16 mask = AccessRule.maskOf(category);
        if (mask == 0) revert RecordRegistry_UnknownCategory(category);
        if (codec > MAX_CODEC) revert RecordRegistry_UnknownCodec(codec);
        if (payload == 0 || wraps == 0) revert RecordRegistry_EmptyDigest();
        Ledger.Link memory link = _link(author, patient, mask);

        // Effect
        recordId = Ledger.single(link, category, codec, payload, wraps);
        hospital = link.hospital;
        head[patient] = recordId;
        emit EntryAnchored(patient, author, recordId, hospital, category, codec, link.time, payload, wraps);
    }

    /// @dev Whoever acts for the patient writes freely; everybody else needs write access to every category now.
    function _link(address author, address patient, uint16 categories) private view returns (Ledger.Link memory) {
        uint32 hospital = author == patient ? 0 : _consent.writableAs(patient, author, categories);
        if (hospital == 0 && author != _directory.actorOf(patient)) {
            revert RecordRegistry_NoAccess(patient, author, categories);
        }
        return Ledger.Link(head[patient], patient, author, hospital, uint40(block.timestamp));
    }
}
