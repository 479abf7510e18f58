// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsentRegistry} from "../../../contracts/ConsentRegistry.sol";
import {Outcome} from "../../../contracts/types/Types.sol";
import {EmergencyBase} from "../support/EmergencyBase.sol";

contract BreakGlassViewsTest is EmergencyBase {
    function testFuzz_returns_zeros(uint32 where, uint32 number, address about) external view {
        Emergency memory none;
        _assertEmergency(where, number, none);
        vm.assertEq(consent.emergencyCount(where), 0);
        vm.assertEq(consent.emergenciesOf(about), 0);
    }

    function test_P32_lists_what_waits_for_review() external {
        _open(doctor);
        _open(colleague);
        uint40 end = clock + 4 hours;
        _pass(4 hours);
        vm.prank(reviewer);
        consent.reviewEmergency(hospitalId, 1, Outcome.Justified, 0);
        vm.assertEq(consent.emergencyCount(hospitalId), 2);
        _assertEmergency(hospitalId, 1, Emergency(patient, doctor, SCOPE, end - 4 hours, end, Outcome.Justified));
        _assertEmergency(hospitalId, 2, Emergency(patient, colleague, SCOPE, end - 4 hours, end, Outcome.None));
    }

    function testFuzz_P28_names_the_cool_down_it_was_deployed_with(uint40 coolDown) external {
        vm.assertEq(consent.emergencyCoolDown(), COOL_DOWN);
        vm.assertEq(new ConsentRegistry(registry, directory, coolDown).emergencyCoolDown(), coolDown);
    }
}
