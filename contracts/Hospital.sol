// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IHospital} from "./interfaces/IHospital.sol";
import {IHospitalRegistry} from "./interfaces/IHospitalRegistry.sol";
import {MemberStatus, Role} from "./types/Types.sol";

/// @title Hospital
/// @notice See {IHospital}. Deployed once; every hospital is a clone of it.
contract Hospital is IHospital, EIP712 {
    /// @dev A proposal dies with its proposer's epoch, so that a removed admin leaves no sleeping successors.
    struct Proposal {
        address by;
        uint32 epoch;
    }

    bytes32 private constant VOUCHER_TYPEHASH = keccak256(
        "Voucher(uint8 role,uint16 speciality,uint40 expiry,uint32 epoch,address account,address claimKey)"
    );
    bytes32 private constant CLAIM_TYPEHASH = keccak256("Claim(address account,address claimKey)");

    IHospitalRegistry private immutable _registry;

    /// @inheritdoc IHospital
    uint32 public id;
    /// @inheritdoc IHospital
    uint32 public adminCount;
    /// @dev The first admin, while he is one; shares a slot with `id`, which makes creating a hospital a sixth cheaper.
    address private _founder;
    /// @inheritdoc IHospital
    bytes32 public receptionKey;
    mapping(address account => bool) private _appointed;
    mapping(address account => Proposal) private _proposals;
    /// @inheritdoc IHospital
    mapping(address admin => uint32) public voucherEpoch;
    /// @inheritdoc IHospital
    mapping(address claimKey => bool) public isVoucherUsed;
    /// @inheritdoc IHospital
    mapping(address account => bool) public isSelfAppointed;
    /// @inheritdoc IHospital
    mapping(address account => bool) public isReviewer;

    constructor(IHospitalRegistry registry) EIP712("Chartkey Hospital", "1") {
        _registry = registry;
        // No hospital: the implementation itself can never be initialised.
        id = type(uint32).max;
    }

    modifier onlyAdmin() {
        if (!isAdmin(msg.sender)) revert Hospital_OnlyAdmin(msg.sender);
        _;
    }

    /// @inheritdoc IHospital
    function initialize(uint32 id_, address admin, bytes32 receptionKey_) external {
        // Check
        if (msg.sender != address(_registry)) revert Hospital_OnlyRegistry(msg.sender);
        if (id != 0) revert Hospital_AlreadyInitialized();

        // Effect
        (id, adminCount, _founder) = (id_, 1, admin);
        emit AdminAdded(admin);
        _setReceptionKey(receptionKey_);
    }

    /// @inheritdoc IHospital
    function proposeAdmin(address account) external onlyAdmin {
        if (account == address(0) || isAdmin(account)) revert Hospital_InvalidAdmin(account);

        _proposals[account] = Proposal(msg.sender, voucherEpoch[msg.sender]);
        emit AdminProposed(account, msg.sender);
    }

    /// @inheritdoc IHospital
    function acceptAdmin() external {
        // Check
        Proposal memory proposal = _proposals[msg.sender];
        bool open = isAdmin(proposal.by) && voucherEpoch[proposal.by] == proposal.epoch;
        if (!open) revert Hospital_NotProposed(msg.sender);

        // Effect
        delete _proposals[msg.sender];
        _appointed[msg.sender] = true;
        ++adminCount;
        emit AdminAdded(msg.sender);
    }

    /// @inheritdoc IHospital
    function removeAdmin(address account) external onlyAdmin {
        // Check
        if (!isAdmin(account)) revert Hospital_InvalidAdmin(account);
        if (adminCount == 1) revert Hospital_LastAdmin();

        // Effect
        if (account == _founder) _founder = address(0);
        else _appointed[account] = false;
        --adminCount;
        emit AdminRemoved(account, msg.sender);
        // Vouchers signed before do not come back with a second appointment.
        _endEpoch(account);
    }

    /// @inheritdoc IHospital
    function revokeVouchers() external onlyAdmin {
        _endEpoch(msg.sender);
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
        Voucher calldata voucher,
        address admin,
        bytes calldata adminSignature,
        bytes calldata claimSignature,
        bytes32 card
    ) external {
        // Check
        _checkMember(voucher.role, voucher.speciality);
        _checkVoucher(voucher, admin, adminSignature);
        if (voucher.claimKey != address(0)) _checkClaim(voucher.claimKey, claimSignature);
        else if (msg.sender != voucher.account) revert Hospital_WrongClaimer(msg.sender, voucher.account);

        // Effect
        if (voucher.claimKey != address(0)) isVoucherUsed[voucher.claimKey] = true;
        emit Claimed(msg.sender, voucher.role, admin, voucher.claimKey, card);

        // Interaction
        MemberStatus status = voucher.role == Role.Patient ? MemberStatus.Active : MemberStatus.Requested;
        _registry.setMember(id, msg.sender, voucher.role, status, voucher.speciality);
    }

    /// @inheritdoc IHospital
    function requestAdmission(Role role, uint16 speciality, bytes32 card) external {
        _checkMember(role, speciality);

        emit AdmissionRequested(msg.sender, role, speciality, card);
        _registry.setMember(id, msg.sender, role, MemberStatus.Requested, speciality);
    }

    /// @inheritdoc IHospital
    function confirm(address account, bytes32 profile) external onlyAdmin {
        (Role role, MemberStatus status, uint16 speciality, ) = _registry.memberOf(id, account);
        if (status != MemberStatus.Requested) revert Hospital_NotRequested(account);

        isSelfAppointed[account] = account == msg.sender;
        emit MembershipConfirmed(account, msg.sender);
        _registry.setMember(id, account, role, MemberStatus.Active, speciality);
        if (profile != 0) _registry.publishProfile(id, profile);
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

        isSelfAppointed[account] = account == msg.sender;
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

    /// @inheritdoc IHospital
    function setReviewer(address account, bool appointed) external onlyAdmin {
        if (account == address(0) || isReviewer[account] == appointed) revert Hospital_InvalidReviewer(account);

        isReviewer[account] = appointed;
        emit ReviewerChanged(account, appointed, msg.sender);
    }

    /// @inheritdoc IHospital
    function isAdmin(address account) public view returns (bool) {
        return account != address(0) && (account == _founder || _appointed[account]);
    }

    function _setReceptionKey(bytes32 key) private {
        if (key == 0) revert Hospital_EmptyKey();

        receptionKey = key;
        emit ReceptionKeyPublished(key);
    }

    function _endEpoch(address admin) private {
        uint32 epoch = ++voucherEpoch[admin];
        emit VouchersRevoked(admin, epoch);
    }

    /// @dev Somebody who was ever a member, or asked to be one, cannot start again and so shed a suspension.
    function _checkMember(Role role, uint16 speciality) private view {
        if (role == Role.None) revert Hospital_InvalidRole(role);
        if ((role == Role.Doctor) != (speciality != 0)) revert Hospital_InvalidSpeciality(role, speciality);
        (, MemberStatus status, , ) = _registry.memberOf(id, msg.sender);
        if (status != MemberStatus.None) revert Hospital_AlreadyMember(msg.sender);
    }

    function _checkVoucher(Voucher calldata voucher, address admin, bytes calldata signature) private view {
        if (block.timestamp >= voucher.expiry) revert Hospital_VoucherExpired(voucher.expiry, block.timestamp);
        if ((voucher.account == address(0)) == (voucher.claimKey == address(0))) revert Hospital_VoucherUnbound();
        if (!isAdmin(admin)) revert Hospital_InvalidAdmin(admin);
        uint32 epoch = voucherEpoch[admin];
        if (voucher.epoch != epoch) revert Hospital_VoucherOutdated(voucher.epoch, epoch);
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(VOUCHER_TYPEHASH, voucher)));
        if (!SignatureChecker.isValidSignatureNowCalldata(admin, digest, signature)) {
            revert Hospital_InvalidVoucherSignature(admin);
        }
    }

    /// @dev The claim key signs the claimer's address, so that copying a pending claim steals nothing.
    function _checkClaim(address claimKey, bytes calldata signature) private view {
        if (isVoucherUsed[claimKey]) revert Hospital_VoucherUsed(claimKey);
        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(CLAIM_TYPEHASH, msg.sender, claimKey)));
        (address signer, , ) = ECDSA.tryRecoverCalldata(digest, signature);
        if (signer != claimKey) revert Hospital_InvalidClaimSignature(claimKey);
    }
}
