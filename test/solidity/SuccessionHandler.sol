// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/interfaces/IConsentRegistry.sol";
import {IAppointments} from "../../contracts/interfaces/IAppointments.sol";
import {IBreakGlass} from "../../contracts/interfaces/IBreakGlass.sol";
import {IDelegates} from "../../contracts/interfaces/IDelegates.sol";
import {IKeyDirectory} from "../../contracts/interfaces/IKeyDirectory.sol";
import {IRecordRegistry} from "../../contracts/interfaces/IRecordRegistry.sol";
import {ISuccession} from "../../contracts/interfaces/ISuccession.sol";
import {SignatureHandler} from "./SignatureHandler.sol";
import {Words} from "./Words.sol";

/// @title Also proposes, vetoes and accepts successors at random, and lets the accounts that were succeeded try everything
contract SuccessionHandler is SignatureHandler {
    struct Proposal {
        uint256 key;
        uint40 effective;
    }

    /// @dev The last of them is a doctor as well, who may have a grant already.
    uint256 public constant SUCCESSORS = 4;
    uint256 private constant FIRST_SUCCESSOR = 401;
    uint256 private constant FIRST_RECOVERY = 501;
    bytes32 private constant DIGEST = keccak256("digest");
    bytes32 private constant ENCRYPTION_KEY = bytes32(uint256(9) << 248);

    mapping(address patient => Proposal) private _proposals;
    mapping(address patient => uint256 privateKey) private _recoveryKey;
    /// @dev Keys that acted for the patient once, the patient's own first.
    mapping(address patient => uint256[]) private _formerKeys;

    function setRecovery(uint256 who, uint256 which) external onTime {
        address about = patient(who);
        uint256 key = FIRST_RECOVERY + (which % 2);
        uint256 current = _recoveryKey[about];
        // Now and then whoever acts tries to replace a recovery address: only it may.
        bool overreaching = current != 0 && which % 5 == 0;
        vm.prank(current == 0 || overreaching ? actorOf(about) : vm.addr(current));
        directory.setRecovery(about, vm.addr(key));
        if (overreaching) ++violations;
        _recoveryKey[about] = key;
        ++done["setRecovery"];
    }

    function propose(uint256 who, bool recovering, uint256 whom) external onTime {
        address about = patient(who);
        uint256 key = _successorKey(whom);
        vm.prank(_entitled(about, recovering));
        directory.proposeSuccessor(about, vm.addr(key));
        if (vm.addr(key) == actorOf(about)) ++violations;
        _proposals[about] = Proposal(key, clock + SUCCESSION_DELAY);
        ++done[recovering ? "recover" : "propose"];
    }

    function veto(uint256 who, bool recovering) external onTime {
        address about = patient(who);
        vm.prank(_entitled(about, recovering));
        directory.vetoSuccessor(about);
        if (_proposals[about].key != 0) ++done["veto"];
        delete _proposals[about];
    }

    /// @notice Lets time pass until a proposal can be accepted, or until a second before.
    function waitFor(uint256 who, bool early) external {
        uint40 effective = _proposals[patient(who)].effective;
        uint40 time = early ? effective - 1 : effective;
        if (time <= clock) return;
        clock = time;
        ++done["waitFor"];
    }

    /// @notice Often by the one proposed, now and then by another.
    function accept(uint256 who, uint256 whom) external onTime {
        address about = patient(who);
        Proposal memory proposal = _proposals[about];
        uint256 key = whom % 4 == 0 ? _successorKey(whom / 4) : proposal.key;
        vm.prank(vm.addr(key));
        directory.acceptSuccession(about);
        if (key != proposal.key || clock < proposal.effective) ++violations;
        _formerKeys[about].push(keyOf(who));
        _actorKey[about] = key;
        delete _given[about][vm.addr(key)];
        ++generationOf[about];
        headOf[about] = Words.succeeded(headOf[about], vm.addr(key));
        delete _proposals[about];
        delete _recoveryKey[about];
        ++done["accept"];
    }

    /// @notice Somebody who acted for the patient once tries to do so again: refused, and for this reason.
    function usurp(uint256 who, uint256 which, uint256 what) external onTime {
        address about = patient(who);
        uint256 key = _formerKeys[about][which % _formerKeys[about].length];
        // He may have been made the successor again.
        if (vm.addr(key) == actorOf(about)) return;
        // As a doctor he may write again, if there is a new grant.
        if (vm.addr(key) == doctor(0) && what % 15 == 13) return;
        (address called, bytes memory data, bytes4 expected) = _attempt(about, key, what % 15);
        vm.prank(vm.addr(key));
        (bool succeeded, bytes memory reason) = called.call(data);
        if (succeeded || bytes4(reason) != expected) ++violations;
        ++done["usurp"];
    }

    function successor(uint256 whom) external pure returns (address) {
        return vm.addr(_successorKey(whom));
    }

    function _attempt(
        address about,
        uint256 key,
        uint256 what
    ) private view returns (address called, bytes memory data, bytes4 expected) {
        if (what < 5) return (address(consent), _onConsent(about, what), _consentRefusal(what));
        if (what < 7) {
            expected = IConsentRegistry.ConsentRegistry_InvalidSignature.selector;
            return (address(consent), _signed(about, key, what), expected);
        }
        if (what < 9) return (address(directory), _onKeys(about, what), IKeyDirectory.KeyDirectory_NotActor.selector);
        if (what == 9) {
            expected = IKeyDirectory.KeyDirectory_InvalidSignature.selector;
            return (address(directory), _signedKey(about, key), expected);
        }
        if (what < 13) {
            expected = ISuccession.Succession_NotEntitled.selector;
            return (address(directory), _onSuccession(about, what), expected);
        }
        if (what == 13) {
            data = abi.encodeCall(IRecordRegistry.anchor, (about, 1, 0, DIGEST, DIGEST));
            return (address(records), data, IRecordRegistry.RecordRegistry_NoAccess.selector);
        }
        data = abi.encodeCall(IAppointments.withdraw, (about, payable(about)));
        return (address(appointments), data, IAppointments.Appointments_NotActor.selector);
    }

    function _onConsent(address about, uint256 what) private view returns (bytes memory) {
        if (what == 0) return abi.encodeCall(IConsentRegistry.grant, (about, _anyTerms(), headOf[about]));
        if (what == 1) return abi.encodeCall(IConsentRegistry.revoke, (about, doctor(0), 0));
        if (what == 2) return abi.encodeCall(IDelegates.appointDelegate, (about, delegate(0), 7, clock + 1));
        if (what == 3) return abi.encodeCall(IDelegates.removeDelegate, (about, delegate(0)));
        return abi.encodeCall(IBreakGlass.endEmergency, (about, doctor(0)));
    }

    function _consentRefusal(uint256 what) private pure returns (bytes4) {
        if (what < 2) return IDelegates.Delegates_NotMandated.selector;
        return what < 4 ? IDelegates.Delegates_NotActor.selector : IBreakGlass.BreakGlass_NotActor.selector;
    }

    function _signed(address about, uint256 key, uint256 what) private view returns (bytes memory) {
        bytes32 head = headOf[about];
        uint40 deadline = type(uint40).max;
        if (what == 5) {
            bytes memory grantedBy = _sign(key, _grantHash(about, _anyTerms(), head, clock, deadline));
            return abi.encodeCall(IConsentRegistry.grantBySig, (about, _anyTerms(), head, clock, deadline, grantedBy));
        }
        bytes memory revokedBy = _sign(key, _revokeHash(about, doctor(0), DIGEST, clock));
        return abi.encodeCall(IConsentRegistry.revokeBySig, (about, doctor(0), DIGEST, clock, deadline, revokedBy));
    }

    function _onKeys(address about, uint256 what) private view returns (bytes memory) {
        (uint32 version, , ) = directory.keyOf(about);
        (uint32 vault, ) = directory.vaultOf(about);
        if (what == 7) return abi.encodeCall(IKeyDirectory.publishVault, (about, DIGEST, vault));
        return abi.encodeCall(IKeyDirectory.publish, (about, 0x20, ENCRYPTION_KEY, version, DIGEST, vault));
    }

    function _signedKey(address about, uint256 key) private view returns (bytes memory) {
        bytes32 typehash = keccak256(
            "Publish(address account,uint16 suite,bytes32 key,uint32 expectedKeyVersion,bytes32 vault,uint32 expectedVaultVersion,uint40 deadline)"
        );
        uint40 deadline = type(uint40).max;
        bytes32 hash = keccak256(abi.encode(typehash, about, 0x20, ENCRYPTION_KEY, 0, DIGEST, 0, deadline));
        bytes memory signature = _sign(key, _typed("Chartkey Keys", address(directory), hash));
        return
            abi.encodeCall(
                IKeyDirectory.publishBySig,
                (about, 0x20, ENCRYPTION_KEY, 0, DIGEST, 0, deadline, signature)
            );
    }

    function _onSuccession(address about, uint256 what) private pure returns (bytes memory) {
        if (what == 10) return abi.encodeCall(ISuccession.setRecovery, (about, address(1)));
        if (what == 11) return abi.encodeCall(ISuccession.proposeSuccessor, (about, address(1)));
        return abi.encodeCall(ISuccession.vetoSuccessor, (about));
    }

    function _anyTerms() private view returns (IConsentRegistry.Terms memory) {
        return IConsentRegistry.Terms(doctor(0), 1, 2, 2, clock + 1, DIGEST);
    }

    function _entitled(address about, bool recovering) private view returns (address) {
        return recovering ? vm.addr(_recoveryKey[about]) : actorOf(about);
    }

    function _successorKey(uint256 whom) private pure returns (uint256) {
        uint256 index = whom % SUCCESSORS;
        return index == SUCCESSORS - 1 ? FIRST_DOCTOR : FIRST_SUCCESSOR + index;
    }
}
