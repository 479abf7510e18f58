// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {Ward} from "../support/Ward.sol";

contract RemoveAdminTest is Ward {
    function testFuzz_P06_is_refused_to_everybody_but_an_admin(address caller) external {
        _appoint(second);
        caller = caller == second ? STRANGER : _notAdmin(caller);
        _expectOnlyAdmin(caller);
        hospital.removeAdmin(second);
    }

    function test_P07_is_refused_to_the_admin_of_another_hospital() external {
        _appoint(second);
        _expectOnlyAdmin(OTHER_ADMIN);
        hospital.removeAdmin(second);
    }

    function testFuzz_is_refused_for_somebody_else(address account) external {
        _appoint(second);
        if (account == admin || account == second) account = STRANGER;
        _expectInvalid(admin, account);
    }

    /// @dev Also once the founder's place is empty, which is kept as the zero address.
    function test_P11_is_refused_for_the_zero_address() external {
        _appoint(second);
        _appoint(STRANGER);
        _expectInvalid(admin, address(0));
        _remove(second, admin);
        _expectInvalid(second, address(0));
    }

    function test_is_refused_for_somebody_merely_proposed() external {
        _appoint(second);
        _propose(admin, STRANGER);
        _expectInvalid(admin, STRANGER);
    }

    function test_is_refused_for_somebody_removed_before() external {
        _appoint(second);
        _remove(admin, second);
        _expectInvalid(admin, second);
    }

    function test_P05_is_refused_for_the_last_admin() external {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_LastAdmin.selector));
        _remove(admin, admin);
        vm.assertTrue(hospital.isAdmin(admin));
    }

    function test_P05_is_refused_for_the_last_admin_who_is_not_the_founder() external {
        _appoint(second);
        _remove(second, admin);
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_LastAdmin.selector));
        _remove(second, second);
        vm.assertTrue(hospital.isAdmin(second));
    }

    function test_P05_removes_another_admin_and_nobody_else() external {
        _appoint(second);
        _appoint(STRANGER);
        _remove(admin, second);
        vm.assertFalse(hospital.isAdmin(second));
        vm.assertTrue(hospital.isAdmin(admin));
        vm.assertTrue(hospital.isAdmin(STRANGER));
        vm.assertEq(hospital.adminCount(), 2);
    }

    function test_P05_removes_the_founder_and_nobody_else() external {
        _appoint(second);
        _appoint(STRANGER);
        _remove(second, admin);
        vm.assertFalse(hospital.isAdmin(admin));
        vm.assertTrue(hospital.isAdmin(second));
        vm.assertTrue(hospital.isAdmin(STRANGER));
        vm.assertEq(hospital.adminCount(), 2);
    }

    function test_lets_an_admin_remove_himself() external {
        _appoint(second);
        _remove(admin, admin);
        vm.assertFalse(hospital.isAdmin(admin));
        vm.assertEq(hospital.adminCount(), 1);
    }

    function test_announces_the_removal_and_the_end_of_his_vouchers() external {
        _appoint(second);
        vm.expectEmit(address(hospital));
        emit IHospital.AdminRemoved(second, admin);
        vm.expectEmit(address(hospital));
        emit IHospital.VouchersRevoked(second, 1);
        _remove(admin, second);
    }

    function test_P57_ends_his_epoch_for_good_and_nobody_else_s() external {
        _appoint(second);
        _remove(admin, second);
        _appoint(second);
        vm.assertEq(hospital.voucherEpoch(second), 1);
        vm.assertEq(hospital.voucherEpoch(admin), 0);
        _remove(admin, second);
        vm.assertEq(hospital.voucherEpoch(second), 2);
    }

    function test_P16_takes_his_power_at_once() external {
        _appoint(second);
        _remove(admin, second);
        _expectOnlyAdmin(second);
        hospital.proposeAdmin(STRANGER);
        _expectOnlyAdmin(second);
        hospital.removeAdmin(admin);
        _expectOnlyAdmin(second);
        hospital.revokeVouchers();
    }

    function test_P32_takes_his_reviewer_s_mark_and_nobody_else_s() external {
        _appoint(second);
        for (uint256 i; i < 2; ++i) {
            vm.prank(second);
            hospital.setReviewer(i == 0 ? second : admin, true);
        }
        vm.expectEmit(address(hospital));
        emit IHospital.ReviewerChanged(second, false, admin);
        _remove(admin, second);
        vm.assertFalse(hospital.isReviewer(second));
        vm.assertTrue(hospital.isReviewer(admin));
    }

    function test_P52_announces_no_end_of_a_mark_that_he_did_not_have() external {
        _appoint(second);
        vm.recordLogs();
        _remove(admin, second);
        vm.assertEq(vm.getRecordedLogs().length, 2);
        vm.assertFalse(hospital.isReviewer(second));
    }

    function _remove(address by, address account) private {
        vm.prank(by);
        hospital.removeAdmin(account);
    }

    function _expectInvalid(address by, address account) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_InvalidAdmin.selector, account));
        _remove(by, account);
    }
}
