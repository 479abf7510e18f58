// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IHospitalRegistry} from "./interfaces/IHospitalRegistry.sol";
import {IPrescriptions} from "./interfaces/IPrescriptions.sol";
import {IRecordRegistry} from "./interfaces/IRecordRegistry.sol";
import {Counts} from "./libraries/Counts.sol";
import {Categories, Role, Slots} from "./types/Types.sol";

/// @title Prescriptions
/// @notice See {IPrescriptions}.
contract Prescriptions is IPrescriptions, EIP712 {
    bytes32 private constant DISPENSE_TYPEHASH = keccak256(
        "Dispense(bytes32 order,address pharmacist,uint56 amounts,uint56 remaining)"
    );
    bytes32 private constant CANCEL_TYPEHASH = keccak256("Cancel(bytes32 order)");
    uint256 private constant MAX_TERM = 366 days;
    /// @dev No real expiry, since it lies in 1970.
    uint40 private constant CANCELLED = 1;

    IHospitalRegistry private immutable _registry;
    IRecordRegistry private immutable _records;

    mapping(bytes32 orderId => mapping(address dispenseKey => Slots.Order)) private _orders;

    constructor(IHospitalRegistry registry, IRecordRegistry records) EIP712("Chartkey Prescriptions", "1") {
        (_registry, _records) = (registry, records);
    }

    /// @inheritdoc IPrescriptions
    function issue(
        address patient,
        uint8 codec,
        bytes32 payload,
        bytes32 wraps,
        uint56 counts,
        uint40 expiry,
        address dispenseKey
    ) external returns (bytes32 orderId) {
        // Check
        if (counts == 0) revert Prescriptions_InvalidCounts(counts);
        uint256 latest = block.timestamp + MAX_TERM;
        if (expiry <= block.timestamp || expiry > latest) {
            revert Prescriptions_InvalidExpiry(expiry, block.timestamp + 1, latest);
        }
        if (dispenseKey == address(0)) revert Prescriptions_EmptyDispenseKey();

        // Interaction, first because the ledger gives the order its id; RecordRegistry is ours and calls nobody back.
        uint32 hospital;
        (orderId, hospital) = _records.anchorFor(msg.sender, patient, Categories.MEDICATION, codec, payload, wraps);
        // Whoever acts for the patient may write in the chart, but in no hospital's name.
        if (hospital == 0) revert Prescriptions_OwnChart(msg.sender);

        // Effect
        _orders[orderId][dispenseKey] = Slots.Order(msg.sender, expiry, counts);
        emit Issued(orderId, msg.sender, patient, hospital, counts, expiry, dispenseKey);
    }

    /// @inheritdoc IPrescriptions
    function dispense(
        bytes32 orderId,
        address dispenseKey,
        uint32 hospital,
        uint56 amounts,
        bytes calldata capability
    ) external {
        // Check
        Slots.Order storage order = _orders[orderId][dispenseKey];
        (uint40 expiry, uint56 remaining) = (order.expiry, order.remaining);
        if (expiry == 0) revert Prescriptions_UnknownOrder(orderId, dispenseKey);
        if (expiry == CANCELLED) revert Prescriptions_Cancelled(orderId);
        if (block.timestamp >= expiry) revert Prescriptions_Expired(expiry, block.timestamp);
        if (amounts == 0) revert Prescriptions_InvalidCounts(amounts);
        if (!Counts.fits(amounts, remaining)) revert Prescriptions_TooMuch(amounts, remaining);
        if (_registry.activeSince(hospital, msg.sender, Role.Pharmacist) == 0) {
            revert Prescriptions_NotPharmacist(hospital, msg.sender);
        }
        if (msg.sender == order.prescriber) revert Prescriptions_OwnOrder(msg.sender);
        // `remaining` changes with every dispensing, so that a capability works once.
        bytes32 fields = keccak256(abi.encode(DISPENSE_TYPEHASH, orderId, msg.sender, amounts, remaining));
        _checkSignature(dispenseKey, fields, capability);

        // Effect
        remaining -= amounts;
        order.remaining = remaining;
        emit Dispensed(orderId, msg.sender, hospital, amounts, remaining);
    }

    /// @inheritdoc IPrescriptions
    function cancel(bytes32 orderId, address dispenseKey) external {
        // Check
        Slots.Order storage order = _orders[orderId][dispenseKey];
        address prescriber = order.prescriber;
        if (prescriber == address(0)) revert Prescriptions_UnknownOrder(orderId, dispenseKey);
        if (msg.sender != prescriber) revert Prescriptions_OnlyPrescriber(msg.sender, prescriber);

        // Effect
        order.expiry = CANCELLED;
        emit Cancelled(orderId, msg.sender);
    }

    /// @inheritdoc IPrescriptions
    function cancelBySig(bytes32 orderId, address dispenseKey, bytes calldata signature) external {
        // Check
        Slots.Order storage order = _orders[orderId][dispenseKey];
        if (order.prescriber == address(0)) revert Prescriptions_UnknownOrder(orderId, dispenseKey);
        _checkSignature(dispenseKey, keccak256(abi.encode(CANCEL_TYPEHASH, orderId)), signature);

        // Effect
        order.expiry = CANCELLED;
        emit Cancelled(orderId, dispenseKey);
    }

    /// @inheritdoc IPrescriptions
    function orderOf(
        bytes32 orderId,
        address dispenseKey
    ) external view returns (address prescriber, uint40 expiry, uint56 remaining) {
        Slots.Order memory order = _orders[orderId][dispenseKey];
        return (order.prescriber, order.expiry, order.remaining);
    }

    function _checkSignature(address dispenseKey, bytes32 fields, bytes calldata signature) private view {
        (address signer, , ) = ECDSA.tryRecoverCalldata(_hashTypedDataV4(fields), signature);
        if (signer != dispenseKey) revert Prescriptions_InvalidCapability(dispenseKey);
    }
}
