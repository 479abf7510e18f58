// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ChartHandler} from "./ChartHandler.sol";
import {MiniTest} from "./MiniTest.sol";

contract ChartInvariants is MiniTest {
    uint256 private constant ACTIONS = 8;
    uint256 private constant STEPS = 1_800;
    uint256 private constant ENOUGH = 50;

    ChartHandler private _handler;

    function setUp() external {
        _handler = new ChartHandler();
        target(address(_handler));
    }

    function invariant_P33_P35_head_equals_the_replay() external view {
        vm.assertEq(_handler.records().head(_handler.patient()), _handler.headOf());
    }

    function invariant_P42_dispensed_is_at_most_allowed() external view {
        _checkOrders();
    }

    function invariant_P35_P36_P44_nothing_is_written_announced_or_dispensed_against_the_rules() external view {
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
        vm.assertEq(_handler.successes(ChartHandler.Action.Dispense), 1);
        (, , uint56 remaining) = _handler.orderAt(0);
        vm.assertEq(uint256(remaining), uint256(1) | (uint256(122) << 49));
    }

    /// @dev State does not outlive a run of the fuzzer: this is what shows that every step is reached, and often.
    function test_P33_P42_P44_every_action_succeeds_50_times_and_the_model_holds() external {
        for (uint256 i; i < STEPS; ++i) {
            bytes memory data = _callOf(uint256(keccak256(abi.encode("charts", i))));
            // Some of them must fail.
            (bool done, ) = address(_handler).call(data);
            if (done) vm.assertEq(_handler.records().head(_handler.patient()), _handler.headOf());
        }
        for (uint8 i; i < ACTIONS; ++i) {
            vm.assertTrue(_handler.successes(ChartHandler.Action(i)) >= ENOUGH);
        }
        _checkOrders();
        vm.assertEq(_handler.violations(), 0);
    }

    function _callOf(uint256 seed) private pure returns (bytes memory) {
        (bool own, uint256 a, bytes32 b) = (seed % 2 == 0, seed >> 64, keccak256(abi.encode(seed)));
        uint256 action = (seed / 2) % 8;
        if (action == 0) return abi.encodeCall(ChartHandler.anchor, (true, uint8(a), uint8(a >> 8), b, b));
        if (action == 1) return abi.encodeCall(ChartHandler.anchor, (false, uint8(a % 6) * 2, uint8(a >> 8), b, b));
        if (action == 2) return abi.encodeCall(ChartHandler.anchorBatch, (own, uint16(a), uint32(a >> 16), b, b));
        if (action == 3) return abi.encodeCall(ChartHandler.issue, (uint56(a), uint256(b), b));
        // Mostly little, so that something is left.
        if (action < 6) return abi.encodeCall(ChartHandler.dispense, (a, uint56(uint256(b)), uint8(a % 4)));
        if (action == 6) return abi.encodeCall(ChartHandler.cancel, (own ? (a / 5) * 5 : a));
        return abi.encodeCall(ChartHandler.pass, (a % 2 days));
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
