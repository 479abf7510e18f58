// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../../contracts/Hospital.sol";
import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {Accreditation, MemberStatus, Role} from "../../../contracts/types/Types.sol";
import {Clinic} from "../Clinic.sol";

/// @title Two accredited hospitals, each with an admin of its own; this contract is only their registrar
abstract contract Ward is Clinic {
    uint256 internal constant ADMIN_KEY = 11;
    uint256 internal constant SECOND_KEY = 12;

    address internal constant OTHER_ADMIN = address(0xada);
    address internal constant DOCTOR = address(0xd0c);
    address internal constant PATIENT = address(0x9a7);
    address internal constant STRANGER = address(0x57a);
    uint16 internal constant SPECIALITY = 5;
    bytes32 internal constant CARD = keccak256("card");

    address internal admin = vm.addr(ADMIN_KEY);
    /// @dev Becomes an admin of the first hospital by `_appoint`.
    address internal second = vm.addr(SECOND_KEY);
    Hospital internal hospital;
    Hospital internal other;
    uint32 internal id;
    uint32 internal otherId;

    function setUp() public virtual {
        _deploy();
        (id, hospital) = _openAs(admin);
        (otherId, other) = _openAs(OTHER_ADMIN);
    }

    function _openAs(address creator) internal returns (uint32 id_, Hospital opened) {
        vm.prank(creator);
        (uint32 number, address clone) = registry.createHospital(0, PROFILE, KEY);
        registry.setAccreditation(number, clone, Accreditation.Accredited, PROFILE);
        return (number, Hospital(clone));
    }

    function _propose(address by, address account) internal {
        vm.prank(by);
        hospital.proposeAdmin(account);
    }

    function _accept(address account) internal {
        vm.prank(account);
        hospital.acceptAdmin();
    }

    function _appoint(address account) internal {
        _propose(admin, account);
        _accept(account);
    }

    function _request(address account, Role role) internal {
        vm.prank(account);
        hospital.requestAdmission(account, role, _specialityOf(role), CARD);
    }

    function _confirm(address by, address account, Role role) internal {
        vm.prank(by);
        hospital.confirm(account, role, _specialityOf(role), 0);
    }

    function _join(address account, Role role) internal {
        _request(account, role);
        _confirm(admin, account, role);
    }

    function _leave(address account) internal {
        vm.prank(account);
        hospital.leaveHospital(account);
    }

    function _suspend(address account) internal {
        vm.prank(admin);
        hospital.suspend(account);
    }

    function _reactivate(address account) internal {
        vm.prank(admin);
        hospital.reactivate(account);
    }

    /// @dev `account` is succeeded by `successor`, after the delay; ends at the second of the acceptance.
    function _succeed(address account, address successor) internal {
        vm.prank(account);
        directory.proposeSuccessor(account, successor);
        clock += SUCCESSION_DELAY;
        vm.warp(clock);
        vm.prank(successor);
        directory.acceptSuccession(account);
    }

    function _expectOnlyAdmin(address caller) internal {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_OnlyAdmin.selector, caller));
        vm.prank(caller);
    }

    function _specialityOf(Role role) internal pure returns (uint16) {
        return role == Role.Doctor ? SPECIALITY : 0;
    }

    function _notAdmin(address caller) internal view returns (address) {
        return caller == admin ? address(this) : caller;
    }

    function _checkMember(
        address account,
        Role role,
        MemberStatus status,
        uint16 speciality,
        uint40 since
    ) internal view {
        (Role role_, MemberStatus status_, uint16 speciality_, uint40 since_) = registry.memberOf(id, account);
        vm.assertEq(uint256(role_), uint256(role));
        vm.assertEq(uint256(status_), uint256(status));
        vm.assertEq(speciality_, speciality);
        vm.assertEq(since_, since);
    }
}
