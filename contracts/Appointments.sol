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
import {Actions, MemberStatus, Role, Slots, VisitState} from "./types/Types.sol";

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
        _checkRound(booked, round);
    }

    /// @inheritdoc IAppointments
    function reschedule(uint32 fromDay, uint8 fromSlot, Booking calldata to) external returns (bytes32 visitId) {
        // Check
        Place memory from = Place(to.hospital, to.doctor, fromDay, fromSlot);
        (bytes32 fromId, Slots.Visit memory visit) = _load(from, VisitState.Rescheduled);
        _checkPatient(visit.patient);
        _checkWithin(0, VisitRule.moveEndOf(visit.state, visit.hurried, VisitRule.beginOf(fromDay, fromSlot)));
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
    function confirm(uint32 hospital, uint32 day, uint8 slot, uint16 round) external {
        // Check
        _checkActive(hospital, msg.sender, Role.Doctor);
        (bytes32 visitId, Slots.Visit memory visit) = _own(hospital, day, slot, VisitState.Confirmed);
        _checkRound(visit.round, round);
        _checkActive(hospital, visit.patient, Role.Patient);
        uint256 begin = VisitRule.beginOf(day, slot);
        _checkWithin(0, begin);

        // Effect
        visit.hurried = VisitRule.isHurried(begin, block.timestamp);
        _advance(visitId, visit, VisitState.Confirmed);
    }

    /// @inheritdoc IAppointments
    function decline(uint32 hospital, uint32 day, uint8 slot, uint16 round) external {
        // Check
        Place memory place = Place(hospital, msg.sender, day, slot);
        (bytes32 visitId, Slots.Visit memory visit) = _load(place, VisitState.Declined);
        _checkRound(visit.round, round);

        // Effect
        _end(msg.sender, visitId, visit, VisitState.Declined, 0);
        _free(place);
    }

    /// @inheritdoc IAppointments
    function start(uint32 hospital, uint32 day, uint8 slot) external {
        // Check
        _checkActive(hospital, msg.sender, Role.Doctor);
        (bytes32 visitId, Slots.Visit memory visit) = _own(hospital, day, slot, VisitState.Started);
        uint256 begin = VisitRule.beginOf(day, slot);
        _checkWithin(VisitRule.startOf(visit.hurried, begin), begin + VisitRule.START_WINDOW);

        // Effect
        _advance(visitId, visit, VisitState.Started);
    }

    /// @inheritdoc IAppointments
    function complete(uint32 hospital, uint32 day, uint8 slot) external {
        // Check
        (bytes32 visitId, Slots.Visit memory visit) = _own(hospital, day, slot, VisitState.Completed);
        uint256 begin = VisitRule.beginOf(day, slot);
        _checkWithin(begin, type(uint256).max);

        // Effect
        _end(msg.sender, visitId, visit, VisitState.Completed, _earned(visit, VisitState.Completed, begin));
    }

    /// @inheritdoc IAppointments
    function markNoShow(uint32 hospital, uint32 day, uint8 slot) external {
        // Check
        _checkActive(hospital, msg.sender, Role.Doctor);
        (bytes32 visitId, Slots.Visit memory visit) = _own(hospital, day, slot, VisitState.NoShow);
        if (_isSuspended(hospital, visit.patient)) revert Appointments_NotActive(hospital, visit.patient);
        uint256 begin = VisitRule.beginOf(day, slot);
        _checkWithin(begin + VisitRule.PATIENCE, begin + VisitRule.START_WINDOW);

        // Effect
        _end(msg.sender, visitId, visit, VisitState.NoShow, _earned(visit, VisitState.NoShow, begin));
    }

    /// @inheritdoc IAppointments
    function cancel(uint32 hospital, address doctor, uint32 day, uint8 slot, uint16 round) external {
        // Check
        Place memory place = Place(hospital, doctor, day, slot);
        (bytes32 visitId, Slots.Visit memory visit) = _load(place, VisitState.Cancelled);
        _checkRound(visit.round, round);
        uint64 kept = 0;
        if (msg.sender != doctor) {
            if (!_mayBook(visit.patient)) revert Appointments_OnlyPatientOrDoctor(msg.sender);
            uint256 begin = VisitRule.beginOf(day, slot);
            if (visit.state == VisitState.Confirmed) _checkWithin(0, begin);
            kept = _earned(visit, VisitState.Cancelled, begin);
            // Nothing is owed for a visit to which the doctor or the patient could not have come.
            if (kept != 0 && !_couldMeet(hospital, doctor, visit.patient)) kept = 0;
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
        uint256 begin = VisitRule.beginOf(day, slot);
        _checkWithin(VisitRule.timeoutOf(visit.state, begin), type(uint256).max);

        // Effect
        _end(doctor, visitId, visit, to, _earned(visit, to, begin));
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

    function _book(address patient, Booking calldata booking) private returns (bytes32 visitId, uint16 round) {
        _checkActive(booking.hospital, patient, Role.Patient);
        _checkActive(booking.hospital, booking.doctor, Role.Doctor);
        Slots.Day storage quarters = _dayOf(booking);
        uint64 fee = quarters.fee;
        if (msg.value != uint256(fee) * 1 gwei) revert Appointments_WrongFee(uint256(fee) * 1 gwei, msg.value);
        return _request(patient, booking, quarters, fee);
    }

    function _couldMeet(uint32 hospital, address doctor, address patient) private view returns (bool) {
        return _isActive(hospital, doctor, Role.Doctor) && !_isSuspended(hospital, patient);
    }

    /// @dev Not: whether he is inactive. Who leaves the hospital by himself would else shed what he owes.
    function _isSuspended(uint32 hospital, address patient) private view returns (bool) {
        (, MemberStatus status, , ) = _registry.memberOf(hospital, patient);
        return status == MemberStatus.Suspended;
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

    function _checkActive(uint32 hospital, address account, Role role) private view {
        if (!_isActive(hospital, account, role)) revert Appointments_NotActive(hospital, account);
    }

    function _isActive(uint32 hospital, address account, Role role) private view returns (bool) {
        return _registry.activeSince(hospital, account, role) != 0;
    }
}
