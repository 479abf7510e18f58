// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Outcome} from "../../contracts/types/Types.sol";
import {ConsentHandler} from "./ConsentHandler.sol";

/// @title Also opens, ends and reviews emergencies at random, and keeps its own list of them
contract EmergencyHandler is ConsentHandler {
    struct Emergency {
        address patient;
        address doctor;
        uint32 hospital;
        uint16 categories;
        uint40 openedAt;
        uint40 end;
        bool reviewed;
    }

    uint256 private constant REVIEWER = 301;

    Emergency[] private _emergencies;
    uint256 public emergencies;

    constructor() {
        for (uint32 id = 1; id <= HOSPITALS; ++id) _hospitals[id].setReviewer(vm.addr(REVIEWER), true);
    }

    function openEmergency(
        uint256 who,
        uint256 whom,
        uint256 where,
        uint16 categories,
        bytes32 reason
    ) external onTime {
        (address about, address by, uint32 id) = (patient(who), doctor(whom), _hospitalId(where));
        // Mostly valid ones; unknown bits and empty reasons must make the contract revert.
        categories &= reason[0] < 0x08 ? type(uint16).max : 0x03fe;
        vm.prank(by);
        consent.openEmergency(about, id, categories, reason);
        if (!_mayOpen(about, by, id) || categories == 0 || categories & 0xfc01 != 0 || reason == 0) ++violations;
        _emergencies.push(Emergency(about, by, id, categories, clock, clock + 4 hours, false));
        ++emergencies;
        ++done["openEmergency"];
    }

    function endEmergency(uint256 who, uint256 whom) external onTime {
        vm.prank(actorOf(patient(who)));
        try consent.endEmergency(patient(who), doctor(whom)) {} catch {
            ++violations;
        }
        for (uint256 i; i < _emergencies.length; ++i) {
            Emergency storage each = _emergencies[i];
            bool meant = each.patient == patient(who) && each.doctor == doctor(whom) && each.end > clock;
            if (!meant) continue;
            each.end = clock;
            ++done["endEmergency"];
        }
    }

    function review(uint256 index, uint8 outcome) external onTime {
        Emergency storage emergency = _emergencies[index % _emergencies.length];
        uint32 number;
        for (uint256 i; i <= index % _emergencies.length; ++i) {
            if (_emergencies[i].hospital == emergency.hospital) ++number;
        }
        vm.prank(vm.addr(REVIEWER));
        consent.reviewEmergency(emergency.hospital, number, Outcome(outcome % 4), 0);
        if (emergency.reviewed || emergency.end > clock || outcome % 4 == 0) ++violations;
        emergency.reviewed = true;
        ++done["review"];
    }

    /// @notice Whether, by this model, an emergency lets `reader` read now.
    function readable(address about, address reader, uint256 category) external view returns (bool) {
        for (uint256 i; i < _emergencies.length; ++i) {
            Emergency memory each = _emergencies[i];
            Standing memory standing = _standing[each.hospital][reader];
            bool meant = each.patient == about && each.doctor == reader && category >= 1 && category <= 9;
            bool current = each.end > clock && standing.active && standing.changedAt < each.openedAt;
            bool named = (each.categories / 2 ** category) % 2 == 1;
            if (meant && current && named && _accredited[each.hospital]) return true;
        }
        return false;
    }

    function countOf(address about) external view returns (uint256 count) {
        for (uint256 i; i < _emergencies.length; ++i) if (_emergencies[i].patient == about) ++count;
    }

    function _mayOpen(address about, address by, uint32 id) private view returns (bool) {
        uint256 ofHospital;
        for (uint256 i; i < _emergencies.length; ++i) {
            Emergency memory each = _emergencies[i];
            if (each.patient != about || each.openedAt + 1 days <= clock) continue;
            if (each.doctor == by) return false;
            if (each.hospital == id) ++ofHospital;
        }
        Standing memory standing = _standing[id][by];
        bool rested = standing.active && standing.changedAt + 1 + COOL_DOWN <= clock;
        return rested && _accredited[id] && ofHospital < 3;
    }
}
