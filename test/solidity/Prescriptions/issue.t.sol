// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPrescriptions} from "../../../contracts/interfaces/IPrescriptions.sol";
import {IRecordRegistry} from "../../../contracts/interfaces/IRecordRegistry.sol";
import {OrderSetup} from "../support/OrderSetup.sol";

contract IssueTest is OrderSetup {
    function test_refuses_an_order_of_nothing() external {
        vm.expectRevert(abi.encodeWithSelector(IPrescriptions.Prescriptions_InvalidCounts.selector, 0));
        _issueWith(0, clock + 1, dispenseKey);
    }

    function test_P43_refuses_an_expiry_that_is_now() external {
        _badExpiry(clock);
    }

    function test_P43_refuses_an_expiry_in_the_past() external {
        _badExpiry(1);
        _badExpiry(0);
    }

    function test_P43_refuses_an_expiry_a_second_beyond_366_days() external {
        _badExpiry(clock + 366 days + 1);
    }

    function test_P43_refuses_an_empty_dispense_key() external {
        vm.expectRevert(abi.encodeWithSelector(IPrescriptions.Prescriptions_EmptyDispenseKey.selector));
        _issueWith(COUNTS, clock + 1, address(0));
    }

    function test_P39_refuses_empty_digests_and_unknown_codecs() external {
        vm.expectRevert(abi.encodeWithSelector(IRecordRegistry.RecordRegistry_EmptyDigest.selector));
        _issueEntry(0, 0, WRAPS);
        vm.expectRevert(abi.encodeWithSelector(IRecordRegistry.RecordRegistry_EmptyDigest.selector));
        _issueEntry(0, PAYLOAD, 0);
        vm.expectRevert(abi.encodeWithSelector(IRecordRegistry.RecordRegistry_UnknownCodec.selector, 2));
        _issueEntry(2, PAYLOAD, WRAPS);
    }

    function test_P43_refuses_a_doctor_without_a_grant() external {
        _refused(colleague);
    }

    function test_P13_refuses_a_doctor_who_may_not_write_medication() external {
        _grant(doctor, WRITE & ~uint16(16), clock + TERM);
        _refused(doctor);
    }

    function test_P43_refuses_a_doctor_at_the_end_of_his_grant() external {
        _grant(doctor, WRITE, clock + 10);
        vm.warp(clock + 10);
        _refused(doctor);
    }

    function test_P16_refuses_a_doctor_in_the_block_of_the_revoke() external {
        _revoke();
        _refused(doctor);
    }

    function test_P43_refuses_a_suspended_doctor() external {
        hospital.suspend(doctor);
        _refused(doctor);
    }

    function test_P01_refuses_at_a_hospital_without_accreditation() external {
        _closeHospital();
        _refused(doctor);
    }

    function test_P43_refuses_a_pharmacist() external {
        _grant(pharmacist, WRITE, clock + TERM);
        _refused(pharmacist);
    }

    function test_P43_refuses_the_patient_who_may_write_in_his_own_chart() external {
        _ownChart(patient);
    }

    function test_P43_refuses_the_successor_who_may_write_in_the_chart() external {
        _succeed();
        _ownChart(successor);
    }

    function test_P58_refuses_the_old_account_after_a_succession() external {
        _succeed();
        _refused(patient);
    }

    function test_P43_takes_an_expiry_in_the_next_second() external {
        _takesExpiry(clock + 1);
    }

    function test_P43_takes_an_expiry_in_366_days() external {
        _takesExpiry(clock + 366 days);
    }

    function testFuzz_P42_stores_prescriber_expiry_and_counts(uint56 counts, uint40 end, address key) external {
        if (counts == 0) counts = 1;
        if (key == address(0)) key = dispenseKey;
        end = uint40(bound(end, clock + 1, clock + 366 days));
        vm.prank(doctor);
        bytes32 order = prescriptions.issue(patient, 0, PAYLOAD, WRAPS, counts, end, key);
        (address by, uint40 until, uint56 remaining) = prescriptions.orderOf(order, key);
        vm.assertTrue(by == doctor && until == end && remaining == counts);
    }

    function test_P33_P36_anchors_the_order_in_the_ledger_in_the_name_of_the_doctor() external {
        bytes32 expected = _entryId(doctor, id, MEDICATION, 1, PAYLOAD, WRAPS);
        vm.expectEmit(address(records));
        emit IRecordRegistry.EntryAnchored(
            patient,
            doctor,
            expected,
            id,
            MEDICATION,
            1,
            uint40(block.timestamp),
            PAYLOAD,
            WRAPS
        );
        vm.assertEq(_issue(), expected);
        vm.assertEq(records.head(patient), expected);
        _checkOrder(doctor, expiry, COUNTS);
    }

    function test_P52_announces_the_order() external {
        bytes32 expected = _entryId(doctor, id, MEDICATION, 1, PAYLOAD, WRAPS);
        vm.recordLogs();
        vm.expectEmit(address(prescriptions));
        emit IPrescriptions.Issued(expected, doctor, patient, id, COUNTS, clock + 30 days, dispenseKey);
        _issue();
        vm.assertEq(_countLogs(address(prescriptions)), 1);
    }

    function test_P37_gives_a_second_order_of_the_same_content_another_id() external {
        bytes32 first = _issue();
        vm.assertFalse(_issue() == first);
        (address by, , ) = prescriptions.orderOf(first, dispenseKey);
        vm.assertEq(by, doctor);
    }

    function _issueWith(uint56 counts, uint40 end, address key) private {
        vm.prank(doctor);
        prescriptions.issue(patient, 1, PAYLOAD, WRAPS, counts, end, key);
    }

    function _issueEntry(uint8 codec, bytes32 payload, bytes32 wraps) private {
        vm.prank(doctor);
        prescriptions.issue(patient, codec, payload, wraps, COUNTS, clock + 1, dispenseKey);
    }

    function _issueAs(address caller) private {
        vm.prank(caller);
        prescriptions.issue(patient, 1, PAYLOAD, WRAPS, COUNTS, clock + 30 days, dispenseKey);
    }

    function _refused(address caller) private {
        vm.expectRevert(_noAccess(caller, 16));
        _issueAs(caller);
    }

    function _ownChart(address caller) private {
        bytes32 head = records.head(patient);
        vm.expectRevert(abi.encodeWithSelector(IPrescriptions.Prescriptions_OwnChart.selector, caller));
        _issueAs(caller);
        vm.assertEq(records.head(patient), head);
    }

    function _badExpiry(uint40 end) private {
        bytes4 selector = IPrescriptions.Prescriptions_InvalidExpiry.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, end, clock + 1, clock + 366 days));
        _issueWith(COUNTS, end, dispenseKey);
    }

    function _takesExpiry(uint40 end) private {
        vm.prank(doctor);
        orderId = prescriptions.issue(patient, 1, PAYLOAD, WRAPS, COUNTS, end, dispenseKey);
        _checkOrder(doctor, end, COUNTS);
    }
}
