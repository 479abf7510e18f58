// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title A contract that is told when an account gets a successor
/// @notice So that it need not ask at every call of an account that never had one.
interface ISuccessionObserver {
    error SuccessionObserver_OnlyDirectory(address caller);

    /// @notice Takes note that `successor` acts for `account` from now on. Only KeyDirectory.
    function onSuccession(address account, address successor) external;
}
