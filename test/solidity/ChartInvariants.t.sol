// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ChartHandler} from "./ChartHandler.sol";
import {MiniTest} from "./MiniTest.sol";

contract ChartInvariants is MiniTest {
    ChartHandler private _handler;

    function setUp() external {
        _handler = new ChartHandler();
        target(address(_handler));
    }

    function invariant_P33_head_equals_the_replay() external view {
        vm.assertEq(_handler.records().head(_handler.patient()), _handler.headOf());
    }

    function invariant_P42_dispensed_is_at_most_allowed() external view {
        _checkOrders();
    }

    function invariant_P44_nothing_is_dispensed_after_a_cancellation() external view {
        vm.assertEq(_handler.violations(), 0);
    }

    /// @dev The handler really anchors and dispenses, and the check really looks.
    function test_P33_P42_the_handler_reaches_entries_and_dispensings() external {
        bytes32 digest = keccak256("payload");
        _handler.anchor(true, 1, 0, digest, digest);
        _handler.anchor(false, 2, 1, digest, digest);
        _handler.anchorBatch(false, 0x0154, 65_536, digest, digest);
        _handler.issue(uint56(3) | (uint56(127) << 49), 30 days, digest);
        _handler.dispense(0, uint56(2) | (uint56(5) << 49), 127);
        _checkOrders();
        vm.assertEq(_handler.entries(), 4);
        vm.assertEq(_handler.dispensings(), 1);
        (, , uint56 remaining) = _handler.orderAt(0);
        vm.assertEq(uint256(remaining), uint256(1) | (uint256(122) << 49));
    }

    function _checkOrders() private view {
        for (uint256 index; index < _handler.orderCount(); ++index) {
            (uint256[8] memory allowed, uint256[8] memory dispensed, uint56 remaining) = _handler.orderAt(index);
            for (uint256 i; i < 8; ++i) {
                vm.assertTrue(dispensed[i] <= allowed[i]);
                vm.assertEq((remaining >> (7 * i)) % 128, allowed[i] - dispensed[i]);
            }
        }
    }
}
