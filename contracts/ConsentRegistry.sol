// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {BreakGlass} from "./abstracts/BreakGlass.sol";
import {Delegates} from "./abstracts/Delegates.sol";
import {IConsentRegistry} from "./interfaces/IConsentRegistry.sol";
import {IHospitalRegistry} from "./interfaces/IHospitalRegistry.sol";
import {ISuccession} from "./interfaces/ISuccession.sol";
import {ISuccessionObserver} from "./interfaces/ISuccessionObserver.sol";
import {AccessRule} from "./libraries/AccessRule.sol";
import {Ledger} from "./libraries/Ledger.sol";
import {Actions, Role, Slots} from "./types/Types.sol";

/// @title ConsentRegistry
/// @notice See {IConsentRegistry}.
contract ConsentRegistry is IConsentRegistry, ISuccessionObserver, BreakGlass, Delegates, EIP712 {
    bytes32 private constant GRANT_TYPEHASH = keccak256(
        "Grant(address patient,address grantee,uint32 hospital,uint16 read,uint16 write,uint40 expiry,bytes32 keyring,bytes32 expectedHead,uint40 signedAt,uint40 deadline)"
    );
    bytes32 private constant REVOKE_TYPEHASH = keccak256(
        "Revoke(address patient,address grantee,bytes32 keyring,uint40 signedAt,uint40 deadline)"
    );
    uint256 private constant MAX_TERM = 5 * 365 days;

    ISuccession private immutable _directory;

    /// @inheritdoc IConsentRegistry
    mapping(address patient => bytes32) public consentHead;
    mapping(address patient => mapping(address grantee => Slots.Grant)) private _grants;
    mapping(bytes32 digest => bool) private _usedRevokes;

    constructor(
        IHospitalRegistry registry,
        ISuccession directory,
        uint40 coolDown
    ) BreakGlass(registry, coolDown) EIP712("Chartkey Consent", "1") {
        _directory = directory;
    }

    /// @inheritdoc IConsentRegistry
    function grant(address patient, Terms calldata terms, bytes32 expectedHead) external {
        if (!_isActor(patient, msg.sender)) {
            // A new grant takes the place of the old one, which may have been worth more.
            bool replaces = block.timestamp < _grants[patient][terms.grantee].expiry;
            _useMandate(patient, replaces ? Actions.GRANT | Actions.REVOKE : Actions.GRANT);
            _checkWithinMandate(patient, terms.expiry);
        }
        _grant(patient, msg.sender, terms, expectedHead, uint40(block.timestamp));
    }

    /// @inheritdoc IConsentRegistry
    function grantBySig(
        address patient,
        Terms calldata terms,
        bytes32 expectedHead,
        uint40 signedAt,
        uint40 deadline,
        bytes calldata signature
    ) external {
        bytes32 digest = _hashTypedDataV4(
            keccak256(abi.encode(GRANT_TYPEHASH, patient, terms, expectedHead, signedAt, deadline))
        );
        address signer = _checkSignature(patient, digest, signedAt, deadline, signature);
        _grant(patient, signer, terms, expectedHead, signedAt);
    }

    /// @inheritdoc IConsentRegistry
    function revoke(address patient, address grantee, bytes32 keyring) external {
        if (!_isActor(patient, msg.sender)) _useMandate(patient, Actions.REVOKE);
        _revoke(patient, grantee, keyring);
    }

    /// @inheritdoc IConsentRegistry
    function revokeBySig(
        address patient,
        address grantee,
        bytes32 keyring,
        uint40 signedAt,
        uint40 deadline,
        bytes calldata signature
    ) external {
        // Check
        bytes32 digest = _hashTypedDataV4(
            keccak256(abi.encode(REVOKE_TYPEHASH, patient, grantee, keyring, signedAt, deadline))
        );
        if (_usedRevokes[digest]) revert ConsentRegistry_SignatureUsed(digest);
        _checkSignature(patient, digest, signedAt, deadline, signature);
        uint40 since = _grants[patient][grantee].since;
        if (since > signedAt) revert ConsentRegistry_SignedBeforeGrant(signedAt, since);

        // Effect
        _usedRevokes[digest] = true;
        _revoke(patient, grantee, keyring);
    }

    /// @inheritdoc ISuccessionObserver
    function onSuccession(address account, address successor) external {
        if (msg.sender != address(_directory)) revert SuccessionObserver_OnlyDirectory(msg.sender);

        bytes32 head = Ledger.succeeded(consentHead[account], successor);
        delete _grants[account][successor];
        consentHead[account] = head;
        emit ConsentSucceeded(account, successor, head);
    }

    /// @inheritdoc IConsentRegistry
    function canRead(address patient, address reader, uint8 category) external view returns (bool) {
        uint16 mask = AccessRule.maskOf(category);
        if (_isActor(patient, reader)) return mask != 0;
        Slots.Grant memory given = _grants[patient][reader];
        return _hasAccess(given, given.read, reader, mask) || _hasEmergencyAccess(patient, reader, mask);
    }

    /// @inheritdoc IConsentRegistry
    function writableAs(address patient, address author, uint16 categories) external view returns (uint32 hospital) {
        Slots.Grant memory given = _grants[patient][author];
        return _hasAccess(given, given.write, author, categories) ? given.hospital : 0;
    }

    /// @inheritdoc IConsentRegistry
    function grantOf(
        address patient,
        address grantee
    ) external view returns (uint16 read, uint16 write, uint40 expiry, uint32 hospital, uint40 since) {
        Slots.Grant memory given = _grants[patient][grantee];
        return (given.read, given.write, given.expiry, given.hospital, given.since);
    }

    function _grant(address patient, address by, Terms calldata terms, bytes32 expectedHead, uint40 since) private {
        // Check
        bytes32 head = consentHead[patient];
        if (head != expectedHead) revert ConsentRegistry_StaleHead(head, expectedHead);
        _checkTerms(patient, by, terms);

        // Effect
        head = Ledger.granted(
            head,
            terms.grantee,
            terms.hospital,
            terms.read,
            terms.write,
            terms.expiry,
            terms.keyring
        );
        consentHead[patient] = head;
        _grants[patient][terms.grantee] = Slots.Grant(terms.read, terms.write, terms.expiry, terms.hospital, since);
        emit Granted(
            patient,
            terms.grantee,
            terms.hospital,
            terms.read,
            terms.write,
            terms.expiry,
            since,
            terms.keyring,
            head
        );
    }

    function _revoke(address patient, address grantee, bytes32 keyring) private {
        bytes32 head = Ledger.revoked(consentHead[patient], grantee, keyring);

        delete _grants[patient][grantee];
        consentHead[patient] = head;
        emit Revoked(patient, grantee, keyring, head);
    }

    function _isActor(address patient, address account) internal view override returns (bool) {
        return account == _actorOf(patient);
    }

    function _generationOf(address patient) internal view override returns (uint8) {
        return Ledger.generationOf(consentHead[patient]);
    }

    /// @dev Without a succession it costs nothing: the generation is in the consent head, which is read anyway.
    function _actorOf(address patient) private view returns (address) {
        return _generationOf(patient) == 0 ? patient : _directory.actorOf(patient);
    }

    function _checkSignature(
        address patient,
        bytes32 digest,
        uint40 signedAt,
        uint40 deadline,
        bytes calldata signature
    ) private view returns (address signer) {
        if (block.timestamp >= deadline) revert ConsentRegistry_SignatureExpired(deadline, block.timestamp);
        if (signedAt > block.timestamp) revert ConsentRegistry_SignedInFuture(signedAt, block.timestamp);
        signer = _actorOf(patient);
        if (!SignatureChecker.isValidSignatureNowCalldata(signer, digest, signature)) {
            revert ConsentRegistry_InvalidSignature(patient);
        }
    }

    /// @param by Who grants: the patient, his successor or a delegate; none of them to himself, and nobody to whoever acts for the
    /// patient: as a doctor he could give his own words the hospital's name.
    function _checkTerms(address patient, address by, Terms calldata terms) private view {
        address grantee = terms.grantee;
        if (grantee == address(0) || grantee == patient || grantee == by || grantee == address(this)) {
            revert ConsentRegistry_InvalidGrantee(grantee);
        }
        if (_isActor(patient, grantee)) revert ConsentRegistry_InvalidGrantee(grantee);
        if (!AccessRule.isScope(terms.read | terms.write)) {
            revert ConsentRegistry_InvalidScope(terms.read, terms.write);
        }
        uint256 latest = block.timestamp + MAX_TERM;
        if (terms.expiry <= block.timestamp || terms.expiry > latest) {
            revert ConsentRegistry_InvalidExpiry(terms.expiry, block.timestamp + 1, latest);
        }
        if (terms.hospital == 0) revert ConsentRegistry_InvalidHospital();
    }

    /// @dev The cheap half of the rule first: the registry is asked only about a grant that could count.
    function _hasAccess(
        Slots.Grant memory given,
        uint16 scope,
        address doctor,
        uint16 categories
    ) private view returns (bool) {
        if (block.timestamp >= given.expiry || !AccessRule.covers(scope, categories)) return false;
        uint40 activeSince = _registry.activeSince(given.hospital, doctor, Role.Doctor);
        return AccessRule.inForce(given.expiry, given.since, activeSince, block.timestamp);
    }
}
