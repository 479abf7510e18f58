// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../../contracts/Hospital.sol";
import {HospitalRegistry} from "../../../contracts/HospitalRegistry.sol";
import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {Accreditation, MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Ward} from "../support/Ward.sol";

contract RegistryViewsTest is Ward {
    function testFuzz_is_empty_for_whoever_was_never_a_member(address account) external view {
        _checkMember(account, Role.None, MemberStatus.None, 0, 0);
    }

    function test_P56_says_what_the_member_is_and_where_he_stands() external {
        _request(DOCTOR, Role.Doctor);
        _checkMember(DOCTOR, Role.Doctor, MemberStatus.Requested, SPECIALITY, clock + 1);
        vm.warp(clock + 10);
        _confirm(admin, DOCTOR, Role.Doctor);
        _checkMember(DOCTOR, Role.Doctor, MemberStatus.Active, SPECIALITY, clock + 11);
        vm.warp(clock + 20);
        _suspend(DOCTOR);
        _checkMember(DOCTOR, Role.Doctor, MemberStatus.Suspended, SPECIALITY, clock + 21);
    }

    function test_P14_says_what_is_written_whatever_the_accreditation() external {
        _join(DOCTOR, Role.Doctor);
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        _checkMember(DOCTOR, Role.Doctor, MemberStatus.Active, SPECIALITY, clock + 1);
    }

    function testFuzz_is_empty_for_a_number_that_was_never_given(uint32 number) external view {
        if (number > 0 && number <= 2) number += 2;
        _checkHospital(number, address(0), Accreditation.None, 0);
    }

    function test_P01_says_the_clone_and_the_status_and_the_profile_of_each_hospital() external {
        bytes32 newer = keccak256("newer profile");
        vm.prank(OTHER_ADMIN);
        other.publishProfile(newer);
        registry.setAccreditation(otherId, address(other), Accreditation.Suspended, newer);
        _checkHospital(id, address(hospital), Accreditation.Accredited, PROFILE);
        _checkHospital(otherId, address(other), Accreditation.Suspended, newer);
    }

    function testFuzz_knows_nobody_at_first(address account) external view {
        vm.assertFalse(registry.isAuditor(account));
    }

    function test_P02_is_a_contract_of_its_own_that_was_never_founded() external view {
        Hospital implementation = Hospital(registry.implementation());
        vm.assertTrue(address(implementation).code.length > 0);
        vm.assertTrue(address(implementation) != address(hospital) && address(implementation) != address(other));
        vm.assertEq(implementation.id(), type(uint32).max);
        vm.assertEq(implementation.adminCount(), 0);
        vm.assertEq(implementation.receptionKey(), 0);
    }

    function test_P02_writes_no_membership() external {
        Hospital implementation = Hospital(registry.implementation());
        bytes4 selector = IHospitalRegistry.HospitalRegistry_OnlyHospital.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, address(implementation), address(0)));
        vm.prank(PATIENT);
        implementation.requestAdmission(PATIENT, Role.Patient, 0, CARD);
    }

    function testFuzz_P04_has_the_registrar_who_was_named(address registrar) external {
        if (registrar == address(0))
            vm.expectRevert(abi.encodeWithSignature("OwnableInvalidOwner(address)", registrar));
        HospitalRegistry made = new HospitalRegistry(registrar, directory);
        if (registrar == address(0)) return;
        vm.assertEq(made.owner(), registrar);
        vm.assertEq(made.hospitalCount(), 0);
    }

    function _checkHospital(uint32 number, address clone, Accreditation status, bytes32 profile) private view {
        (address clone_, Accreditation status_, bytes32 profile_) = registry.hospitalOf(number);
        vm.assertEq(clone_, clone);
        vm.assertEq(uint256(status_), uint256(status));
        vm.assertEq(profile_, profile);
    }
}
