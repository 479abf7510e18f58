// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessLog} from "../../../contracts/AccessLog.sol";
import {IAccessLog} from "../../../contracts/interfaces/IAccessLog.sol";
import {MiniTest, Vm} from "../MiniTest.sol";
import {stdPanic} from "../support/Panics.sol";
import {Words} from "../Words.sol";

contract PublishReceiptsTest is MiniTest {
    bytes32 private constant ROOT = keccak256("root");
    bytes32 private constant MANIFEST = keccak256("manifest");
    uint40 private constant NOW = 1_800_000_000;
    uint32 private constant LIMIT = 65_536;

    address private immutable _store = vm.addr(1);
    AccessLog private _log;

    function setUp() external {
        _log = new AccessLog();
        vm.warp(NOW);
    }

    function test_P39_refuses_an_empty_root() external {
        vm.expectRevert(abi.encodeWithSelector(IAccessLog.AccessLog_EmptyDigest.selector));
        _publish(0, 1, MANIFEST);
    }

    function test_P39_refuses_an_empty_manifest() external {
        vm.expectRevert(abi.encodeWithSelector(IAccessLog.AccessLog_EmptyDigest.selector));
        _publish(ROOT, 1, 0);
    }

    function test_P51_refuses_a_batch_of_nothing() external {
        _badCount(0);
    }

    function test_P51_refuses_65_537_receipts() external {
        _badCount(LIMIT + 1);
        _badCount(type(uint32).max);
    }

    function test_P51_takes_one_receipt() external {
        _takes(1);
    }

    function test_P51_takes_65_536_receipts() external {
        _takes(LIMIT);
    }

    function testFuzz_P33_links_each_batch_to_the_one_before(
        bytes32 root,
        uint32 count,
        bytes32 manifest,
        uint40 time
    ) external {
        if (root == 0) root = ROOT;
        if (manifest == 0) manifest = MANIFEST;
        count = uint32(bound(count, 1, LIMIT));
        bytes32 first = _publish(ROOT, 1, MANIFEST);
        time = uint40(bound(time, NOW, type(uint40).max));
        vm.warp(time);
        bytes32 expected = _entryId(first, _store, count, time, root, manifest);
        vm.assertEq(_publish(root, count, manifest), expected);
        vm.assertEq(_log.head(_store), expected);
        vm.assertEq(uint32(uint256(expected)), 2);
    }

    function test_P33_keeps_a_chain_for_each_store() external {
        bytes32 first = _publish(ROOT, 1, MANIFEST);
        vm.prank(vm.addr(2));
        bytes32 other = _log.publishReceipts(ROOT, 1, MANIFEST);
        vm.assertEq(other, _entryId(0, vm.addr(2), 1, NOW, ROOT, MANIFEST));
        vm.assertEq(_log.head(_store), first);
        vm.assertEq(_log.head(vm.addr(2)), other);
        vm.assertEq(_log.head(vm.addr(3)), 0);
    }

    function test_P52_announces_all_of_the_batch() external {
        bytes32 expected = _entryId(0, _store, 7, NOW, ROOT, MANIFEST);
        vm.recordLogs();
        vm.expectEmit(address(_log));
        emit IAccessLog.ReceiptsPublished(_store, expected, 7, NOW, ROOT, MANIFEST);
        _publish(ROOT, 7, MANIFEST);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        uint256 emitted;
        for (uint256 i; i < logs.length; ++i) if (logs[i].emitter == address(_log)) ++emitted;
        vm.assertEq(emitted, 1);
    }

    function test_P33_panics_when_the_log_is_full() external {
        bytes32 place = keccak256(abi.encode(_store, uint256(0)));
        vm.store(address(_log), place, bytes32(uint256(type(uint32).max)));
        vm.assertEq(_log.head(_store), bytes32(uint256(type(uint32).max)));
        vm.expectRevert(stdPanic(0x11));
        _publish(ROOT, 1, MANIFEST);
    }

    function _publish(bytes32 root, uint32 count, bytes32 manifest) private returns (bytes32) {
        vm.prank(_store);
        return _log.publishReceipts(root, count, manifest);
    }

    function _takes(uint32 count) private {
        bytes32 expected = _entryId(0, _store, count, NOW, ROOT, MANIFEST);
        vm.assertEq(_publish(ROOT, count, MANIFEST), expected);
        vm.assertEq(_log.head(_store), expected);
    }

    function _badCount(uint32 count) private {
        vm.expectRevert(abi.encodeWithSelector(IAccessLog.AccessLog_InvalidCount.selector, count, LIMIT));
        _publish(ROOT, count, MANIFEST);
    }

    function _entryId(
        bytes32 previous,
        address store,
        uint32 count,
        uint40 time,
        bytes32 root,
        bytes32 manifest
    ) private view returns (bytes32) {
        bytes memory words = bytes.concat(
            bytes.concat(Words.word(2), Words.word(block.chainid), Words.word(uint160(address(_log))), previous),
            bytes.concat(Words.word(uint256(uint32(uint256(previous))) + 1), Words.word(uint160(store))),
            bytes.concat(Words.word(count), Words.word(time), root, manifest)
        );
        return Words.recordId(sha256(words), previous);
    }
}
