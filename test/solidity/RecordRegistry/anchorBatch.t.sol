// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRecordRegistry} from "../../../contracts/interfaces/IRecordRegistry.sol";
import {ChartSetup} from "../support/ChartSetup.sol";
import {Words} from "../Words.sol";

contract AnchorBatchTest is ChartSetup {
    bytes32 private constant ROOT = keccak256("root");
    bytes32 private constant MANIFEST = keccak256("manifest");

    struct Batch {
        uint16 categories;
        uint32 count;
        bytes32 root;
        bytes32 manifest;
        bytes32 wraps;
    }

    function test_P39_refuses_no_category_and_unknown_ones() external {
        uint16[5] memory masks = [0, 1, 0x0401, 0x8000, 0x03ff];
        for (uint256 i; i < masks.length; ++i) {
            Batch memory batch = _batch();
            batch.categories = masks[i];
            bytes4 selector = IRecordRegistry.RecordRegistry_UnknownCategory.selector;
            _fails(patient, batch, abi.encodeWithSelector(selector, masks[i]));
        }
    }

    function test_P51_refuses_a_batch_of_nothing() external {
        _badCount(0);
    }

    function test_P51_refuses_65_537_records() external {
        _badCount(65_537);
        _badCount(type(uint32).max);
    }

    function test_P39_refuses_an_empty_root_manifest_or_wraps() external {
        bytes memory empty = abi.encodeWithSelector(IRecordRegistry.RecordRegistry_EmptyDigest.selector);
        Batch memory batch = _batch();
        batch.root = 0;
        _fails(patient, batch, empty);
        batch = _batch();
        batch.manifest = 0;
        _fails(patient, batch, empty);
        batch = _batch();
        batch.wraps = 0;
        _fails(patient, batch, empty);
    }

    function test_P36_refuses_a_stranger() external {
        _fails(stranger, _batch(), _noAccess(stranger, WRITE));
    }

    function test_P13_refuses_a_batch_with_one_category_that_is_not_granted() external {
        for (uint16 category = 1; category < 10; category += 2) {
            Batch memory batch = _batch();
            batch.categories = WRITE | (uint16(1) << category);
            _fails(doctor, batch, _noAccess(doctor, batch.categories));
        }
    }

    function test_P16_refuses_in_the_block_of_the_revoke() external {
        _revoke();
        _fails(doctor, _batch(), _noAccess(doctor, WRITE));
    }

    function test_P36_refuses_a_suspended_doctor() external {
        hospital.suspend(doctor);
        _fails(doctor, _batch(), _noAccess(doctor, WRITE));
    }

    function test_P58_refuses_the_old_account_after_a_succession() external {
        _succeed();
        _fails(patient, _batch(), _noAccess(patient, WRITE));
    }

    function test_P51_takes_a_batch_of_one() external {
        _takes(doctor, id, 1);
    }

    function test_P51_takes_a_batch_of_65_536() external {
        _takes(doctor, id, 65_536);
    }

    function test_P36_takes_the_batch_of_the_patient_in_no_hospitals_name() external {
        _takes(patient, 0, 2);
    }

    function test_P58_takes_the_batch_of_the_successor() external {
        _succeed();
        _takes(successor, 0, 2);
    }

    function testFuzz_P33_links_each_batch_to_the_entry_before(
        uint16 categories,
        uint32 count,
        bytes32 root,
        bytes32 wraps
    ) external {
        categories = (categories & 0x03fe) | 2;
        _send(patient, _batch());
        Batch memory batch = Batch(categories, uint32(bound(count, 1, 65_536)), root, MANIFEST, wraps);
        if (root == 0) batch.root = ROOT;
        if (wraps == 0) batch.wraps = WRAPS;
        bytes32 expected = _batchId(patient, 0, batch);
        vm.assertEq(_send(patient, batch), expected);
        vm.assertEq(records.head(patient), expected);
    }

    function test_P52_announces_all_of_the_batch() external {
        Batch memory batch = _batch();
        bytes32 expected = _batchId(doctor, id, batch);
        vm.recordLogs();
        vm.expectEmit(address(records));
        emit IRecordRegistry.BatchAnchored(
            patient,
            doctor,
            expected,
            id,
            WRITE,
            batch.count,
            clock,
            ROOT,
            MANIFEST,
            WRAPS
        );
        _send(doctor, batch);
        vm.assertEq(_countLogs(address(records)), 1);
    }

    function _batch() private pure returns (Batch memory) {
        return Batch(WRITE, 3, ROOT, MANIFEST, WRAPS);
    }

    function _send(address author, Batch memory batch) private returns (bytes32) {
        vm.prank(author);
        return records.anchorBatch(patient, batch.categories, batch.count, batch.root, batch.manifest, batch.wraps);
    }

    function _takes(address author, uint32 where, uint32 count) private {
        Batch memory batch = _batch();
        batch.count = count;
        bytes32 expected = _batchId(author, where, batch);
        vm.assertEq(_send(author, batch), expected);
        vm.assertEq(records.head(patient), expected);
    }

    function _badCount(uint32 count) private {
        Batch memory batch = _batch();
        batch.count = count;
        bytes4 selector = IRecordRegistry.RecordRegistry_InvalidCount.selector;
        _fails(patient, batch, abi.encodeWithSelector(selector, count, 65_536));
    }

    function _fails(address author, Batch memory batch, bytes memory why) private {
        vm.expectRevert(why);
        _send(author, batch);
    }

    function _batchId(address author, uint32 where, Batch memory batch) private view returns (bytes32) {
        bytes32 head = records.head(patient);
        bytes memory fields = bytes.concat(
            bytes.concat(Words.word(batch.categories), Words.word(batch.count), Words.word(block.timestamp)),
            bytes.concat(batch.root, batch.manifest, batch.wraps)
        );
        return Words.recordId(sha256(bytes.concat(_prefix(1, head, author, where), fields)), head);
    }
}
