// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {OrderSetup} from "../support/OrderSetup.sol";

contract OrderOfTest is OrderSetup {
    function test_is_empty_for_an_unknown_order() external view {
        (address by, uint40 until, uint56 remaining) = prescriptions.orderOf("no order", dispenseKey);
        vm.assertTrue(by == address(0) && until == 0 && remaining == 0);
    }

    function test_is_empty_under_another_dispense_key() external {
        _issue();
        (address by, uint40 until, uint56 remaining) = prescriptions.orderOf(orderId, vm.addr(78));
        vm.assertTrue(by == address(0) && until == 0 && remaining == 0);
    }

    function test_P42_tells_prescriber_expiry_and_what_remains() external {
        _issue();
        _checkOrder(doctor, expiry, COUNTS);
        _dispense(ONE);
        _checkOrder(doctor, expiry, COUNTS - 1);
        _cancel();
        _checkOrder(doctor, 1, COUNTS - 1);
    }
}
