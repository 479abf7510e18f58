// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Ward} from "../support/Ward.sol";

contract ChangeSpecialityTest is Ward {
    uint16 private constant NEW = 9;

    function testFuzz_P06_is_refused_to_everybody_but_an_admin(address caller) external {
        caller = _notAdmin(caller);
        _join(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(caller);
        hospital.changeSpeciality(DOCTOR, NEW);
    }

    function test_P07_is_refused_to_the_admin_of_another_hospital() external {
        _join(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(OTHER_ADMIN);
        hospital.changeSpeciality(DOCTOR, NEW);
    }

    function test_is_refused_to_the_doctor_himself() external {
        _join(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(DOCTOR);
        hospital.changeSpeciality(DOCTOR, NEW);
    }

    function testFuzz_is_refused_for_whoever_was_never_a_member(address account) external {
        _expectNotActive(account);
    }

    function test_is_refused_for_a_request() external {
        _request(DOCTOR, Role.Doctor);
        _expectNotActive(DOCTOR);
    }

    function test_is_refused_for_a_suspended_member() external {
        _join(DOCTOR, Role.Doctor);
        _suspend(DOCTOR);
        _expectNotActive(DOCTOR);
    }

    function testFuzz_is_refused_for_a_patient_and_a_pharmacist(uint16 speciality) external {
        _join(PATIENT, Role.Patient);
        _join(STRANGER, Role.Pharmacist);
        _expectInvalid(PATIENT, Role.Patient, speciality);
        _expectInvalid(STRANGER, Role.Pharmacist, speciality);
    }

    function test_is_refused_without_a_speciality() external {
        _join(DOCTOR, Role.Doctor);
        _expectInvalid(DOCTOR, Role.Doctor, 0);
    }

    function test_is_refused_the_present_speciality() external {
        _join(DOCTOR, Role.Doctor);
        _expectInvalid(DOCTOR, Role.Doctor, SPECIALITY);
        _change(DOCTOR, NEW);
        _expectInvalid(DOCTOR, Role.Doctor, NEW);
        _change(DOCTOR, SPECIALITY);
    }

    function testFuzz_P26_changes_the_speciality_and_keeps_the_age(uint16 speciality, uint40 delay) external {
        if (speciality == 0 || speciality == SPECIALITY) speciality = NEW;
        _join(DOCTOR, Role.Doctor);
        vm.warp(uint256(clock) + delay);
        _change(DOCTOR, speciality);
        _checkMember(DOCTOR, Role.Doctor, MemberStatus.Active, speciality, clock + 1);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), clock + 1);
    }

    function test_P52_announces_the_change_and_the_membership() external {
        _join(DOCTOR, Role.Doctor);
        vm.warp(clock + 60);
        vm.expectEmit(address(hospital));
        emit IHospital.SpecialityChanged(DOCTOR, NEW, admin);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.MemberChanged(id, DOCTOR, Role.Doctor, MemberStatus.Active, NEW, clock + 1);
        _change(DOCTOR, NEW);
    }

    function _change(address account, uint16 speciality) private {
        vm.prank(admin);
        hospital.changeSpeciality(account, speciality);
    }

    function _expectNotActive(address account) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_NotActive.selector, account));
        _change(account, NEW);
    }

    function _expectInvalid(address account, Role role, uint16 speciality) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_InvalidSpeciality.selector, role, speciality));
        _change(account, speciality);
    }
}
