// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ownable, Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Hospital} from "./Hospital.sol";
import {IHospital} from "./interfaces/IHospital.sol";
import {IHospitalRegistry} from "./interfaces/IHospitalRegistry.sol";
import {ISuccession} from "./interfaces/ISuccession.sol";
import {Accreditation, MemberStatus, Role, Slots} from "./types/Types.sol";

/// @title HospitalRegistry
/// @notice See {IHospitalRegistry}. The owner is the registrar.
contract HospitalRegistry is IHospitalRegistry, Ownable2Step {
    /// @inheritdoc IHospitalRegistry
    address public immutable implementation;

    /// @inheritdoc IHospitalRegistry
    uint32 public hospitalCount;
    /// @inheritdoc IHospitalRegistry
    mapping(address account => bool) public isAuditor;
    mapping(uint32 id => Slots.HospitalEntry) private _hospitals;
    mapping(uint32 id => bytes32) private _profiles;
    mapping(uint32 id => mapping(address account => Slots.Member)) private _members;

    constructor(address registrar, ISuccession directory) Ownable(registrar) {
        implementation = address(new Hospital(IHospitalRegistry(this), directory));
    }

    modifier onlyHospital(uint32 id) {
        address hospital = _hospitals[id].hospital;
        if (msg.sender != hospital) revert HospitalRegistry_OnlyHospital(msg.sender, hospital);
        _;
    }

    /// @inheritdoc IHospitalRegistry
    function createHospital(
        bytes32 salt,
        bytes32 profile,
        bytes32 receptionKey
    ) external returns (uint32 id, address hospital) {
        // Check
        if (profile == 0) revert HospitalRegistry_EmptyProfile();

        // Effect
        id = ++hospitalCount;
        hospital = Clones.cloneDeterministic(implementation, keccak256(abi.encode(msg.sender, salt)));
        _hospitals[id] = Slots.HospitalEntry(hospital, Accreditation.Pending);
        _profiles[id] = profile;
        emit HospitalCreated(id, hospital, msg.sender);
        emit ProfilePublished(id, profile);

        // Interaction
        IHospital(hospital).initialize(id, msg.sender, receptionKey);
    }

    /// @inheritdoc IHospitalRegistry
    function setAccreditation(uint32 id, address hospital, Accreditation status, bytes32 profile) external onlyOwner {
        // Check
        Slots.HospitalEntry storage entry = _hospitals[id];
        Accreditation current = entry.status;
        if (current == Accreditation.None) revert HospitalRegistry_UnknownHospital(id);
        if (hospital != entry.hospital) revert HospitalRegistry_OtherHospital(entry.hospital, hospital);
        Accreditation next = current == Accreditation.Accredited ? Accreditation.Suspended : Accreditation.Accredited;
        if (status != next) revert HospitalRegistry_InvalidAccreditation(current, status);
        bytes32 published = _profiles[id];
        // A suspension is never stopped by a hospital that publishes a profile just before it.
        if (status == Accreditation.Accredited && profile != published) {
            revert HospitalRegistry_ProfileChanged(published, profile);
        }

        // Effect
        entry.status = status;
        emit AccreditationChanged(id, status, published);
    }

    /// @inheritdoc IHospitalRegistry
    function setAuditor(address account, bool admitted) external onlyOwner {
        if (account == address(0) || isAuditor[account] == admitted) revert HospitalRegistry_InvalidAuditor(account);

        isAuditor[account] = admitted;
        emit AuditorChanged(account, admitted);
    }

    /// @inheritdoc IHospitalRegistry
    function publishProfile(uint32 id, bytes32 profile) external onlyHospital(id) {
        if (profile == 0) revert HospitalRegistry_EmptyProfile();

        _profiles[id] = profile;
        emit ProfilePublished(id, profile);
    }

    /// @inheritdoc IHospitalRegistry
    function setMember(
        uint32 id,
        address account,
        Role role,
        MemberStatus status,
        uint16 speciality
    ) external onlyHospital(id) {
        Slots.Member storage member = _members[id][account];
        // The next second: a grant made in this very second must not outlive the change.
        uint40 since = member.status == status ? member.activeSince : uint40(block.timestamp) + 1;

        _members[id][account] = Slots.Member(role, status, speciality, since);
        emit MemberChanged(id, account, role, status, speciality, since);
    }

    /// @inheritdoc IHospitalRegistry
    function activeSince(uint32 id, address account, Role role) external view returns (uint40) {
        if (_hospitals[id].status != Accreditation.Accredited) return 0;
        Slots.Member storage member = _members[id][account];
        return member.status == MemberStatus.Active && member.role == role ? member.activeSince : 0;
    }

    /// @inheritdoc IHospitalRegistry
    function memberOf(
        uint32 id,
        address account
    ) external view returns (Role role, MemberStatus status, uint16 speciality, uint40 since) {
        Slots.Member memory member = _members[id][account];
        return (member.role, member.status, member.speciality, member.activeSince);
    }

    /// @inheritdoc IHospitalRegistry
    function hospitalOf(uint32 id) external view returns (address hospital, Accreditation status, bytes32 profile) {
        Slots.HospitalEntry memory entry = _hospitals[id];
        return (entry.hospital, entry.status, _profiles[id]);
    }
}
