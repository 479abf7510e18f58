// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Admins} from "./abstracts/Admins.sol";
import {IHospital} from "./interfaces/IHospital.sol";
import {IHospitalRegistry} from "./interfaces/IHospitalRegistry.sol";
import {ISuccession} from "./interfaces/ISuccession.sol";
import {MemberStatus, Role} from "./types/Types.sol";

/// @title Hospital
/// @notice See {IHospital}. Deployed once; every hospital is a clone of it.
contract Hospital is Admins, EIP712 {
    bytes32 private constant VOUCHER_TYPEHASH = keccak256(
        "Voucher(uint8 role,uint16 speciality,uint40 expiry,uint32 epoch,address account,address claimKey)"
    );
    bytes32 private constant JOIN_TYPEHASH = keccak256(
        "Join(address account,Voucher voucher,address admin,bytes32 card,uint40 deadline)Voucher(uint8 role,uint16 speciality,uint40 expiry,uint32 epoch,address account,address claimKey)"
    );
    bytes32 private constant CLAIM_TYPEHASH = keccak256("Claim(address account,address claimKey)");

    IHospitalRegistry private immutable _registry;
    ISuccession private immutable _directory;

    /// @inheritdoc IHospital
    bytes32 public receptionKey;
    /// @inheritdoc IHospital
    mapping(address claimKey => bool) public isVoucherUsed;
    /// @inheritdoc IHospital
    mapping(address account => bool) public isSelfAppointed;

    constructor(IHospitalRegistry registry, ISuccession directory) EIP712("Chartkey Hospital", "1") {
        (_registry, _directory) = (registry, directory);
        _lock();
    }

    /// @inheritdoc IHospital
    function initialize(uint32 id_, address admin, bytes32 receptionKey_) external {
        // Check
        if (msg.sender != address(_registry)) revert Hospital_OnlyRegistry(msg.sender);
        if (id != 0) revert Hospital_AlreadyInitialized();

        // Effect
        _found(id_, admin);
        _setReceptionKey(receptionKey_);
    }

    /// @inheritdoc IHospital
    function publishReceptionKey(bytes32 key) external onlyAdmin {
        _setReceptionKey(key);
    }

    /// @inheritdoc IHospital
    function publishProfile(bytes32 profile) external onlyAdmin {
        _registry.publishProfile(id, profile);
    }

    /// @inheritdoc IHospital
    function claim(
        address account,
        Voucher calldata voucher,
        address admin,
        bytes calldata adminSignature,
        bytes calldata claimSignature,
        bytes32 card
    ) external {
        _checkActor(account);
        _claim(account, voucher, admin, adminSignature, claimSignature, card);
    }

    /// @inheritdoc IHospital
    function claimBySig(
        address account,
        Voucher calldata voucher,
        address admin,
        bytes calldata adminSignature,
        bytes calldata claimSignature,
        bytes32 card,
        uint40 deadline,
        bytes calldata signature
    ) external {
        if (block.timestamp >= deadline) revert Hospital_SignatureExpired(deadline, block.timestamp);
        bytes32 structHash = keccak256(
            abi.encode(JOIN_TYPEHASH, account, _hashVoucher(voucher), admin, card, deadline)
        );
        address actor = _directory.actorOf(account);
        if (!SignatureChecker.isValidSignatureNowCalldata(actor, _hashTypedDataV4(structHash), signature)) {
            revert Hospital_InvalidSignature(account);
        }
        _claim(account, voucher, admin, adminSignature, claimSignature, card);
    }

    /// @inheritdoc IHospital
    function requestAdmission(address account, Role role, uint16 speciality, bytes32 card) external {
        _checkActor(account);
        MemberStatus status = _checkMember(account, role, speciality);
        bool outside = status == MemberStatus.None || status == MemberStatus.Declined || status == MemberStatus.Left;
        if (!outside) revert Hospital_AlreadyMember(account);

        emit AdmissionRequested(account, role, speciality, card);
        _registry.setMember(id, account, role, MemberStatus.Requested, speciality);
    }

    /// @inheritdoc IHospital
    function confirm(address account, Role role, uint16 speciality, bytes32 profile) external onlyAdmin {
        // Check
        (Role asked, MemberStatus status, uint16 field, ) = _registry.memberOf(id, account);
        if (status != MemberStatus.Requested) revert Hospital_NotRequested(account);
        if (asked != role || field != speciality) revert Hospital_RequestChanged(account, asked, field);
        _checkOwnWallet(account, role);

        // Effect
        isSelfAppointed[account] = msg.sender == account;
        emit MembershipConfirmed(account, msg.sender);

        // Interaction
        _registry.setMember(id, account, role, MemberStatus.Active, speciality);
        if (profile != 0) _registry.publishProfile(id, profile);
    }

    /// @inheritdoc IHospital
    function decline(address account) external onlyAdmin {
        (Role role, MemberStatus status, uint16 speciality, ) = _registry.memberOf(id, account);
        if (status != MemberStatus.Requested) revert Hospital_NotRequested(account);

        emit AdmissionDeclined(account, msg.sender);
        _registry.setMember(id, account, role, MemberStatus.Declined, speciality);
    }

    /// @inheritdoc IHospital
    function leaveHospital(address account) external {
        _checkActor(account);
        (Role role, MemberStatus status, uint16 speciality, ) = _registry.memberOf(id, account);
        bool inside = status == MemberStatus.Requested || status == MemberStatus.Active;
        // Or a hospital could hold a patient, by suspending him first, and reactivate him for an emergency.
        bool held = status == MemberStatus.Suspended && role == Role.Patient;
        if (!inside && !held) revert Hospital_CannotLeave(account, status);

        emit MembershipLeft(account, msg.sender);
        _registry.setMember(id, account, role, MemberStatus.Left, speciality);
    }

    /// @inheritdoc IHospital
    function suspend(address account) external onlyAdmin {
        (Role role, MemberStatus status, uint16 speciality, ) = _registry.memberOf(id, account);
        if (status != MemberStatus.Active) revert Hospital_NotActive(account);

        emit MembershipSuspended(account, msg.sender);
        _registry.setMember(id, account, role, MemberStatus.Suspended, speciality);
    }

    /// @inheritdoc IHospital
    function reactivate(address account) external onlyAdmin {
        (Role role, MemberStatus status, uint16 speciality, ) = _registry.memberOf(id, account);
        if (status != MemberStatus.Suspended) revert Hospital_NotSuspended(account);
        _checkOwnWallet(account, role);

        isSelfAppointed[account] = msg.sender == account;
        emit MembershipReactivated(account, msg.sender);
        _registry.setMember(id, account, role, MemberStatus.Active, speciality);
    }

    /// @inheritdoc IHospital
    function changeSpeciality(address account, uint16 speciality) external onlyAdmin {
        (Role role, MemberStatus status, uint16 current, ) = _registry.memberOf(id, account);
        if (status != MemberStatus.Active) revert Hospital_NotActive(account);
        if (role != Role.Doctor || speciality == 0 || speciality == current) {
            revert Hospital_InvalidSpeciality(role, speciality);
        }

        emit SpecialityChanged(account, speciality, msg.sender);
        _registry.setMember(id, account, role, status, speciality);
    }

    function _setReceptionKey(bytes32 key) private {
        if (key == 0) revert Hospital_EmptyKey();

        receptionKey = key;
        emit ReceptionKeyPublished(key);
    }

    function _claim(
        address account,
        Voucher calldata voucher,
        address admin,
        bytes calldata adminSignature,
        bytes calldata claimSignature,
        bytes32 card
    ) private {
        // Check
        MemberStatus status = _checkMember(account, voucher.role, voucher.speciality);
        // Also not after a decline or after leaving: what was signed before it would work again.
        if (status != MemberStatus.None) revert Hospital_AlreadyMember(account);
        _checkVoucher(voucher, admin, adminSignature);
        bool open = voucher.claimKey != address(0);
        if (open) _checkClaim(account, voucher.claimKey, claimSignature);
        else if (account != voucher.account) revert Hospital_WrongClaimer(account, voucher.account);

        // Effect
        if (open) isVoucherUsed[voucher.claimKey] = true;
        emit Claimed(account, voucher.role, admin, voucher.claimKey, card);

        // Interaction
        status = voucher.role == Role.Patient ? MemberStatus.Active : MemberStatus.Requested;
        _registry.setMember(id, account, voucher.role, status, voucher.speciality);
    }

    function _checkActor(address account) private view {
        if (msg.sender != _directory.actorOf(account)) revert Hospital_NotActor(account, msg.sender);
    }

    /// @dev Staff act with their own wallet: an account that was succeeded does not become staff.
    function _checkOwnWallet(address account, Role role) private view {
        if (role != Role.Patient && _directory.actorOf(account) != account) revert Hospital_Succeeded(account);
    }

    /// @dev What the account is here already; whoever was ever a member cannot start again and so shed a suspension.
    function _checkMember(address account, Role role, uint16 speciality) private view returns (MemberStatus status) {
        if (role == Role.None) revert Hospital_InvalidRole(role);
        if ((role == Role.Doctor) != (speciality != 0)) revert Hospital_InvalidSpeciality(role, speciality);
        _checkOwnWallet(account, role);
        (, status, , ) = _registry.memberOf(id, account);
    }

    function _checkVoucher(Voucher calldata voucher, address admin, bytes calldata signature) private view {
        if (block.timestamp >= voucher.expiry) revert Hospital_VoucherExpired(voucher.expiry, block.timestamp);
        if ((voucher.account == address(0)) == (voucher.claimKey == address(0))) revert Hospital_VoucherUnbound();
        if (!isAdmin(admin)) revert Hospital_InvalidAdmin(admin);
        uint32 epoch = voucherEpoch[admin];
        if (voucher.epoch != epoch) revert Hospital_VoucherOutdated(voucher.epoch, epoch);
        bytes32 digest = _hashTypedDataV4(_hashVoucher(voucher));
        if (!SignatureChecker.isValidSignatureNowCalldata(admin, digest, signature)) {
            revert Hospital_InvalidVoucherSignature(admin);
        }
    }

    /// @dev The claim key signs the claimer's address, so that copying a pending claim steals nothing.
    function _checkClaim(address account, address claimKey, bytes calldata signature) private view {
        if (isVoucherUsed[claimKey]) revert Hospital_VoucherUsed(claimKey);
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(CLAIM_TYPEHASH, account, claimKey)));
        (address signer, , ) = ECDSA.tryRecoverCalldata(digest, signature);
        if (signer != claimKey) revert Hospital_InvalidClaimSignature(claimKey);
    }

    function _hashVoucher(Voucher calldata voucher) private pure returns (bytes32) {
        return keccak256(abi.encode(VOUCHER_TYPEHASH, voucher));
    }
}
