// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../contracts/Hospital.sol";
import {IHospital} from "../../contracts/interfaces/IHospital.sol";
import {MemberStatus, Role} from "../../contracts/types/Types.sol";
import {Clinic} from "./Clinic.sol";

contract VoucherTest is Clinic {
    uint256 private constant ADMIN = 11;
    uint256 private constant CLAIM = 12;

    Hospital private _hospital;
    uint32 private _id;

    function setUp() external {
        _deploy();
        (_id, _hospital) = _openHospital(0);
        _hospital.proposeAdmin(vm.addr(ADMIN));
        vm.prank(vm.addr(ADMIN));
        _hospital.acceptAdmin();
    }

    function testFuzz_P57_the_named_role_speciality_and_status(
        uint8 code,
        uint16 speciality,
        uint40 expiry,
        address who
    ) external onTime {
        IHospital.Voucher memory voucher = _voucher(code, speciality, expiry);
        _claim(voucher, _adminSignature(voucher), who);
        (Role role, MemberStatus status, uint16 special, ) = registry.memberOf(_id, who);
        vm.assertTrue(role == voucher.role);
        vm.assertEq(special, voucher.speciality);
        vm.assertTrue(status == (role == Role.Patient ? MemberStatus.Active : MemberStatus.Requested));
        vm.assertTrue(_hospital.isVoucherUsed(vm.addr(CLAIM)));
    }

    function testFuzz_P57_works_once(uint8 code, uint16 speciality, address first, address second) external onTime {
        if (second == first) second = address(uint160(first) ^ 1);
        IHospital.Voucher memory voucher = _voucher(code, speciality, clock + 1);
        bytes memory signature = _adminSignature(voucher);
        _claim(voucher, signature, first);
        bytes memory again = _claimSignature(second);
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_VoucherUsed.selector, vm.addr(CLAIM)));
        vm.prank(second);
        _hospital.claim(second, voucher, vm.addr(ADMIN), signature, again, 0);
    }

    function testFuzz_P37_P57_a_copied_claim_fails(address rightful, address thief) external onTime {
        if (thief == rightful) thief = address(uint160(rightful) ^ 1);
        IHospital.Voucher memory voucher = _voucher(1, 0, clock + 1);
        bytes memory signature = _adminSignature(voucher);
        bytes memory claim = _claimSignature(rightful);
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_InvalidClaimSignature.selector, vm.addr(CLAIM)));
        vm.prank(thief);
        _hospital.claim(thief, voucher, vm.addr(ADMIN), signature, claim, 0);
    }

    function testFuzz_P57_is_over_at_the_expiry(uint40 expiry, uint40 late) external onTime {
        expiry = uint40(bound(expiry, clock + 1, type(uint40).max - 1));
        late = uint40(bound(late, expiry, type(uint40).max));
        IHospital.Voucher memory voucher = _voucher(1, 0, expiry);
        bytes memory signature = _adminSignature(voucher);
        bytes memory claim = _claimSignature(vm.addr(1));
        vm.warp(late);
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_VoucherExpired.selector, expiry, late));
        vm.prank(vm.addr(1));
        _hospital.claim(vm.addr(1), voucher, vm.addr(ADMIN), signature, claim, 0);
    }

    /// @dev A signature of random bytes, or one with a bit flipped, never counts.
    function testFuzz_P18_P57_an_altered_signature_fails(uint256 bit, address who) external onTime {
        IHospital.Voucher memory voucher = _voucher(1, 0, clock + 1);
        bytes memory signature = _adminSignature(voucher);
        bit = bound(bit, 0, signature.length * 8 - 1);
        signature[bit / 8] ^= bytes1(uint8(1 << (bit % 8)));
        bytes memory claim = _claimSignature(who);
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_InvalidVoucherSignature.selector, vm.addr(ADMIN)));
        vm.prank(who);
        _hospital.claim(who, voucher, vm.addr(ADMIN), signature, claim, 0);
    }

    function _voucher(uint8 code, uint16 speciality, uint40 expiry) private view returns (IHospital.Voucher memory) {
        Role role = Role((code % 3) + 1);
        if (role != Role.Doctor) speciality = 0;
        else if (speciality == 0) speciality = 1;
        expiry = uint40(bound(expiry, clock + 1, type(uint40).max));
        return IHospital.Voucher(role, speciality, expiry, 0, address(0), vm.addr(CLAIM));
    }

    function _claim(IHospital.Voucher memory voucher, bytes memory signature, address who) private {
        bytes memory claim = _claimSignature(who);
        vm.prank(who);
        _hospital.claim(who, voucher, vm.addr(ADMIN), signature, claim, 0);
    }

    function _adminSignature(IHospital.Voucher memory voucher) private view returns (bytes memory) {
        bytes32 typehash = keccak256(
            "Voucher(uint8 role,uint16 speciality,uint40 expiry,uint32 epoch,address account,address claimKey)"
        );
        bytes memory fields = abi.encode(
            typehash,
            uint8(voucher.role),
            voucher.speciality,
            voucher.expiry,
            voucher.epoch,
            voucher.account,
            voucher.claimKey
        );
        return _sign(ADMIN, _typed("Chartkey Hospital", address(_hospital), keccak256(fields)));
    }

    function _claimSignature(address who) private view returns (bytes memory) {
        bytes32 fields = keccak256(
            abi.encode(keccak256("Claim(address account,address claimKey)"), who, vm.addr(CLAIM))
        );
        return _sign(CLAIM, _typed("Chartkey Hospital", address(_hospital), fields));
    }
}
