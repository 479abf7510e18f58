// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {VisitHandler} from "./VisitHandler.sol";
import {VisitModel} from "./VisitModel.sol";
import {MiniTest} from "./MiniTest.sol";

contract VisitInvariants is MiniTest {
    uint256 private constant ACTIONS = 20;
    uint256 private constant STEPS = 15_000;
    uint256 private constant ENOUGH = 50;
    /// @dev How often each step is taken: A is the first of `_callOf`.
    bytes private constant WEIGHTS =
        "AAAABBBBBBBBBBBBBCCCCDDDDEEEEFFFFFFFFFFFFFFFFFFFFFFFFGGGHHHHHHHHHIIIIIIJJJJJJJJJJJJJJJJJJKKKKKKKKKKKKKKKKKKKKLLLLMMMMNNNNNNNOOOPPQQRRRRRRR";

    VisitHandler private _handler;

    function setUp() external {
        _handler = new VisitHandler();
        target(address(_handler));
    }

    function invariant_P46_the_balance_covers_open_fees_and_what_can_be_withdrawn() external view {
        _checkMoney();
    }

    function invariant_P40_P47_visits_and_settlements_are_those_of_the_model() external view {
        _checkVisits();
    }

    function invariant_P51_requests_that_wait_are_counted() external view {
        _checkRequests();
    }

    /// @dev State does not outlive a run of the fuzzer: this is what shows that every step is reached, and often.
    function test_P40_P46_P47_every_action_succeeds_50_times_and_the_model_holds() external {
        for (uint256 i; i < STEPS; ++i) {
            _step(uint256(keccak256(abi.encode("visits", i))));
            if (i % 250 == 249) _checkMoney();
        }
        for (uint8 i; i < ACTIONS; ++i) {
            vm.assertTrue(_handler.successes(VisitHandler.Action(i)) >= ENOUGH);
        }
        _checkMoney();
        _checkVisits();
        _checkRequests();
    }

    function _step(uint256 seed) private {
        uint256 action = uint8(WEIGHTS[seed % WEIGHTS.length]) - 65;
        (bool done, ) = address(_handler).call(_callOf(action, seed >> 32, seed >> 128));
        // Only before the first visit there is nothing to act upon.
        vm.assertTrue(done || _handler.ghostCount() == 0);
    }

    function _callOf(uint256 action, uint256 a, uint256 b) private pure returns (bytes memory) {
        if (action == 0) return abi.encodeCall(VisitHandler.publish, (a, uint64(b)));
        if (action == 1) return abi.encodeCall(VisitHandler.book, (a, b));
        if (action == 2) return abi.encodeCall(VisitHandler.bookAsDelegate, (a, b));
        if (action == 3) return abi.encodeCall(VisitHandler.bookAsSuccessor, (a, b));
        if (action == 4) return abi.encodeCall(VisitHandler.bookBySignature, (a, b));
        if (action == 5) return abi.encodeCall(VisitHandler.confirm, (a));
        if (action == 6) return abi.encodeCall(VisitHandler.decline, (a));
        if (action == 7) return abi.encodeCall(VisitHandler.start, (a));
        if (action == 8) return abi.encodeCall(VisitHandler.complete, (a));
        if (action == 9) return abi.encodeCall(VisitHandler.markNoShow, (a));
        if (action == 10) return abi.encodeCall(VisitHandler.cancelAsPatient, (a, b));
        if (action == 11) return abi.encodeCall(VisitHandler.cancelAsDoctor, (a, b % 2 == 0));
        if (action == 12) return abi.encodeCall(VisitHandler.reschedule, (a, b));
        if (action == 13) return abi.encodeCall(VisitHandler.expire, (a, b));
        if (action == 14) return abi.encodeCall(VisitHandler.withdraw, (a));
        if (action == 15) return abi.encodeCall(VisitHandler.turn, (a, b));
        if (action == 16) return abi.encodeCall(VisitHandler.force, (uint64(a)));
        return abi.encodeCall(VisitHandler.pass, (a, b));
    }

    function _checkMoney() private view {
        uint256 withdrawable;
        for (uint256 i; i < 3; ++i) withdrawable += _balanceOf(_handler.patientAt(i));
        for (uint256 i; i < 2; ++i) withdrawable += _balanceOf(_handler.doctorAt(i));
        uint256 held = address(_handler.appointments()).balance;
        vm.assertTrue(held >= _handler.escrow() + withdrawable);
        vm.assertEq(held - _handler.forced(), _handler.escrow() + withdrawable);
        vm.assertEq(_handler.paidIn(), _handler.escrow() + _handler.settled());
        vm.assertEq(_handler.settled(), withdrawable + _handler.withdrawn());
        vm.assertEq(_handler.violations(), 0);
    }

    function _checkVisits() private view {
        uint256 escrow;
        for (uint256 i; i < _handler.ghostCount(); ++i) {
            VisitModel.Ghost memory ghost = _handler.ghostAt(i);
            _checkVisit(ghost);
            escrow += uint256(ghost.fee) * 1 gwei;
        }
        vm.assertEq(escrow, _handler.escrow());
        vm.assertEq(_handler.violations(), 0);
    }

    function _checkVisit(VisitModel.Ghost memory ghost) private view {
        VisitModel.Ghost memory seen;
        (, seen.patient, seen.state, seen.round, seen.fee, seen.hurried) = _handler.appointments().visitOf(
            1,
            ghost.doctor,
            ghost.day,
            ghost.slot
        );
        vm.assertEq(seen.patient, ghost.patient);
        vm.assertEq(uint256(seen.state), uint256(ghost.state));
        vm.assertEq(seen.round, ghost.round);
        vm.assertEq(seen.fee, ghost.fee);
        vm.assertEq(seen.hurried ? 1 : 0, ghost.hurried ? 1 : 0);
    }

    function _checkRequests() private view {
        for (uint256 i; i < 3; ++i) {
            address patient = _handler.patientAt(i);
            (uint256 balance, , uint8 requests) = _handler.appointments().accountOf(patient);
            vm.assertEq(requests, _handler.requestsOf(patient));
            vm.assertEq(balance, _handler.owed(patient));
            vm.assertTrue(requests <= 12);
        }
    }

    function _balanceOf(address account) private view returns (uint256 balance) {
        (balance, , ) = _handler.appointments().accountOf(account);
    }
}
