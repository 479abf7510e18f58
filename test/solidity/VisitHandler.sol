// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAppointments} from "../../contracts/interfaces/IAppointments.sol";
import {Accreditation, VisitState} from "../../contracts/types/Types.sol";
import {VisitChoices} from "./VisitChoices.sol";

/// @title Books, moves and ends visits at random, rightly and wrongly, while time passes and doctors come and go
contract VisitHandler is VisitChoices {
    enum Action {
        Book,
        BookFree,
        BookAsDelegate,
        BookAsSuccessor,
        BookBySignature,
        Confirm,
        Decline,
        Start,
        Complete,
        MissPatient,
        CancelAsPatient,
        CancelLate,
        CancelAsDoctor,
        Reschedule,
        Expire,
        Withdraw,
        Suspend,
        Force,
        CancelHurried,
        MissHurried
    }

    mapping(Action => uint256) public successes;

    constructor() {
        _open();
        for (uint256 i; i < 2; ++i) _publish(doctorAt(i), 500_000_001);
    }

    /// @notice Offers the next 31 days anew; half of the time for nothing.
    function publish(uint256 whom, uint64 fee) external onTime {
        if (_isActive(doctorAt(whom))) _publish(doctorAt(whom), fee % 2 == 0 ? 0 : fee % 1e12);
    }

    function book(uint256 who, uint256 where) external onTime {
        address patient = patientAt(who);
        IAppointments.Booking memory booking = _booking(where);
        uint64 fee = offers[booking.doctor][booking.day].fee;
        // Now and then a wei too much, or the old account.
        bool done = _book(patient, patient, booking, uint256(fee) * 1e9 + (who % 16 == 15 ? 1 : 0));
        if (done) ++successes[fee == 0 ? Action.BookFree : Action.Book];
    }

    function bookAsDelegate(uint256 who, uint256 where) external onTime {
        IAppointments.Booking memory booking = _booking(where);
        address patient = who % 16 == 15 ? patientAt(who) : patientAt(0);
        if (_book(patient, delegate, booking, _priceOf(booking))) ++successes[Action.BookAsDelegate];
    }

    function bookAsSuccessor(uint256 who, uint256 where) external onTime {
        IAppointments.Booking memory booking = _booking(where);
        address patient = who % 16 == 15 ? patientAt(who) : patientAt(1);
        if (_book(patient, successor, booking, _priceOf(booking))) ++successes[Action.BookAsSuccessor];
    }

    /// @notice A sponsor pays and sends what the patient, or his successor, signed.
    function bookBySignature(uint256 who, uint256 where) external onTime {
        address patient = patientAt(who);
        IAppointments.Booking memory booking = _booking(where);
        uint16 round = _roundAfter(booking.doctor, booking.day, booking.slot);
        bool may = _mayBook(patient, _actorOf(patient), booking, _priceOf(booking));
        if (who % 16 == 15) (round, may) = (round + 1, false);
        bytes memory signature = _signature(patient, booking, round);
        bytes memory data = abi.encodeCall(
            IAppointments.bookBySig,
            (patient, booking, round, type(uint40).max, signature)
        );
        uint256 price = _priceOf(booking);
        if (!_call(stranger, price, data, may)) return;
        _noteBooked(patient, booking, uint64(price / 1e9));
        ++successes[Action.BookBySignature];
    }

    function confirm(uint256 which) external onTime {
        (uint256 i, Ghost memory ghost) = _pick(which, VisitState.Requested, 1, EVER);
        bool active = _isActive(ghost.doctor) && _isActive(ghost.patient);
        (uint16 round, bool right) = _roundOf(ghost, which);
        bool may = ghost.state == VisitState.Requested && clock < _begin(ghost) && active && right;
        bytes memory data = abi.encodeCall(IAppointments.confirm, (HOSPITAL, ghost.day, ghost.slot, round));
        if (!_call(ghost.doctor, 0, data, may)) return;
        ghosts[i].hurried = _begin(ghost) - clock < 90_000;
        _noteState(i, VisitState.Confirmed);
        ++successes[Action.Confirm];
    }

    function decline(uint256 which) external onTime {
        (uint256 i, Ghost memory ghost) = _pick(which, VisitState.Requested, -EVER, EVER);
        (uint16 round, bool right) = _roundOf(ghost, which);
        bytes memory data = abi.encodeCall(IAppointments.decline, (HOSPITAL, ghost.day, ghost.slot, round));
        if (!_call(ghost.doctor, 0, data, right && ghost.state == VisitState.Requested)) return;
        _noteEnd(i, VisitState.Declined, 0);
        ++successes[Action.Decline];
    }

    function start(uint256 which) external onTime {
        if (which % 2 == 0) _await(which, false, -3_600);
        (uint256 i, Ghost memory ghost) = _pick(which, VisitState.Confirmed, -25 hours, 2 hours);
        uint256 begin = _begin(ghost);
        bool inTime = clock + (ghost.hurried ? 0 : 3_600) >= begin && clock < begin + 86_400;
        bool may = ghost.state == VisitState.Confirmed && inTime && _isActive(ghost.doctor);
        bytes memory data = abi.encodeCall(IAppointments.start, (HOSPITAL, ghost.day, ghost.slot));
        if (!_call(ghost.doctor, 0, data, may)) return;
        _noteState(i, VisitState.Started);
        ++successes[Action.Start];
    }

    function complete(uint256 which) external onTime {
        (uint256 i, Ghost memory ghost) = _pick(which, VisitState.Started, -EVER, EVER);
        bytes memory data = abi.encodeCall(IAppointments.complete, (HOSPITAL, ghost.day, ghost.slot));
        if (!_call(ghost.doctor, 0, data, ghost.state == VisitState.Started && clock >= _begin(ghost))) return;
        _noteEnd(i, VisitState.Completed, ghost.fee);
        ++successes[Action.Complete];
    }

    function markNoShow(uint256 which) external onTime {
        if (which % 2 == 0) _await(which, which % 4 == 0, 900);
        (uint256 i, Ghost memory ghost) = _pick(which, VisitState.Confirmed, -25 hours, 0);
        uint256 begin = _begin(ghost);
        bool inTime = clock >= begin + 900 && clock < begin + 86_400;
        bool active = _isActive(ghost.doctor) && _isActive(ghost.patient);
        bool may = ghost.state == VisitState.Confirmed && inTime && active;
        bytes memory data = abi.encodeCall(IAppointments.markNoShow, (HOSPITAL, ghost.day, ghost.slot));
        if (!_call(ghost.doctor, 0, data, may)) return;
        _noteEnd(i, VisitState.NoShow, ghost.hurried ? 0 : ghost.fee);
        ++successes[ghost.hurried ? Action.MissHurried : Action.MissPatient];
    }

    function cancelAsPatient(uint256 which, uint256 who) external onTime {
        if (who % 2 == 0) _await(which, who % 4 == 0, -3_000);
        bool soon = who % 2 == 0;
        (uint256 i, Ghost memory ghost) = soon
            ? _pick(which, VisitState.Confirmed, 0, 25 hours)
            : _pick(which, VisitState.Requested, -EVER, EVER);
        address[4] memory callers = [_actorOf(ghost.patient), delegate, ghost.patient, stranger];
        address caller = callers[who % 5 > 2 ? 0 : (who / 8) % 4];
        if (!_call(caller, 0, _cancellation(ghost, ghost.round), _mayLeave(ghost, caller))) return;
        bool late = ghost.state == VisitState.Confirmed && clock > _begin(ghost) - 86_400;
        bool due = late && !ghost.hurried && _isActive(ghost.doctor) && _isActive(ghost.patient);
        _noteEnd(i, VisitState.Cancelled, due ? ghost.fee / 2 : 0);
        if (late && ghost.hurried) ++successes[Action.CancelHurried];
        else ++successes[due ? Action.CancelLate : Action.CancelAsPatient];
    }

    function cancelAsDoctor(uint256 which, bool requested) external onTime {
        (uint256 i, Ghost memory ghost) = _pick(
            which,
            requested ? VisitState.Requested : VisitState.Confirmed,
            -EVER,
            EVER
        );
        bool may = ghost.state == VisitState.Requested || ghost.state == VisitState.Confirmed;
        (uint16 round, bool right) = _roundOf(ghost, which);
        if (!_call(ghost.doctor, 0, _cancellation(ghost, round), may && right)) return;
        _noteEnd(i, VisitState.Cancelled, 0);
        ++successes[Action.CancelAsDoctor];
    }

    function reschedule(uint256 which, uint256 where) external onTime {
        (uint256 i, Ghost memory ghost) = _pick(
            which,
            where % 2 == 0 ? VisitState.Requested : VisitState.Confirmed,
            1,
            EVER
        );
        IAppointments.Booking memory to = _booking(where / 2);
        to.doctor = ghost.doctor;
        address caller = where % 16 == 15 ? stranger : _actorOf(ghost.patient);
        bytes memory data = abi.encodeCall(IAppointments.reschedule, (ghost.day, ghost.slot, to));
        if (!_call(caller, 0, data, caller != stranger && _mayMove(ghost, to))) return;
        ghosts[i].fee = 0;
        _noteState(i, VisitState.Rescheduled);
        _noteBooking(ghost.patient, to.doctor, to.day, to.slot, ghost.fee);
        ++successes[Action.Reschedule];
    }

    function expire(uint256 which, uint256 state) external onTime {
        if (state % 4 == 0) _await(which, state % 8 == 0, 86_400);
        (uint256 i, Ghost memory ghost) = _pick(which, VisitState((state % 3) + 1), -EVER, 0);
        bool started = ghost.state == VisitState.Started;
        uint256 wait = started ? 604_800 : (ghost.state == VisitState.Confirmed ? 86_400 : 0);
        bool may = _isOpen(ghost.state) && clock >= _begin(ghost) + wait;
        bytes memory data = abi.encodeCall(IAppointments.expire, (HOSPITAL, ghost.doctor, ghost.day, ghost.slot));
        if (!_call(stranger, 0, data, may)) return;
        _noteEnd(i, started ? VisitState.Completed : VisitState.Expired, started ? ghost.fee : 0);
        ++successes[Action.Expire];
    }

    function withdraw(uint256 who) external onTime {
        address account = who % 5 < 3 ? patientAt(who % 5) : doctorAt(who % 5);
        address caller = who % 16 == 15 ? stranger : _actorOf(account);
        uint256 amount = owed[account];
        uint256 before = address(0xcafe).balance;
        bytes memory data = abi.encodeCall(IAppointments.withdraw, (account, payable(address(0xcafe))));
        if (!_call(caller, 0, data, caller != stranger)) return;
        if (address(0xcafe).balance - before != amount) ++violations;
        owed[account] = 0;
        withdrawn += amount;
        if (amount > 0) ++successes[Action.Withdraw];
    }

    /// @notice Suspends or admits a doctor or patient again, mostly the latter; now and then closes the hospital, or opens it again.
    function turn(uint256 whom, uint256 what) external onTime {
        address account = whom % 4 < 2 ? doctorAt(whom) : patientAt(whom / 4);
        if (suspended[account]) hospital.reactivate(account);
        else if (what % 4 == 0) hospital.suspend(account);
        if (suspended[account] || what % 4 == 0) suspended[account] = !suspended[account];
        if (!accredited || what % 8 == 1) {
            accredited = !accredited;
            registry.setAccreditation(
                HOSPITAL,
                address(hospital),
                accredited ? Accreditation.Accredited : Accreditation.Suspended,
                PROFILE
            );
        }
        ++successes[Action.Suspend];
    }

    /// @notice Ether comes in that nobody can refuse, as the beneficiary of a block or a self-destruction.
    function force(uint64 amount) external {
        vm.deal(address(appointments), address(appointments).balance + amount);
        forced += amount;
        ++successes[Action.Force];
    }

    /// @notice Goes to where a rule turns for an open visit, or a little further.
    function pass(uint256 which, uint256 time) external {
        uint24[8] memory ahead = [86_400, 86_399, 3_600, 1, 0, 0, 0, 0];
        uint24[8] memory later = [0, 0, 0, 0, 0, 900, 900, 86_400];
        (, Ghost memory ghost) = _pick(which, VisitState.Confirmed, 0, 25 hours);
        uint256 next = _begin(ghost) - ahead[time % 8] + later[time % 8];
        if (time % 16 == 1) {
            (, ghost) = _pick(which, VisitState.Started, -7 days, 0);
            next = _begin(ghost) + 604_800;
        }
        if (next > clock && next < clock + 7 days) clock = uint40(next);
        else clock += uint40(time % 3 hours);
    }

    /// @dev Lets time pass until `offset` seconds before or after the begin of a confirmed visit, so that steps with a time are reached.
    function _await(uint256 which, bool hurried, int256 offset) private {
        (, Ghost memory ghost) = _pick(which, VisitState.Confirmed, 0, 5 days);
        int256 time = int256(_begin(ghost)) + offset;
        if (ghost.hurried != hurried || time <= int256(uint256(clock)) || time > int256(uint256(clock)) + 5 days)
            return;
        clock = uint40(uint256(time));
        vm.warp(clock);
    }

    function _publish(address doctor, uint64 fee) private {
        uint96[] memory open = new uint96[](31);
        uint32 today = uint32(clock / 1 days);
        for (uint32 i; i < 31; ++i) {
            // Now and then a day without the evening.
            open[i] = (fee + i) % 8 == 7 ? 0x00ffffffffffffffffffffff : type(uint96).max;
            offers[doctor][today + i] = Offer(open[i], fee);
        }
        vm.prank(doctor);
        appointments.publishAvailability(HOSPITAL, today, open, fee);
    }

    function _book(
        address patient,
        address caller,
        IAppointments.Booking memory booking,
        uint256 value
    ) private returns (bool done) {
        bool may = _mayBook(patient, caller, booking, value);
        done = _call(caller, value, abi.encodeCall(IAppointments.book, (patient, booking)), may);
        if (done) _noteBooked(patient, booking, uint64(value / 1e9));
    }

    function _noteBooked(address patient, IAppointments.Booking memory booking, uint64 fee) private {
        escrow += uint256(fee) * 1e9;
        _noteBooking(patient, booking.doctor, booking.day, booking.slot, fee);
    }
}
