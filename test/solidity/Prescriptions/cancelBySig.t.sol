// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPrescriptions} from "../../../contracts/interfaces/IPrescriptions.sol";
import {OrderSetup} from "../support/OrderSetup.sol";

contract CancelBySigTest is OrderSetup {
    function setUp() public override {
        super.setUp();
        _issue();
    }

    function test_P44_refuses_an_unknown_order_and_another_dispense_key() external {
        _unknown("no order", dispenseKey);
        _unknown(orderId, vm.addr(78));
    }

    function test_P44_refuses_the_prescriber_s_and_a_stranger_s_signature() external {
        _invalid(_sign(78, _hash(orderId, address(prescriptions))));
        vm.prank(doctor);
        vm.expectRevert(_invalidity());
        prescriptions.cancelBySig(orderId, dispenseKey, "");
    }

    function test_P18_refuses_a_capability_to_dispense_and_a_signature_for_another_order() external {
        _invalid(_capability(address(this), ONE, COUNTS));
        _invalid(_sign(DISPENSE_KEY, _hash("another", address(prescriptions))));
    }

    function test_P18_refuses_one_for_another_contract_or_chain() external {
        _invalid(_sign(DISPENSE_KEY, _hash(orderId, address(records))));
        bytes memory signature = _sign(DISPENSE_KEY, _hash(orderId, address(prescriptions)));
        vm.chainId(block.chainid + 1);
        _invalid(signature);
    }

    function test_P44_P58_ends_the_order_for_good_whoever_sends_it_and_whatever_its_state() external {
        hospital.suspend(doctor);
        _closeHospital();
        _revoke();
        vm.warp(expiry + 365 days);
        _cancelBySig();
        _cancelBySig();
        _checkOrder(doctor, 1, COUNTS);
    }

    function test_P44_lets_nothing_be_dispensed_from_then_on() external {
        _dispense(ONE);
        _cancelBySig();
        _checkOrder(doctor, 1, COUNTS - ONE);
        bytes memory capability = _capability(pharmacist, ONE, COUNTS - ONE);
        vm.prank(pharmacist);
        vm.expectRevert(abi.encodeWithSelector(IPrescriptions.Prescriptions_Cancelled.selector, orderId));
        prescriptions.dispense(orderId, dispenseKey, id, ONE, capability);
    }

    function test_P52_announces_the_order_and_the_dispense_key() external {
        vm.recordLogs();
        vm.expectEmit(address(prescriptions));
        emit IPrescriptions.Cancelled(orderId, dispenseKey);
        _cancelBySig();
        vm.assertEq(_countLogs(address(prescriptions)), 1);
    }

    function test_P44_touches_no_other_order() external {
        bytes32 first = orderId;
        _issue();
        _cancelBySig();
        (, uint40 until, ) = prescriptions.orderOf(first, dispenseKey);
        vm.assertEq(until, expiry);
    }

    function _cancelBySig() private {
        bytes memory signature = _sign(DISPENSE_KEY, _hash(orderId, address(prescriptions)));
        vm.prank(stranger);
        prescriptions.cancelBySig(orderId, dispenseKey, signature);
    }

    function _hash(bytes32 order, address contract_) private view returns (bytes32) {
        bytes memory fields = abi.encode(keccak256("Cancel(bytes32 order)"), order);
        return _typed("Chartkey Prescriptions", contract_, keccak256(fields));
    }

    function _invalidity() private view returns (bytes memory) {
        return abi.encodeWithSelector(IPrescriptions.Prescriptions_InvalidCapability.selector, dispenseKey);
    }

    function _invalid(bytes memory signature) private {
        vm.expectRevert(_invalidity());
        prescriptions.cancelBySig(orderId, dispenseKey, signature);
        _checkOrder(doctor, expiry, COUNTS);
    }

    function _unknown(bytes32 order, address key) private {
        bytes memory signature = _sign(DISPENSE_KEY, _hash(order, address(prescriptions)));
        vm.expectRevert(abi.encodeWithSelector(IPrescriptions.Prescriptions_UnknownOrder.selector, order, key));
        prescriptions.cancelBySig(order, key, signature);
    }
}
