// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Delegates: people who act for a patient within a mandate that the patient can end
/// @notice A mandate names what a delegate may do and until when. It cannot be passed on, and gives no power over mandates,
/// emergencies, keys or records. Power ends with the expiry, with the patient's succession ({ISuccession}), and in the very block of
/// the removal.
interface IDelegates {
    /// @param actions Bit 0 grant, bit 1 revoke, bit 2 book.
    /// @param expiry First second without power.
    event DelegateAppointed(address indexed patient, address indexed delegate, uint8 actions, uint40 expiry);
    event DelegateRemoved(address indexed patient, address indexed delegate, address indexed by);
    /// @notice Goes with the event of what was done.
    /// @param action Both bits, grant and revoke, when a grant took the place of another.
    event DelegateActed(address indexed patient, address indexed delegate, uint8 action);

    error Delegates_NotActor(address patient, address caller);
    error Delegates_InvalidDelegate(address delegate);
    error Delegates_InvalidActions(uint8 actions);
    error Delegates_InvalidExpiry(uint40 expiry, uint256 earliest, uint256 latest);
    error Delegates_NotMandated(address patient, address account, uint8 action);
    error Delegates_BeyondMandate(uint40 expiry, uint40 latest);

    /// @notice Gives `delegate` a mandate, replacing an earlier one. At most 2 years of 365 days ahead. Only whoever acts for
    /// the patient: a delegate appoints nobody.
    function appointDelegate(address patient, address delegate, uint8 actions, uint40 expiry) external;

    /// @notice Ends a mandate. Only whoever acts for the patient, or the delegate himself, who gives it back. Never reverts for
    /// them, whether or not there is one.
    function removeDelegate(address patient, address delegate) external;

    /// @notice Whether `account` may do every `action` of the mask for `patient` now. The patient himself is not his delegate.
    function isMandated(address patient, address account, uint8 action) external view returns (bool);

    function mandateOf(address patient, address delegate) external view returns (uint8 actions, uint40 expiry);
}
