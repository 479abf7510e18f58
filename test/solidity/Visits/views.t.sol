// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {stdPanic} from "../support/Panics.sol";
import {VisitState} from "../../../contracts/types/Types.sol";
import {VisitSetup} from "../support/VisitSetup.sol";

contract VisitsViewsTest is VisitSetup {
    function test_dayOf_is_empty_where_nothing_was_published() external view {
        (uint96 open, uint96 taken, uint64 fee) = appointments.dayOf(id, doctor, DAY + 1);
        vm.assertTrue(open == 0 && taken == 0 && fee == 0);
        (open, taken, fee) = appointments.dayOf(id, colleague, DAY);
        vm.assertTrue(open == 0 && taken == 0 && fee == 0);
        (open, taken, fee) = appointments.dayOf(1, doctor, DAY);
        vm.assertTrue(open == 0 && taken == 0 && fee == 0);
    }

    function test_dayOf_tells_what_is_open_what_is_taken_and_the_fee() external {
        _bookSlot(0);
        _bookSlot(95);
        (uint96 open, uint96 taken, uint64 fee) = appointments.dayOf(id, doctor, DAY);
        vm.assertEq(open, ALL_DAY);
        vm.assertEq(taken, 1 + 2 ** 95);
        vm.assertEq(fee, FEE);
    }

    function test_visitOf_gives_the_id_alone_where_nothing_was_booked() external view {
        Seen memory seen = _seen(DAY, SLOT);
        vm.assertEq(seen.visitId, _idOf(DAY, SLOT));
        vm.assertEq(seen.patient, address(0));
        vm.assertEq(uint256(seen.state), 0);
        vm.assertEq(seen.round, 0);
        vm.assertEq(seen.fee, 0);
        vm.assertFalse(seen.hurried);
    }

    function testFuzz_visitOf_names_each_place_by_its_hash(
        uint32 where,
        address who,
        uint32 day,
        uint8 slot
    ) external view {
        (bytes32 visitId, , , , , ) = appointments.visitOf(where, who, day, slot);
        bytes32 expected = keccak256(
            bytes.concat(
                bytes32(uint256(where)),
                bytes32(uint256(uint160(who))),
                bytes32(uint256(day)),
                bytes32(uint256(slot))
            )
        );
        vm.assertEq(visitId, expected);
    }

    function test_P40_visitOf_tells_patient_state_round_and_escrow_in_every_state() external {
        for (uint8 state = 1; state < STATES; ++state) {
            uint256 before = vm.snapshotState();
            _bring(VisitState(state));
            _checkVisit(SLOT, VisitState(state), 1, state < 4 ? FEE : 0);
            vm.revertToState(before);
        }
    }

    function test_accountOf_is_empty_for_an_account_that_did_nothing() external view {
        _checkAccount(neighbour, 0, 0, 0);
    }

    function test_accountOf_tells_balance_bookings_and_waiting_requests() external {
        _book();
        _bookSlot(1);
        _bookSlot(2);
        _confirm();
        vm.prank(doctor);
        appointments.cancel(id, doctor, DAY, 1, 1);
        _checkAccount(patient, FEE_WEI, 3, 1);
        _checkAccount(doctor, 0, 0, 0);
    }

    function test_P47_accountOf_adds_what_was_earned_to_what_was_there() external {
        _bookSlot(SLOT + 1);
        vm.prank(doctor);
        appointments.confirm(id, DAY, SLOT + 1, 1);
        _bring(VisitState.Completed);
        vm.assertEq(_balanceOf(doctor), FEE_WEI);
        vm.warp(BEGIN + 30 minutes);
        vm.prank(doctor);
        appointments.markNoShow(id, DAY, SLOT + 1);
        _checkAccount(doctor, 2 * FEE_WEI, 0, 0);
        _checkAccount(patient, 0, 2, 0);
    }

    function test_P46_a_fee_of_the_most_gwei_there_are_is_kept_and_credited_whole() external {
        uint256 most = uint256(type(uint64).max) * 1 gwei;
        _publish(DAY, type(uint64).max);
        vm.deal(patient, 2 * most);
        for (uint8 slot; slot < 2; ++slot) {
            vm.prank(patient);
            appointments.book{value: most}(patient, _booking(DAY, slot));
            vm.prank(doctor);
            appointments.decline(id, DAY, slot, 1);
        }
        _checkAccount(patient, 2 * most, 2, 0);
    }

    function test_P40_a_quarter_that_was_booked_65_535_times_is_booked_no_more() external {
        _setRound(type(uint16).max - 1);
        _book();
        _checkVisit(SLOT, VisitState.Requested, type(uint16).max, FEE);
        _cancelRound(patient, type(uint16).max);
        vm.expectRevert(stdPanic(0x11));
        _book();
    }

    /// @dev As if the quarter had been booked and cancelled so often; `_visits` is the second variable, `round` bits 168 to 183.
    function _setRound(uint256 round) private {
        _bring(VisitState.Cancelled);
        bytes32 place = keccak256(abi.encode(_idOf(DAY, SLOT), uint256(1)));
        uint256 word = uint256(vm.load(address(appointments), place));
        vm.assertEq((word >> 168) % 2 ** 16, 1);
        vm.store(address(appointments), place, bytes32(word + ((round - 1) << 168)));
    }
}
