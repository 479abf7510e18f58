// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IBreakGlass} from "../../../contracts/interfaces/IBreakGlass.sol";
import {Accreditation, Outcome} from "../../../contracts/types/Types.sol";
import {EmergencyBase} from "../support/EmergencyBase.sol";

contract BreakGlassEndEmergencyTest is EmergencyBase {
    uint40 private _opened;

    function setUp() public override {
        super.setUp();
        _open(colleague);
        _open(doctor);
        _opened = clock;
    }

    function test_P30_ends_it_in_this_very_second_and_keeps_the_trail() external {
        _pass(100);
        vm.assertTrue(consent.canRead(patient, doctor, 4));
        _expectEnded(patient);
        vm.assertFalse(consent.canRead(patient, doctor, 4));
        _assertEmergency(hospitalId, 2, Emergency(patient, doctor, SCOPE, _opened, clock, Outcome.None));
        vm.assertEq(consent.emergencyCount(hospitalId), 2);
        vm.assertEq(consent.emergenciesOf(patient), 2);
    }

    function test_P30_ends_it_in_the_second_it_was_opened() external {
        _expectEnded(patient);
        _assertEmergency(hospitalId, 2, Emergency(patient, doctor, SCOPE, _opened, _opened, Outcome.None));
        vm.assertFalse(consent.canRead(patient, doctor, 4));
    }

    function test_P16_ends_it_whatever_happened_to_the_doctor_or_hospital() external {
        hospital.suspend(doctor);
        hospital.suspend(patient);
        registry.setAccreditation(hospitalId, address(hospital), Accreditation.Suspended, PROFILE);
        _pass(4 hours - 1);
        _expectEnded(patient);
        vm.assertEq(_at(hospitalId, 2).end, clock);
    }

    function test_leaves_the_emergencies_of_other_doctors_and_patients() external {
        vm.prank(doctor);
        consent.openEmergency(neighbour, hospitalId, SCOPE, REASON);
        _expectEnded(patient);
        vm.assertTrue(consent.canRead(patient, colleague, 4));
        vm.assertTrue(consent.canRead(neighbour, doctor, 4));
        vm.assertEq(_at(hospitalId, 1).end, _opened + 14_400);
        vm.assertEq(_at(hospitalId, 3).end, _opened + 14_400);
    }

    function test_P58_lets_the_successor_end_it() external {
        _succeed(patient, successor);
        _open(doctor);
        vm.expectEmit(address(consent));
        emit IBreakGlass.EmergencyEnded(hospitalId, patient, doctor, 3);
        vm.prank(successor);
        consent.endEmergency(patient, doctor);
        vm.assertFalse(consent.canRead(patient, doctor, 4));
    }

    function testFuzz_P16_does_nothing_when_there_never_was_one(address about) external {
        vm.assume(about != doctor && about != colleague);
        _doesNothing(about);
    }

    function test_P16_does_nothing_when_it_had_ended_in_this_second() external {
        uint40 end = _opened + 14_400;
        vm.warp(end);
        _doesNothing(doctor);
        vm.warp(end + 1);
        _doesNothing(doctor);
        vm.assertEq(_at(hospitalId, 2).end, end);
        vm.warp(end - 1);
        _end(doctor);
        vm.assertEq(_at(hospitalId, 2).end, end - 1);
    }

    function test_P16_does_nothing_when_it_was_ended_before() external {
        _pass(1);
        _end(doctor);
        uint40 end = clock;
        _doesNothing(doctor);
        _pass(10);
        _doesNothing(doctor);
        vm.assertEq(_at(hospitalId, 2).end, end);
    }

    function testFuzz_P30_refuses_everybody(address caller) external {
        vm.assume(caller != patient);
        _appoint(7, clock + 10 days);
        address[6] memory callers = [caller, delegate, doctor, reviewer, address(this), address(hospital)];
        for (uint256 i; i < 6; ++i) _refuses(callers[i]);
        vm.assertEq(_at(hospitalId, 2).end, _opened + 14_400);
    }

    function test_P58_refuses_the_old_account() external {
        _succeed(patient, successor);
        _open(doctor);
        _refuses(patient);
        vm.assertTrue(consent.canRead(patient, doctor, 4));
    }

    function _expectEnded(address by) private {
        vm.expectEmit(address(consent));
        emit IBreakGlass.EmergencyEnded(hospitalId, patient, doctor, 2);
        vm.prank(by);
        consent.endEmergency(patient, doctor);
    }

    function _doesNothing(address about) private {
        vm.recordLogs();
        _end(about);
        vm.assertEq(vm.getRecordedLogs().length, 0);
    }

    function _refuses(address caller) private {
        vm.prank(caller);
        vm.expectRevert(abi.encodeWithSelector(IBreakGlass.BreakGlass_NotActor.selector, patient, caller));
        consent.endEmergency(patient, doctor);
    }
}
