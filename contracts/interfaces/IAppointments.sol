// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VisitState} from "../types/Types.sol";

/// @title Visits: a doctor opens quarters of an hour, a patient of the same hospital books one
interface IAppointments {
    event AvailabilityPublished(uint32 indexed hospital, address indexed doctor, uint32 day, uint96 open);
    /// @param visitId keccak256(abi.encode(hospital, doctor, day, slot)); `round` tells bookings of the same slot apart.
    /// @param request SHA-256 of the encrypted symptoms (format 1 payload, one raw block), or zero.
    /// @param wraps SHA-256 of its wraps document, or zero.
    event Booked(
        bytes32 indexed visitId,
        address indexed doctor,
        address indexed patient,
        uint32 hospital,
        uint32 day,
        uint8 slot,
        uint16 round,
        bytes32 request,
        bytes32 wraps
    );
    event VisitChanged(bytes32 indexed visitId, uint16 round, VisitState state, address indexed by);

    error Appointments_NotActive(uint32 hospital, address account);
    error Appointments_TooManyDays(uint256 count, uint256 limit);
    error Appointments_SlotUnavailable(uint32 day, uint8 slot);
    error Appointments_SlotPast(uint256 start, uint256 time);
    error Appointments_OnlyPatientOrDoctor(address caller);
    error Appointments_WrongState(VisitState current, VisitState asked);

    /// @notice Replaces the open quarters of consecutive days. Booked quarters stay booked.
    /// @param firstDay Days since 1970-01-01 UTC.
    /// @param open One bitmap a day, at most 31: bit `n` is the quarter that begins `n * 15` minutes after 00:00 UTC.
    function publishAvailability(uint32 hospital, uint32 firstDay, uint96[] calldata open) external;

    /// @notice Books a quarter. The caller must be an active patient of the hospital, the doctor active there.
    function book(
        uint32 hospital,
        address doctor,
        uint32 day,
        uint8 slot,
        bytes32 request,
        bytes32 wraps
    ) external returns (bytes32 visitId);

    /// @notice Requested -> Confirmed. The caller is the doctor of the visit, and active.
    function confirm(uint32 hospital, uint32 day, uint8 slot) external;
    /// @notice Requested -> Declined. The caller is the doctor of the visit, active or not. Frees the slot.
    function decline(uint32 hospital, uint32 day, uint8 slot) external;
    /// @notice Confirmed -> Started. The caller is the doctor of the visit, and active.
    function start(uint32 hospital, uint32 day, uint8 slot) external;
    /// @notice Started -> Completed. The caller is the doctor of the visit, active or not.
    function complete(uint32 hospital, uint32 day, uint8 slot) external;
    /// @notice Requested or Confirmed -> Cancelled. Patient or doctor, active or not. Frees the slot.
    function cancel(uint32 hospital, address doctor, uint32 day, uint8 slot) external;

    function dayOf(uint32 hospital, address doctor, uint32 day) external view returns (uint96 open, uint96 taken);

    function visitOf(
        uint32 hospital,
        address doctor,
        uint32 day,
        uint8 slot
    ) external view returns (bytes32 visitId, address patient, VisitState state, uint16 round);
}
