// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAppointments} from "./interfaces/IAppointments.sol";
import {IHospitalRegistry} from "./interfaces/IHospitalRegistry.sol";
import {Role, Slots, VisitState} from "./types/Types.sol";

/// @title Appointments
/// @notice See {IAppointments}.
contract Appointments is IAppointments {
    uint256 private constant MAX_DAYS = 31;
    uint8 private constant SLOTS_PER_DAY = 96;

    IHospitalRegistry private immutable _registry;

    mapping(uint32 hospital => mapping(address doctor => mapping(uint32 day => Slots.Day))) private _days;
    mapping(bytes32 visitId => Slots.Visit) private _visits;

    constructor(IHospitalRegistry registry) {
        _registry = registry;
    }

    /// @inheritdoc IAppointments
    function publishAvailability(uint32 hospital, uint32 firstDay, uint96[] calldata open) external {
        // Check
        if (open.length > MAX_DAYS) revert Appointments_TooManyDays(open.length, MAX_DAYS);
        _checkActive(hospital, msg.sender, Role.Doctor);

        // Effect
        for (uint32 i = 0; i < open.length; ++i) {
            uint32 day = firstDay + i;
            _days[hospital][msg.sender][day].open = open[i];
            emit AvailabilityPublished(hospital, msg.sender, day, open[i]);
        }
    }

    /// @inheritdoc IAppointments
    function book(
        uint32 hospital,
        address doctor,
        uint32 day,
        uint8 slot,
        bytes32 request,
        bytes32 wraps
    ) external returns (bytes32 visitId) {
        // Check
        _checkActive(hospital, msg.sender, Role.Patient);
        _checkActive(hospital, doctor, Role.Doctor);
        Slots.Day storage quarters = _days[hospital][doctor][day];
        (uint96 open, uint96 taken) = (quarters.open, quarters.taken);
        // A shift by 96 or more gives 0, which is never open.
        uint96 bit = uint96(1) << slot;
        if (open & bit == 0 || taken & bit != 0) revert Appointments_SlotUnavailable(day, slot);
        uint256 begin = uint256(day) * 1 days + uint256(slot) * 15 minutes;
        if (begin <= block.timestamp) revert Appointments_SlotPast(begin, block.timestamp);

        // Effect
        visitId = _visitId(hospital, doctor, day, slot);
        uint16 round = _visits[visitId].round + 1;
        quarters.taken = taken | bit;
        _visits[visitId] = Slots.Visit(msg.sender, VisitState.Requested, round);
        emit Booked(visitId, doctor, msg.sender, hospital, day, slot, round, request, wraps);
    }

    /// @inheritdoc IAppointments
    function confirm(uint32 hospital, uint32 day, uint8 slot) external {
        _checkActive(hospital, msg.sender, Role.Doctor);
        _advance(hospital, day, slot, VisitState.Requested, VisitState.Confirmed);
    }

    /// @inheritdoc IAppointments
    function decline(uint32 hospital, uint32 day, uint8 slot) external {
        _advance(hospital, day, slot, VisitState.Requested, VisitState.Declined);
        _free(hospital, msg.sender, day, slot);
    }

    /// @inheritdoc IAppointments
    function start(uint32 hospital, uint32 day, uint8 slot) external {
        _checkActive(hospital, msg.sender, Role.Doctor);
        _advance(hospital, day, slot, VisitState.Confirmed, VisitState.Started);
    }

    /// @inheritdoc IAppointments
    function complete(uint32 hospital, uint32 day, uint8 slot) external {
        _advance(hospital, day, slot, VisitState.Started, VisitState.Completed);
    }

    /// @inheritdoc IAppointments
    function cancel(uint32 hospital, address doctor, uint32 day, uint8 slot) external {
        // Check
        bytes32 visitId = _visitId(hospital, doctor, day, slot);
        Slots.Visit memory visit = _visits[visitId];
        if (msg.sender != visit.patient && msg.sender != doctor) revert Appointments_OnlyPatientOrDoctor(msg.sender);
        if (visit.state != VisitState.Requested && visit.state != VisitState.Confirmed) {
            revert Appointments_WrongState(visit.state, VisitState.Cancelled);
        }

        // Effect
        _setState(visitId, visit.round, VisitState.Cancelled);
        _free(hospital, doctor, day, slot);
    }

    /// @inheritdoc IAppointments
    function dayOf(uint32 hospital, address doctor, uint32 day) external view returns (uint96 open, uint96 taken) {
        Slots.Day memory quarters = _days[hospital][doctor][day];
        return (quarters.open, quarters.taken);
    }

    /// @inheritdoc IAppointments
    function visitOf(
        uint32 hospital,
        address doctor,
        uint32 day,
        uint8 slot
    ) external view returns (bytes32 visitId, address patient, VisitState state, uint16 round) {
        visitId = _visitId(hospital, doctor, day, slot);
        Slots.Visit memory visit = _visits[visitId];
        return (visitId, visit.patient, visit.state, visit.round);
    }

    /// @dev The caller's own visit: the id is made of his address, so that nobody else can name it.
    function _advance(uint32 hospital, uint32 day, uint8 slot, VisitState from, VisitState to) private {
        bytes32 visitId = _visitId(hospital, msg.sender, day, slot);
        Slots.Visit memory visit = _visits[visitId];
        if (visit.state != from) revert Appointments_WrongState(visit.state, to);
        _setState(visitId, visit.round, to);
    }

    function _setState(bytes32 visitId, uint16 round, VisitState state) private {
        _visits[visitId].state = state;
        emit VisitChanged(visitId, round, state, msg.sender);
    }

    function _free(uint32 hospital, address doctor, uint32 day, uint8 slot) private {
        _days[hospital][doctor][day].taken &= ~(uint96(1) << slot);
    }

    function _checkActive(uint32 hospital, address account, Role role) private view {
        if (_registry.activeSince(hospital, account, role) == 0) revert Appointments_NotActive(hospital, account);
    }

    function _visitId(uint32 hospital, address doctor, uint32 day, uint8 slot) private pure returns (bytes32) {
        return keccak256(abi.encode(hospital, doctor, day, slot));
    }
}
