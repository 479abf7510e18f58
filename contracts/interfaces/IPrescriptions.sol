// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Prescriptions: an order of up to eight medicines, anchored in the patient's ledger, dispensed with the patient's capability
interface IPrescriptions {
    /// @param orderId The record id of the order's ledger entry.
    /// @param remaining 8 counts of 7 bits; medicine `i` is bits `7*i` to `7*i + 6`.
    /// @param dispenseKey Ephemeral address; its private key is sealed to the patient alone.
    event Issued(
        bytes32 indexed orderId,
        address indexed prescriber,
        address indexed patient,
        uint32 hospital,
        uint56 remaining,
        uint40 expiry,
        address dispenseKey
    );
    event Dispensed(
        bytes32 indexed orderId,
        address indexed pharmacist,
        uint32 indexed hospital,
        uint56 amounts,
        uint56 remaining
    );
    /// @param by The prescriber, or the dispense key with which the patient's side cancelled.
    event Cancelled(bytes32 indexed orderId, address indexed by);

    /// @dev Nobody prescribes for himself, though everybody may write in his own chart.
    error Prescriptions_OwnChart(address caller);
    error Prescriptions_InvalidCounts(uint56 counts);
    error Prescriptions_InvalidExpiry(uint40 expiry, uint256 earliest, uint256 latest);
    error Prescriptions_EmptyDispenseKey();
    error Prescriptions_UnknownOrder(bytes32 orderId, address dispenseKey);
    error Prescriptions_Expired(uint40 expiry, uint256 time);
    error Prescriptions_Cancelled(bytes32 orderId);
    error Prescriptions_TooMuch(uint56 amounts, uint56 remaining);
    error Prescriptions_NotPharmacist(uint32 hospital, address caller);
    error Prescriptions_InvalidCapability(address dispenseKey);
    /// @dev Nobody hands out what he prescribed himself, though he may work in a pharmacy too.
    error Prescriptions_OwnOrder(address caller);
    error Prescriptions_OnlyPrescriber(address caller, address prescriber);

    /// @notice Issues an order in the caller's name: write access to the category "medication" is needed now.
    /// The order stays good when the prescriber is suspended later: it was lawful when signed, and the patient needs the medicine.
    /// @param counts How often each medicine may be dispensed (first fill and refills).
    /// @param expiry First second at which nothing is dispensed; at most 366 days ahead.
    function issue(
        address patient,
        uint8 codec,
        bytes32 payload,
        bytes32 wraps,
        uint56 counts,
        uint40 expiry,
        address dispenseKey
    ) external returns (bytes32 orderId);

    /// @notice Dispenses, as an active pharmacist of `hospital` who did not prescribe it.
    /// @param amounts What is dispensed of each medicine, in the layout of `remaining`.
    /// @param capability EIP-712 signature `Dispense(order, pharmacist, amounts, remaining)` by the dispense key.
    function dispense(
        bytes32 orderId,
        address dispenseKey,
        uint32 hospital,
        uint56 amounts,
        bytes calldata capability
    ) external;

    /// @notice Ends an order for good. Only its prescriber, suspended or not, whatever state the order is in.
    function cancel(bytes32 orderId, address dispenseKey) external;

    /// @notice Ends an order for good, for whoever has its dispense key: the patient who lost the code that holds it, or his successor.
    /// Sent by anybody. It works once and has no end, since nothing un-cancels.
    /// @param signature EIP-712 signature `Cancel(order)` by the dispense key.
    function cancelBySig(bytes32 orderId, address dispenseKey, bytes calldata signature) external;

    /// @return prescriber Zero when there is no such order.
    /// @return expiry First second at which nothing is dispensed; 1 when it was cancelled.
    function orderOf(
        bytes32 orderId,
        address dispenseKey
    ) external view returns (address prescriber, uint40 expiry, uint56 remaining);
}
