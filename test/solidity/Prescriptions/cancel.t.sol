// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPrescriptions} from "../../../contracts/interfaces/IPrescriptions.sol";
import {OrderSetup} from "../support/OrderSetup.sol";

contract CancelOrderTest is OrderSetup {
    function setUp() public override {
        super.setUp();
        _issue();
    }

    function test_P44_refuses_an_unknown_order() external {
        _unknown("no order", dispenseKey);
    }

    function test_P44_refuses_the_order_under_another_dispense_key() external {
        _unknown(orderId, vm.addr(78));
    }

    function test_P44_refuses_everybody_but_the_prescriber() external {
        address[5] memory callers = [patient, pharmacist, colleague, stranger, address(this)];
        for (uint256 i; i < callers.length; ++i) {
            bytes4 selector = IPrescriptions.Prescriptions_OnlyPrescriber.selector;
            vm.expectRevert(abi.encodeWithSelector(selector, callers[i], doctor));
            vm.prank(callers[i]);
            prescriptions.cancel(orderId, dispenseKey);
        }
    }

    function test_P44_ends_the_order_and_keeps_the_rest() external {
        _dispense(2);
        _cancel();
        _checkOrder(doctor, 1, COUNTS - 2);
    }

    function test_P52_announces_the_order_and_who_cancelled() external {
        vm.recordLogs();
        vm.expectEmit(address(prescriptions));
        emit IPrescriptions.Cancelled(orderId, doctor);
        _cancel();
        vm.assertEq(_countLogs(address(prescriptions)), 1);
    }

    function test_P16_never_reverts_for_the_prescriber_whatever_the_state() external {
        hospital.suspend(doctor);
        _closeHospital();
        _revoke();
        vm.warp(expiry + 365 days);
        _cancel();
        _cancel();
        _checkOrder(doctor, 1, COUNTS);
    }

    function test_P44_touches_no_other_order() external {
        bytes32 first = orderId;
        _issue();
        _cancel();
        (, uint40 until, ) = prescriptions.orderOf(first, dispenseKey);
        vm.assertEq(until, expiry);
    }

    function _unknown(bytes32 order, address key) private {
        vm.expectRevert(abi.encodeWithSelector(IPrescriptions.Prescriptions_UnknownOrder.selector, order, key));
        vm.prank(doctor);
        prescriptions.cancel(order, key);
    }
}
