// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VisitState} from "../types/Types.sol";

/// @title Visits: a doctor opens quarters of an hour, a patient of the same hospital books one and may pay for it in advance
/// @notice The fee lies in escrow until the visit ends, and is then credited once: to the doctor for a visit that was completed or
/// missed by the patient, to the patient for one that was declined, expired or cancelled in time; a confirmed visit that the
/// patient cancels less than 24 hours ahead is shared by halves. A patient always has a free way out after a confirmation: a visit
/// that was confirmed less than 25 hours before it begins is hurried, is left without cost until then, and costs nothing when it is
/// missed. Whoever is credited withdraws. No state of an account or a hospital locks a fee: every visit that is still open ends by
/// its timeout ({expire}), whoever calls it.
/// @dev Fees are in gwei, balances in wei. What a sponsor or delegate pays comes back to the patient.
interface IAppointments {
    /// @param day Days since 1970-01-01 UTC.
    /// @param slot Quarter of an hour from 00:00 UTC, 0 to 95.
    /// @param request SHA-256 of the encrypted symptoms (format 1 payload, one raw block), or zero.
    /// @param wraps SHA-256 of its wraps document, or zero.
    struct Booking {
        uint32 hospital;
        address doctor;
        uint32 day;
        uint8 slot;
        bytes32 request;
        bytes32 wraps;
    }

    event AvailabilityPublished(uint32 indexed hospital, address indexed doctor, uint32 day, uint96 open, uint64 fee);
    /// @param visitId keccak256(abi.encode(hospital, doctor, day, slot)); `round` tells bookings of the same slot apart.
    event Booked(
        bytes32 indexed visitId,
        address indexed doctor,
        address indexed patient,
        uint32 hospital,
        uint32 day,
        uint8 slot,
        uint16 round,
        uint64 fee,
        bytes32 request,
        bytes32 wraps
    );
    /// @notice Goes with every change of state, and with a booking that another than the patient sent.
    event VisitChanged(bytes32 indexed visitId, uint16 round, VisitState state, address indexed by);
    /// @param visitId The visit that ends a fee's escrow; `refund` and `earned` are in gwei.
    event FeeSettled(bytes32 indexed visitId, uint16 round, uint64 refund, uint64 earned);
    event AccountSucceeded(address indexed account, address indexed successor);
    event Withdrawn(address indexed account, address indexed to, uint256 amount);

    error Appointments_NotActive(uint32 hospital, address account);
    error Appointments_TooManyDays(uint256 count, uint256 limit);
    error Appointments_SlotUnavailable(uint32 day, uint8 slot);
    error Appointments_SlotPast(uint256 begin, uint256 time);
    error Appointments_WrongFee(uint256 expected, uint256 sent);
    error Appointments_TooManyRequests(address patient, uint8 limit);
    error Appointments_NotPatient(address patient, address caller);
    error Appointments_OnlyPatientOrDoctor(address caller);
    error Appointments_WrongState(VisitState current, VisitState asked);
    error Appointments_WrongTime(uint256 earliest, uint256 end, uint256 time);
    error Appointments_SignatureExpired(uint40 deadline, uint256 time);
    error Appointments_InvalidSignature(address patient);
    error Appointments_WrongRound(uint16 current, uint16 asked);
    error Appointments_NotActor(address account, address caller);
    error Appointments_InvalidReceiver(address to);

    /// @notice Replaces the open quarters of consecutive days. Booked quarters stay booked, at the fee they were booked for.
    /// @param firstDay Days since 1970-01-01 UTC.
    /// @param open One bitmap a day, at most 31: bit `n` is the quarter that begins `n * 15` minutes after 00:00 UTC.
    /// @param fee In gwei, for each visit of these days; 0 for none.
    function publishAvailability(uint32 hospital, uint32 firstDay, uint96[] calldata open, uint64 fee) external;

    /// @notice Books a quarter and pays its fee. The caller acts for the patient, or is his delegate with a mandate for it. The
    /// patient must be active at the hospital, the doctor too; at most 12 requests of a patient wait for an answer.
    /// @dev The fee must be exact: a doctor who changes it meanwhile stops the booking instead of charging more.
    function book(address patient, Booking calldata booking) external payable returns (bytes32 visitId);

    /// @notice The same, signed by whoever acts for the patient (EOA, ERC-1271 or ERC-7702), sent and paid by anybody.
    /// @dev EIP-712 domain {name: "Chartkey Appointments", version: "1", chainId, verifyingContract}, type Book(address patient,
    /// uint32 hospital,address doctor,uint32 day,uint8 slot,bytes32 request,bytes32 wraps,uint16 round,uint40 deadline).
    /// @param round What the round of the visit will be: 1 more than now. It makes the signature work once.
    /// @param deadline First second at which the signature no longer works.
    function bookBySig(
        address patient,
        Booking calldata booking,
        uint16 round,
        uint40 deadline,
        bytes calldata signature
    ) external payable returns (bytes32 visitId);

    /// @notice Moves a visit to another quarter of the same doctor: it must be confirmed again, and its fee goes with it.
    /// Who may book may do this: while it is a request, or hurried, until it begins; else, once confirmed, until 24 hours ahead.
    /// @param fromDay Day of the visit that is moved.
    /// @param fromSlot Its slot.
    /// @param to Where it goes; its hospital and doctor are those of the visit.
    function reschedule(uint32 fromDay, uint8 fromSlot, Booking calldata to) external returns (bytes32 visitId);

    /// @notice Requested -> Confirmed, before it begins; hurried when that is less than 25 hours ahead. The caller is the doctor of
    /// the visit, and active; the patient is active there too.
    /// @param round That of the booking which is meant; another booking of the same quarter is left alone.
    function confirm(uint32 hospital, uint32 day, uint8 slot, uint16 round) external;
    /// @notice Requested -> Declined. The caller is the doctor of the visit, active or not. Frees the slot, refunds.
    /// @param round As for {confirm}.
    function decline(uint32 hospital, uint32 day, uint8 slot, uint16 round) external;
    /// @notice Confirmed -> Started, from an hour before it begins, a hurried one from when it begins, until 24 hours after. The caller
    /// is its doctor, and active.
    function start(uint32 hospital, uint32 day, uint8 slot) external;
    /// @notice Started -> Completed, not before it begins. The caller is the doctor of the visit, active or not. The doctor earns the
    /// fee.
    /// @dev To ask whether the doctor is active still would keep nothing from him: {expire} pays him for what he started.
    function complete(uint32 hospital, uint32 day, uint8 slot) external;
    /// @notice Confirmed -> NoShow: the patient did not come. From 15 minutes after it begins until 24 hours after. The caller is the
    /// doctor of the visit, and active; the patient is not suspended there, and could have come. The doctor earns the fee, or nothing
    /// of a hurried visit.
    function markNoShow(uint32 hospital, uint32 day, uint8 slot) external;
    /// @notice Requested or Confirmed -> Cancelled. Frees the slot. The doctor, active or not, always may, with a full refund. Who may
    /// book may withdraw a request at any time, with a full refund; a confirmed visit before it begins, with a full refund until 24
    /// hours ahead, or when it is hurried, the doctor is no longer active, or the patient is suspended, and half of it later. A patient
    /// who left the hospital by himself owes what he owed.
    /// @param round As for {confirm}.
    function cancel(uint32 hospital, address doctor, uint32 day, uint8 slot, uint16 round) external;

    /// @notice Ends a visit that nobody ended in time. Anybody. A request when it would begin: Expired, refunded. A confirmed one
    /// 24 hours after: Expired, refunded. A started one 7 days after: Completed, the doctor earns the fee.
    function expire(uint32 hospital, address doctor, uint32 day, uint8 slot) external;

    /// @notice Sends everything that was credited to `account` to `to`. Only whoever acts for the account. Nothing credited is no error.
    function withdraw(address account, address payable to) external;

    /// @return open The quarters that are offered.
    /// @return taken Those of them, or of an earlier offer, that are booked.
    /// @return fee In gwei.
    function dayOf(
        uint32 hospital,
        address doctor,
        uint32 day
    ) external view returns (uint96 open, uint96 taken, uint64 fee);

    /// @return visitId What events name it by.
    /// @return patient Zero when it was never booked.
    /// @return state Of the newest booking.
    /// @return round How often it was booked.
    /// @return fee What lies in escrow, in gwei; 0 once it was settled.
    /// @return hurried Whether it was confirmed less than 25 hours before it begins.
    function visitOf(
        uint32 hospital,
        address doctor,
        uint32 day,
        uint8 slot
    )
        external
        view
        returns (bytes32 visitId, address patient, VisitState state, uint16 round, uint64 fee, bool hurried);

    /// @return balance What can be withdrawn, in wei.
    /// @return bookings How many visits the account ever asked for.
    /// @return requests How many of them wait for an answer.
    function accountOf(address account) external view returns (uint256 balance, uint32 bookings, uint8 requests);
}
