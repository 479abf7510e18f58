// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Ward} from "../support/Ward.sol";

contract DeclineTest is Ward {
    function testFuzz_P06_is_refused_to_everybody_but_an_admin(address caller) external {
        caller = _notAdmin(caller);
        _request(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(caller);
        hospital.decline(DOCTOR);
    }

    function test_P07_is_refused_to_the_admin_of_another_hospital() external {
        _request(DOCTOR, Role.Doctor);
        _expectOnlyAdmin(OTHER_ADMIN);
        hospital.decline(DOCTOR);
    }

    function testFuzz_is_refused_for_whoever_never_asked(address account) external {
        _expectRefusal(account);
        hospital.decline(account);
    }

    function test_P08_is_refused_for_an_active_member() external {
        _join(DOCTOR, Role.Doctor);
        _expectRefusal(DOCTOR);
        hospital.decline(DOCTOR);
    }

    function test_P52_announces_the_refusal_and_the_membership() external {
        _request(DOCTOR, Role.Doctor);
        vm.expectEmit(address(hospital));
        emit IHospital.AdmissionDeclined(DOCTOR, admin);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.MemberChanged(id, DOCTOR, Role.Doctor, MemberStatus.Declined, SPECIALITY, clock + 1);
        _decline();
    }

    function test_gives_no_standing() external {
        _request(DOCTOR, Role.Doctor);
        _decline();
        (, MemberStatus status, , ) = registry.memberOf(id, DOCTOR);
        vm.assertTrue(status == MemberStatus.Declined);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), 0);
    }

    function test_lets_the_account_ask_again_in_another_role() external {
        _request(DOCTOR, Role.Doctor);
        _decline();
        _request(DOCTOR, Role.Pharmacist);
        (Role role, MemberStatus status, , ) = registry.memberOf(id, DOCTOR);
        vm.assertTrue(role == Role.Pharmacist && status == MemberStatus.Requested);
    }

    function _decline() private {
        vm.prank(admin);
        hospital.decline(DOCTOR);
    }

    function _expectRefusal(address account) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_NotRequested.selector, account));
        vm.prank(admin);
    }
}
