// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ChartSetup} from "../support/ChartSetup.sol";

contract HeadTest is ChartSetup {
    function testFuzz_P33_is_zero_before_the_first_entry(address account) external view {
        vm.assertEq(records.head(account), 0);
    }

    function test_P33_is_the_newest_entry_of_that_patient_alone() external {
        vm.prank(patient);
        records.anchor(patient, 1, 0, PAYLOAD, WRAPS);
        vm.prank(doctor);
        bytes32 newest = records.anchor(patient, 2, 0, PAYLOAD, WRAPS);
        vm.prank(stranger);
        bytes32 other = records.anchor(stranger, 2, 0, PAYLOAD, WRAPS);
        vm.assertEq(records.head(patient), newest);
        vm.assertEq(records.head(stranger), other);
        vm.assertEq(uint32(uint256(newest)), 2);
        vm.assertEq(uint32(uint256(other)), 1);
    }
}
