// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsentRegistry} from "../../contracts/ConsentRegistry.sol";
import {Hospital} from "../../contracts/Hospital.sol";
import {HospitalRegistry} from "../../contracts/HospitalRegistry.sol";
import {Prescriptions} from "../../contracts/Prescriptions.sol";
import {RecordRegistry} from "../../contracts/RecordRegistry.sol";
import {IConsentRegistry} from "../../contracts/interfaces/IConsentRegistry.sol";
import {Accreditation, Role} from "../../contracts/types/Types.sol";
import {MiniTest} from "./MiniTest.sol";

/// @title The system, deployed by this contract, which is its registrar and the admin of every hospital
abstract contract Clinic is MiniTest {
    bytes32 internal constant PROFILE = keccak256("profile");
    bytes32 internal constant KEY = keccak256("reception key");

    uint40 internal constant COOL_DOWN = 2 days;

    HospitalRegistry public registry;
    ConsentRegistry public consent;
    RecordRegistry public records;
    Prescriptions public prescriptions;
    /// @dev The time at which the next step happens; kept here, because a warp need not outlive a call.
    uint40 public clock = 1_800_000_000;

    modifier onTime() {
        vm.warp(clock);
        _;
    }

    function _deploy() internal {
        vm.warp(clock);
        registry = new HospitalRegistry(address(this));
        consent = new ConsentRegistry(registry, COOL_DOWN);
        records = new RecordRegistry(consent);
        prescriptions = new Prescriptions(registry, records);
        records.wirePrescriptions(address(prescriptions));
    }

    function _openHospital(bytes32 salt) internal returns (uint32 id, Hospital hospital) {
        address clone;
        (id, clone) = registry.createHospital(salt, PROFILE, KEY);
        registry.setAccreditation(id, Accreditation.Accredited, PROFILE);
        hospital = Hospital(clone);
    }

    function _admit(Hospital hospital, address account, Role role) internal {
        vm.prank(account);
        hospital.requestAdmission(role, role == Role.Doctor ? 5 : 0, 0);
        hospital.confirm(account, 0);
    }

    /// @dev EIP-712, spelled out.
    function _typed(string memory name, address contract_, bytes32 structHash) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256("1"),
                block.chainid,
                contract_
            )
        );
        return keccak256(bytes.concat(hex"1901", domain, structHash));
    }

    function _sign(uint256 privateKey, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(privateKey, digest);
        return bytes.concat(r, s, bytes1(v));
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
