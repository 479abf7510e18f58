// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Errors} from "@openzeppelin/contracts/utils/Errors.sol";
import {IAppointments} from "../../../contracts/interfaces/IAppointments.sol";
import {Role, VisitState} from "../../../contracts/types/Types.sol";
import {
    BombingReceiver,
    BurningReceiver,
    ReentrantReceiver,
    RefusingReceiver,
    SilentReceiver
} from "../support/Receivers.sol";
import {VisitSetup} from "../support/VisitSetup.sol";

/// @notice Who may withdraw what, and where to.
contract WithdrawTest is VisitSetup {
    address payable private constant PURSE = payable(address(0xcafe));

    function test_P06_refuses_a_stranger() external {
        _refused(stranger);
    }

    function test_P24_refuses_a_delegate_with_every_mandate() external {
        _mandate(7, clock + 1);
        _refused(delegate);
    }

    function test_P06_refuses_the_doctor() external {
        _refused(doctor);
    }

    function test_P58_refuses_the_old_account_after_a_succession() external {
        _succeed();
        _refused(patient);
    }

    function test_P58_refuses_the_successor_his_own_claim_on_another_account() external {
        _succeed();
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_NotActor.selector, neighbour, successor));
        vm.prank(successor);
        appointments.withdraw(neighbour, PURSE);
    }

    function test_P11_refuses_the_zero_address_as_receiver() external {
        _credit();
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_InvalidReceiver.selector, address(0)));
        vm.prank(patient);
        appointments.withdraw(patient, payable(address(0)));
    }

    function test_P16_does_nothing_and_does_not_revert_without_a_balance() external {
        vm.recordLogs();
        _withdrawAs(patient);
        vm.assertEq(_countLogs(), 0);
        vm.assertEq(PURSE.balance, 0);
    }

    function test_P47_sends_all_of_it_once() external {
        _credit();
        _withdrawAs(patient);
        vm.assertEq(PURSE.balance, FEE_WEI);
        vm.assertEq(address(appointments).balance, 0);
        _checkAccount(patient, 0, 1, 0);
        _withdrawAs(patient);
        vm.assertEq(PURSE.balance, FEE_WEI);
    }

    function test_P46_leaves_what_belongs_to_others() external {
        _credit();
        _bookSlot(SLOT + 1);
        vm.prank(neighbour);
        appointments.book{value: FEE_WEI}(neighbour, _booking(DAY, 0));
        vm.prank(neighbour);
        appointments.cancel(id, doctor, DAY, 0, 1);
        _withdrawAs(patient);
        vm.assertEq(PURSE.balance, FEE_WEI);
        vm.assertEq(address(appointments).balance, 2 * FEE_WEI);
        vm.assertEq(_balanceOf(neighbour), FEE_WEI);
        _checkVisit(SLOT + 1, VisitState.Requested, 1, FEE);
    }

    function test_P47_adds_up_what_was_credited() external {
        _credit();
        _book();
        _cancelRound(patient, 2);
        vm.assertEq(_balanceOf(patient), 2 * FEE_WEI);
        _withdrawAs(patient);
        vm.assertEq(PURSE.balance, 2 * FEE_WEI);
    }

    function test_P52_announces_account_receiver_and_amount() external {
        _credit();
        vm.recordLogs();
        vm.expectEmit(address(appointments));
        emit IAppointments.Withdrawn(patient, PURSE, FEE_WEI);
        _withdrawAs(patient);
        vm.assertEq(_countLogs(), 1);
    }

    function test_P16_P49_works_for_a_suspended_doctor_of_a_closed_hospital() external {
        _bring(VisitState.Completed);
        hospital.suspend(doctor);
        _closeHospital();
        vm.prank(doctor);
        appointments.withdraw(doctor, PURSE);
        vm.assertEq(PURSE.balance, FEE_WEI);
    }

    function test_P58_lets_the_successor_withdraw() external {
        _credit();
        _succeed();
        vm.prank(successor);
        appointments.withdraw(patient, PURSE);
        vm.assertEq(PURSE.balance, FEE_WEI);
    }

    function _credit() private {
        _book();
        _cancelAs(patient);
    }

    function _withdrawAs(address caller) private {
        vm.prank(caller);
        appointments.withdraw(patient, PURSE);
    }

    function _refused(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_NotActor.selector, patient, caller));
        _withdrawAs(caller);
    }
}

/// @notice Receivers that misbehave; each is a patient himself, and none keeps another from his money.
contract WithdrawAbuseTest is VisitSetup {
    function test_P48_a_receiver_that_reverts_keeps_its_balance_and_hurts_nobody() external {
        address account = address(new RefusingReceiver());
        _creditAll(account);
        vm.expectRevert(abi.encodeWithSelector(RefusingReceiver.RefusingReceiver_No.selector, FEE_WEI));
        _withdrawTo(account, account);
        _checkNobodyHurt(account);
    }

    function test_P48_a_receiver_that_cannot_be_paid_keeps_its_balance_and_hurts_nobody() external {
        address account = address(new SilentReceiver());
        _creditAll(account);
        vm.expectRevert(abi.encodeWithSelector(Errors.FailedCall.selector));
        _withdrawTo(account, account);
        _checkNobodyHurt(account);
    }

    function test_P48_a_receiver_that_burns_gas_keeps_its_balance_and_hurts_nobody() external {
        address account = address(new BurningReceiver());
        _creditAll(account);
        vm.expectRevert(abi.encodeWithSelector(Errors.FailedCall.selector));
        vm.prank(account);
        appointments.withdraw{gas: 2_000_000}(account, payable(account));
        _checkNobodyHurt(account);
    }

    function test_P48_a_receiver_that_returns_a_megabyte_keeps_its_balance_and_hurts_nobody() external {
        address account = address(new BombingReceiver());
        _creditAll(account);
        vm.prank(account);
        (bool done, ) = address(appointments).call{gas: 20_000_000}(
            abi.encodeCall(IAppointments.withdraw, (account, payable(account)))
        );
        vm.assertFalse(done);
        _checkNobodyHurt(account);
    }

    function test_P48_a_receiver_that_withdraws_again_is_paid_once() external {
        ReentrantReceiver account = new ReentrantReceiver();
        _creditAll(address(account));
        _reenter(account, abi.encodeCall(IAppointments.withdraw, (address(account), payable(address(account)))));
        vm.assertTrue(account.succeeded());
    }

    function test_P48_a_receiver_that_withdraws_for_another_is_refused() external {
        ReentrantReceiver account = new ReentrantReceiver();
        _creditAll(address(account));
        _reenter(account, abi.encodeCall(IAppointments.withdraw, (patient, payable(address(account)))));
        vm.assertFalse(account.succeeded());
    }

    function test_P48_a_receiver_that_cancels_its_visit_again_is_refused() external {
        ReentrantReceiver account = new ReentrantReceiver();
        _creditAll(address(account));
        _reenter(account, abi.encodeCall(IAppointments.cancel, (id, doctor, DAY, 90, 1)));
        vm.assertFalse(account.succeeded());
    }

    function test_P48_a_receiver_that_cancels_another_visit_meanwhile_is_credited_for_it_once() external {
        ReentrantReceiver account = new ReentrantReceiver();
        _creditAll(address(account));
        _bookFor(address(account), 91);
        account.prepare(address(appointments), abi.encodeCall(IAppointments.cancel, (id, doctor, DAY, 91, 1)));
        _withdrawTo(address(account), address(account));
        vm.assertTrue(account.succeeded());
        vm.assertEq(account.received(), FEE_WEI);
        vm.assertEq(_balanceOf(address(account)), FEE_WEI);
        vm.assertEq(address(appointments).balance, 2 * FEE_WEI);
    }

    function test_P48_a_stuck_account_withdraws_to_another_address() external {
        address account = address(new RefusingReceiver());
        _creditAll(account);
        _withdrawTo(account, address(0xcafe));
        vm.assertEq(address(0xcafe).balance, FEE_WEI);
        vm.assertEq(_balanceOf(account), 0);
    }

    function test_P48_a_doctor_that_reverts_keeps_no_patient_from_a_refund() external {
        vm.etch(doctor, address(new RefusingReceiver()).code);
        _bring(VisitState.Confirmed);
        vm.warp(BEGIN - 1);
        _cancelAs(patient);
        vm.assertEq(_balanceOf(patient), 2_500_001 gwei);
        _withdrawTo(patient, address(0xcafe));
        vm.assertEq(address(0xcafe).balance, 2_500_001 gwei);
    }

    /// @dev The account and the patient have each cancelled a visit.
    function _creditAll(address account) private {
        _admit(hospital, account, Role.Patient);
        _bookFor(account, 90);
        vm.prank(account);
        appointments.cancel(id, doctor, DAY, 90, 1);
        _book();
        _cancelAs(patient);
    }

    function _bookFor(address account, uint8 slot) private {
        vm.deal(account, FEE_WEI);
        vm.prank(account);
        appointments.book{value: FEE_WEI}(account, _booking(DAY, slot));
    }

    function _withdrawTo(address account, address to) private {
        vm.prank(account);
        appointments.withdraw(account, payable(to));
    }

    function _reenter(ReentrantReceiver account, bytes memory data) private {
        account.prepare(address(appointments), data);
        _withdrawTo(address(account), address(account));
        vm.assertTrue(account.called());
        vm.assertEq(account.received(), FEE_WEI);
        vm.assertEq(_balanceOf(address(account)), 0);
        vm.assertEq(_balanceOf(patient), FEE_WEI);
        vm.assertEq(address(appointments).balance, FEE_WEI);
    }

    function _checkNobodyHurt(address account) private {
        vm.assertEq(_balanceOf(account), FEE_WEI);
        vm.assertEq(address(appointments).balance, 2 * FEE_WEI);
        _withdrawTo(patient, address(0xbeef));
        vm.assertEq(address(0xbeef).balance, FEE_WEI);
        vm.assertEq(address(appointments).balance, FEE_WEI);
    }
}
