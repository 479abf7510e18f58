// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsentRegistry} from "../../../contracts/ConsentRegistry.sol";
import {Hospital} from "../../../contracts/Hospital.sol";
import {HospitalRegistry} from "../../../contracts/HospitalRegistry.sol";
import {KeyDirectory} from "../../../contracts/KeyDirectory.sol";
import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {Accreditation, Role} from "../../../contracts/types/Types.sol";
import {Signing} from "./Signing.sol";

/// @title What consent needs of the system: this contract is the registrar and the admin of every hospital
abstract contract ConsentCore is Signing {
    bytes32 internal constant PROFILE = keccak256("profile");
    bytes32 internal constant KEY = keccak256("reception key");

    uint40 internal constant COOL_DOWN = 2 days;
    uint40 internal constant SUCCESSION_DELAY = 5 days;

    KeyDirectory public directory;
    HospitalRegistry public registry;
    ConsentRegistry public consent;

    /// @dev The observers of successions are still to be wired.
    function _deployCore() internal {
        vm.warp(clock);
        directory = new KeyDirectory(SUCCESSION_DELAY);
        registry = new HospitalRegistry(address(this), directory);
        consent = new ConsentRegistry(registry, directory, COOL_DOWN);
    }

    function _openHospital(bytes32 salt) internal returns (uint32 id, Hospital hospital) {
        address clone;
        (id, clone) = registry.createHospital(salt, PROFILE, KEY);
        registry.setAccreditation(id, clone, Accreditation.Accredited, PROFILE);
        hospital = Hospital(clone);
    }

    function _admit(Hospital hospital, address account, Role role) internal {
        uint16 speciality = role == Role.Doctor ? 5 : 0;
        vm.prank(account);
        hospital.requestAdmission(account, role, speciality, 0);
        hospital.confirm(account, role, speciality, 0);
    }

    function _grantHash(
        address patient,
        IConsentRegistry.Terms memory terms,
        bytes32 head,
        uint40 signedAt,
        uint40 deadline
    ) internal view returns (bytes32) {
        bytes32 typehash = keccak256(
            "Grant(address patient,address grantee,uint32 hospital,uint16 read,uint16 write,uint40 expiry,bytes32 keyring,bytes32 expectedHead,uint40 signedAt,uint40 deadline)"
        );
        bytes memory fields = bytes.concat(
            abi.encode(typehash, patient, terms.grantee, terms.hospital, terms.read, terms.write),
            abi.encode(terms.expiry, terms.keyring, head, signedAt, deadline)
        );
        return _typed("Chartkey Consent", address(consent), keccak256(fields));
    }
}
