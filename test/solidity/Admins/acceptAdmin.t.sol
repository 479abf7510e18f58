// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {Ward} from "../support/Ward.sol";

contract AcceptAdminTest is Ward {
    function testFuzz_is_refused_to_everybody(address caller) external {
        _expectNotProposed(caller);
    }

    function test_is_refused_to_whoever_was_proposed_in_another_hospital() external {
        vm.prank(OTHER_ADMIN);
        other.proposeAdmin(STRANGER);
        _expectNotProposed(STRANGER);
    }

    function test_takes_nobody_else_s_proposal() external {
        _propose(admin, second);
        _expectNotProposed(STRANGER);
        _accept(second);
        vm.assertTrue(hospital.isAdmin(second));
    }

    function test_P16_is_refused_after_the_proposer_ended_his_epoch() external {
        _propose(admin, STRANGER);
        vm.prank(admin);
        hospital.revokeVouchers();
        _expectNotProposed(STRANGER);
    }

    function test_P16_is_refused_after_the_proposer_was_removed() external {
        _appoint(second);
        _propose(second, STRANGER);
        vm.prank(admin);
        hospital.removeAdmin(second);
        _expectNotProposed(STRANGER);
    }

    function test_stays_refused_after_the_proposer_came_back() external {
        _appoint(second);
        _propose(second, STRANGER);
        vm.prank(admin);
        hospital.removeAdmin(second);
        _appoint(second);
        _expectNotProposed(STRANGER);
    }

    function test_makes_the_caller_an_admin_and_counts_him() external {
        _appoint(second);
        vm.assertTrue(hospital.isAdmin(second));
        vm.assertTrue(hospital.isAdmin(admin));
        vm.assertEq(hospital.adminCount(), 2);
        _propose(second, STRANGER);
        _accept(STRANGER);
        vm.assertEq(hospital.adminCount(), 3);
    }

    function test_announces_the_new_admin() external {
        _propose(admin, second);
        vm.expectEmit(address(hospital));
        emit IHospital.AdminAdded(second);
        _accept(second);
    }

    function test_waits_as_long_as_it_takes() external {
        _propose(admin, second);
        vm.warp(type(uint40).max);
        _accept(second);
        vm.assertTrue(hospital.isAdmin(second));
    }

    function test_lives_in_the_proposer_s_present_epoch() external {
        vm.prank(admin);
        hospital.revokeVouchers();
        _appoint(second);
        vm.assertTrue(hospital.isAdmin(second));
    }

    function test_works_once() external {
        _appoint(second);
        _expectNotProposed(second);
        vm.assertEq(hospital.adminCount(), 2);
    }

    function test_leaves_nothing_behind_for_after_a_removal() external {
        _appoint(second);
        vm.prank(admin);
        hospital.removeAdmin(second);
        _expectNotProposed(second);
        vm.assertFalse(hospital.isAdmin(second));
    }

    function test_P05_brings_the_founder_back() external {
        _appoint(second);
        vm.prank(second);
        hospital.removeAdmin(admin);
        _propose(second, admin);
        _accept(admin);
        vm.assertTrue(hospital.isAdmin(admin));
        vm.assertEq(hospital.adminCount(), 2);
        vm.prank(second);
        hospital.removeAdmin(admin);
        vm.assertFalse(hospital.isAdmin(admin));
        vm.assertEq(hospital.adminCount(), 1);
    }

    function _expectNotProposed(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_NotProposed.selector, caller));
        _accept(caller);
    }
}
