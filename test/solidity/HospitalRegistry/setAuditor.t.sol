// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {Ward} from "../support/Ward.sol";

contract SetAuditorTest is Ward {
    address private constant AUDITOR = address(0xa0d1);

    function testFuzz_P06_is_refused_to_everybody_but_the_registrar(address caller) external {
        if (caller == address(this)) caller = admin;
        vm.expectRevert(abi.encodeWithSignature("OwnableUnauthorizedAccount(address)", caller));
        vm.prank(caller);
        registry.setAuditor(AUDITOR, true);
    }

    function test_P11_is_refused_for_the_zero_address() external {
        _expectInvalid(address(0));
        registry.setAuditor(address(0), true);
    }

    function test_is_refused_to_admit_an_auditor_twice() external {
        registry.setAuditor(AUDITOR, true);
        _expectInvalid(AUDITOR);
        registry.setAuditor(AUDITOR, true);
    }

    function testFuzz_is_refused_to_dismiss_somebody_who_is_no_auditor(address account) external {
        _expectInvalid(account);
        registry.setAuditor(account, false);
    }

    function testFuzz_admits_the_account_and_nobody_else(address account, address another) external {
        if (account == address(0)) account = AUDITOR;
        registry.setAuditor(account, true);
        vm.assertTrue(registry.isAuditor(account));
        vm.assertEq(registry.isAuditor(another), another == account);
    }

    function test_dismisses_the_account_and_nobody_else() external {
        registry.setAuditor(AUDITOR, true);
        registry.setAuditor(STRANGER, true);
        registry.setAuditor(AUDITOR, false);
        vm.assertFalse(registry.isAuditor(AUDITOR));
        vm.assertTrue(registry.isAuditor(STRANGER));
    }

    function test_P52_announces_both() external {
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.AuditorChanged(AUDITOR, true);
        registry.setAuditor(AUDITOR, true);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.AuditorChanged(AUDITOR, false);
        registry.setAuditor(AUDITOR, false);
    }

    function _expectInvalid(address account) private {
        vm.expectRevert(abi.encodeWithSelector(IHospitalRegistry.HospitalRegistry_InvalidAuditor.selector, account));
    }
}
