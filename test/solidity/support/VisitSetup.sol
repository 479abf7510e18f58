// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../../contracts/Hospital.sol";
import {IAppointments} from "../../../contracts/interfaces/IAppointments.sol";
import {Accreditation, Role, VisitState} from "../../../contracts/types/Types.sol";
import {Clinic} from "../Clinic.sol";
import {Vm} from "../MiniTest.sol";

/// @title A hospital whose doctor offers a whole day for a fee, and the people around one visit of it
abstract contract VisitSetup is Clinic {
    /// @dev What visitOf returns.
    struct Seen {
        bytes32 visitId;
        address patient;
        VisitState state;
        uint16 round;
        uint64 fee;
        bool hurried;
    }

    uint256 internal constant PATIENT_KEY = 1;
    uint256 internal constant SUCCESSOR_KEY = 5;
    /// @dev 10 days after the system was deployed.
    uint32 internal constant DAY = 20_843;
    uint8 internal constant SLOT = 40;
    /// @dev DAY * 86,400 + SLOT * 900.
    uint256 internal constant BEGIN = 1_800_871_200;
    /// @dev In gwei, and odd.
    uint64 internal constant FEE = 5_000_001;
    uint256 internal constant FEE_WEI = 5_000_001_000_000_000;
    uint96 internal constant ALL_DAY = 0xffffffffffffffffffffffff;
    bytes32 internal constant REQUEST = keccak256("symptoms");
    bytes32 internal constant WRAPS = keccak256("wraps of the symptoms");
    uint256 internal constant STATES = 10;

    address internal immutable patient = vm.addr(PATIENT_KEY);
    address internal immutable doctor = vm.addr(2);
    address internal immutable delegate = vm.addr(3);
    address internal immutable stranger = vm.addr(4);
    address internal immutable successor = vm.addr(SUCCESSOR_KEY);
    address internal immutable neighbour = vm.addr(6);
    address internal immutable colleague = vm.addr(7);

    Hospital internal hospital;
    uint32 internal id;

    function setUp() public virtual {
        _deploy();
        _openHospital("other");
        (id, hospital) = _openHospital(0);
        _admit(hospital, doctor, Role.Doctor);
        _admit(hospital, colleague, Role.Doctor);
        _admit(hospital, patient, Role.Patient);
        _admit(hospital, neighbour, Role.Patient);
        _publish(DAY, FEE);
        vm.deal(patient, 100 ether);
        vm.deal(neighbour, 100 ether);
        vm.deal(delegate, 100 ether);
        vm.deal(successor, 100 ether);
        vm.deal(stranger, 100 ether);
        vm.deal(doctor, 100 ether);
        vm.deal(colleague, 100 ether);
    }

    function _publish(uint32 day, uint64 fee) internal {
        uint96[] memory open = new uint96[](1);
        open[0] = ALL_DAY;
        vm.prank(doctor);
        appointments.publishAvailability(id, day, open, fee);
    }

    function _booking(uint32 day, uint8 slot) internal view returns (IAppointments.Booking memory) {
        return IAppointments.Booking(id, doctor, day, slot, REQUEST, WRAPS);
    }

    function _book() internal {
        _bookSlot(SLOT);
    }

    function _bookSlot(uint8 slot) internal {
        vm.prank(patient);
        appointments.book{value: FEE_WEI}(patient, _booking(DAY, slot));
    }

    /// @dev The first booking of the quarter.
    function _confirm() internal {
        vm.prank(doctor);
        appointments.confirm(id, DAY, SLOT, 1);
    }

    /// @dev A visit that is confirmed a second too late to be no hurried one.
    function _hurry() internal {
        _book();
        vm.warp(BEGIN - 89_999);
        _confirm();
    }

    /// @dev The first booking of the quarter.
    function _cancelAs(address caller) internal {
        _cancelRound(caller, 1);
    }

    function _cancelRound(address caller, uint16 round) internal {
        vm.prank(caller);
        appointments.cancel(id, doctor, DAY, SLOT, round);
    }

    /// @dev The quarter is booked a second time, by the neighbour.
    function _bookAgain() internal {
        _book();
        _cancelAs(patient);
        vm.prank(neighbour);
        appointments.book{value: FEE_WEI}(neighbour, _booking(DAY, SLOT));
    }

    /// @dev Books, unless it is `None`, and leads the visit of (DAY, SLOT) into a state.
    function _bring(VisitState state) internal {
        if (state == VisitState.None) return;
        _book();
        if (state == VisitState.Confirmed) _confirm();
        if (state == VisitState.Started || state == VisitState.Completed || state == VisitState.NoShow) {
            _confirm();
            vm.warp(BEGIN + 15 minutes);
            vm.prank(doctor);
            if (state == VisitState.NoShow) appointments.markNoShow(id, DAY, SLOT);
            else appointments.start(id, DAY, SLOT);
        }
        if (state == VisitState.Completed) {
            vm.prank(doctor);
            appointments.complete(id, DAY, SLOT);
        }
        if (state == VisitState.Cancelled) _cancelAs(patient);
        if (state == VisitState.Declined) {
            vm.prank(doctor);
            appointments.decline(id, DAY, SLOT, 1);
        }
        if (state == VisitState.Rescheduled) {
            vm.prank(patient);
            appointments.reschedule(DAY, SLOT, _booking(DAY, SLOT + 1));
        }
        if (state == VisitState.Expired) {
            vm.warp(BEGIN);
            appointments.expire(id, doctor, DAY, SLOT);
        }
    }

    /// @dev `act` is refused from every state but those whose bits are set in `allowed`.
    function _checkRefused(VisitState to, uint256 allowed, function() internal act) internal {
        for (uint8 from; from < STATES; ++from) {
            if ((allowed >> from) & 1 == 1) continue;
            uint256 before = vm.snapshotState();
            _bring(VisitState(from));
            vm.expectRevert(_wrongState(VisitState(from), to));
            act();
            vm.revertToState(before);
        }
    }

    function _wrongState(VisitState from, VisitState to) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IAppointments.Appointments_WrongState.selector, from, to);
    }

    function _wrongTime(uint256 earliest, uint256 end, uint256 time) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IAppointments.Appointments_WrongTime.selector, earliest, end, time);
    }

    function _wrongRound(uint16 current, uint16 asked) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IAppointments.Appointments_WrongRound.selector, current, asked);
    }

    function _notActive(uint32 where, address who) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IAppointments.Appointments_NotActive.selector, where, who);
    }

    function _expectChange(uint8 slot, VisitState state, address by) internal {
        vm.expectEmit(address(appointments));
        emit IAppointments.VisitChanged(_idOf(DAY, slot), 1, state, by);
    }

    function _expectSettled(uint64 refund, uint64 earned) internal {
        vm.expectEmit(address(appointments));
        emit IAppointments.FeeSettled(_idOf(DAY, SLOT), 1, refund, earned);
    }

    /// @dev How many events Appointments emitted since `vm.recordLogs`.
    function _countLogs() internal returns (uint256 count) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) if (logs[i].emitter == address(appointments)) ++count;
    }

    function _idOf(uint32 day, uint8 slot) internal view returns (bytes32) {
        return keccak256(abi.encode(uint256(id), uint256(uint160(doctor)), uint256(day), uint256(slot)));
    }

    function _seen(uint32 day, uint8 slot) internal view returns (Seen memory seen) {
        (seen.visitId, seen.patient, seen.state, seen.round, seen.fee, seen.hurried) = appointments.visitOf(
            id,
            doctor,
            day,
            slot
        );
    }

    function _checkVisit(uint8 slot, VisitState state, uint16 round, uint64 fee) internal view {
        Seen memory seen = _seen(DAY, slot);
        vm.assertEq(seen.visitId, _idOf(DAY, slot));
        vm.assertEq(seen.patient, patient);
        vm.assertEq(uint256(seen.state), uint256(state));
        vm.assertEq(seen.round, round);
        vm.assertEq(seen.fee, fee);
    }

    function _checkAccount(address account, uint256 balance, uint256 bookings, uint256 requests) internal view {
        (uint256 credited, uint32 booked, uint8 waiting) = appointments.accountOf(account);
        vm.assertEq(credited, balance);
        vm.assertEq(booked, bookings);
        vm.assertEq(waiting, requests);
    }

    function _balanceOf(address account) internal view returns (uint256 balance) {
        (balance, , ) = appointments.accountOf(account);
    }

    function _takenOf(uint32 day) internal view returns (uint256 taken) {
        (, taken, ) = appointments.dayOf(id, doctor, day);
    }

    function _bit(uint8 slot) internal pure returns (uint256) {
        return 2 ** uint256(slot);
    }

    function _mandate(uint8 actions, uint40 expiry) internal {
        vm.prank(patient);
        consent.appointDelegate(patient, delegate, actions, expiry);
    }

    /// @dev Five days later, the successor acts for the patient.
    function _succeed() internal {
        vm.prank(patient);
        directory.proposeSuccessor(patient, successor);
        vm.warp(clock + SUCCESSION_DELAY);
        vm.prank(successor);
        directory.acceptSuccession(patient);
    }

    function _closeHospital() internal {
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
    }
}
