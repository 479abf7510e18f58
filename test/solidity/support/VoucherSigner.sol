// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {Clinic} from "../Clinic.sol";

/// @title All that is signed about a voucher, word by word
abstract contract VoucherSigner is Clinic {
    /// @dev The arguments of `claim`.
    struct Ticket {
        address account;
        IHospital.Voucher voucher;
        address admin;
        bytes adminSignature;
        bytes claimSignature;
        bytes32 card;
    }

    function _voucherHash(IHospital.Voucher memory voucher) internal pure returns (bytes32) {
        bytes32 typehash = keccak256(
            "Voucher(uint8 role,uint16 speciality,uint40 expiry,uint32 epoch,address account,address claimKey)"
        );
        bytes memory numbers = bytes.concat(
            typehash,
            bytes32(uint256(voucher.role)),
            bytes32(uint256(voucher.speciality)),
            bytes32(uint256(voucher.expiry)),
            bytes32(uint256(voucher.epoch))
        );
        return keccak256(bytes.concat(numbers, _word(voucher.account), _word(voucher.claimKey)));
    }

    function _signVoucher(
        uint256 key,
        address contract_,
        IHospital.Voucher memory voucher
    ) internal view returns (bytes memory) {
        return _sign(key, _typed("Chartkey Hospital", contract_, _voucherHash(voucher)));
    }

    /// @dev Of a claim with the claim key `named`, which need not be the one that signs.
    function _signClaim(
        uint256 key,
        address contract_,
        address account,
        address named
    ) internal view returns (bytes memory) {
        bytes32 typehash = keccak256("Claim(address account,address claimKey)");
        bytes32 hash = keccak256(bytes.concat(typehash, _word(account), _word(named)));
        return _sign(key, _typed("Chartkey Hospital", contract_, hash));
    }

    function _signJoin(
        uint256 key,
        address contract_,
        Ticket memory ticket,
        uint40 deadline
    ) internal view returns (bytes memory) {
        bytes32 typehash = keccak256(
            "Join(address account,Voucher voucher,address admin,bytes32 card,uint40 deadline)Voucher(uint8 role,uint16 speciality,uint40 expiry,uint32 epoch,address account,address claimKey)"
        );
        bytes memory fields = bytes.concat(
            typehash,
            _word(ticket.account),
            _voucherHash(ticket.voucher),
            _word(ticket.admin),
            ticket.card,
            bytes32(uint256(deadline))
        );
        return _sign(key, _typed("Chartkey Hospital", contract_, keccak256(fields)));
    }

    function _word(address account) private pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }
}
