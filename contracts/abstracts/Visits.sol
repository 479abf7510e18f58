// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAppointments} from "../interfaces/IAppointments.sol";
import {VisitRule} from "../libraries/VisitRule.sol";
import {Slots, VisitState} from "../types/Types.sol";

/// @title Visits
/// @notice The books of Appointments: slots, states, fees in escrow and balances. Who may do what, and when, is decided there.
abstract contract Visits is IAppointments {
    /// @dev What a visit is found by.
    struct Place {
        uint32 hospital;
        address doctor;
        uint32 day;
        uint8 slot;
    }

    uint8 private constant MAX_REQUESTS = 12;

    mapping(uint32 hospital => mapping(address doctor => mapping(uint32 day => Slots.Day))) private _days;
    mapping(bytes32 visitId => Slots.Visit) private _visits;
    mapping(address account => Slots.Account) internal _accounts;

    /// @inheritdoc IAppointments
    function dayOf(
        uint32 hospital,
        address doctor,
        uint32 day
    ) external view returns (uint96 open, uint96 taken, uint64 fee) {
        Slots.Day memory quarters = _days[hospital][doctor][day];
        return (quarters.open, quarters.taken, quarters.fee);
    }

    /// @inheritdoc IAppointments
    function visitOf(
        uint32 hospital,
        address doctor,
        uint32 day,
        uint8 slot
    )
        external
        view
        returns (bytes32 visitId, address patient, VisitState state, uint16 round, uint64 fee, bool hurried)
    {
        visitId = _visitId(Place(hospital, doctor, day, slot));
        Slots.Visit memory visit = _visits[visitId];
        return (visitId, visit.patient, visit.state, visit.round, visit.fee, visit.hurried);
    }

    /// @inheritdoc IAppointments
    function accountOf(address account) external view returns (uint256 balance, uint32 bookings, uint8 requests) {
        Slots.Account memory entry = _accounts[account];
        return (entry.balance, entry.bookings, entry.requests);
    }

    function _openDay(uint32 hospital, uint32 day, uint96 open, uint64 fee) internal {
        Slots.Day storage quarters = _days[hospital][msg.sender][day];
        (quarters.open, quarters.fee) = (open, fee);
        emit AvailabilityPublished(hospital, msg.sender, day, open, fee);
    }

    /// @dev The day on which a booking is.
    function _dayOf(Booking calldata booking) internal view returns (Slots.Day storage) {
        return _days[booking.hospital][booking.doctor][booking.day];
    }

    /// @dev Takes a free quarter of `quarters`; `fee` (gwei) lies in escrow for it from now on.
    function _request(
        address patient,
        Booking calldata booking,
        Slots.Day storage quarters,
        uint64 fee
    ) internal returns (bytes32 visitId, uint16 round) {
        // Check
        (uint96 open, uint96 taken) = (quarters.open, quarters.taken);
        // A shift by 96 or more gives 0, which is never open.
        uint96 bit = uint96(1) << booking.slot;
        if (open & bit == 0 || taken & bit != 0) revert Appointments_SlotUnavailable(booking.day, booking.slot);
        uint256 begin = VisitRule.beginOf(booking.day, booking.slot);
        if (begin <= block.timestamp) revert Appointments_SlotPast(begin, block.timestamp);
        Slots.Account storage account = _accounts[patient];
        uint8 requests = account.requests;
        if (requests >= MAX_REQUESTS) revert Appointments_TooManyRequests(patient, MAX_REQUESTS);

        // Effect
        quarters.taken = taken | bit;
        (account.requests, account.bookings) = (requests + 1, account.bookings + 1);
        visitId = keccak256(abi.encode(booking.hospital, booking.doctor, booking.day, booking.slot));
        round = _visits[visitId].round + 1;
        _visits[visitId] = Slots.Visit(patient, VisitState.Requested, round, fee, false);
        _emitBooked(visitId, patient, booking, round, fee);
    }

    function _stateOf(Place memory place) internal view returns (VisitState) {
        return _visits[_visitId(place)].state;
    }

    /// @dev Finds a visit that may become `to`.
    function _load(
        Place memory place,
        VisitState to
    ) internal view returns (bytes32 visitId, Slots.Visit memory visit) {
        visitId = _visitId(place);
        visit = _visits[visitId];
        if (!VisitRule.mayBecome(visit.state, to)) revert Appointments_WrongState(visit.state, to);
    }

    /// @dev The caller's own visit: the id is made of his address, so that nobody else can name it.
    function _own(
        uint32 hospital,
        uint32 day,
        uint8 slot,
        VisitState to
    ) internal view returns (bytes32 visitId, Slots.Visit memory visit) {
        return _load(Place(hospital, msg.sender, day, slot), to);
    }

    /// @dev A quarter may have been booked anew since its caller looked: what was meant for one booking falls on no other.
    function _checkRound(uint16 current, uint16 asked) internal pure {
        if (current != asked) revert Appointments_WrongRound(current, asked);
    }

    function _checkWithin(uint256 earliest, uint256 end) internal view {
        if (block.timestamp < earliest || block.timestamp >= end) {
            revert Appointments_WrongTime(earliest, end, block.timestamp);
        }
    }

    /// @dev What the doctor earns, in gwei, when a visit that begins at `begin` becomes `to` now.
    function _earned(Slots.Visit memory visit, VisitState to, uint256 begin) internal view returns (uint64) {
        return VisitRule.earnedOf(visit.state, to, visit.hurried, visit.fee, begin, block.timestamp);
    }

    /// @dev The visit goes on; `visit` is what `_load` gave.
    function _advance(bytes32 visitId, Slots.Visit memory visit, VisitState to) internal {
        if (visit.state == VisitState.Requested) --_accounts[visit.patient].requests;
        visit.state = to;
        _visits[visitId] = visit;
        emit VisitChanged(visitId, visit.round, to, msg.sender);
    }

    /// @dev The visit ends, and its fee is credited: `earned` (gwei) to the doctor, the rest to the patient.
    function _end(address doctor, bytes32 visitId, Slots.Visit memory visit, VisitState to, uint64 earned) internal {
        uint64 fee = visit.fee;
        visit.fee = 0;
        _advance(visitId, visit, to);
        if (fee == 0) return;

        _accounts[visit.patient].balance += uint128(fee - earned) * 1 gwei;
        _accounts[doctor].balance += uint128(earned) * 1 gwei;
        emit FeeSettled(visitId, visit.round, fee - earned, earned);
    }

    function _free(Place memory place) internal {
        _days[place.hospital][place.doctor][place.day].taken &= ~(uint96(1) << place.slot);
    }

    function _visitId(Place memory place) private pure returns (bytes32) {
        return keccak256(abi.encode(place));
    }

    function _emitBooked(bytes32 visitId, address patient, Booking calldata booking, uint16 round, uint64 fee) private {
        emit Booked(
            visitId,
            booking.doctor,
            patient,
            booking.hospital,
            booking.day,
            booking.slot,
            round,
            fee,
            booking.request,
            booking.wraps
        );
        if (msg.sender != patient) emit VisitChanged(visitId, round, VisitState.Requested, msg.sender);
    }
}
