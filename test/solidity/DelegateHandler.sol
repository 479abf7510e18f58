// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../contracts/interfaces/IConsentRegistry.sol";
import {EmergencyHandler} from "./EmergencyHandler.sol";

/// @title Also appoints and removes delegates at random, who grant and revoke whether or not they may
contract DelegateHandler is EmergencyHandler {
    struct Mandate {
        bool grants;
        bool revokes;
        uint40 expiry;
    }

    uint256 private constant DELEGATES = 2;

    mapping(address patient => mapping(address delegate => Mandate)) private _mandates;
    uint256 public acts;

    function appointDelegate(uint256 who, uint256 whom, uint8 actions, uint256 term) external onTime {
        uint40 expiry = clock + uint40(bound(term, 1, 10 days));
        actions = (actions % 7) + 1;
        vm.prank(patient(who));
        consent.appointDelegate(delegate(whom), actions, expiry);
        _mandates[patient(who)][delegate(whom)] = Mandate(actions % 2 == 1, (actions / 2) % 2 == 1, expiry);
    }

    function removeDelegate(uint256 who, uint256 whom, bool resigning) external onTime {
        vm.prank(resigning ? delegate(whom) : patient(who));
        if (resigning) consent.resign(patient(who));
        else consent.removeDelegate(delegate(whom));
        delete _mandates[patient(who)][delegate(whom)];
    }

    /// @dev The registrar and admin (this contract) tries too, now and then.
    function grantFor(uint256 who, uint256 by, uint256 whom, uint256 where, uint16 both, uint256 term) external onTime {
        address giver = patient(who);
        IConsentRegistry.Terms memory terms = _terms(whom, where, both, both, term, bytes32(term));
        Mandate memory mandate = _mandates[giver][_actor(by)];
        if (by % 7 != 0) vm.prank(delegate(by));
        consent.grantFor(giver, terms, headOf[giver]);
        // Counted, not asserted: a failing call is only undone.
        if (!mandate.grants || mandate.expiry <= clock || terms.expiry > mandate.expiry) ++violations;
        _note(giver, terms, clock);
        ++acts;
    }

    function revokeFor(uint256 who, uint256 by, uint256 whom) external onTime {
        address giver = patient(who);
        Mandate memory mandate = _mandates[giver][_actor(by)];
        if (by % 7 != 0) vm.prank(delegate(by));
        consent.revokeFor(giver, doctor(whom), 0);
        if (!mandate.revokes || mandate.expiry <= clock) ++violations;
        _forget(giver, doctor(whom), 0);
        ++acts;
    }

    function delegate(uint256 index) public pure returns (address) {
        return vm.addr((index % DELEGATES) + 201);
    }

    function _actor(uint256 by) private view returns (address) {
        return by % 7 == 0 ? address(this) : delegate(by);
    }
}
