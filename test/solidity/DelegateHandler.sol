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
        uint256 generation;
    }

    uint256 private constant DELEGATES = 2;

    mapping(address patient => mapping(address delegate => Mandate)) private _mandates;
    /// @dev How often the patient was succeeded.
    mapping(address patient => uint256) public generationOf;
    uint256 public acts;

    function appointDelegate(uint256 who, uint256 whom, uint8 actions, uint256 term) external onTime {
        uint40 expiry = clock + uint40(bound(term, 1, 10 days));
        actions = (actions % 7) + 1;
        address about = patient(who);
        vm.prank(actorOf(about));
        consent.appointDelegate(about, delegate(whom), actions, expiry);
        bool revokes = (actions / 2) % 2 == 1;
        _mandates[about][delegate(whom)] = Mandate(actions % 2 == 1, revokes, expiry, generationOf[about]);
        ++done["appointDelegate"];
    }

    function removeDelegate(uint256 who, uint256 whom, bool resigning) external onTime {
        vm.prank(resigning ? delegate(whom) : actorOf(patient(who)));
        consent.removeDelegate(patient(who), delegate(whom));
        if (_mandates[patient(who)][delegate(whom)].expiry != 0) ++done["removeDelegate"];
        delete _mandates[patient(who)][delegate(whom)];
    }

    /// @dev The registrar and admin (this contract) tries too, now and then.
    function grantFor(uint256 who, uint256 by, uint256 whom, uint256 where, uint16 both, uint256 term) external onTime {
        address giver = patient(who);
        IConsentRegistry.Terms memory terms = _terms(whom, where, both, both, term, bytes32(term));
        Mandate memory mandate = _mandates[giver][_actor(by)];
        bool replaces = _given[giver][terms.grantee].expiry > clock;
        if (by % 7 != 0) vm.prank(delegate(by));
        consent.grant(giver, terms, headOf[giver]);
        if (replaces && !mandate.revokes) ++violations;
        if (!mandate.grants || !_isInForce(giver, mandate) || terms.expiry > mandate.expiry) ++violations;
        _note(giver, terms, clock);
        ++acts;
        ++done["grantFor"];
    }

    function revokeFor(uint256 who, uint256 by, uint256 whom) external onTime {
        address giver = patient(who);
        Mandate memory mandate = _mandates[giver][_actor(by)];
        if (by % 7 != 0) vm.prank(delegate(by));
        consent.revoke(giver, doctor(whom), 0);
        if (!mandate.revokes || !_isInForce(giver, mandate)) ++violations;
        _forget(giver, doctor(whom), 0);
        ++acts;
        ++done["revokeFor"];
    }

    function delegate(uint256 index) public pure returns (address) {
        return vm.addr((index % DELEGATES) + 201);
    }

    /// @dev A mandate ends with its time and with the next succession.
    function _isInForce(address about, Mandate memory mandate) private view returns (bool) {
        return mandate.expiry > clock && mandate.generation == generationOf[about];
    }

    function _actor(uint256 by) private view returns (address) {
        return by % 7 == 0 ? address(this) : delegate(by);
    }
}
