// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {Ward} from "../support/Ward.sol";

contract ProposeAdminTest is Ward {
    function testFuzz_P06_is_refused_to_everybody_but_an_admin(address caller) external {
        caller = _notAdmin(caller);
        _expectOnlyAdmin(caller);
        hospital.proposeAdmin(STRANGER);
    }

    function test_P07_is_refused_to_the_admin_of_another_hospital() external {
        _expectOnlyAdmin(OTHER_ADMIN);
        hospital.proposeAdmin(STRANGER);
    }

    function test_P11_is_refused_for_the_zero_address() external {
        _expectInvalid(address(0));
    }

    function test_is_refused_for_the_caller_himself() external {
        _expectInvalid(admin);
    }

    function test_is_refused_for_another_admin() external {
        _appoint(second);
        _expectInvalid(second);
    }

    function test_announces_the_proposal() external {
        vm.expectEmit(address(hospital));
        emit IHospital.AdminProposed(STRANGER, admin);
        _propose(admin, STRANGER);
    }

    function test_gives_no_power_before_it_is_accepted() external {
        _propose(admin, STRANGER);
        vm.assertFalse(hospital.isAdmin(STRANGER));
        vm.assertEq(hospital.adminCount(), 1);
        _expectOnlyAdmin(STRANGER);
        hospital.revokeVouchers();
    }

    function test_comes_from_any_admin() external {
        _appoint(second);
        vm.expectEmit(address(hospital));
        emit IHospital.AdminProposed(STRANGER, second);
        _propose(second, STRANGER);
        _accept(STRANGER);
        vm.assertTrue(hospital.isAdmin(STRANGER));
    }

    function test_P11_is_harmless_for_the_hospital_itself() external {
        _propose(admin, address(hospital));
        vm.assertFalse(hospital.isAdmin(address(hospital)));
        vm.assertEq(hospital.adminCount(), 1);
    }

    function test_replaces_a_proposal_that_has_died() external {
        _propose(admin, STRANGER);
        vm.prank(admin);
        hospital.revokeVouchers();
        _propose(admin, STRANGER);
        _accept(STRANGER);
        vm.assertTrue(hospital.isAdmin(STRANGER));
    }

    /// @dev The second admin's proposal dies with his epoch, and the first one's does not come back.
    function test_replaces_a_proposal_that_is_alive() external {
        _appoint(second);
        _propose(admin, STRANGER);
        _propose(second, STRANGER);
        vm.prank(second);
        hospital.revokeVouchers();
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_NotProposed.selector, STRANGER));
        _accept(STRANGER);
    }

    function _expectInvalid(address account) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_InvalidAdmin.selector, account));
        _propose(admin, account);
    }
}
