// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRecordRegistry} from "../../../contracts/interfaces/IRecordRegistry.sol";
import {stdPanic} from "../support/Panics.sol";
import {ChartSetup} from "../support/ChartSetup.sol";

/// @notice What is refused.
contract AnchorTest is ChartSetup {
    uint8 private constant NOTES = 2;

    function testFuzz_P39_refuses_category_zero_and_those_beyond_nine(uint8 category) external {
        _badCategory(0);
        _badCategory(10);
        _badCategory(category < 246 ? category + 10 : 0);
    }

    function testFuzz_P39_refuses_codecs_beyond_one(uint8 codec) external {
        _badCodec(2);
        _badCodec(uint8(bound(codec, 2, 255)));
    }

    function test_P39_refuses_an_empty_payload() external {
        _empty(0, WRAPS);
    }

    function test_P39_refuses_empty_wraps() external {
        _empty(PAYLOAD, 0);
    }

    function test_P36_refuses_a_stranger() external {
        _refused(stranger, NOTES);
    }

    function test_P36_refuses_a_doctor_without_a_grant() external {
        _refused(colleague, NOTES);
    }

    function test_P13_refuses_a_category_that_may_be_read_only() external {
        for (uint8 category = 1; category < 10; category += 2) _refused(doctor, category);
    }

    function test_P12_refuses_at_the_end_of_the_grant() external {
        vm.warp(clock + TERM);
        _refused(doctor, NOTES);
    }

    function test_P16_refuses_in_the_block_of_the_revoke() external {
        _revoke();
        _refused(doctor, NOTES);
    }

    function test_P36_refuses_a_suspended_doctor_and_one_admitted_again() external {
        hospital.suspend(doctor);
        _refused(doctor, NOTES);
        hospital.reactivate(doctor);
        vm.warp(clock + 1);
        _refused(doctor, NOTES);
    }

    function test_P01_refuses_at_a_hospital_without_accreditation() external {
        _closeHospital();
        _refused(doctor, NOTES);
    }

    function test_P36_refuses_a_pharmacist_with_a_grant() external {
        _grant(pharmacist, WRITE, clock + TERM);
        _refused(pharmacist, NOTES);
    }

    function test_P24_refuses_a_delegate_with_every_mandate() external {
        vm.prank(patient);
        consent.appointDelegate(patient, delegate, 7, clock + 1 days);
        _refused(delegate, NOTES);
    }

    function test_P36_refuses_the_patient_in_the_chart_of_another() external {
        bytes4 selector = IRecordRegistry.RecordRegistry_NoAccess.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, stranger, patient, 4));
        vm.prank(patient);
        records.anchor(stranger, NOTES, 0, PAYLOAD, WRAPS);
    }

    function test_P58_refuses_the_old_account_after_a_succession() external {
        _succeed();
        _refused(patient, NOTES);
    }

    function test_P33_panics_when_the_ledger_is_full() external {
        bytes32 place = keccak256(abi.encode(patient, uint256(0)));
        vm.store(address(records), place, bytes32(uint256(type(uint32).max) - 1));
        vm.prank(patient);
        records.anchor(patient, NOTES, 0, PAYLOAD, WRAPS);
        vm.assertEq(uint256(uint32(uint256(records.head(patient)))), type(uint32).max);
        vm.expectRevert(stdPanic(0x11));
        vm.prank(patient);
        records.anchor(patient, NOTES, 0, PAYLOAD, WRAPS);
    }

    function _badCategory(uint8 category) private {
        vm.expectRevert(abi.encodeWithSelector(IRecordRegistry.RecordRegistry_UnknownCategory.selector, category));
        vm.prank(patient);
        records.anchor(patient, category, 0, PAYLOAD, WRAPS);
    }

    function _badCodec(uint8 codec) private {
        vm.expectRevert(abi.encodeWithSelector(IRecordRegistry.RecordRegistry_UnknownCodec.selector, codec));
        vm.prank(patient);
        records.anchor(patient, NOTES, codec, PAYLOAD, WRAPS);
    }

    function _empty(bytes32 payload, bytes32 wraps) private {
        vm.expectRevert(abi.encodeWithSelector(IRecordRegistry.RecordRegistry_EmptyDigest.selector));
        vm.prank(patient);
        records.anchor(patient, NOTES, 0, payload, wraps);
    }

    function _refused(address author, uint8 category) private {
        vm.expectRevert(_noAccess(author, uint16(2) ** category));
        vm.prank(author);
        records.anchor(patient, category, 0, PAYLOAD, WRAPS);
    }
}

/// @notice What is anchored.
contract AnchorEntryTest is ChartSetup {
    uint8 private constant NOTES = 2;

    function test_P36_lets_the_patient_write_in_every_category() external {
        for (uint8 category = 1; category < 10; ++category) {
            bytes32 expected = _entryId(patient, 0, category, category % 2, PAYLOAD, WRAPS);
            vm.assertEq(_anchorAs(patient, category, category % 2), expected);
        }
        vm.assertEq(uint32(uint256(records.head(patient))), 9);
    }

    function test_P36_lets_somebody_write_about_himself_who_is_no_member_anywhere() external {
        vm.prank(stranger);
        bytes32 recordId = records.anchor(stranger, NOTES, 0, PAYLOAD, WRAPS);
        vm.assertEq(records.head(stranger), recordId);
        vm.assertEq(records.head(patient), 0);
    }

    function test_P36_lets_a_doctor_write_in_the_categories_granted() external {
        for (uint8 category = 2; category < 10; category += 2) {
            bytes32 expected = _entryId(doctor, id, category, 0, PAYLOAD, WRAPS);
            vm.assertEq(_anchorAs(doctor, category, 0), expected);
        }
    }

    function test_P12_lets_a_doctor_write_until_the_last_second_of_the_grant() external {
        vm.warp(clock + TERM - 1);
        bytes32 expected = _entryId(doctor, id, NOTES, 0, PAYLOAD, WRAPS);
        vm.assertEq(_anchorAs(doctor, NOTES, 0), expected);
    }

    function test_P58_lets_the_successor_write_in_no_hospitals_name() external {
        _succeed();
        bytes32 expected = _entryId(successor, 0, NOTES, 0, PAYLOAD, WRAPS);
        vm.assertEq(_anchorAs(successor, NOTES, 0), expected);
    }

    function test_P36_P52_announces_all_of_the_entry() external {
        bytes32 expected = _entryId(doctor, id, NOTES, 1, PAYLOAD, WRAPS);
        vm.recordLogs();
        vm.expectEmit(address(records));
        emit IRecordRegistry.EntryAnchored(patient, doctor, expected, id, NOTES, 1, clock, PAYLOAD, WRAPS);
        _anchorAs(doctor, NOTES, 1);
        vm.assertEq(_countLogs(address(records)), 1);
    }

    function testFuzz_P33_links_each_entry_to_the_one_before(
        uint8 category,
        uint8 codec,
        uint40 time,
        bytes32 payload,
        bytes32 wraps
    ) external {
        _anchorAs(doctor, NOTES, 0);
        (category, codec) = (uint8(bound(category, 1, 9)), codec % 2);
        if (payload == 0) payload = PAYLOAD;
        if (wraps == 0) wraps = WRAPS;
        vm.warp(bound(time, clock, type(uint40).max));
        bytes32 expected = _entryId(patient, 0, category, codec, payload, wraps);
        vm.prank(patient);
        vm.assertEq(records.anchor(patient, category, codec, payload, wraps), expected);
        vm.assertEq(records.head(patient), expected);
        vm.assertEq(uint32(uint256(expected)), 2);
    }

    function test_P37_takes_the_same_content_from_several_authors_and_again() external {
        bytes32 first = _anchorAs(patient, NOTES, 0);
        bytes32 copied = _anchorAs(doctor, NOTES, 0);
        bytes32 again = _anchorAs(patient, NOTES, 0);
        vm.assertFalse(first == copied || copied == again || first == again);
        vm.assertEq(uint32(uint256(records.head(patient))), 3);
    }

    function _anchorAs(address author, uint8 category, uint8 codec) private returns (bytes32) {
        vm.prank(author);
        return records.anchor(patient, category, codec, PAYLOAD, WRAPS);
    }
}
