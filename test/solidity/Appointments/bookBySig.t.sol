// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ContractWallet} from "../../../contracts/mocks/ContractWallet.sol";
import {IAppointments} from "../../../contracts/interfaces/IAppointments.sol";
import {Role, VisitState} from "../../../contracts/types/Types.sol";
import {BookBySigSetup} from "../support/BookBySigSetup.sol";

/// @notice Which signatures count.
contract BookBySigSignatureTest is BookBySigSetup {
    function test_P18_refuses_at_the_deadline() external {
        Order memory order = _order();
        bytes memory signature = _signed(PATIENT_KEY, order);
        vm.warp(order.deadline);
        bytes4 selector = IAppointments.Appointments_SignatureExpired.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, order.deadline, order.deadline));
        _send(stranger, order, signature);
    }

    function test_P18_works_in_the_last_second_before_the_deadline() external {
        Order memory order = _order();
        bytes memory signature = _signed(PATIENT_KEY, order);
        vm.warp(order.deadline - 1);
        _send(stranger, order, signature);
        _checkVisit(SLOT, VisitState.Requested, 1, FEE);
    }

    function testFuzz_P18_refuses_the_signature_of_another(uint256 key) external {
        key = bound(key, 2, 1_000_000);
        _invalid(_order(), _signed(key, _order()));
    }

    function test_P24_refuses_the_signature_of_a_delegate() external {
        _mandate(7, clock + 1 hours);
        _invalid(_order(), _signed(3, _order()));
    }

    function testFuzz_P18_refuses_a_signature_with_a_bit_flipped(uint256 bit) external {
        bytes memory signature = _signed(PATIENT_KEY, _order());
        bit = bound(bit, 0, signature.length * 8 - 1);
        signature[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        _invalid(_order(), signature);
    }

    function test_P18_refuses_the_mirrored_signature() external {
        uint256 order_ = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(PATIENT_KEY, _digest(_order(), address(appointments)));
        _invalid(_order(), bytes.concat(r, bytes32(order_ - uint256(s)), bytes1(v == 27 ? 28 : 27)));
    }

    function test_P18_refuses_the_compact_form() external {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(PATIENT_KEY, _digest(_order(), address(appointments)));
        _invalid(_order(), bytes.concat(r, s | bytes32(uint256(v - 27) << 255)));
    }

    function test_P18_refuses_an_empty_signature() external {
        _invalid(_order(), "");
    }

    function test_P18_refuses_a_signature_for_another_contract() external {
        _invalid(_order(), _sign(PATIENT_KEY, _digest(_order(), address(prescriptions))));
    }

    function test_P18_refuses_a_signature_for_another_chain() external {
        uint256 here = block.chainid;
        vm.chainId(here + 1);
        bytes memory signature = _signed(PATIENT_KEY, _order());
        vm.chainId(here);
        _invalid(_order(), signature);
    }

    function test_P18_refuses_another_patient() external {
        Order memory order = _order();
        order.patient = neighbour;
        _invalid(order, _signed(PATIENT_KEY, _order()));
    }

    function test_P18_refuses_another_hospital_or_doctor() external {
        Order memory order = _order();
        order.booking.hospital = 1;
        _invalid(order, _signed(PATIENT_KEY, _order()));
        order = _order();
        order.booking.doctor = colleague;
        _invalid(order, _signed(PATIENT_KEY, _order()));
    }

    function test_P18_refuses_another_day_or_slot() external {
        Order memory order = _order();
        order.booking.day = DAY + 1;
        _invalid(order, _signed(PATIENT_KEY, _order()));
        order = _order();
        order.booking.slot = SLOT + 1;
        _invalid(order, _signed(PATIENT_KEY, _order()));
    }

    function test_P18_refuses_another_request_or_wraps() external {
        Order memory order = _order();
        order.booking.request = WRAPS;
        _invalid(order, _signed(PATIENT_KEY, _order()));
        order = _order();
        order.booking.wraps = REQUEST;
        _invalid(order, _signed(PATIENT_KEY, _order()));
    }

    function test_P18_refuses_another_round_or_deadline() external {
        Order memory order = _order();
        order.round = 2;
        _invalid(order, _signed(PATIENT_KEY, _order()));
        order = _order();
        ++order.deadline;
        _invalid(order, _signed(PATIENT_KEY, _order()));
    }
}

/// @notice What a signature does, and for whom.
contract BookBySigTest is BookBySigSetup {
    function test_P18_refuses_a_second_use_while_the_visit_is_open() external {
        bytes memory signature = _signed(PATIENT_KEY, _order());
        _send(stranger, _order(), signature);
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_SlotUnavailable.selector, DAY, SLOT));
        _send(stranger, _order(), signature);
    }

    function test_P18_refuses_a_second_use_after_the_visit_was_cancelled() external {
        bytes memory signature = _signed(PATIENT_KEY, _order());
        _send(stranger, _order(), signature);
        _cancelAs(patient);
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_WrongRound.selector, 2, 1));
        _send(stranger, _order(), signature);
        _checkVisit(SLOT, VisitState.Cancelled, 1, 0);
    }

    function test_P18_refuses_a_round_that_is_still_to_come() external {
        Order memory order = _order();
        order.round = 2;
        bytes memory signature = _signed(PATIENT_KEY, order);
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_WrongRound.selector, 1, 2));
        _send(stranger, order, signature);
    }

    function test_P18_works_for_the_second_round() external {
        _book();
        _cancelAs(patient);
        Order memory order = _order();
        order.round = 2;
        _send(stranger, order, _signed(PATIENT_KEY, order));
        _checkVisit(SLOT, VisitState.Requested, 2, FEE);
    }

    function test_P06_refuses_a_suspended_patient() external {
        hospital.suspend(patient);
        bytes memory signature = _signed(PATIENT_KEY, _order());
        vm.expectRevert(_notActive(id, patient));
        _send(stranger, _order(), signature);
    }

    function test_P06_refuses_a_suspended_doctor() external {
        hospital.suspend(doctor);
        bytes memory signature = _signed(PATIENT_KEY, _order());
        vm.expectRevert(_notActive(id, doctor));
        _send(stranger, _order(), signature);
    }

    function test_P46_refuses_another_value_than_the_fee() external {
        _publish(DAY, FEE + 1);
        bytes memory signature = _signed(PATIENT_KEY, _order());
        vm.expectRevert(
            abi.encodeWithSelector(IAppointments.Appointments_WrongFee.selector, FEE_WEI + 1 gwei, FEE_WEI)
        );
        _send(stranger, _order(), signature);
    }

    function test_P46_lets_a_sponsor_pay_and_send_for_the_patient() external {
        vm.assertEq(_send(stranger, _order(), _signed(PATIENT_KEY, _order())), _idOf(DAY, SLOT));
        _checkVisit(SLOT, VisitState.Requested, 1, FEE);
        _checkAccount(patient, 0, 1, 1);
        _checkAccount(stranger, 0, 0, 0);
        vm.assertEq(stranger.balance, 100 ether - FEE_WEI);
        vm.assertEq(address(appointments).balance, FEE_WEI);
        vm.assertEq(_takenOf(DAY), _bit(SLOT));
    }

    function test_P47_refunds_what_the_sponsor_paid_to_the_patient() external {
        _send(stranger, _order(), _signed(PATIENT_KEY, _order()));
        _cancelAs(patient);
        _checkAccount(patient, FEE_WEI, 1, 0);
        _checkAccount(stranger, 0, 0, 0);
    }

    function test_P52_announces_the_booking_and_who_sent_it() external {
        bytes memory signature = _signed(PATIENT_KEY, _order());
        vm.recordLogs();
        vm.expectEmit(address(appointments));
        emit IAppointments.Booked(_idOf(DAY, SLOT), doctor, patient, id, DAY, SLOT, 1, FEE, REQUEST, WRAPS);
        _expectChange(SLOT, VisitState.Requested, stranger);
        _send(stranger, _order(), signature);
        vm.assertEq(_countLogs(), 2);
    }

    function test_P52_announces_the_booking_alone_when_the_patient_sends_it() external {
        bytes memory signature = _signed(PATIENT_KEY, _order());
        vm.recordLogs();
        _send(patient, _order(), signature);
        vm.assertEq(_countLogs(), 1);
    }

    function test_P58_takes_the_signature_of_the_successor() external {
        _succeed();
        Order memory order = _order();
        order.deadline = type(uint40).max;
        _send(stranger, order, _signed(SUCCESSOR_KEY, order));
        _checkVisit(SLOT, VisitState.Requested, 1, FEE);
    }

    function test_P58_refuses_the_signature_of_the_old_account_after_a_succession() external {
        Order memory order = _order();
        order.deadline = type(uint40).max;
        bytes memory signature = _signed(PATIENT_KEY, order);
        _succeed();
        _invalid(order, signature);
    }

    function test_P20_takes_what_a_contract_account_accepts() external {
        (Order memory order, ) = _byContract();
        _send(stranger, order, _signed(PATIENT_KEY, order));
        vm.assertEq(_seen(DAY, SLOT).patient, order.patient);
    }

    function test_P20_refuses_what_a_contract_account_refuses() external {
        (Order memory order, ContractWallet wallet) = _byContract();
        bytes memory signature = _signed(PATIENT_KEY, order);
        for (uint8 mood = 1; mood < 4; ++mood) {
            wallet.setMood(ContractWallet.Mood(mood));
            _invalid(order, signature);
        }
    }

    function _byContract() private returns (Order memory order, ContractWallet wallet) {
        wallet = new ContractWallet(patient);
        _admit(hospital, address(wallet), Role.Patient);
        order = _order();
        order.patient = address(wallet);
    }
}
