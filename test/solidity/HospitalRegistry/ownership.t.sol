// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Accreditation, MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Ward} from "../support/Ward.sol";

contract OwnershipTest is Ward {
    address private constant HEIR = address(0x4e14);

    event OwnershipTransferStarted(address indexed previousOwner, address indexed newOwner);
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);

    function testFuzz_P04_is_refused_to_everybody_but_the_registrar(address caller) external {
        if (caller == address(this)) caller = admin;
        _expectUnauthorized(caller);
        registry.transferOwnership(caller);
    }

    function test_P04_changes_nothing_before_it_is_accepted() external {
        registry.transferOwnership(HEIR);
        vm.assertEq(registry.owner(), address(this));
        vm.assertEq(registry.pendingOwner(), HEIR);
        _expectUnauthorized(HEIR);
        registry.setAuditor(STRANGER, true);
        registry.setAuditor(DOCTOR, true);
        vm.assertTrue(registry.isAuditor(DOCTOR));
    }

    function test_P52_announces_the_registrar_to_come() external {
        vm.expectEmit(address(registry));
        emit OwnershipTransferStarted(address(this), HEIR);
        registry.transferOwnership(HEIR);
    }

    function test_P04_is_taken_back_by_naming_somebody_else() external {
        registry.transferOwnership(HEIR);
        registry.transferOwnership(address(0));
        _expectUnauthorized(HEIR);
        registry.acceptOwnership();
    }

    function testFuzz_P04_is_refused_to_whoever_was_not_named(address caller) external {
        if (caller == HEIR) caller = address(this);
        registry.transferOwnership(HEIR);
        _expectUnauthorized(caller);
        registry.acceptOwnership();
    }

    function test_P04_hands_over_and_announces_it() external {
        registry.transferOwnership(HEIR);
        vm.expectEmit(address(registry));
        emit OwnershipTransferred(address(this), HEIR);
        vm.prank(HEIR);
        registry.acceptOwnership();
        vm.assertEq(registry.owner(), HEIR);
        vm.assertEq(registry.pendingOwner(), address(0));
    }

    function test_P04_takes_the_old_registrar_s_power_at_once() external {
        registry.transferOwnership(HEIR);
        vm.prank(HEIR);
        registry.acceptOwnership();
        _expectUnauthorized(address(this));
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        vm.prank(HEIR);
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
    }

    function testFuzz_P04_is_refused_to_everybody_but_the_owner(address caller) external {
        if (caller == address(this)) caller = admin;
        _expectUnauthorized(caller);
        registry.renounceOwnership();
    }

    function test_P04_leaves_no_owner_and_announces_it() external {
        vm.expectEmit(address(registry));
        emit OwnershipTransferred(address(this), address(0));
        registry.renounceOwnership();
        vm.assertEq(registry.owner(), address(0));
    }

    function test_P04_ends_what_was_waiting() external {
        registry.transferOwnership(HEIR);
        registry.renounceOwnership();
        _expectUnauthorized(HEIR);
        registry.acceptOwnership();
    }

    function test_P04_leaves_existing_hospitals_working() external {
        registry.renounceOwnership();
        _join(DOCTOR, Role.Doctor);
        vm.assertEq(registry.activeSince(id, DOCTOR, Role.Doctor), clock + 1);
        _suspend(DOCTOR);
        _checkMember(DOCTOR, Role.Doctor, MemberStatus.Suspended, SPECIALITY, clock + 1);
        _reactivate(DOCTOR);
        _appoint(second);
        vm.prank(second);
        hospital.publishProfile(keccak256("newer profile"));
        (, Accreditation status, bytes32 profile) = registry.hospitalOf(id);
        vm.assertEq(uint256(status), uint256(Accreditation.Accredited));
        vm.assertEq(profile, keccak256("newer profile"));
    }

    function testFuzz_P04_leaves_nobody_who_accredits_or_admits_auditors(address caller) external {
        if (caller == address(0)) caller = address(this);
        registry.renounceOwnership();
        _expectUnauthorized(caller);
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
        _expectUnauthorized(caller);
        registry.setAuditor(STRANGER, true);
    }

    function _expectUnauthorized(address caller) private {
        vm.expectRevert(abi.encodeWithSignature("OwnableUnauthorizedAccount(address)", caller));
        vm.prank(caller);
    }
}
