// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessLog} from "../../contracts/AccessLog.sol";
import {Appointments} from "../../contracts/Appointments.sol";
import {Prescriptions} from "../../contracts/Prescriptions.sol";
import {RecordRegistry} from "../../contracts/RecordRegistry.sol";
import {ConsentCore} from "./support/ConsentCore.sol";

/// @title The system, deployed by this contract, which is its registrar and the admin of every hospital
abstract contract Clinic is ConsentCore {
    RecordRegistry public records;
    Appointments public appointments;
    Prescriptions public prescriptions;
    AccessLog public accessLog;

    function _deploy() internal {
        _deployCore();
        records = new RecordRegistry(consent, directory);
        appointments = new Appointments(registry, consent, directory);
        prescriptions = new Prescriptions(registry, records);
        accessLog = new AccessLog();
        records.wirePrescriptions(address(prescriptions));
        directory.wireObservers(consent, appointments);
    }
}
