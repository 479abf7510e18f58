// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {Ward} from "../support/Ward.sol";

contract SetReviewerTest is Ward {
    address private constant REVIEWER = address(0x4ef1);

    function testFuzz_P06_is_refused_to_everybody_but_an_admin(address caller) external {
        caller = _notAdmin(caller);
        _expectOnlyAdmin(caller);
        hospital.setReviewer(REVIEWER, true);
    }

    function test_P07_is_refused_to_the_admin_of_another_hospital() external {
        _expectOnlyAdmin(OTHER_ADMIN);
        hospital.setReviewer(REVIEWER, true);
    }

    function test_P11_is_refused_for_the_zero_address() external {
        _expectInvalid(address(0));
        _set(address(0), true);
    }

    function test_is_refused_to_appoint_a_reviewer_twice() external {
        _set(REVIEWER, true);
        _expectInvalid(REVIEWER);
        _set(REVIEWER, true);
    }

    function testFuzz_is_refused_to_dismiss_somebody_who_is_no_reviewer(address account) external {
        _expectInvalid(account);
        _set(account, false);
    }

    function testFuzz_P07_appoints_the_account_in_this_hospital_alone(address account, address another) external {
        if (account == address(0)) account = REVIEWER;
        _set(account, true);
        vm.assertTrue(hospital.isReviewer(account));
        vm.assertFalse(other.isReviewer(account));
        vm.assertEq(hospital.isReviewer(another), another == account);
    }

    function test_dismisses_the_account_and_nobody_else() external {
        _set(REVIEWER, true);
        _set(STRANGER, true);
        _set(REVIEWER, false);
        vm.assertFalse(hospital.isReviewer(REVIEWER));
        vm.assertTrue(hospital.isReviewer(STRANGER));
    }

    function test_P52_announces_both() external {
        vm.expectEmit(address(hospital));
        emit IHospital.ReviewerChanged(REVIEWER, true, admin);
        _set(REVIEWER, true);
        vm.expectEmit(address(hospital));
        emit IHospital.ReviewerChanged(REVIEWER, false, admin);
        _set(REVIEWER, false);
    }

    function _set(address account, bool appointed) private {
        vm.prank(admin);
        hospital.setReviewer(account, appointed);
    }

    function _expectInvalid(address account) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_InvalidReviewer.selector, account));
    }
}
