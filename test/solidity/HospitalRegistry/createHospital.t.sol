// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../../contracts/Hospital.sol";
import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {Accreditation, Role} from "../../../contracts/types/Types.sol";
import {Ward} from "../support/Ward.sol";

contract CreateHospitalTest is Ward {
    bytes32 private constant SALT = keccak256("salt");
    bytes32 private constant NEW_PROFILE = keccak256("new profile");
    bytes32 private constant NEW_KEY = keccak256("new key");

    function testFuzz_is_refused_without_a_profile(bytes32 salt) external {
        vm.expectRevert(abi.encodeWithSelector(IHospitalRegistry.HospitalRegistry_EmptyProfile.selector));
        registry.createHospital(salt, 0, NEW_KEY);
        vm.assertEq(registry.hospitalCount(), 2);
    }

    function testFuzz_is_refused_without_a_reception_key(bytes32 salt) external {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_EmptyKey.selector));
        registry.createHospital(salt, NEW_PROFILE, 0);
        vm.assertEq(registry.hospitalCount(), 2);
    }

    function testFuzz_P03_is_refused_a_second_hospital_at_the_same_address(address creator, bytes32 salt) external {
        if (salt == 0) salt = SALT;
        _create(creator, salt);
        vm.expectRevert(abi.encodeWithSignature("FailedDeployment()"));
        _create(creator, salt);
    }

    function testFuzz_P03_leaves_the_address_to_its_creator(address creator, address rival, bytes32 salt) external {
        if (rival == creator) rival = address(uint160(creator) ^ 1);
        if (salt == 0) salt = SALT;
        (, address first) = _create(rival, salt);
        (, address clone) = _create(creator, salt);
        vm.assertEq(first, _expectedAddress(rival, salt));
        vm.assertEq(clone, _expectedAddress(creator, salt));
        vm.assertTrue(first != clone);
    }

    function testFuzz_P01_is_open_to_everybody_and_makes_the_caller_the_first_admin(address creator) external {
        (, address clone) = _create(creator, SALT);
        vm.assertEq(Hospital(clone).isAdmin(creator), creator != address(0));
        vm.assertEq(Hospital(clone).adminCount(), 1);
        vm.assertFalse(Hospital(clone).isAdmin(address(this)));
    }

    function test_P01_leaves_the_hospital_pending() external {
        (uint32 number, address clone) = _create(STRANGER, SALT);
        (address hospital_, Accreditation status, bytes32 profile) = registry.hospitalOf(number);
        vm.assertEq(hospital_, clone);
        vm.assertEq(uint256(status), uint256(Accreditation.Pending));
        vm.assertEq(profile, NEW_PROFILE);
        vm.assertEq(Hospital(clone).receptionKey(), NEW_KEY);
    }

    function test_P01_gives_nobody_any_standing_before_the_accreditation() external {
        (uint32 number, address clone) = _create(STRANGER, SALT);
        for (uint8 role = 1; role <= 3; ++role) {
            address account = address(uint160(0xacc0) + role);
            vm.prank(account);
            Hospital(clone).requestAdmission(account, Role(role), _specialityOf(Role(role)), 0);
            vm.prank(STRANGER);
            Hospital(clone).confirm(account, Role(role), _specialityOf(Role(role)), 0);
            vm.assertEq(registry.activeSince(number, account, Role(role)), 0);
        }
        vm.warp(clock + 365 days);
        vm.assertEq(registry.activeSince(number, address(0xacc2), Role.Doctor), 0);
    }

    function test_counts_the_hospitals_from_one() external {
        vm.assertEq(id, 1);
        vm.assertEq(otherId, 2);
        vm.assertEq(registry.hospitalCount(), 2);
        (uint32 number, address clone) = _create(STRANGER, SALT);
        vm.assertEq(number, 3);
        vm.assertEq(Hospital(clone).id(), 3);
        vm.assertEq(registry.hospitalCount(), 3);
    }

    function test_P52_announces_the_hospital_and_its_profile_and_its_admin_and_its_key() external {
        address clone = _expectedAddress(STRANGER, SALT);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.HospitalCreated(3, clone, STRANGER);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.ProfilePublished(3, NEW_PROFILE);
        vm.expectEmit(clone);
        emit IHospital.AdminAdded(STRANGER);
        vm.expectEmit(clone);
        emit IHospital.ReceptionKeyPublished(NEW_KEY);
        _create(STRANGER, SALT);
    }

    /// @dev The runtime of EIP-1167: nothing else is ever delegated to.
    function test_P53_makes_a_clone_of_the_implementation() external {
        (, address clone) = _create(STRANGER, SALT);
        bytes memory runtime = bytes.concat(
            hex"363d3d373d3d3d363d73",
            bytes20(registry.implementation()),
            hex"5af43d82803e903d91602b57fd5bf3"
        );
        vm.assertEq(clone.code, runtime);
    }

    function test_P55_works_without_a_registrar() external {
        registry.renounceOwnership();
        (uint32 number, ) = _create(STRANGER, SALT);
        vm.assertEq(number, 3);
    }

    function _create(address creator, bytes32 salt) private returns (uint32 number, address clone) {
        vm.prank(creator);
        return registry.createHospital(salt, NEW_PROFILE, NEW_KEY);
    }

    /// @dev CREATE2 of the creation code of EIP-1167, as the yellow paper has it.
    function _expectedAddress(address creator, bytes32 salt) private view returns (address) {
        bytes memory creation = bytes.concat(
            hex"3d602d80600a3d3981f3363d3d373d3d3d363d73",
            bytes20(registry.implementation()),
            hex"5af43d82803e903d91602b57fd5bf3"
        );
        bytes32 bound_ = keccak256(bytes.concat(bytes32(uint256(uint160(creator))), salt));
        bytes memory image = bytes.concat(hex"ff", bytes20(address(registry)), bound_, keccak256(creation));
        return address(uint160(uint256(keccak256(image))));
    }
}
