// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IBreakGlass} from "../interfaces/IBreakGlass.sol";
import {IHospital} from "../interfaces/IHospital.sol";
import {IHospitalRegistry} from "../interfaces/IHospitalRegistry.sol";
import {AccessRule} from "../libraries/AccessRule.sol";
import {EmergencyRule} from "../libraries/EmergencyRule.sol";
import {Outcome, Role, Slots} from "../types/Types.sol";
import {ActsFor} from "./ActsFor.sol";

/// @title BreakGlass
/// @notice See {IBreakGlass}. Part of ConsentRegistry, so that one predicate answers who may read.
abstract contract BreakGlass is IBreakGlass, ActsFor {
    IHospitalRegistry internal immutable _registry;
    /// @inheritdoc IBreakGlass
    uint40 public immutable emergencyCoolDown;

    /// @inheritdoc IBreakGlass
    mapping(uint32 hospital => uint32) public emergencyCount;
    /// @inheritdoc IBreakGlass
    mapping(address patient => uint32) public emergenciesOf;
    mapping(uint32 hospital => mapping(uint32 number => Slots.Emergency)) private _emergencies;
    mapping(address patient => mapping(address doctor => Slots.EmergencyRef)) private _latest;
    mapping(address patient => mapping(uint32 hospital => Slots.Openings)) private _openings;

    constructor(IHospitalRegistry registry, uint40 coolDown) {
        (_registry, emergencyCoolDown) = (registry, coolDown);
    }

    /// @inheritdoc IBreakGlass
    function openEmergency(
        address patient,
        uint32 hospital,
        uint16 categories,
        bytes32 justification
    ) external returns (uint32 number) {
        // Check
        if (justification == 0) revert BreakGlass_NoJustification();
        if (!AccessRule.isScope(categories)) revert BreakGlass_InvalidScope(categories);
        _checkDoctor(hospital);
        if (_registry.activeSince(hospital, patient, Role.Patient) == 0) {
            revert BreakGlass_NotEnrolled(hospital, patient);
        }
        _checkPause(patient);

        // Effect
        _countOpening(patient, hospital);
        number = ++emergencyCount[hospital];
        ++emergenciesOf[patient];
        uint40 openedAt = uint40(block.timestamp);
        uint40 end = EmergencyRule.endOf(openedAt);
        _latest[patient][msg.sender] = Slots.EmergencyRef(hospital, number);
        _emergencies[hospital][number] = Slots.Emergency(patient, openedAt, end, Outcome.None, msg.sender, categories);
        emit EmergencyOpened(hospital, patient, msg.sender, number, categories, end, justification);
    }

    /// @inheritdoc IBreakGlass
    function endEmergency(address patient, address doctor) external {
        if (!_isActor(patient, msg.sender)) revert BreakGlass_NotActor(patient, msg.sender);
        Slots.EmergencyRef memory latest = _latest[patient][doctor];
        Slots.Emergency storage emergency = _emergencies[latest.hospital][latest.number];
        if (block.timestamp >= emergency.end) return;

        emergency.end = uint40(block.timestamp);
        emit EmergencyEnded(latest.hospital, patient, doctor, latest.number);
    }

    /// @inheritdoc IBreakGlass
    function reviewEmergency(uint32 hospital, uint32 number, Outcome outcome, bytes32 report) external {
        // Check
        Slots.Emergency storage emergency = _emergencies[hospital][number];
        if (emergency.openedAt == 0) revert BreakGlass_UnknownEmergency(hospital, number);
        bool isDoctor = msg.sender == emergency.doctor || _isActor(emergency.doctor, msg.sender);
        if (isDoctor || !_hospital(hospital).isReviewer(msg.sender)) {
            revert BreakGlass_NotReviewer(hospital, msg.sender);
        }
        if (block.timestamp < emergency.end) revert BreakGlass_StillOpen(emergency.end, block.timestamp);
        if (emergency.outcome != Outcome.None) revert BreakGlass_AlreadyReviewed(hospital, number);
        if (outcome == Outcome.None) revert BreakGlass_NoOutcome();

        // Effect
        emergency.outcome = outcome;
        emit EmergencyReviewed(hospital, number, msg.sender, outcome, report);
    }

    /// @inheritdoc IBreakGlass
    function emergencyAt(
        uint32 hospital,
        uint32 number
    )
        external
        view
        returns (address patient, address doctor, uint16 categories, uint40 openedAt, uint40 end, Outcome outcome)
    {
        Slots.Emergency memory emergency = _emergencies[hospital][number];
        return (
            emergency.patient,
            emergency.doctor,
            emergency.categories,
            emergency.openedAt,
            emergency.end,
            emergency.outcome
        );
    }

    /// @dev The rule of grants: not at the end, and not after any change of the doctor's standing since it was opened.
    function _hasEmergencyAccess(address patient, address doctor, uint16 categories) internal view returns (bool) {
        Slots.EmergencyRef memory latest = _latest[patient][doctor];
        Slots.Emergency memory emergency = _emergencies[latest.hospital][latest.number];
        if (block.timestamp >= emergency.end || !AccessRule.covers(emergency.categories, categories)) return false;
        uint40 activeSince = _registry.activeSince(latest.hospital, doctor, Role.Doctor);
        return AccessRule.inForce(emergency.end, emergency.openedAt, activeSince, block.timestamp);
    }

    /// @dev Three in any 24 hours: the oldest of the last three must be that old.
    function _countOpening(address patient, uint32 hospital) private {
        Slots.Openings memory last = _openings[patient][hospital];
        uint256 earliest = EmergencyRule.nextAfter(last.third);
        if (block.timestamp < earliest) revert BreakGlass_HospitalCap(earliest, block.timestamp);
        _openings[patient][hospital] = Slots.Openings(uint40(block.timestamp), last.first, last.second);
    }

    /// @dev Ended early or not, an emergency is not taken up again by the same doctor; otherwise ending it would mean nothing.
    function _checkPause(address patient) private view {
        Slots.EmergencyRef memory latest = _latest[patient][msg.sender];
        uint256 earliest = EmergencyRule.nextAfter(_emergencies[latest.hospital][latest.number].openedAt);
        if (block.timestamp < earliest) revert BreakGlass_TooSoon(earliest, block.timestamp);
    }

    function _checkDoctor(uint32 hospital) private view {
        uint40 activeSince = _registry.activeSince(hospital, msg.sender, Role.Doctor);
        if (activeSince == 0) revert BreakGlass_NotDoctor(hospital, msg.sender);
        uint256 earliest = activeSince + emergencyCoolDown;
        if (block.timestamp < earliest) revert BreakGlass_AppointedTooRecently(earliest, block.timestamp);
        if (!_isActor(msg.sender, msg.sender)) revert BreakGlass_Succeeded(msg.sender);
        if (_hospital(hospital).isSelfAppointed(msg.sender)) revert BreakGlass_SelfAppointed(msg.sender);
    }

    function _hospital(uint32 id) private view returns (IHospital) {
        (address hospital, , ) = _registry.hospitalOf(id);
        return IHospital(hospital);
    }
}
