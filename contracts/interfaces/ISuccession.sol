// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISuccessionObserver} from "./ISuccessionObserver.sol";

/// @title Successors: who acts for an account whose wallet was lost, or whose owner came of age
/// @notice A chart, its grants, visits and keys stay under the account's address; the successor acts for it from then on, everywhere,
/// and the old wallet has no power any more. It takes a proposal, a delay in which it can be vetoed, and the successor's acceptance.
/// @dev One step, not a chain: succeeding an account that itself acts for others does not hand those over. Staff standing is not
/// handed over either: a hospital suspends the old account and admits the new one.
interface ISuccession {
    /// @param recovery May propose a successor; derived from the recovery code. Zero when it gave itself up.
    event RecoveryChanged(address indexed account, address indexed recovery);
    /// @param effective First second at which the successor may accept.
    event SuccessorProposed(address indexed account, address indexed successor, address indexed by, uint40 effective);
    event SuccessionVetoed(address indexed account, address indexed successor, address indexed by);
    /// @notice The recovery address is none from then on: the new actor names his own.
    event Succeeded(address indexed account, address indexed successor, address indexed previous);
    event ObserversWired(address consent, address appointments);

    error Succession_NotEntitled(address account, address caller);
    error Succession_InvalidRecovery(address recovery);
    error Succession_InvalidSuccessor(address successor);
    error Succession_NotProposed(address account, address caller);
    error Succession_TooEarly(uint256 effective, uint256 time);
    error Succession_OnlyDeployer(address caller);
    error Succession_AlreadyWired();

    /// @notice Names the address that may propose a successor when the wallet is lost. Whoever acts for the account names the
    /// first; from then on only the recovery address itself replaces it, so that a thief of the wallet cannot take it away. Whoever
    /// lost the recovery code changes to another wallet of his: with the succession the recovery address ends.
    function setRecovery(address account, address recovery) external;

    /// @notice Proposes a successor, replacing a proposal that is waiting. Only whoever acts for the account, or its recovery address.
    function proposeSuccessor(address account, address successor) external;

    /// @notice Ends a proposal that is waiting. Only whoever acts for the account, or its recovery address: a thief of either
    /// cannot take the account from the owner of the other.
    function vetoSuccessor(address account) external;

    /// @notice Takes over, after the delay. Only the proposed account, so that a mistyped one never succeeds.
    function acceptSuccession(address account) external;

    /// @notice Names the contracts that are told of a succession, once, by the deployer.
    function wireObservers(ISuccessionObserver consent, ISuccessionObserver appointments) external;

    /// @notice Who acts for `account`: itself, or its successor.
    function actorOf(address account) external view returns (address);

    function recoveryOf(address account) external view returns (address);

    /// @return successor Zero when nothing is waiting.
    function proposalOf(address account) external view returns (address successor, uint40 effective);

    /// @notice Seconds between a proposal and the first moment of its acceptance.
    function successionDelay() external view returns (uint40);
}
