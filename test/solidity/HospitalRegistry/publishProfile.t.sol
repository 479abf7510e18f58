// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {Accreditation} from "../../../contracts/types/Types.sol";
import {Ward} from "../support/Ward.sol";

contract RegistryPublishProfileTest is Ward {
    bytes32 private constant NEWER = keccak256("newer profile");

    function testFuzz_P06_is_refused_to_everybody_but_the_hospital_s_clone(address caller) external {
        if (caller == address(hospital)) caller = admin;
        _expectOnlyHospital(caller, address(hospital));
        registry.publishProfile(id, NEWER);
    }

    function test_P07_is_refused_to_another_hospital_s_clone() external {
        _expectOnlyHospital(address(other), address(hospital));
        registry.publishProfile(id, NEWER);
    }

    function testFuzz_is_refused_for_a_number_that_was_never_given(uint32 number) external {
        if (number > 0 && number <= 2) number += 2;
        _expectOnlyHospital(address(hospital), address(0));
        registry.publishProfile(number, NEWER);
    }

    function test_is_refused_without_a_profile() external {
        vm.expectRevert(abi.encodeWithSelector(IHospitalRegistry.HospitalRegistry_EmptyProfile.selector));
        vm.prank(address(hospital));
        registry.publishProfile(id, 0);
    }

    function testFuzz_replaces_the_profile_of_this_hospital_alone(bytes32 profile) external {
        if (profile == 0) profile = NEWER;
        _publish(profile);
        (address hospital_, , bytes32 current) = registry.hospitalOf(id);
        vm.assertEq(current, profile);
        vm.assertEq(hospital_, address(hospital));
        (, , bytes32 others) = registry.hospitalOf(otherId);
        vm.assertEq(others, PROFILE);
    }

    function test_leaves_the_accreditation_as_it_is() external {
        _publish(NEWER);
        _checkStatus(Accreditation.Accredited);
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, NEWER);
        _publish(PROFILE);
        _checkStatus(Accreditation.Suspended);
    }

    function test_P52_announces_the_profile() external {
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.ProfilePublished(id, NEWER);
        _publish(NEWER);
    }

    function _publish(bytes32 profile) private {
        vm.prank(address(hospital));
        registry.publishProfile(id, profile);
    }

    function _expectOnlyHospital(address caller, address expected) private {
        bytes4 selector = IHospitalRegistry.HospitalRegistry_OnlyHospital.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, caller, expected));
        vm.prank(caller);
    }

    function _checkStatus(Accreditation expected) private view {
        (, Accreditation status, ) = registry.hospitalOf(id);
        vm.assertEq(uint256(status), uint256(expected));
    }
}
