// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ledger} from "../../../contracts/libraries/Ledger.sol";
import {MiniTest} from "../MiniTest.sol";
import {stdPanic} from "../support/Panics.sol";
import {Words} from "../Words.sol";

contract LedgerRecordsTest is MiniTest {
    function _link(
        bytes32 previous,
        address patient,
        address author,
        uint32 hospital,
        uint40 time
    ) private pure returns (Ledger.Link memory) {
        return Ledger.Link(previous, patient, author, hospital, time);
    }

    /// @dev Any head but the last possible one, after which the ledger is full.
    function _previous(bytes32 seed) private pure returns (bytes32) {
        return uint32(uint256(seed)) == type(uint32).max ? bytes32(0) : seed;
    }

    function testFuzz_P33_single_is_the_formula(
        bytes32 seed,
        address patient,
        address author,
        uint32 hospital,
        uint8 category,
        uint8 codec,
        uint40 time,
        bytes32 payload
    ) external view {
        bytes32 previous = _previous(seed);
        bytes32 wraps = keccak256(abi.encode(payload));
        bytes memory words = bytes.concat(
            Words.word(0),
            Words.word(block.chainid),
            Words.word(uint160(address(this))),
            previous,
            Words.word(uint256(uint32(uint256(previous))) + 1)
        );
        words = bytes.concat(words, Words.word(uint160(patient)), Words.word(uint160(author)), Words.word(hospital));
        words = bytes.concat(words, Words.word(category), Words.word(codec), Words.word(time), payload, wraps);
        vm.assertEq(
            Ledger.single(_link(previous, patient, author, hospital, time), category, codec, payload, wraps),
            Words.recordId(sha256(words), previous)
        );
    }

    function testFuzz_P33_batch_is_the_formula(
        bytes32 seed,
        address patient,
        address author,
        uint32 hospital,
        uint16 categories,
        uint32 count,
        uint40 time,
        bytes32 root
    ) external view {
        bytes32 previous = _previous(seed);
        bytes32 manifest = keccak256(abi.encode(root));
        bytes32 wraps = keccak256(abi.encode(manifest));
        bytes memory words = bytes.concat(
            Words.word(1),
            Words.word(block.chainid),
            Words.word(uint160(address(this))),
            previous,
            Words.word(uint256(uint32(uint256(previous))) + 1)
        );
        words = bytes.concat(words, Words.word(uint160(patient)), Words.word(uint160(author)), Words.word(hospital));
        words = bytes.concat(words, Words.word(categories), Words.word(count), Words.word(time), root, manifest, wraps);
        vm.assertEq(
            Ledger.batch(_link(previous, patient, author, hospital, time), categories, count, root, manifest, wraps),
            Words.recordId(sha256(words), previous)
        );
    }

    function testFuzz_P33_receipts_is_the_formula(
        bytes32 seed,
        address store,
        uint32 count,
        uint40 time,
        bytes32 root,
        bytes32 manifest
    ) external view {
        bytes32 previous = _previous(seed);
        bytes memory words = bytes.concat(
            bytes.concat(Words.word(2), Words.word(block.chainid), Words.word(uint160(address(this))), previous),
            bytes.concat(Words.word(uint256(uint32(uint256(previous))) + 1), Words.word(uint160(store))),
            bytes.concat(Words.word(count), Words.word(time), root, manifest)
        );
        vm.assertEq(
            Ledger.receipts(previous, store, count, time, root, manifest),
            Words.recordId(sha256(words), previous)
        );
    }

    function testFuzz_P33_sequenceOf_is_the_last_four_bytes(bytes28 hash, uint32 sequence) external pure {
        vm.assertEq(Ledger.sequenceOf(bytes32(bytes.concat(hash, bytes4(sequence)))), sequence);
    }

    function test_P33_nothing_follows_the_last_entry_there_can_be() external {
        bytes32 last = bytes32(uint256(type(uint32).max));
        vm.expectRevert(stdPanic(0x11));
        this.singleAfter(last);
        vm.expectRevert(stdPanic(0x11));
        this.batchAfter(last);
        vm.expectRevert(stdPanic(0x11));
        this.receiptsAfter(last);
        // One before it is followed by it.
        last = bytes32(uint256(type(uint32).max) - 1);
        vm.assertEq(Ledger.sequenceOf(this.singleAfter(last)), type(uint32).max);
        vm.assertEq(Ledger.sequenceOf(this.batchAfter(last)), type(uint32).max);
        vm.assertEq(Ledger.sequenceOf(this.receiptsAfter(last)), type(uint32).max);
    }

    function singleAfter(bytes32 previous) external view returns (bytes32) {
        return Ledger.single(_link(previous, address(1), address(1), 0, 1), 1, 0, previous, previous);
    }

    function batchAfter(bytes32 previous) external view returns (bytes32) {
        return Ledger.batch(_link(previous, address(1), address(1), 0, 1), 2, 1, previous, previous, previous);
    }

    function receiptsAfter(bytes32 previous) external view returns (bytes32) {
        return Ledger.receipts(previous, address(1), 1, 1, previous, previous);
    }
}
