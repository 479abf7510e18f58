// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../contracts/Hospital.sol";
import {IConsentRegistry} from "../../contracts/interfaces/IConsentRegistry.sol";
import {Accreditation, Role} from "../../contracts/types/Types.sol";
import {Clinic} from "./Clinic.sol";
import {Words} from "./Words.sol";

/// @title Calls consent, memberships and accreditation at random, and keeps its own account of what must follow
contract ConsentHandler is Clinic {
    struct Given {
        uint16 read;
        uint16 write;
        uint40 expiry;
        uint32 hospital;
        uint40 madeAt;
    }

    struct Standing {
        bool active;
        uint40 changedAt;
    }

    uint256 public constant PATIENTS = 2;
    uint256 public constant DOCTORS = 3;
    uint256 internal constant HOSPITALS = 2;
    uint256 internal constant FIRST_DOCTOR = 101;

    mapping(address patient => bytes32) public headOf;
    /// @notice How often an action went through, by its name.
    mapping(string action => uint256) public done;
    /// @dev What must never happen is counted, not asserted: a failing call is only undone.
    uint256 public violations;
    /// @dev Of whoever acts for the patient; 0 as long as it is the patient.
    mapping(address patient => uint256 privateKey) internal _actorKey;
    mapping(address patient => mapping(address doctor => Given)) internal _given;
    mapping(uint32 hospital => mapping(address doctor => Standing)) internal _standing;
    mapping(uint32 hospital => bool) internal _accredited;
    mapping(uint32 hospital => Hospital) internal _hospitals;

    constructor() {
        _deploy();
        for (uint256 i; i < HOSPITALS; ++i) {
            (uint32 id, Hospital hospital) = _openHospital(bytes32(i));
            (_hospitals[id], _accredited[id]) = (hospital, true);
            for (uint256 j; j < DOCTORS; ++j) {
                _admit(hospital, doctor(j), Role.Doctor);
                _standing[id][doctor(j)] = Standing(true, clock);
            }
            for (uint256 j; j < PATIENTS; ++j) _admit(hospital, patient(j), Role.Patient);
        }
    }

    function grant(
        uint256 who,
        uint256 whom,
        uint256 where,
        uint16 read,
        uint16 write,
        uint256 term,
        bytes32 keyring
    ) external onTime {
        address giver = patient(who);
        IConsentRegistry.Terms memory terms = _terms(whom, where, read, write, term, keyring);
        bytes32 head = headOf[giver];
        vm.prank(actorOf(giver));
        consent.grant(giver, terms, head);
        _note(giver, terms, clock);
        ++done["grant"];
    }

    function grantSigned(
        uint256 who,
        uint256 whom,
        uint256 where,
        uint16 both,
        uint256 term,
        uint256 age
    ) external onTime {
        address giver = patient(who);
        IConsentRegistry.Terms memory terms = _terms(whom, where, both, both, term, bytes32(age));
        uint40 signedAt = clock - uint40(age % 2 days);
        bytes memory signature = _sign(keyOf(who), _grantHash(giver, terms, headOf[giver], signedAt, clock + 1));
        consent.grantBySig(giver, terms, headOf[giver], signedAt, clock + 1, signature);
        _note(giver, terms, signedAt);
        ++done["grantSigned"];
    }

    function revoke(uint256 who, uint256 whom, bytes32 keyring) external onTime {
        address giver = patient(who);
        vm.prank(actorOf(giver));
        try consent.revoke(giver, doctor(whom), keyring) {
            _forget(giver, doctor(whom), keyring);
            ++done["revoke"];
        } catch {
            ++violations;
        }
    }

    function suspend(uint256 whom, uint256 where) external onTime {
        uint32 id = _hospitalId(where);
        _hospitals[id].suspend(doctor(whom));
        _standing[id][doctor(whom)] = Standing(false, clock);
        ++done["suspend"];
    }

    function reactivate(uint256 whom, uint256 where) external onTime {
        uint32 id = _hospitalId(where);
        _hospitals[id].reactivate(doctor(whom));
        _standing[id][doctor(whom)] = Standing(true, clock);
        ++done["reactivate"];
    }

    function changeSpeciality(uint256 whom, uint256 where, uint16 speciality) external onTime {
        _hospitals[_hospitalId(where)].changeSpeciality(doctor(whom), speciality);
        ++done["changeSpeciality"];
    }

    function turnAccreditation(uint256 where) external onTime {
        uint32 id = _hospitalId(where);
        bool next = !_accredited[id];
        Accreditation status = next ? Accreditation.Accredited : Accreditation.Suspended;
        registry.setAccreditation(id, address(_hospitals[id]), status, PROFILE);
        _accredited[id] = next;
        ++done["turnAccreditation"];
    }

    function pass(uint256 time) external {
        // Often a single second, since that is where the rules turn.
        clock += time % 2 == 0 ? 1 : uint40(bound(time, 1, 3 days));
        ++done["pass"];
    }

    /// @notice The model's answer; 0 when there is no access.
    function expected(address giver, address reader, uint256 category, bool writing) external view returns (uint32) {
        Given memory given = _given[giver][reader];
        uint16 scope = writing ? given.write : given.read;
        Standing memory standing = _standing[given.hospital][reader];
        bool known = category >= 1 && category <= 9;
        bool current = given.expiry > clock && standing.active && standing.changedAt < given.madeAt;
        bool allowed = known && current && _accredited[given.hospital] && (scope / 2 ** category) % 2 == 1;
        return allowed ? given.hospital : 0;
    }

    function patient(uint256 index) public pure returns (address) {
        return vm.addr((index % PATIENTS) + 1);
    }

    function doctor(uint256 index) public pure returns (address) {
        return vm.addr((index % DOCTORS) + FIRST_DOCTOR);
    }

    function actorOf(address about) public view returns (address) {
        return _actorKey[about] == 0 ? about : vm.addr(_actorKey[about]);
    }

    function keyOf(uint256 who) public view returns (uint256) {
        uint256 successor = _actorKey[patient(who)];
        return successor == 0 ? (who % PATIENTS) + 1 : successor;
    }

    function _terms(
        uint256 whom,
        uint256 where,
        uint16 read,
        uint16 write,
        uint256 term,
        bytes32 keyring
    ) internal view returns (IConsentRegistry.Terms memory) {
        uint40 expiry = clock + uint40(bound(term, 1, 6 days));
        // Mostly valid scopes: unknown bits are let through now and then, and must make the contract revert.
        uint16 mask = keyring[0] < 0x08 ? type(uint16).max : 0x03fe;
        return IConsentRegistry.Terms(doctor(whom), _hospitalId(where), read & mask, write & mask, expiry, keyring);
    }

    function _note(address giver, IConsentRegistry.Terms memory terms, uint40 madeAt) internal {
        if (terms.grantee == actorOf(giver)) ++violations;
        _given[giver][terms.grantee] = Given(terms.read, terms.write, terms.expiry, terms.hospital, madeAt);
        headOf[giver] = Words.granted(
            headOf[giver],
            terms.grantee,
            terms.hospital,
            terms.read,
            terms.write,
            terms.expiry,
            terms.keyring
        );
    }

    function _forget(address giver, address grantee, bytes32 keyring) internal {
        delete _given[giver][grantee];
        headOf[giver] = Words.revoked(headOf[giver], grantee, keyring);
    }

    function _hospitalId(uint256 where) internal pure returns (uint32) {
        return uint32(where % HOSPITALS) + 1;
    }
}
