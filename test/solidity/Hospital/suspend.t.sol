// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {Accreditation, MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Ward} from "../support/Ward.sol";

contract SuspendTest is Ward {
    function testFuzz_P06_is_refused_to_everybody_but_an_admin(address caller) external {
        caller = _notAdmin(caller);
        _join(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(caller);
        hospital.suspend(DOCTOR);
    }

    function test_P07_is_refused_to_the_admin_of_another_hospital() external {
        _join(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(OTHER_ADMIN);
        hospital.suspend(DOCTOR);
    }

    function test_is_refused_to_the_member_himself() external {
        _join(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(DOCTOR);
        hospital.suspend(DOCTOR);
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

    function test_P07_is_refused_for_another_hospital_s_member() external {
        vm.prank(DOCTOR);
        other.requestAdmission(DOCTOR, Role.Doctor, SPECIALITY, 0);
        vm.prank(OTHER_ADMIN);
        other.confirm(DOCTOR, Role.Doctor, SPECIALITY, 0);
        _expectNotActive(DOCTOR);
        vm.assertEq(registry.activeSince(otherId, DOCTOR, Role.Doctor), clock + 1);
    }

    function testFuzz_suspends_him_and_keeps_what_he_is(uint8 code, uint40 delay) external {
        Role role = Role(bound(code, 1, 3));
        _join(DOCTOR, role);
        clock += uint40(bound(delay, 0, 365 days));
        vm.warp(clock);
        _suspend(DOCTOR);
        _checkMember(DOCTOR, role, MemberStatus.Suspended, role == Role.Doctor ? SPECIALITY : 0, clock + 1);
    }

    function test_P52_announces_the_suspension_and_the_membership() external {
        _join(DOCTOR, Role.Doctor);
        vm.warp(clock + 60);
        vm.expectEmit(address(hospital));
        emit IHospital.MembershipSuspended(DOCTOR, admin);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.MemberChanged(id, DOCTOR, Role.Doctor, MemberStatus.Suspended, SPECIALITY, clock + 61);
        _suspend(DOCTOR);
    }

    function test_P14_P16_takes_his_standing_at_once() external {
        _join(DOCTOR, Role.Doctor);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), clock + 1);
        _suspend(DOCTOR);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), 0);
    }

    function test_P16_is_open_to_an_admin_against_himself() external {
        _join(admin, Role.Doctor);
        _suspend(admin);
        vm.assertEq(registry.activeSince(id, admin, Role.Doctor), 0);
        vm.assertTrue(hospital.isAdmin(admin));
    }

    function testFuzz_P26_stands_in_every_second_that_follows(uint40 later) external {
        _join(DOCTOR, Role.Doctor);
        _suspend(DOCTOR);
        vm.warp(uint256(clock) + later);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), 0);
    }

    function test_leaves_everybody_else_as_they_are() external {
        _join(DOCTOR, Role.Doctor);
        _join(STRANGER, Role.Doctor);
        vm.warp(clock + 60);
        _suspend(DOCTOR);
        vm.assertEq(registry.activeSince(id, STRANGER, Role.Doctor), clock + 1);
    }

    function test_P16_P55_works_while_the_hospital_is_suspended() external {
        _join(DOCTOR, Role.Doctor);
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        _suspend(DOCTOR);
        registry.setAccreditation(id, address(hospital), Accreditation.Accredited, PROFILE);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), 0);
    }

    function _expectNotActive(address account) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_NotActive.selector, account));
        _suspend(account);
    }
}
