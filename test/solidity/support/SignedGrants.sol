// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {Words} from "../Words.sol";
import {ConsentBase} from "./ConsentBase.sol";

/// @title Grants that the patient signs and anybody sends
abstract contract SignedGrants is ConsentBase {
    struct Signed {
        address patient;
        IConsentRegistry.Terms terms;
        bytes32 head;
        uint40 signedAt;
        uint40 deadline;
    }

    function _made() internal view returns (Signed memory) {
        return Signed(patient, _terms(), 0, clock, clock + 1 days);
    }

    function _structHash(Signed memory made) internal pure returns (bytes32) {
        bytes32 typehash = keccak256(
            "Grant(address patient,address grantee,uint32 hospital,uint16 read,uint16 write,uint40 expiry,bytes32 keyring,bytes32 expectedHead,uint40 signedAt,uint40 deadline)"
        );
        return keccak256(abi.encode(typehash, made.patient, made.terms, made.head, made.signedAt, made.deadline));
    }

    function _signed(uint256 key, Signed memory made) internal view returns (bytes memory) {
        return _sign(key, _grantHash(made.patient, made.terms, made.head, made.signedAt, made.deadline));
    }

    function _next(bytes32 head, IConsentRegistry.Terms memory t) internal pure returns (bytes32) {
        return Words.granted(head, t.grantee, t.hospital, t.read, t.write, t.expiry, t.keyring);
    }

    function _send(Signed memory made, bytes memory signature) internal {
        consent.grantBySig{gas: 3_000_000}(
            made.patient,
            made.terms,
            made.head,
            made.signedAt,
            made.deadline,
            signature
        );
    }

    function _fails(Signed memory made, bytes memory signature, bytes memory reason) internal {
        vm.expectRevert(reason);
        _send(made, signature);
    }

    function _expectGranted(Signed memory made, bytes32 head) internal {
        IConsentRegistry.Terms memory t = made.terms;
        vm.expectEmit(address(consent));
        emit IConsentRegistry.Granted(
            patient,
            doctor,
            t.hospital,
            t.read,
            t.write,
            t.expiry,
            made.signedAt,
            t.keyring,
            head
        );
    }

    function _invalid(address who) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.ConsentRegistry_InvalidSignature.selector, who);
    }

    function _invalidGrantee(address grantee) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.ConsentRegistry_InvalidGrantee.selector, grantee);
    }

    function _stale(bytes32 current, bytes32 expected) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IConsentRegistry.ConsentRegistry_StaleHead.selector, current, expected);
    }
}
