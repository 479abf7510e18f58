// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Accreditation, MemberStatus, Role} from "../types/Types.sol";

/// @title Register of hospitals and of everybody's standing in them
/// @notice Anyone creates a hospital; it can do nothing for patients until the registrar (the owner) accredits it.
/// Memberships are written by the hospital's own clone and answered here, so that no other contract asks a clone.
interface IHospitalRegistry {
    event HospitalCreated(uint32 indexed id, address indexed hospital, address indexed creator);
    /// @param profile The profile that was published at that moment.
    event AccreditationChanged(uint32 indexed id, Accreditation status, bytes32 profile);
    /// @param profile SHA-256 of the public profile document (docs/protocol.md); its CID is a raw block.
    event ProfilePublished(uint32 indexed id, bytes32 profile);
    event MemberChanged(
        uint32 indexed id,
        address indexed account,
        Role indexed role,
        MemberStatus status,
        uint16 speciality,
        uint40 activeSince
    );
    event AuditorChanged(address indexed account, bool admitted);

    error HospitalRegistry_UnknownHospital(uint32 id);
    error HospitalRegistry_OnlyHospital(address caller, address hospital);
    /// @dev A number may be another hospital's after a reorganisation, and a profile can be copied; a clone's address cannot.
    error HospitalRegistry_OtherHospital(address hospital, address asked);
    error HospitalRegistry_InvalidAccreditation(Accreditation current, Accreditation asked);
    error HospitalRegistry_ProfileChanged(bytes32 current, bytes32 asked);
    error HospitalRegistry_EmptyProfile();
    error HospitalRegistry_InvalidAuditor(address account);

    /// @notice Creates a hospital whose first admin is the caller, in state `Pending`.
    /// @param salt Chosen by the creator; bound to the creator's address, so that nobody can take the clone's address first.
    /// @param profile SHA-256 of the public profile document.
    /// @param receptionKey X25519 public key that cards are sealed to.
    function createHospital(
        bytes32 salt,
        bytes32 profile,
        bytes32 receptionKey
    ) external returns (uint32 id, address hospital);

    /// @notice Accredits or suspends a hospital. Only the registrar. Pending -> Accredited <-> Suspended.
    /// @dev Suspending a hospital is a pause: nobody acts in its name meanwhile, and after re-accreditation the grants that are
    /// neither expired nor revoked count again. It is the patients' consent, and they may revoke it during the pause. (Suspending a
    /// member, by the hospital's admin, ends his grants for good.) A new profile leaves the accreditation as it is.
    /// @param hospital The clone that the registrar means; must be the one with this number.
    /// @param profile The profile that the registrar has read; must be the current one to accredit, and is ignored to suspend.
    function setAccreditation(uint32 id, address hospital, Accreditation status, bytes32 profile) external;

    /// @notice Admits or dismisses an auditor. Only the registrar. Stores hand him ciphertext, which he cannot open, so that he can
    /// hash it; nothing else follows from it.
    function setAuditor(address account, bool admitted) external;

    /// @notice Replaces the profile digest. Only the hospital's clone.
    function publishProfile(uint32 id, bytes32 profile) external;

    /// @notice Writes a membership. Only the hospital's clone. A change of status sets `activeSince` to the next second.
    function setMember(uint32 id, address account, Role role, MemberStatus status, uint16 speciality) external;

    /// @notice Since when `account` has been active as `role` in an accredited `id`; 0 if it is not.
    function activeSince(uint32 id, address account, Role role) external view returns (uint40);

    function memberOf(
        uint32 id,
        address account
    ) external view returns (Role role, MemberStatus status, uint16 speciality, uint40 since);

    function hospitalOf(uint32 id) external view returns (address hospital, Accreditation status, bytes32 profile);

    function isAuditor(address account) external view returns (bool);

    function hospitalCount() external view returns (uint32);

    /// @notice The contract that every hospital is a clone of.
    function implementation() external view returns (address);
}
