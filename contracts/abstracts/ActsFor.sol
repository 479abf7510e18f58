// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What the parts of ConsentRegistry ask about a patient
abstract contract ActsFor {
    /// @dev Whether `account` acts for `patient`: it is the patient, or the successor.
    function _isActor(address patient, address account) internal view virtual returns (bool);

    /// @dev How often the patient was succeeded.
    function _generationOf(address patient) internal view virtual returns (uint8);
}
