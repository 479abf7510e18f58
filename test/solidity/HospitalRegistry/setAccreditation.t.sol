// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {Accreditation, Role} from "../../../contracts/types/Types.sol";
import {Ward} from "../support/Ward.sol";

contract SetAccreditationTest is Ward {
    bytes32 private constant NEWER = keccak256("newer profile");

    uint32 private _pending;
    address private _pendingClone;

    function setUp() public override {
        super.setUp();
        vm.prank(STRANGER);
        (_pending, _pendingClone) = registry.createHospital(0, PROFILE, KEY);
    }

    function testFuzz_P01_is_refused_to_everybody_but_the_registrar(address caller) external {
        if (caller == address(this)) caller = STRANGER;
        _expectUnauthorized(caller);
        registry.setAccreditation(_pending, _pendingClone, Accreditation.Accredited, PROFILE);
    }

    function test_P23_is_refused_to_the_hospital_and_to_its_admin() external {
        _expectUnauthorized(admin);
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        _expectUnauthorized(address(hospital));
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
    }

    function testFuzz_is_refused_for_a_number_that_was_never_given(
        uint32 number,
        address clone,
        uint8 status
    ) external {
        if (number > 0 && number <= 3) number += 3;
        vm.expectRevert(abi.encodeWithSelector(IHospitalRegistry.HospitalRegistry_UnknownHospital.selector, number));
        registry.setAccreditation(number, clone, Accreditation(status % 4), 0);
    }

    function testFuzz_P01_is_refused_for_another_hospital_than_the_one_with_this_number(address clone) external {
        if (clone == _pendingClone) clone = address(0);
        _expectOther(_pending, _pendingClone, clone, Accreditation.Accredited);
        if (clone != address(hospital)) _expectOther(id, address(hospital), clone, Accreditation.Suspended);
    }

    /// @dev As after a reorganisation: the profile can be copied, the clone's address cannot.
    function test_P01_P03_is_refused_for_a_hospital_that_copied_the_profile_and_took_the_number() external {
        uint256 before = vm.snapshotState();
        vm.prank(DOCTOR);
        (uint32 read, address meant) = registry.createHospital(0, PROFILE, KEY);
        vm.revertToState(before);
        vm.prank(PATIENT);
        (uint32 number, address copy) = registry.createHospital(0, PROFILE, KEY);
        vm.assertEq(number, read);
        _expectOther(number, copy, meant, Accreditation.Accredited);
        _checkStatus(number, Accreditation.Pending);
    }

    function testFuzz_is_refused_for_a_profile_that_was_never_published(bytes32 profile) external {
        if (profile == PROFILE) profile = 0;
        _expectProfileChanged(PROFILE, profile);
        registry.setAccreditation(_pending, _pendingClone, Accreditation.Accredited, profile);
    }

    function test_is_refused_for_a_profile_that_has_been_replaced() external {
        vm.prank(admin);
        hospital.publishProfile(NEWER);
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, NEWER);
        _expectProfileChanged(NEWER, PROFILE);
        registry.setAccreditation(id, address(hospital), Accreditation.Accredited, PROFILE);
    }

    function testFuzz_P01_suspends_whatever_profile_is_named_and_announces_the_published_one(bytes32 named) external {
        vm.prank(admin);
        hospital.publishProfile(NEWER);
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.AccreditationChanged(id, Accreditation.Suspended, NEWER);
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, named);
        _checkStatus(id, Accreditation.Suspended);
    }

    function test_P01_is_refused_every_status_but_accredited_to_a_pending_hospital() external {
        _expectOnly(_pending, Accreditation.Pending, Accreditation.Accredited);
    }

    function test_P01_accredits_a_pending_hospital() external {
        registry.setAccreditation(_pending, _pendingClone, Accreditation.Accredited, PROFILE);
        _checkStatus(_pending, Accreditation.Accredited);
    }

    function test_P01_is_refused_every_status_but_suspended_to_an_accredited_hospital() external {
        _expectOnly(id, Accreditation.Accredited, Accreditation.Suspended);
    }

    function test_P01_suspends_an_accredited_hospital() external {
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        _checkStatus(id, Accreditation.Suspended);
    }

    function test_P01_is_refused_every_status_but_accredited_to_a_suspended_hospital() external {
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        _expectOnly(id, Accreditation.Suspended, Accreditation.Accredited);
    }

    /// @dev A pause: unlike a member's own suspension, it leaves everybody's `activeSince` alone.
    function test_P26_accredits_a_suspended_hospital_again_and_its_members_count_as_before() external {
        _join(DOCTOR, Role.Doctor);
        uint40 since = registry.activeSince(id, DOCTOR, Role.Doctor);
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), 0);
        vm.warp(clock + 30 days);
        registry.setAccreditation(id, address(hospital), Accreditation.Accredited, PROFILE);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), since);
        vm.assertEq(since, clock + 1);
    }

    function test_P52_announces_every_step() external {
        _expectStep(Accreditation.Accredited);
        _expectStep(Accreditation.Suspended);
        _expectStep(Accreditation.Accredited);
    }

    function test_touches_no_other_hospital() external {
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        _checkStatus(otherId, Accreditation.Accredited);
        _checkStatus(_pending, Accreditation.Pending);
    }

    function test_leaves_the_profile_and_the_address_as_they_are() external {
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        (address hospital_, , bytes32 profile) = registry.hospitalOf(id);
        vm.assertEq(hospital_, address(hospital));
        vm.assertEq(profile, PROFILE);
    }

    function _expectOnly(uint32 number, Accreditation current, Accreditation next) private {
        (address clone, , ) = registry.hospitalOf(number);
        for (uint8 code; code < 4; ++code) {
            Accreditation asked = Accreditation(code);
            if (asked == next) continue;
            bytes4 selector = IHospitalRegistry.HospitalRegistry_InvalidAccreditation.selector;
            vm.expectRevert(abi.encodeWithSelector(selector, current, asked));
            registry.setAccreditation(number, clone, asked, PROFILE);
        }
    }

    function _expectStep(Accreditation status) private {
        vm.expectEmit(address(registry));
        emit IHospitalRegistry.AccreditationChanged(_pending, status, PROFILE);
        registry.setAccreditation(_pending, _pendingClone, status, PROFILE);
    }

    function _expectOther(uint32 number, address current, address asked, Accreditation status) private {
        bytes4 selector = IHospitalRegistry.HospitalRegistry_OtherHospital.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, current, asked));
        registry.setAccreditation(number, asked, status, PROFILE);
    }

    function _expectUnauthorized(address caller) private {
        vm.expectRevert(abi.encodeWithSignature("OwnableUnauthorizedAccount(address)", caller));
        vm.prank(caller);
    }

    function _expectProfileChanged(bytes32 current, bytes32 asked) private {
        bytes4 selector = IHospitalRegistry.HospitalRegistry_ProfileChanged.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, current, asked));
    }

    function _checkStatus(uint32 number, Accreditation expected) private view {
        (, Accreditation status, ) = registry.hospitalOf(number);
        vm.assertEq(uint256(status), uint256(expected));
    }
}
