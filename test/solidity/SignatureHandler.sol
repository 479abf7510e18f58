// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/interfaces/IConsentRegistry.sol";
import {DelegateHandler} from "./DelegateHandler.sol";

/// @title Also signs revokes, keeps signed grants to send them later, and sends what was used once more
contract SignatureHandler is DelegateHandler {
    struct KeptGrant {
        address giver;
        IConsentRegistry.Terms terms;
        bytes32 head;
        uint40 signedAt;
        uint256 key;
        bytes signature;
    }

    struct UsedRevoke {
        address giver;
        address grantee;
        bytes32 keyring;
        uint40 signedAt;
        bytes signature;
    }

    /// @dev So far ahead that no signature expires: what stops them is looked at here, and that would hide it.
    uint40 private constant NEVER = type(uint40).max;

    KeptGrant[] private _kept;
    UsedRevoke[] private _used;
    mapping(bytes32 digest => bool) private _isUsed;

    /// @notice Signs a grant on the present head, and keeps it.
    function keepGrant(uint256 who, uint256 whom, uint256 where, uint16 both, uint256 term) external onTime {
        (address giver, uint256 key) = (patient(who), keyOf(who));
        IConsentRegistry.Terms memory terms = _terms(whom, where, both, both, term, bytes32(term));
        bytes32 head = headOf[giver];
        bytes memory signature = _sign(key, _grantHash(giver, terms, head, clock, NEVER));
        _kept.push(KeptGrant(giver, terms, head, clock, key, signature));
        ++done["keepGrant"];
    }

    /// @notice Sends one of the last two that were kept: it counts on its own head, while its signer acts for the patient.
    function sendKept(uint256 index) external onTime {
        KeptGrant memory kept = _kept[_kept.length - 1 - (index % 2)];
        try consent.grantBySig(kept.giver, kept.terms, kept.head, kept.signedAt, NEVER, kept.signature) {
            if (kept.head != headOf[kept.giver] || vm.addr(kept.key) != actorOf(kept.giver)) ++violations;
            _note(kept.giver, kept.terms, kept.signedAt);
            ++done["sendKept"];
        } catch {
            ++done["refuseKept"];
        }
    }

    function revokeSigned(uint256 who, uint256 whom, bytes32 keyring, uint256 age) external onTime {
        UsedRevoke memory made = UsedRevoke(patient(who), doctor(whom), keyring, clock - uint40(age % 2 days), "");
        bytes32 digest = _revokeHash(made.giver, made.grantee, keyring, made.signedAt);
        made.signature = _sign(keyOf(who), digest);
        bytes4 expected = _refusalOf(made, digest);
        try consent.revokeBySig(made.giver, made.grantee, keyring, made.signedAt, NEVER, made.signature) {
            if (expected != 0) ++violations;
            _forget(made.giver, made.grantee, keyring);
            _used.push(made);
            _isUsed[digest] = true;
            ++done["revokeSigned"];
        } catch (bytes memory reason) {
            if (expected != bytes4(reason)) ++violations;
            ++done["refuseOldRevoke"];
        }
    }

    /// @notice Sends a signed revoke once more: it must not count, whatever was granted since.
    function replayRevoke(uint256 index) external onTime {
        UsedRevoke memory used = _used[index % _used.length];
        try consent.revokeBySig(used.giver, used.grantee, used.keyring, used.signedAt, NEVER, used.signature) {
            ++violations;
        } catch {
            ++done["replayRevoke"];
        }
    }

    /// @dev Nothing stands in the way but a grant made since, whatever the consent head is.
    function _refusalOf(UsedRevoke memory made, bytes32 digest) private view returns (bytes4) {
        if (_isUsed[digest]) return IConsentRegistry.ConsentRegistry_SignatureUsed.selector;
        bool older = _given[made.giver][made.grantee].madeAt > made.signedAt;
        return older ? IConsentRegistry.ConsentRegistry_SignedBeforeGrant.selector : bytes4(0);
    }

    function _revokeHash(
        address giver,
        address grantee,
        bytes32 keyring,
        uint40 signedAt
    ) internal view returns (bytes32) {
        bytes32 typehash = keccak256(
            "Revoke(address patient,address grantee,bytes32 keyring,uint40 signedAt,uint40 deadline)"
        );
        bytes32 structHash = keccak256(abi.encode(typehash, giver, grantee, keyring, signedAt, NEVER));
        return _typed("Chartkey Consent", address(consent), structHash);
    }
}
