// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {Role} from "../../../contracts/types/Types.sol";
import {VoucherSigner} from "./VoucherSigner.sol";
import {Ward} from "./Ward.sol";

/// @title Vouchers of the first hospital, in one claimer's hands
abstract contract Vouchers is Ward, VoucherSigner {
    uint256 internal constant CLAIM_KEY = 31;
    uint256 internal constant ACCOUNT_KEY = 32;

    address internal claimKey = vm.addr(CLAIM_KEY);
    /// @dev Whoever claims, able to sign as well.
    address internal claimer = vm.addr(ACCOUNT_KEY);

    function _terms(Role role) internal view returns (IHospital.Voucher memory voucher) {
        voucher.role = role;
        voucher.speciality = role == Role.Doctor ? SPECIALITY : 0;
        voucher.expiry = clock + 1 days;
    }

    /// @dev A voucher for whoever holds the claim key, in the claimer's hands.
    function _bearer(Role role) internal view returns (Ticket memory ticket) {
        ticket.voucher = _terms(role);
        ticket.voucher.claimKey = claimKey;
        ticket.claimSignature = _signClaim(CLAIM_KEY, address(hospital), claimer);
        _complete(ticket);
    }

    /// @dev A voucher that names the claimer.
    function _named(Role role) internal view returns (Ticket memory ticket) {
        ticket.voucher = _terms(role);
        ticket.voucher.account = claimer;
        _complete(ticket);
    }

    function _complete(Ticket memory ticket) private view {
        (ticket.account, ticket.admin, ticket.card) = (claimer, admin, CARD);
        _resign(ticket);
    }

    /// @dev After a change of the voucher.
    function _resign(Ticket memory ticket) internal view {
        ticket.adminSignature = _signVoucher(ADMIN_KEY, address(hospital), ticket.voucher);
    }

    function _claim(address caller, Ticket memory ticket) internal {
        vm.prank(caller);
        hospital.claim(
            ticket.account,
            ticket.voucher,
            ticket.admin,
            ticket.adminSignature,
            ticket.claimSignature,
            ticket.card
        );
    }

    function _expect(bytes4 selector) internal {
        vm.expectRevert(abi.encodeWithSelector(selector));
    }

    function _expect(bytes4 selector, address account) internal {
        vm.expectRevert(abi.encodeWithSelector(selector, account));
    }

    function _expect(bytes4 selector, uint256 first, uint256 second_) internal {
        vm.expectRevert(abi.encodeWithSelector(selector, first, second_));
    }

    function _signClaim(uint256 key, address contract_, address account) internal view returns (bytes memory) {
        return _signClaim(key, contract_, account, claimKey);
    }

    /// @dev The other signature of the same digest by the same key, of which `s` is in the upper half.
    function _malleated(bytes memory signature) internal pure returns (bytes memory) {
        uint256 order = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;
        (bytes32 r, bytes32 s, uint8 v) = _split(signature);
        return bytes.concat(r, bytes32(order - uint256(s)), bytes1(v == 27 ? 28 : 27));
    }

    /// @dev ERC-2098.
    function _compact(bytes memory signature) internal pure returns (bytes memory) {
        (bytes32 r, bytes32 s, uint8 v) = _split(signature);
        return bytes.concat(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
    }

    function _split(bytes memory signature) private pure returns (bytes32 r, bytes32 s, uint8 v) {
        assembly {
            r := mload(add(signature, 32))
            s := mload(add(signature, 64))
            v := byte(0, mload(add(signature, 96)))
        }
    }
}
