// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Visits} from "./abstracts/Visits.sol";
import {IAppointments} from "./interfaces/IAppointments.sol";
import {IDelegates} from "./interfaces/IDelegates.sol";
import {IHospitalRegistry} from "./interfaces/IHospitalRegistry.sol";
import {ISuccession} from "./interfaces/ISuccession.sol";
import {ISuccessionObserver} from "./interfaces/ISuccessionObserver.sol";
import {VisitRule} from "./libraries/VisitRule.sol";
import {Actions, Role, Slots, VisitState} from "./types/Types.sol";

/// @title Appointments
/// @notice See {IAppointments}.
contract Appointments is ISuccessionObserver, Visits, EIP712 {
    bytes32 private constant BOOK_TYPEHASH = keccak256(
        "Book(address patient,uint32 hospital,address doctor,uint32 day,uint8 slot,bytes32 request,bytes32 wraps,uint16 round,uint40 deadline)"
    );
    uint256 private constant MAX_DAYS = 31;

    IHospitalRegistry private immutable _registry;
    IDelegates private immutable _delegates;
    ISuccession private immutable _directory;

    constructor(
        IHospitalRegistry registry,
        IDelegates delegates,
        ISuccession directory
    ) EIP712("Chartkey Appointments", "1") {
        (_registry, _delegates, _directory) = (registry, delegates, directory);
    }

    /// @inheritdoc IAppointments
    function publishAvailability(uint32 hospital, uint32 firstDay, uint96[] calldata open, uint64 fee) external {
        // Check
        if (open.length > MAX_DAYS) revert Appointments_TooManyDays(open.length, MAX_DAYS);
        _checkActive(hospital, msg.sender, Role.Doctor);

        // Effect
        for (uint32 i = 0; i < open.length; ++i) _openDay(hospital, firstDay + i, open[i], fee);
    }

    /// @inheritdoc IAppointments
    function book(address patient, Booking calldata booking) external payable returns (bytes32 visitId) {
        _checkPatient(patient);
        (visitId, ) = _book(patient, booking);
    }

    /// @inheritdoc IAppointments
    function bookBySig(
        address patient,
        Booking calldata booking,
        uint16 round,
        uint40 deadline,
        bytes calldata signature
    ) external payable returns (bytes32 visitId) {
        if (block.timestamp >= deadline) revert Appointments_SignatureExpired(deadline, block.timestamp);
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(BOOK_TYPEHASH, patient, booking, round, deadline)));
        bool signed = SignatureChecker.isValidSignatureNowCalldata(_directory.actorOf(patient), digest, signature);
        if (!signed) revert Appointments_InvalidSignature(patient);
        uint16 booked;
        (visitId, booked) = _book(patient, booking);
        if (booked != round) revert Appointments_WrongRound(booked, round);
    }

    /// @inheritdoc IAppointments
    function reschedule(uint32 fromDay, uint8 fromSlot, Booking calldata to) external returns (bytes32 visitId) {
        // Check
        Place memory from = Place(to.hospital, to.doctor, fromDay, fromSlot);
        (bytes32 fromId, Slots.Visit memory visit) = _load(from, VisitState.Rescheduled);
        _checkPatient(visit.patient);
        _checkWithin(0, VisitRule.moveEndOf(visit.state, VisitRule.beginOf(fromDay, fromSlot)));
        _checkActive(to.hospital, visit.patient, Role.Patient);
        _checkActive(to.hospital, to.doctor, Role.Doctor);

        // Effect
        uint64 fee = visit.fee;
        visit.fee = 0;
        _advance(fromId, visit, VisitState.Rescheduled);
        _free(from);
        (visitId, ) = _request(visit.patient, to, _dayOf(to), fee);
    }

    /// @inheritdoc IAppointments
    function confirm(uint32 hospital, uint32 day, uint8 slot) external {
        // Check
        _checkActive(hospital, msg.sender, Role.Doctor);
        (, bytes32 visitId, Slots.Visit memory visit) = _own(hospital, day, slot, VisitState.Confirmed);
        _checkWithin(0, VisitRule.beginOf(day, slot));

        // Effect
        _advance(visitId, visit, VisitState.Confirmed);
    }

    /// @inheritdoc IAppointments
    function decline(uint32 hospital, uint32 day, uint8 slot) external {
        (Place memory place, bytes32 visitId, Slots.Visit memory visit) = _own(
            hospital,
            day,
            slot,
            VisitState.Declined
        );

        _end(msg.sender, visitId, visit, VisitState.Declined, 0);
        _free(place);
    }

    /// @inheritdoc IAppointments
    function start(uint32 hospital, uint32 day, uint8 slot) external {
        // Check
        _checkActive(hospital, msg.sender, Role.Doctor);
        (, bytes32 visitId, Slots.Visit memory visit) = _own(hospital, day, slot, VisitState.Started);
        uint256 begin = VisitRule.beginOf(day, slot);
        _checkWithin(begin - VisitRule.EARLY_START, begin + VisitRule.START_WINDOW);

        // Effect
        _advance(visitId, visit, VisitState.Started);
    }

    /// @inheritdoc IAppointments
    function complete(uint32 hospital, uint32 day, uint8 slot) external {
        (, bytes32 visitId, Slots.Visit memory visit) = _own(hospital, day, slot, VisitState.Completed);

        _end(msg.sender, visitId, visit, VisitState.Completed, visit.fee);
    }

    /// @inheritdoc IAppointments
    function markNoShow(uint32 hospital, uint32 day, uint8 slot) external {
        // Check
        _checkActive(hospital, msg.sender, Role.Doctor);
        (, bytes32 visitId, Slots.Visit memory visit) = _own(hospital, day, slot, VisitState.NoShow);
        uint256 begin = VisitRule.beginOf(day, slot);
        _checkWithin(begin + VisitRule.PATIENCE, begin + VisitRule.START_WINDOW);

        // Effect
        _end(msg.sender, visitId, visit, VisitState.NoShow, visit.fee);
    }

    /// @inheritdoc IAppointments
    function cancel(uint32 hospital, address doctor, uint32 day, uint8 slot) external {
        // Check
        Place memory place = Place(hospital, doctor, day, slot);
        (bytes32 visitId, Slots.Visit memory visit) = _load(place, VisitState.Cancelled);
        uint64 kept = 0;
        if (msg.sender != doctor) {
            if (!_mayBook(visit.patient)) revert Appointments_OnlyPatientOrDoctor(msg.sender);
            uint256 begin = VisitRule.beginOf(day, slot);
            if (visit.state == VisitState.Confirmed) _checkWithin(0, begin);
            // A doctor who could not have come earns nothing.
            bool due = _isActive(hospital, doctor, Role.Doctor);
            if (due) kept = VisitRule.keptOf(visit.state, visit.fee, begin, block.timestamp);
        }

        // Effect
        _end(doctor, visitId, visit, VisitState.Cancelled, kept);
        _free(place);
    }

    /// @inheritdoc IAppointments
    function expire(uint32 hospital, address doctor, uint32 day, uint8 slot) external {
        // Check
        Place memory place = Place(hospital, doctor, day, slot);
        VisitState to = _stateOf(place) == VisitState.Started ? VisitState.Completed : VisitState.Expired;
        (bytes32 visitId, Slots.Visit memory visit) = _load(place, to);
        _checkWithin(VisitRule.timeoutOf(visit.state, VisitRule.beginOf(day, slot)), type(uint256).max);

        // Effect
        _end(doctor, visitId, visit, to, to == VisitState.Completed ? visit.fee : 0);
    }

    /// @inheritdoc IAppointments
    function withdraw(address account, address payable to) external {
        // Check
        if (!_isActor(account)) revert Appointments_NotActor(account, msg.sender);
        if (to == address(0)) revert Appointments_InvalidReceiver(to);
        uint256 amount = _accounts[account].balance;
        if (amount == 0) return;

        // Effect
        _accounts[account].balance = 0;
        emit Withdrawn(account, to, amount);

        // Interaction
        Address.sendValue(to, amount);
    }

    /// @inheritdoc ISuccessionObserver
    function onSuccession(address account, address successor) external {
        if (msg.sender != address(_directory)) revert SuccessionObserver_OnlyDirectory(msg.sender);

        _accounts[account].succeeded = true;
        emit AccountSucceeded(account, successor);
    }

    /// @dev The caller's own visit: the id is made of his address, so that nobody else can name it.
    function _own(
        uint32 hospital,
        uint32 day,
        uint8 slot,
        VisitState to
    ) private view returns (Place memory place, bytes32 visitId, Slots.Visit memory visit) {
        place = Place(hospital, msg.sender, day, slot);
        (visitId, visit) = _load(place, to);
    }

    function _book(address patient, Booking calldata booking) private returns (bytes32 visitId, uint16 round) {
        _checkActive(booking.hospital, patient, Role.Patient);
        _checkActive(booking.hospital, booking.doctor, Role.Doctor);
        Slots.Day storage quarters = _dayOf(booking);
        uint64 fee = quarters.fee;
        if (msg.value != uint256(fee) * 1 gwei) revert Appointments_WrongFee(uint256(fee) * 1 gwei, msg.value);
        return _request(patient, booking, quarters, fee);
    }

    function _checkPatient(address patient) private view {
        if (!_mayBook(patient)) revert Appointments_NotPatient(patient, msg.sender);
    }

    /// @dev Whether the caller acts for the patient, or is his delegate with a mandate for visits.
    function _mayBook(address patient) private view returns (bool) {
        return _isActor(patient) || _delegates.isMandated(patient, msg.sender, Actions.BOOK);
    }

    /// @dev Without a succession it costs nothing: the flag is in a slot that is read anyway.
    function _isActor(address account) private view returns (bool) {
        return msg.sender == (_accounts[account].succeeded ? _directory.actorOf(account) : account);
    }

    function _checkWithin(uint256 earliest, uint256 end) private view {
        if (block.timestamp < earliest || block.timestamp >= end) {
            revert Appointments_WrongTime(earliest, end, block.timestamp);
        }
    }

    function _checkActive(uint32 hospital, address account, Role role) private view {
        if (!_isActive(hospital, account, role)) revert Appointments_NotActive(hospital, account);
    }

    function _isActive(uint32 hospital, address account, Role role) private view returns (bool) {
        return _registry.activeSince(hospital, account, role) != 0;
    }
}
