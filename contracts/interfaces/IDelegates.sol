// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Delegates: people who act for a patient within a mandate that the patient can end
/// @notice A mandate names what a delegate may do and until when. It cannot be passed on, and gives no power over mandates,
/// emergencies, keys or records. Power ends with the expiry and in the very block of the removal.
interface IDelegates {
    /// @param actions Bit 0 grant, bit 1 revoke, bit 2 book.
    /// @param expiry First second without power.
    event DelegateAppointed(address indexed patient, address indexed delegate, uint8 actions, uint40 expiry);
    event DelegateRemoved(address indexed patient, address indexed delegate, address indexed by);
    /// @notice Goes with the event of what was done.
    event DelegateActed(address indexed patient, address indexed delegate, uint8 action);

    error Delegates_InvalidDelegate(address delegate);
    error Delegates_InvalidActions(uint8 actions);
    error Delegates_InvalidExpiry(uint40 expiry, uint256 earliest, uint256 latest);
    error Delegates_NotMandated(address patient, address account, uint8 action);
    error Delegates_BeyondMandate(uint40 expiry, uint40 latest);

    /// @notice Gives `delegate` a mandate, replacing an earlier one. At most 2 years of 365 days ahead.
    function appointDelegate(address delegate, uint8 actions, uint40 expiry) external;

    /// @notice Ends a mandate that the caller gave. Never reverts, whether or not there is one.
    function removeDelegate(address delegate) external;

    /// @notice Gives back a mandate that the caller holds. Never reverts, whether or not there is one.
    function resign(address patient) external;

    /// @notice Whether `account` may do `action` (one bit) for `patient` now. The patient himself is not his delegate.
    function isMandated(address patient, address account, uint8 action) external view returns (bool);

    function mandateOf(address patient, address delegate) external view returns (uint8 actions, uint40 expiry);
}
