// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {Accreditation, MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Ward} from "../support/Ward.sol";

contract SetMemberTest is Ward {
    function testFuzz_P06_is_refused_to_everybody_but_the_hospital_s_clone(address caller) external {
        if (caller == address(hospital)) caller = admin;
        _expectOnlyHospital(caller, address(hospital));
        registry.setMember(id, DOCTOR, Role.Doctor, MemberStatus.Active, SPECIALITY);
    }

    function test_P07_is_refused_to_another_hospital_s_clone() external {
        _expectOnlyHospital(address(other), address(hospital));
        registry.setMember(id, DOCTOR, Role.Doctor, MemberStatus.Active, SPECIALITY);
    }

    function testFuzz_is_refused_for_a_number_that_was_never_given(uint32 number) external {
        if (number > 0 && number <= 2) number += 2;
        _expectOnlyHospital(address(hospital), address(0));
        registry.setMember(number, DOCTOR, Role.Doctor, MemberStatus.Active, SPECIALITY);
    }

    /// @dev So that a grant made in the very second of a suspension is not younger than the next term.
    function testFuzz_P26_starts_anew_in_the_next_second(uint40 time) external {
        time = uint40(bound(time, 0, type(uint40).max - 1));
        vm.warp(time);
        _set(Role.Doctor, MemberStatus.Active, SPECIALITY);
        _checkMember(DOCTOR, Role.Doctor, MemberStatus.Active, SPECIALITY, time + 1);
    }

    function test_P26_starts_anew_from_each_status_to_each_other() external {
        for (uint8 from; from < 4; ++from) {
            for (uint8 to; to < 4; ++to) if (to != from) _checkTurn(MemberStatus(from), MemberStatus(to));
        }
    }

    function testFuzz_keeps_the_age_whatever_else_changes(uint8 code, uint8 status, uint16 speciality) external {
        MemberStatus same = MemberStatus(bound(status, 1, 3));
        _set(Role.Doctor, same, SPECIALITY);
        vm.warp(clock + 5);
        _set(Role(code % 4), same, speciality);
        _checkMember(DOCTOR, Role(code % 4), same, speciality, clock + 1);
    }

    function testFuzz_writes_this_account_in_this_hospital_alone(address account, address another) external {
        if (account == another) another = address(uint160(account) ^ 1);
        vm.prank(address(hospital));
        registry.setMember(id, account, Role.Pharmacist, MemberStatus.Suspended, 0);
        _checkMember(account, Role.Pharmacist, MemberStatus.Suspended, 0, clock + 1);
        _checkMember(another, Role.None, MemberStatus.None, 0, 0);
        (Role role, MemberStatus status, , uint40 since) = registry.memberOf(otherId, account);
        vm.assertEq(uint256(role) + uint256(status) + since, 0);
    }

    function test_P52_announces_the_whole_membership() external {
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.MemberChanged(id, DOCTOR, Role.Doctor, MemberStatus.Active, SPECIALITY, clock + 1);
        _set(Role.Doctor, MemberStatus.Active, SPECIALITY);
        vm.warp(clock + 9);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.MemberChanged(id, DOCTOR, Role.Doctor, MemberStatus.Active, 7, clock + 1);
        _set(Role.Doctor, MemberStatus.Active, 7);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.MemberChanged(id, DOCTOR, Role.Doctor, MemberStatus.Suspended, 7, clock + 10);
        _set(Role.Doctor, MemberStatus.Suspended, 7);
    }

    function test_P55_works_while_the_hospital_is_suspended() external {
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        _set(Role.Doctor, MemberStatus.Suspended, SPECIALITY);
        _checkMember(DOCTOR, Role.Doctor, MemberStatus.Suspended, SPECIALITY, clock + 1);
    }

    function _checkTurn(MemberStatus from, MemberStatus to) private {
        _set(Role.Doctor, from, SPECIALITY);
        clock += 10;
        vm.warp(clock);
        _set(Role.Doctor, to, SPECIALITY);
        _checkMember(DOCTOR, Role.Doctor, to, SPECIALITY, clock + 1);
    }

    function _set(Role role, MemberStatus status, uint16 speciality) private {
        vm.prank(address(hospital));
        registry.setMember(id, DOCTOR, role, status, speciality);
    }

    function _expectOnlyHospital(address caller, address expected) private {
        bytes4 selector = IHospitalRegistry.HospitalRegistry_OnlyHospital.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, caller, expected));
        vm.prank(caller);
    }
}
