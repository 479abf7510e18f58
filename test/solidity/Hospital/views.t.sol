// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../../contracts/Hospital.sol";
import {Ward} from "../support/Ward.sol";

contract HospitalViewsTest is Ward {
    function test_has_the_key_of_its_creation() external view {
        vm.assertEq(hospital.receptionKey(), keccak256("reception key"));
    }

    function testFuzz_P57_has_used_no_voucher(address claimKey) external view {
        vm.assertFalse(hospital.isVoucherUsed(claimKey));
    }

    function testFuzz_P28_has_nobody_who_appointed_himself(address account) external view {
        vm.assertFalse(hospital.isSelfAppointed(account));
        vm.assertFalse(hospital.isSelfAppointed(admin));
    }

    function testFuzz_has_no_reviewers(address account) external view {
        vm.assertFalse(hospital.isReviewer(account));
        vm.assertFalse(hospital.isReviewer(admin));
    }

    function testFuzz_P02_answers_for_nobody(address account) external view {
        Hospital implementation = Hospital(registry.implementation());
        vm.assertFalse(implementation.isVoucherUsed(account));
        vm.assertFalse(implementation.isSelfAppointed(account));
        vm.assertFalse(implementation.isReviewer(account));
        vm.assertEq(implementation.receptionKey(), 0);
    }
}
