// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {Ward} from "../support/Ward.sol";

contract HospitalPublishProfileTest is Ward {
    bytes32 private constant NEWER = keccak256("newer profile");

    function testFuzz_P06_is_refused_to_everybody_but_an_admin(address caller) external {
        caller = _notAdmin(caller);
        _expectOnlyAdmin(caller);
        hospital.publishProfile(NEWER);
    }

    function test_P07_is_refused_to_the_admin_of_another_hospital() external {
        _expectOnlyAdmin(OTHER_ADMIN);
        hospital.publishProfile(NEWER);
    }

    function test_is_refused_without_a_profile() external {
        vm.expectRevert(abi.encodeWithSelector(IHospitalRegistry.HospitalRegistry_EmptyProfile.selector));
        _publish(0);
    }

    function testFuzz_P07_replaces_the_profile_of_this_hospital_alone(bytes32 profile) external {
        if (profile == 0) profile = NEWER;
        _publish(profile);
        (, , bytes32 current) = registry.hospitalOf(id);
        (, , bytes32 others) = registry.hospitalOf(otherId);
        vm.assertEq(current, profile);
        vm.assertEq(others, PROFILE);
    }

    function test_P52_announces_the_profile() external {
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.ProfilePublished(id, NEWER);
        _publish(NEWER);
    }

    function _publish(bytes32 profile) private {
        vm.prank(admin);
        hospital.publishProfile(profile);
    }
}
