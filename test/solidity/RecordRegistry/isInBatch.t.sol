// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRecordRegistry} from "../../../contracts/interfaces/IRecordRegistry.sol";
import {ChartSetup} from "../support/ChartSetup.sol";
import {Trees} from "../support/Trees.sol";
import {Words} from "../Words.sol";

contract IsInBatchTest is ChartSetup {
    uint32 private constant COUNT = 5;

    bytes32[] private _leaves;
    bytes32 private _root;

    function setUp() public override {
        super.setUp();
        for (uint32 i; i < COUNT; ++i) _leaves.push(_leafOf(patient, doctor, _record(i), address(records)));
        _root = Trees.root(_leaves);
    }

    function test_P38_finds_every_record_of_the_batch() external view {
        for (uint32 i; i < COUNT; ++i) vm.assertTrue(_isIn(patient, doctor, _record(i), COUNT, i));
    }

    function test_P38_finds_the_only_record_of_a_batch_of_one() external view {
        bytes32 leaf = _leafOf(patient, doctor, _record(0), address(records));
        vm.assertTrue(records.isInBatch(patient, doctor, _record(0), leaf, 1, new bytes32[](0)));
    }

    function test_P38_refuses_another_patient_or_author() external view {
        vm.assertFalse(_isIn(stranger, doctor, _record(1), COUNT, 1));
        vm.assertFalse(_isIn(patient, colleague, _record(1), COUNT, 1));
    }

    function test_P38_refuses_another_index() external view {
        IRecordRegistry.BatchRecord memory record = _record(1);
        for (record.index = 0; record.index < 9; ++record.index) {
            if (record.index != 1) vm.assertFalse(_isIn(patient, doctor, record, COUNT, 1));
        }
    }

    function test_P38_refuses_another_category_codec_or_payload() external view {
        IRecordRegistry.BatchRecord memory record = _record(1);
        ++record.category;
        vm.assertFalse(_isIn(patient, doctor, record, COUNT, 1));
        record = _record(1);
        record.codec ^= 1;
        vm.assertFalse(_isIn(patient, doctor, record, COUNT, 1));
        record = _record(1);
        record.payload = WRAPS;
        vm.assertFalse(_isIn(patient, doctor, record, COUNT, 1));
    }

    function test_P38_refuses_the_proof_for_another_root() external view {
        bytes32[] memory proof = Trees.path(_leaves, 1);
        vm.assertFalse(records.isInBatch(patient, doctor, _record(1), WRAPS, COUNT, proof));
    }

    function test_P38_refuses_an_empty_batch_and_a_wrong_count() external view {
        vm.assertFalse(_isIn(patient, doctor, _record(0), 0, 0));
        vm.assertFalse(_isIn(patient, doctor, _record(0), 1, 0));
        vm.assertFalse(_isIn(patient, doctor, _record(4), 8, 4));
    }

    function test_P38_binds_the_contract() external view {
        bytes32 leaf = _leafOf(patient, doctor, _record(0), address(prescriptions));
        vm.assertFalse(records.isInBatch(patient, doctor, _record(0), leaf, 1, new bytes32[](0)));
    }

    function test_P38_binds_the_chain() external {
        bytes32 leaf = _leafOf(patient, doctor, _record(0), address(records));
        vm.chainId(block.chainid + 1);
        vm.assertFalse(records.isInBatch(patient, doctor, _record(0), leaf, 1, new bytes32[](0)));
        leaf = _leafOf(patient, doctor, _record(0), address(records));
        vm.assertTrue(records.isInBatch(patient, doctor, _record(0), leaf, 1, new bytes32[](0)));
    }

    function _record(uint32 index) private pure returns (IRecordRegistry.BatchRecord memory) {
        return IRecordRegistry.BatchRecord(index, uint8(index) + 1, uint8(index % 2), keccak256(abi.encode(index)));
    }

    function _isIn(
        address about,
        address author,
        IRecordRegistry.BatchRecord memory record,
        uint32 count,
        uint256 place
    ) private view returns (bool) {
        return records.isInBatch(about, author, record, _root, count, Trees.path(_leaves, place));
    }

    function _leafOf(
        address about,
        address author,
        IRecordRegistry.BatchRecord memory record,
        address contract_
    ) private view returns (bytes32) {
        bytes memory words = bytes.concat(
            bytes.concat(Words.word(block.chainid), Words.word(uint160(contract_)), Words.word(uint160(about))),
            bytes.concat(Words.word(uint160(author)), Words.word(record.index), Words.word(record.category)),
            bytes.concat(Words.word(record.codec), record.payload)
        );
        return sha256(bytes.concat(hex"00", words));
    }
}
