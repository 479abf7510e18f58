// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../../contracts/Hospital.sol";
import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {IDelegates} from "../../../contracts/interfaces/IDelegates.sol";
import {Role} from "../../../contracts/types/Types.sol";
import {ConsentCore} from "./ConsentCore.sol";
import {Listener} from "./Listener.sol";

/// @title One accredited hospital with a doctor, a colleague and two patients, and people who belong nowhere
abstract contract ConsentBase is ConsentCore {
    uint256 internal constant PATIENT_KEY = 0xa1;
    uint256 internal constant SUCCESSOR_KEY = 0xa2;
    uint256 internal constant DELEGATE_KEY = 0xa3;
    uint256 internal constant STRANGER_KEY = 0xa4;
    uint8 internal constant GRANT = 1;
    uint8 internal constant REVOKE = 2;
    uint16 internal constant READ = 0x0006;
    uint16 internal constant WRITE = 0x0084;
    bytes32 internal constant KEYRING = keccak256("keyring");

    address internal immutable patient = vm.addr(PATIENT_KEY);
    address internal immutable successor = vm.addr(SUCCESSOR_KEY);
    address internal immutable delegate = vm.addr(DELEGATE_KEY);
    address internal immutable stranger = vm.addr(STRANGER_KEY);
    address internal immutable neighbour = vm.addr(0xb1);
    address internal immutable doctor = vm.addr(0xd1);
    address internal immutable colleague = vm.addr(0xd2);

    uint32 internal hospitalId;
    Hospital internal hospital;

    function setUp() public virtual {
        _deployCore();
        directory.wireObservers(consent, new Listener());
        (hospitalId, hospital) = _openHospital(0);
        _admit(hospital, doctor, Role.Doctor);
        _admit(hospital, colleague, Role.Doctor);
        _admit(hospital, patient, Role.Patient);
        _admit(hospital, neighbour, Role.Patient);
        _pass(1);
    }

    function _pass(uint256 time) internal {
        clock += uint40(time);
        vm.warp(clock);
    }

    function _terms() internal view returns (IConsentRegistry.Terms memory) {
        return IConsentRegistry.Terms(doctor, hospitalId, READ, WRITE, clock + 10 days, KEYRING);
    }

    /// @dev As the patient, on the head that there is.
    function _give(IConsentRegistry.Terms memory terms) internal {
        bytes32 head = consent.consentHead(patient);
        vm.prank(patient);
        consent.grant(patient, terms, head);
    }

    function _appoint(uint8 actions, uint40 expiry) internal {
        vm.prank(patient);
        consent.appointDelegate(patient, delegate, actions, expiry);
    }

    function _succeed(address account, address next) internal {
        vm.prank(directory.actorOf(account));
        directory.proposeSuccessor(account, next);
        _pass(SUCCESSION_DELAY);
        vm.prank(next);
        directory.acceptSuccession(account);
    }

    function _revokeHash(
        address account,
        address grantee,
        bytes32 keyring,
        uint40 signedAt,
        uint40 deadline
    ) internal view returns (bytes32) {
        bytes32 typehash = keccak256(
            "Revoke(address patient,address grantee,bytes32 keyring,uint40 signedAt,uint40 deadline)"
        );
        bytes32 structHash = keccak256(abi.encode(typehash, account, grantee, keyring, signedAt, deadline));
        return _typed("Chartkey Consent", address(consent), structHash);
    }

    function _assertGrant(address grantee, IConsentRegistry.Terms memory terms, uint40 madeAt) internal view {
        (uint16 read, uint16 write, uint40 expiry, uint32 where, uint40 since) = consent.grantOf(patient, grantee);
        vm.assertEq(read, terms.read);
        vm.assertEq(write, terms.write);
        vm.assertEq(expiry, terms.expiry);
        vm.assertEq(where, terms.hospital);
        vm.assertEq(since, madeAt);
    }

    function _assertNoGrant(address grantee) internal view {
        IConsentRegistry.Terms memory none;
        _assertGrant(grantee, none, 0);
    }

    function _notMandated(address caller, uint8 action) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IDelegates.Delegates_NotMandated.selector, patient, caller, action);
    }
}
