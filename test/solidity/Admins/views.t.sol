// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../../contracts/Hospital.sol";
import {Vm} from "../MiniTest.sol";
import {Ward} from "../support/Ward.sol";

contract AdminsViewsTest is Ward {
    function testFuzz_P05_has_its_founder_as_the_only_admin(address account) external view {
        vm.assertEq(hospital.isAdmin(account), account == admin);
        vm.assertTrue(hospital.isAdmin(admin));
        vm.assertEq(hospital.adminCount(), 1);
    }

    function testFuzz_counts_epochs_from_zero(address account) external view {
        vm.assertEq(hospital.voucherEpoch(account), 0);
    }

    function test_knows_its_number() external view {
        vm.assertEq(hospital.id(), 1);
        vm.assertEq(other.id(), 2);
    }

    function test_P52_announces_its_founder() external {
        vm.recordLogs();
        (, Hospital opened) = _openAs(STRANGER);
        bytes32 topic = keccak256("AdminAdded(address)");
        uint256 found;
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter != address(opened) || logs[i].topics[0] != topic) continue;
            vm.assertEq(logs[i].topics[1], bytes32(uint256(uint160(STRANGER))));
            ++found;
        }
        vm.assertEq(found, 1);
    }

    function test_P11_does_not_take_the_zero_address_for_an_admin() external {
        _appoint(second);
        vm.prank(second);
        hospital.removeAdmin(admin);
        vm.assertFalse(hospital.isAdmin(address(0)));
    }

    function test_P05_puts_nobody_in_his_place() external {
        _appoint(second);
        vm.prank(second);
        hospital.removeAdmin(admin);
        for (uint160 i; i < 32; ++i) vm.assertFalse(hospital.isAdmin(address(i)));
    }

    function test_P02_is_locked_by_a_number_of_its_own() external view {
        vm.assertEq(Hospital(registry.implementation()).id(), type(uint32).max);
    }

    function testFuzz_P02_has_no_admin_at_all(address account) external view {
        Hospital implementation = Hospital(registry.implementation());
        vm.assertFalse(implementation.isAdmin(account));
        vm.assertFalse(implementation.isAdmin(address(0)));
        vm.assertEq(implementation.adminCount(), 0);
    }
}
