// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MemberStatus, Role} from "../types/Types.sol";

/// @title One hospital: its admins, and how people become its staff and patients
/// @notice A clone made by HospitalRegistry. Becoming a patient always takes the patient's own transaction.
interface IHospital {
    /// @param role What the claimer becomes.
    /// @param speciality Code of a doctor's speciality (table in the sdk, `specialities`), not 0; 0 for others.
    /// @param expiry First second at which the voucher no longer works.
    /// @param epoch The signing admin's `voucherEpoch`.
    /// @param account Who may claim, or zero when `claimKey` decides.
    /// @param claimKey Ephemeral address whose private key travels in the invitation, or zero when `account` is named.
    struct Voucher {
        Role role;
        uint16 speciality;
        uint40 expiry;
        uint32 epoch;
        address account;
        address claimKey;
    }

    event AdminProposed(address indexed account, address indexed by);
    event AdminAdded(address indexed account);
    event AdminRemoved(address indexed account, address indexed by);
    event VouchersRevoked(address indexed admin, uint32 epoch);
    event ReceptionKeyPublished(bytes32 key);
    /// @param card SHA-256 of the sealed card document, or zero when none was left.
    event Claimed(address indexed account, Role indexed role, address indexed admin, address claimKey, bytes32 card);
    event AdmissionRequested(address indexed account, Role indexed role, uint16 speciality, bytes32 card);
    event AdmissionDeclined(address indexed account, address indexed admin);
    event MembershipConfirmed(address indexed account, address indexed admin);
    /// @param by Whoever acts for the account.
    event MembershipLeft(address indexed account, address indexed by);
    event MembershipSuspended(address indexed account, address indexed admin);
    event MembershipReactivated(address indexed account, address indexed admin);
    event SpecialityChanged(address indexed account, uint16 speciality, address indexed admin);
    event ReviewerChanged(address indexed account, bool appointed, address indexed admin);

    error Hospital_OnlyRegistry(address caller);
    error Hospital_AlreadyInitialized();
    error Hospital_OnlyAdmin(address caller);
    error Hospital_InvalidAdmin(address account);
    error Hospital_LastAdmin();
    error Hospital_NotProposed(address account);
    error Hospital_InvalidRole(Role role);
    error Hospital_InvalidSpeciality(Role role, uint16 speciality);
    error Hospital_VoucherExpired(uint40 expiry, uint256 time);
    error Hospital_VoucherOutdated(uint32 epoch, uint32 current);
    error Hospital_VoucherUsed(address claimKey);
    error Hospital_VoucherUnbound();
    error Hospital_WrongClaimer(address claimer, address account);
    error Hospital_InvalidVoucherSignature(address admin);
    error Hospital_InvalidClaimSignature(address claimKey);
    error Hospital_NotActor(address account, address caller);
    error Hospital_SignatureExpired(uint40 deadline, uint256 time);
    error Hospital_InvalidSignature(address account);
    error Hospital_AlreadyMember(address account);
    /// @dev Staff act with their own wallet, so an account that has a successor does not become staff.
    error Hospital_Succeeded(address account);
    error Hospital_NotRequested(address account);
    /// @param role What is requested now.
    error Hospital_RequestChanged(address account, Role role, uint16 speciality);
    error Hospital_CannotLeave(address account, MemberStatus status);
    error Hospital_NotActive(address account);
    error Hospital_NotSuspended(address account);
    error Hospital_InvalidReviewer(address account);
    error Hospital_EmptyKey();

    /// @notice Called once, by the registry, in the transaction that makes the clone.
    function initialize(uint32 id, address admin, bytes32 receptionKey) external;

    /// @notice First half of a two-step appointment of another admin. Only an admin.
    function proposeAdmin(address account) external;
    /// @notice Second half: the proposed account accepts.
    function acceptAdmin() external;
    /// @notice Removes an admin, or oneself; never the last one. Ends the vouchers and proposals he made, and that he is a reviewer.
    function removeAdmin(address account) external;
    /// @notice Ends every voucher that the calling admin has signed, and every proposal he made that waits for acceptance.
    function revokeVouchers() external;
    function publishReceptionKey(bytes32 key) external;
    function publishProfile(bytes32 profile) external;

    /// @notice Uses a voucher. Patients become active; staff wait for `confirm`. An account joins a hospital once.
    /// The caller acts for the account: it is the account, or its successor.
    /// @param account Who joins.
    /// @param voucher What the admin signed.
    /// @param admin Who signed the voucher.
    /// @param adminSignature EIP-712 signature of the voucher (EOA or ERC-1271).
    /// @param claimSignature EIP-712 signature of `Claim(account, claimKey)` by the claim key; empty when the voucher names an account.
    /// @param card SHA-256 of the sealed card document.
    function claim(
        address account,
        Voucher calldata voucher,
        address admin,
        bytes calldata adminSignature,
        bytes calldata claimSignature,
        bytes32 card
    ) external;

    /// @notice The same, signed by whoever acts for the account (EOA, ERC-1271 or ERC-7702) and sent by anybody.
    /// @dev EIP-712 type Join(address account,Voucher voucher,address admin,bytes32 card,uint40 deadline). It works once because an
    /// account joins once.
    /// @param deadline First second at which the signature no longer works.
    function claimBySig(
        address account,
        Voucher calldata voucher,
        address admin,
        bytes calldata adminSignature,
        bytes calldata claimSignature,
        bytes32 card,
        uint40 deadline,
        bytes calldata signature
    ) external;

    /// @notice Asks for an account to be admitted without a voucher, also after a decline or after it left; an admin confirms. The
    /// caller acts for the account.
    function requestAdmission(address account, Role role, uint16 speciality, bytes32 card) external;

    /// @notice Confirms a request or a staff claim, and publishes the profile that lists the new member. Staff that were succeeded
    /// since they asked are refused.
    /// @param role What the admin has seen requested; another request is refused.
    /// @param speciality The same, of a doctor; 0 for others.
    /// @param profile New profile digest, or zero to leave it as it is.
    function confirm(address account, Role role, uint16 speciality, bytes32 profile) external;

    /// @notice Declines a request or a staff claim; the account may ask again by `requestAdmission`. Only an admin.
    function decline(address account) external;

    /// @notice Withdraws a request, or ends an active membership, a patient's also while it is suspended; only the account's own
    /// `requestAdmission`, which an admin confirms, leads back. The caller acts for the account: after a succession it ends what the old
    /// wallet still is here. Suspended staff stay suspended, and a claim never works again.
    /// @dev From that second on no emergency can be opened for a patient who left; one that is open he ends himself. His grants and
    /// visits stay. A doctor who left is as one who was suspended.
    function leaveHospital(address account) external;

    /// @notice Suspends an active member. An admin cannot be stopped from suspending anybody here, himself included.
    function suspend(address account) external;

    /// @notice Makes a suspended member, without his doing, again what he was; never somebody who left, and no staff that were
    /// succeeded. Only an admin.
    /// @dev A patient gets back his enrolment alone: he can book, and an emergency can be opened, until he leaves. A doctor or pharmacist
    /// is active from the next second on, so that no grant from before counts.
    function reactivate(address account) external;
    function changeSpeciality(address account, uint16 speciality) external;
    /// @notice Appoints or dismisses somebody who reviews emergency accesses afterwards ({IBreakGlass}). Only an admin.
    function setReviewer(address account, bool appointed) external;

    function id() external view returns (uint32);
    function adminCount() external view returns (uint32);
    function isAdmin(address account) external view returns (bool);
    function voucherEpoch(address admin) external view returns (uint32);
    function receptionKey() external view returns (bytes32);
    function isVoucherUsed(address claimKey) external view returns (bool);
    /// @notice Whether the member was last confirmed or reactivated by himself, as an admin. He gets no emergency access.
    function isSelfAppointed(address account) external view returns (bool);
    function isReviewer(address account) external view returns (bool);
}
