// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAppointments} from "../../contracts/interfaces/IAppointments.sol";
import {VisitState} from "../../contracts/types/Types.sol";
import {VisitModel} from "./VisitModel.sol";

/// @title What the visit handler asks for, and whether it should get it
abstract contract VisitChoices is VisitModel {
    bytes32 private constant TYPEHASH = keccak256(
        "Book(address patient,uint32 hospital,address doctor,uint32 day,uint8 slot,bytes32 request,bytes32 wraps,uint16 round,uint40 deadline)"
    );
    int256 internal constant EVER = 1e6 days;

    /// @dev One of 32 quarters in the next four days, and rarely a slot that no day has.
    function _booking(uint256 where) internal view returns (IAppointments.Booking memory) {
        uint32 day = uint32(clock / 1 days + ((where / 2) % 4));
        uint8 slot = where % 64 == 63 ? uint8(200) : uint8(((where / 8) % 8) * 12 + 3);
        return IAppointments.Booking(HOSPITAL, doctorAt(where), day, slot, bytes32(where), 0);
    }

    function _mayBook(
        address patient,
        address caller,
        IAppointments.Booking memory booking,
        uint256 value
    ) internal view returns (bool) {
        bool paid = value == _priceOf(booking) && requestsOf[patient] < 12;
        bool free = _isActive(booking.doctor) && _isFree(booking.doctor, booking.day, booking.slot);
        return paid && free && _isActive(patient) && _actsFor(patient, caller);
    }

    function _mayMove(Ghost memory ghost, IAppointments.Booking memory to) internal view returns (bool) {
        bool requested = ghost.state == VisitState.Requested;
        if (!requested && ghost.state != VisitState.Confirmed) return false;
        uint256 waiting = requestsOf[ghost.patient] - (requested ? 1 : 0);
        bool inTime = clock + (requested || ghost.hurried ? 1 : 86_400) <= _begin(ghost);
        bool same = to.day == ghost.day && to.slot == ghost.slot && _isOffered(to);
        bool free = same || _isFree(to.doctor, to.day, to.slot);
        return inTime && free && waiting < 12 && _isActive(ghost.doctor) && _isActive(ghost.patient);
    }

    function _mayLeave(Ghost memory ghost, address caller) internal view returns (bool) {
        bool confirmed = ghost.state == VisitState.Confirmed && clock < _begin(ghost);
        return (confirmed || ghost.state == VisitState.Requested) && _actsFor(ghost.patient, caller);
    }

    /// @dev Now and then the round of another booking.
    function _roundOf(Ghost memory ghost, uint256 seed) internal pure returns (uint16 round, bool right) {
        right = seed % 32 != 31;
        round = right ? ghost.round : (seed % 64 == 31 ? ghost.round - 1 : ghost.round + 1);
    }

    function _cancellation(Ghost memory ghost, uint16 round) internal pure returns (bytes memory) {
        return abi.encodeCall(IAppointments.cancel, (HOSPITAL, ghost.doctor, ghost.day, ghost.slot, round));
    }

    function _isOffered(IAppointments.Booking memory to) internal view returns (bool) {
        return (offers[to.doctor][to.day].open >> to.slot) % 2 == 1;
    }

    function _priceOf(IAppointments.Booking memory booking) internal view returns (uint256) {
        return uint256(offers[booking.doctor][booking.day].fee) * 1e9;
    }

    function _isOpen(VisitState state) internal pure returns (bool) {
        return state == VisitState.Requested || state == VisitState.Confirmed || state == VisitState.Started;
    }

    function _begin(Ghost memory ghost) internal pure returns (uint256) {
        return _beginOf(ghost.day, ghost.slot);
    }

    /// @dev Mostly a visit in that state that begins in the given time from now, if there is one; now and then any. Reverts before
    /// the first.
    function _pick(
        uint256 which,
        VisitState state,
        int256 from,
        int256 to
    ) internal view returns (uint256 index, Ghost memory ghost) {
        uint256 count = ghosts.length;
        for (uint256 i; i < count && which % 8 != 7; ++i) {
            index = (which + i) % count;
            if (ghosts[index].state != state) continue;
            ghost = ghosts[index];
            int256 ahead = int256(_begin(ghost)) - int256(uint256(clock));
            if (ahead >= from && ahead < to) return (index, ghost);
        }
        index = which % count;
        ghost = ghosts[index];
    }

    function _signature(
        address patient,
        IAppointments.Booking memory booking,
        uint16 round
    ) internal view returns (bytes memory) {
        bytes memory fields = bytes.concat(
            abi.encode(TYPEHASH, patient, booking.hospital, booking.doctor, booking.day, booking.slot),
            abi.encode(booking.request, booking.wraps, round, type(uint40).max)
        );
        bytes32 digest = _typed("Chartkey Appointments", address(appointments), keccak256(fields));
        uint256 key = patient == patientAt(0) ? 1 : (patient == patientAt(1) ? SUCCESSOR_KEY : 3);
        return _sign(key, digest);
    }
}
