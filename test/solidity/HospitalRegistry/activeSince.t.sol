// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Accreditation, MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Ward} from "../support/Ward.sol";

contract ActiveSinceTest is Ward {
    function testFuzz_P14_is_zero_for_an_unknown_hospital(uint32 number, address account, uint8 role) external view {
        if (number > 0 && number <= 2) number += 2;
        vm.assertEq(registry.activeSince(number, account, Role(role % 4)), 0);
    }

    function test_P14_is_zero_in_a_pending_hospital() external {
        vm.prank(STRANGER);
        (uint32 number, address clone) = registry.createHospital(0, PROFILE, KEY);
        _write(number, clone, MemberStatus.Active);
        vm.assertEq(registry.activeSince(number, DOCTOR, Role.Doctor), 0);
        registry.setAccreditation(number, clone, Accreditation.Accredited, PROFILE);
        vm.assertEq(registry.activeSince(number, DOCTOR, Role.Doctor), clock + 1);
    }

    function test_P14_is_zero_in_a_suspended_hospital() external {
        _write(id, address(hospital), MemberStatus.Active);
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), 0);
    }

    function testFuzz_P14_is_zero_for_whoever_was_never_a_member(address account, uint8 role) external view {
        vm.assertEq(registry.activeSince(id, account, Role(role % 4)), 0);
    }

    function test_P57_is_zero_for_a_request() external {
        _write(id, address(hospital), MemberStatus.Requested);
        for (uint8 role; role < 4; ++role) vm.assertEq(registry.activeSince(id, DOCTOR, Role(role)), 0);
    }

    function test_P14_is_zero_for_a_suspended_member() external {
        _write(id, address(hospital), MemberStatus.Suspended);
        for (uint8 role; role < 4; ++role) vm.assertEq(registry.activeSince(id, DOCTOR, Role(role)), 0);
    }

    function testFuzz_P07_is_zero_for_each_other_role(uint8 code) external {
        Role held = Role(bound(code, 1, 3));
        _join(DOCTOR, held);
        for (uint8 role; role < 4; ++role) {
            uint40 since = registry.activeSince(id, DOCTOR, Role(role));
            vm.assertEq(since, Role(role) == held ? clock + 1 : 0);
        }
    }

    function test_P07_is_zero_in_each_other_hospital() external {
        _join(DOCTOR, Role.Doctor);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), clock + 1);
        vm.assertEq(registry.activeSince(otherId, DOCTOR, Role.Doctor), 0);
    }

    function testFuzz_is_the_second_after_the_confirmation(uint40 delay, uint40 later) external {
        delay = uint40(bound(delay, 0, 3650 days));
        _request(DOCTOR, Role.Doctor);
        vm.warp(clock + delay);
        _confirm(admin, DOCTOR, Role.Doctor);
        vm.warp(uint256(clock) + delay + later);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), clock + delay + 1);
    }

    function testFuzz_P26_is_the_second_after_the_reactivation(uint40 first, uint40 pause) external {
        (first, pause) = (uint40(bound(first, 1, 3650 days)), uint40(bound(pause, 0, 3650 days)));
        _join(DOCTOR, Role.Doctor);
        vm.warp(clock + first);
        _suspend(DOCTOR);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), 0);
        vm.warp(clock + first + pause);
        _reactivate(DOCTOR);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), clock + first + pause + 1);
    }

    /// @dev What was granted at `clock`, before or between, is older than the new term.
    function test_P26_starts_anew_though_all_happens_in_one_second() external {
        _join(DOCTOR, Role.Doctor);
        clock += 100;
        vm.warp(clock);
        _suspend(DOCTOR);
        _reactivate(DOCTOR);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), clock + 1);
    }

    function test_keeps_its_age_over_a_change_of_speciality() external {
        _join(DOCTOR, Role.Doctor);
        vm.warp(clock + 100);
        vm.prank(admin);
        hospital.changeSpeciality(DOCTOR, 7);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), clock + 1);
    }

    function test_P51_costs_the_same_in_a_hospital_of_many_members() external {
        // The first call finds the contracts cold.
        _cost(address(0xf000));
        uint256 few = _cost(address(0xf001));
        for (uint160 i = 1; i <= 60; ++i) _join(address(0xbeef0000 + i), Role.Doctor);
        uint256 many = _cost(address(0xf002));
        vm.assertTrue(many < few + 2000 && few < many + 2000);
    }

    function _cost(address account) private returns (uint256 used) {
        used = gasleft();
        _join(account, Role.Doctor);
        registry.activeSince(id, account, Role.Doctor);
        return used - gasleft();
    }

    function _write(uint32 number, address clone, MemberStatus status) private {
        vm.prank(clone);
        registry.setMember(number, DOCTOR, Role.Doctor, status, SPECIALITY);
    }
}
