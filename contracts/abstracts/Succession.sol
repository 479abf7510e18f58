// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISuccession} from "../interfaces/ISuccession.sol";
import {ISuccessionObserver} from "../interfaces/ISuccessionObserver.sol";
import {Slots} from "../types/Types.sol";

/// @title Succession
/// @notice See {ISuccession}. Part of KeyDirectory, which knows no other contract and is known to all.
abstract contract Succession is ISuccession {
    address private immutable _deployer;
    /// @inheritdoc ISuccession
    uint40 public immutable successionDelay;

    ISuccessionObserver private _consent;
    ISuccessionObserver private _appointments;
    mapping(address account => address) private _successors;
    /// @inheritdoc ISuccession
    mapping(address account => address) public recoveryOf;
    mapping(address account => Slots.Proposal) private _proposals;

    constructor(uint40 delay) {
        (_deployer, successionDelay) = (msg.sender, delay);
    }

    /// @inheritdoc ISuccession
    function setRecovery(address account, address recovery) external {
        // Check
        address current = recoveryOf[account];
        address actor = actorOf(account);
        if (msg.sender != (current == address(0) ? actor : current)) {
            revert Succession_NotEntitled(account, msg.sender);
        }
        if (recovery == account || recovery == actor || recovery == current) {
            revert Succession_InvalidRecovery(recovery);
        }

        // Effect
        recoveryOf[account] = recovery;
        emit RecoveryChanged(account, recovery);
    }

    /// @inheritdoc ISuccession
    function proposeSuccessor(address account, address successor) external {
        // Check
        _checkEntitled(account);
        if (successor == address(0) || successor == account || successor == actorOf(account)) {
            revert Succession_InvalidSuccessor(successor);
        }

        // Effect
        uint40 effective = uint40(block.timestamp) + successionDelay;
        _proposals[account] = Slots.Proposal(successor, effective);
        emit SuccessorProposed(account, successor, msg.sender, effective);
    }

    /// @inheritdoc ISuccession
    function vetoSuccessor(address account) external {
        _checkEntitled(account);
        address successor = _proposals[account].successor;
        if (successor == address(0)) return;

        delete _proposals[account];
        emit SuccessionVetoed(account, successor, msg.sender);
    }

    /// @inheritdoc ISuccession
    function acceptSuccession(address account) external {
        // Check
        Slots.Proposal memory proposal = _proposals[account];
        if (msg.sender != proposal.successor) revert Succession_NotProposed(account, msg.sender);
        if (block.timestamp < proposal.effective) revert Succession_TooEarly(proposal.effective, block.timestamp);

        // Effect
        address previous = actorOf(account);
        _successors[account] = msg.sender;
        delete _proposals[account];
        delete recoveryOf[account];
        _markSucceeded(account);
        emit Succeeded(account, msg.sender, previous);

        // Interaction
        _consent.onSuccession(account, msg.sender);
        _appointments.onSuccession(account, msg.sender);
    }

    /// @inheritdoc ISuccession
    function wireObservers(ISuccessionObserver consent, ISuccessionObserver appointments) external {
        if (msg.sender != _deployer) revert Succession_OnlyDeployer(msg.sender);
        if (address(_consent) != address(0)) revert Succession_AlreadyWired();

        (_consent, _appointments) = (consent, appointments);
        emit ObserversWired(address(consent), address(appointments));
    }

    /// @inheritdoc ISuccession
    function proposalOf(address account) external view returns (address successor, uint40 effective) {
        Slots.Proposal memory proposal = _proposals[account];
        return (proposal.successor, proposal.effective);
    }

    /// @inheritdoc ISuccession
    function actorOf(address account) public view returns (address) {
        address successor = _successors[account];
        return successor == address(0) ? account : successor;
    }

    /// @dev Lets the inheriting contract keep the fact where it reads anyway.
    function _markSucceeded(address account) internal virtual;

    function _checkEntitled(address account) private view {
        if (msg.sender != actorOf(account) && msg.sender != recoveryOf[account]) {
            revert Succession_NotEntitled(account, msg.sender);
        }
    }
}
