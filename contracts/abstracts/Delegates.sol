// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IDelegates} from "../interfaces/IDelegates.sol";
import {Actions, Slots} from "../types/Types.sol";
import {ActsFor} from "./ActsFor.sol";

/// @title Delegates
/// @notice See {IDelegates}. Part of ConsentRegistry; Appointments asks it too.
abstract contract Delegates is IDelegates, ActsFor {
    uint256 private constant MAX_MANDATE = 2 * 365 days;

    mapping(address patient => mapping(address delegate => Slots.Mandate)) private _mandates;

    /// @inheritdoc IDelegates
    function appointDelegate(address patient, address delegate, uint8 actions, uint40 expiry) external {
        // Check
        if (!_isActor(patient, msg.sender)) revert Delegates_NotActor(patient, msg.sender);
        if (delegate == address(0) || delegate == patient || delegate == msg.sender || delegate == address(this)) {
            revert Delegates_InvalidDelegate(delegate);
        }
        if (actions == 0 || actions > Actions.ALL) revert Delegates_InvalidActions(actions);
        uint256 latest = block.timestamp + MAX_MANDATE;
        if (expiry <= block.timestamp || expiry > latest) {
            revert Delegates_InvalidExpiry(expiry, block.timestamp + 1, latest);
        }

        // Effect
        _mandates[patient][delegate] = Slots.Mandate(actions, expiry, _generationOf(patient));
        emit DelegateAppointed(patient, delegate, actions, expiry);
    }

    /// @inheritdoc IDelegates
    function removeDelegate(address patient, address delegate) external {
        if (msg.sender != delegate && !_isActor(patient, msg.sender)) revert Delegates_NotActor(patient, msg.sender);
        if (_mandates[patient][delegate].expiry == 0) return;

        delete _mandates[patient][delegate];
        emit DelegateRemoved(patient, delegate, msg.sender);
    }

    /// @inheritdoc IDelegates
    function isMandated(address patient, address account, uint8 action) public view returns (bool) {
        Slots.Mandate memory mandate = _mandates[patient][account];
        bool inForce = block.timestamp < mandate.expiry && mandate.generation == _generationOf(patient);
        return inForce && action != 0 && action & ~mandate.actions == 0;
    }

    /// @inheritdoc IDelegates
    function mandateOf(address patient, address delegate) external view returns (uint8 actions, uint40 expiry) {
        Slots.Mandate memory mandate = _mandates[patient][delegate];
        return (mandate.actions, mandate.expiry);
    }

    /// @dev Checks the caller's mandate for `action` and announces that he used it.
    function _useMandate(address patient, uint8 action) internal {
        if (!isMandated(patient, msg.sender, action)) revert Delegates_NotMandated(patient, msg.sender, action);
        emit DelegateActed(patient, msg.sender, action);
    }

    /// @dev Nothing that a delegate gives outlasts his own mandate.
    function _checkWithinMandate(address patient, uint40 expiry) internal view {
        uint40 latest = _mandates[patient][msg.sender].expiry;
        if (expiry > latest) revert Delegates_BeyondMandate(expiry, latest);
    }
}
