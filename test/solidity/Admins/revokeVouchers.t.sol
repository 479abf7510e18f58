// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {Accreditation} from "../../../contracts/types/Types.sol";
import {Ward} from "../support/Ward.sol";

contract RevokeVouchersTest is Ward {
    function testFuzz_P06_is_refused_to_everybody_but_an_admin(address caller) external {
        caller = _notAdmin(caller);
        _expectOnlyAdmin(caller);
        hospital.revokeVouchers();
    }

    function test_P07_is_refused_to_the_admin_of_another_hospital() external {
        _expectOnlyAdmin(OTHER_ADMIN);
        hospital.revokeVouchers();
    }

    function test_P57_counts_his_epochs_and_nobody_else_s() external {
        _appoint(second);
        _revoke(second);
        vm.assertEq(hospital.voucherEpoch(second), 1);
        _revoke(second);
        vm.assertEq(hospital.voucherEpoch(second), 2);
        vm.assertEq(hospital.voucherEpoch(admin), 0);
        vm.assertEq(other.voucherEpoch(second), 0);
    }

    function test_announces_the_epoch() external {
        vm.expectEmit(address(hospital));
        emit IHospital.VouchersRevoked(admin, 1);
        _revoke(admin);
        vm.expectEmit(address(hospital));
        emit IHospital.VouchersRevoked(admin, 2);
        _revoke(admin);
    }

    function test_leaves_him_an_admin() external {
        _revoke(admin);
        vm.assertTrue(hospital.isAdmin(admin));
        vm.assertEq(hospital.adminCount(), 1);
    }

    function test_P55_works_while_the_hospital_is_suspended() external {
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        _revoke(admin);
        vm.assertEq(hospital.voucherEpoch(admin), 1);
    }

    function _revoke(address by) private {
        vm.prank(by);
        hospital.revokeVouchers();
    }
}
