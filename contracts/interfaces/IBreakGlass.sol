// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Outcome} from "../types/Types.sol";

/// @title Emergency access: a doctor reads without a grant, in the open, for a few hours
/// @notice Reading only. It opens no key by itself: a client hands out the emergency set that the patient prepared, and only
/// while this says so. The justification is ciphertext in the store, sealed to the patient and to the hospital's reviewer.
interface IBreakGlass {
    /// @param number Counts the hospital's emergencies from 1.
    /// @param end First second without access.
    /// @param justification SHA-256 of the sealed justification.
    event EmergencyOpened(
        uint32 indexed hospital,
        address indexed patient,
        address indexed doctor,
        uint32 number,
        uint16 categories,
        uint40 end,
        bytes32 justification
    );
    event EmergencyEnded(uint32 indexed hospital, address indexed patient, address indexed doctor, uint32 number);
    /// @param report SHA-256 of the sealed report, or zero.
    event EmergencyReviewed(
        uint32 indexed hospital,
        uint32 indexed number,
        address indexed reviewer,
        Outcome outcome,
        bytes32 report
    );

    error BreakGlass_NoJustification();
    error BreakGlass_InvalidScope(uint16 categories);
    error BreakGlass_NotDoctor(uint32 hospital, address account);
    error BreakGlass_NotEnrolled(uint32 hospital, address patient);
    error BreakGlass_AppointedTooRecently(uint256 earliest, uint256 time);
    error BreakGlass_SelfAppointed(address account);
    /// @dev Somebody else acts for this account since: it may be a thief's.
    error BreakGlass_Succeeded(address account);
    error BreakGlass_TooSoon(uint256 earliest, uint256 time);
    error BreakGlass_HospitalCap(uint256 earliest, uint256 time);
    error BreakGlass_NotActor(address patient, address caller);
    error BreakGlass_NotReviewer(uint32 hospital, address account);
    error BreakGlass_UnknownEmergency(uint32 hospital, uint32 number);
    error BreakGlass_StillOpen(uint40 end, uint256 time);
    error BreakGlass_AlreadyReviewed(uint32 hospital, uint32 number);
    error BreakGlass_NoOutcome();

    /// @notice Lets the calling doctor read `categories` of a patient of his hospital for 4 hours from now.
    /// @dev He must have been active there for `emergencyCoolDown`, without having confirmed himself as an admin. Once in 24
    /// hours for a doctor and patient, whoever ended the last one, and three times in any 24 hours for a hospital and patient.
    function openEmergency(
        address patient,
        uint32 hospital,
        uint16 categories,
        bytes32 justification
    ) external returns (uint32 number);

    /// @notice Ends `doctor`'s emergency access to the patient's chart in this very second. Only whoever acts for the patient; never
    /// reverts for him, whether or not there is one.
    function endEmergency(address patient, address doctor) external;

    /// @notice Says, once and for good, what the hospital makes of an emergency that has ended. Only a reviewer whom an admin
    /// of the hospital appointed, and never the doctor himself or who acts for his account.
    function reviewEmergency(uint32 hospital, uint32 number, Outcome outcome, bytes32 report) external;

    /// @notice How many emergencies a hospital has had. Those whose `emergencyAt` has no outcome wait for review.
    function emergencyCount(uint32 hospital) external view returns (uint32);

    /// @notice How many emergencies a patient has had, in all hospitals.
    function emergenciesOf(address patient) external view returns (uint32);

    function emergencyAt(
        uint32 hospital,
        uint32 number
    )
        external
        view
        returns (address patient, address doctor, uint16 categories, uint40 openedAt, uint40 end, Outcome outcome);

    /// @notice Seconds for which a doctor must have been active before he may open an emergency.
    function emergencyCoolDown() external view returns (uint40);
}
