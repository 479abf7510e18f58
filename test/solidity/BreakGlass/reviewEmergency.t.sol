// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../../contracts/Hospital.sol";
import {IBreakGlass} from "../../../contracts/interfaces/IBreakGlass.sol";
import {Accreditation, Outcome} from "../../../contracts/types/Types.sol";
import {EmergencyBase} from "../support/EmergencyBase.sol";

contract BreakGlassReviewEmergencyTest is EmergencyBase {
    bytes32 private constant REPORT = keccak256("report");

    uint40 private _opened;

    function setUp() public override {
        super.setUp();
        _open(doctor);
        _opened = clock;
        _open(colleague);
        _pass(4 hours);
    }

    function testFuzz_P32_keeps_the_outcome_and_announces_the_report(uint8 seed, bytes32 report) external {
        Outcome outcome = Outcome((seed % 3) + 1);
        _expectReviewed(1, outcome, report);
        _review(1, outcome, report);
        _assertEmergency(hospitalId, 1, Emergency(patient, doctor, SCOPE, _opened, _opened + 4 hours, outcome));
    }

    function test_P32_leaves_the_others_waiting() external {
        _review(1, Outcome.Questioned, REPORT);
        vm.assertEq(uint8(_at(hospitalId, 2).outcome), 0);
        _review(2, Outcome.Unjustified, 0);
        vm.assertEq(uint8(_at(hospitalId, 1).outcome), 2);
        vm.assertEq(uint8(_at(hospitalId, 2).outcome), 3);
    }

    function test_P32_goes_on_when_the_hospital_is_suspended() external {
        registry.setAccreditation(hospitalId, address(hospital), Accreditation.Suspended, PROFILE);
        _expectReviewed(1, Outcome.Unjustified, REPORT);
        _review(1, Outcome.Unjustified, REPORT);
    }

    function test_refuses_one_that_does_not_exist() external {
        uint32[3] memory numbers = [0, 3, type(uint32).max];
        for (uint256 i; i < 3; ++i) _refusesUnknown(hospitalId, numbers[i]);
        (uint32 other, ) = _openHospital("other");
        _refusesUnknown(other, 1);
        _refusesUnknown(99, 1);
        _refusesUnknown(0, 0);
    }

    function test_refuses_no_outcome() external {
        vm.expectRevert(abi.encodeWithSelector(IBreakGlass.BreakGlass_NoOutcome.selector));
        _review(1, Outcome.None, REPORT);
    }

    function test_P32_refuses_until_the_second_before_the_end_and_not_at_it() external {
        vm.warp(clock - 1);
        vm.expectRevert(abi.encodeWithSelector(IBreakGlass.BreakGlass_StillOpen.selector, clock, uint256(clock) - 1));
        _review(1, Outcome.Justified, REPORT);
        vm.warp(clock);
        _expectReviewed(1, Outcome.Justified, REPORT);
        _review(1, Outcome.Justified, REPORT);
    }

    function test_P32_takes_one_that_the_patient_ended_in_this_second() external {
        _pass(20 hours);
        _open(doctor);
        _end(doctor);
        _expectReviewed(3, Outcome.Justified, 0);
        _review(3, Outcome.Justified, 0);
    }

    function test_P32_refuses_a_second_judgement() external {
        _review(1, Outcome.Unjustified, REPORT);
        for (uint256 i; i < 4; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IBreakGlass.BreakGlass_AlreadyReviewed.selector, hospitalId, uint32(1))
            );
            _review(1, Outcome(i), 0);
        }
        vm.assertEq(uint8(_at(hospitalId, 1).outcome), 3);
    }

    function testFuzz_P32_refuses_everybody_admins_and_the_patient_too(address caller) external {
        vm.assume(caller != reviewer);
        address[6] memory callers = [caller, patient, address(this), colleague, doctor, address(hospital)];
        for (uint256 i; i < 6; ++i) _refuses(callers[i]);
        vm.assertEq(uint8(_at(hospitalId, 1).outcome), 0);
    }

    function test_P32_refuses_the_doctor_himself_though_he_is_a_reviewer() external {
        hospital.setReviewer(doctor, true);
        _refuses(doctor);
        vm.prank(doctor);
        consent.reviewEmergency(hospitalId, 2, Outcome.Justified, 0);
        vm.assertEq(uint8(_at(hospitalId, 2).outcome), 1);
    }

    function test_P32_refuses_whoever_acts_for_the_doctor_s_account() external {
        hospital.setReviewer(successor, true);
        _succeed(doctor, successor);
        _refuses(successor);
        hospital.setReviewer(doctor, true);
        _refuses(doctor);
        vm.prank(successor);
        consent.reviewEmergency(hospitalId, 2, Outcome.Justified, 0);
    }

    function test_P07_refuses_the_reviewer_of_another_hospital() external {
        (, Hospital second) = _openHospital("other");
        second.setReviewer(stranger, true);
        _refuses(stranger);
    }

    function test_P32_refuses_a_reviewer_who_was_dismissed() external {
        hospital.setReviewer(reviewer, false);
        _refuses(reviewer);
    }

    function _review(uint32 number, Outcome outcome, bytes32 report) private {
        vm.prank(reviewer);
        consent.reviewEmergency(hospitalId, number, outcome, report);
    }

    function _expectReviewed(uint32 number, Outcome outcome, bytes32 report) private {
        vm.expectEmit(address(consent));
        emit IBreakGlass.EmergencyReviewed(hospitalId, number, reviewer, outcome, report);
    }

    function _refuses(address caller) private {
        vm.prank(caller);
        vm.expectRevert(abi.encodeWithSelector(IBreakGlass.BreakGlass_NotReviewer.selector, hospitalId, caller));
        consent.reviewEmergency(hospitalId, 1, Outcome.Justified, REPORT);
    }

    function _refusesUnknown(uint32 where, uint32 number) private {
        vm.prank(reviewer);
        vm.expectRevert(abi.encodeWithSelector(IBreakGlass.BreakGlass_UnknownEmergency.selector, where, number));
        consent.reviewEmergency(where, number, Outcome.Justified, REPORT);
    }
}
