// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsentChecks} from "./ConsentChecks.sol";
import {SuccessionHandler} from "./SuccessionHandler.sol";

contract ConsentInvariants is ConsentChecks {
    function setUp() external {
        _handler = new SuccessionHandler();
        target(address(_handler));
    }

    function invariant_P14_P15_P22_access_equals_the_model() external {
        _checkAccess();
    }

    function invariant_P17_P58_consent_head_equals_the_replay() external view {
        _checkHeads();
    }

    function invariant_P58_one_account_acts_and_no_other_reads_as_the_patient() external view {
        _checkActors();
    }

    function invariant_P16_P17_P18_P22_P23_P24_P27_P29_P58_nothing_happened_that_is_not_allowed() external view {
        _checkEmergencies();
    }

    function test_P15_P29_the_handler_reaches_emergencies() external {
        bytes32 reason = keccak256("reason");
        _handler.pass(2 days + 1);
        _handler.openEmergency(0, 0, 0, 0x0080, reason);
        _checkAccess();
        vm.assertTrue(_canRead(0, 0, 7));
        _handler.turnAccreditation(0);
        _checkAccess();
        _handler.turnAccreditation(0);
        _handler.openEmergency(0, 1, 0, 0x0080, reason);
        _handler.endEmergency(0, 0);
        _handler.review(0, 1);
        _checkAccess();
        vm.assertFalse(_canRead(0, 0, 7));
        vm.assertTrue(_canRead(0, 1, 7));
        vm.assertEq(_handler.emergencies(), 2);
        _checkEmergencies();
    }

    function test_P22_P24_the_handler_reaches_delegates() external {
        _handler.pass(1);
        _handler.appointDelegate(0, 1, 2, 3 days);
        _handler.grantFor(0, 1, 0, 0, 0x0080, 2 days);
        _checkAccess();
        vm.assertTrue(_canRead(0, 0, 7));
        _handler.revokeFor(0, 1, 0);
        _checkAccess();
        vm.assertFalse(_canRead(0, 0, 7));
        vm.assertEq(_handler.acts(), 2);
        vm.assertEq(_handler.violations(), 0);
    }

    /// @dev The handler really makes and ends access, and the check really looks.
    function test_P15_the_handler_reaches_access() external {
        _handler.pass(1);
        _handler.grant(0, 0, 0, 0x03fe, 0x0004, 3 days, 0);
        _checkAccess();
        vm.assertTrue(_canRead(0, 0, 7));
        _handler.grantSigned(1, 1, 1, 0x0080, 3 days, 0);
        _checkAccess();
        vm.assertTrue(_canRead(1, 1, 7));
        _handler.turnAccreditation(0);
        _checkAccess();
        vm.assertFalse(_canRead(0, 0, 7));
        _handler.turnAccreditation(0);
        vm.assertTrue(_canRead(0, 0, 7));
        _handler.suspend(0, 0);
        _handler.pass(1);
        _handler.reactivate(0, 0);
        _checkAccess();
        vm.assertFalse(_canRead(0, 0, 7));
        _handler.revoke(1, 1, 0);
        _checkAccess();
        vm.assertFalse(_canRead(1, 1, 7));
    }

    function test_P58_the_handler_reaches_successions() external {
        _handler.pass(1);
        _handler.setRecovery(0, 0);
        _handler.propose(0, true, 1);
        _handler.waitFor(0, false);
        _handler.accept(0, 1);
        vm.assertEq(_handler.actorOf(_handler.patient(0)), _handler.successor(1));
        for (uint256 i; i < 15; ++i) _handler.usurp(0, 0, i);
        vm.assertEq(_handler.done("usurp"), 15);
        _checkAll();
    }

    function test_P16_P58_the_handler_reaches_a_doctor_who_becomes_the_successor() external {
        _handler.pass(1);
        _handler.grant(0, 0, 0, 0x0080, 0x0080, 3 days, 0);
        _handler.propose(0, false, 3);
        _handler.waitFor(0, false);
        _handler.accept(0, 3);
        vm.assertEq(_handler.actorOf(_handler.patient(0)), _handler.doctor(0));
        _checkAll();
        vm.assertTrue(_canRead(0, 0, 7));
    }

    function test_P17_P18_the_handler_reaches_signed_changes() external {
        _handler.pass(1);
        _handler.keepGrant(0, 0, 0, 0x0080, 3 days);
        _handler.sendKept(0);
        _checkAll();
        vm.assertTrue(_canRead(0, 0, 7));
        _handler.revokeSigned(0, 0, 0, 0);
        _checkAll();
        vm.assertFalse(_canRead(0, 0, 7));
        _handler.replayRevoke(0);
        _handler.sendKept(0);
        _handler.pass(0);
        _handler.grant(0, 0, 0, 0x0080, 0, 3 days, 0);
        _handler.revokeSigned(0, 0, 0, 1);
        vm.assertTrue(_canRead(0, 0, 7));
        vm.assertEq(_handler.done("refuseOldRevoke"), 1);
        vm.assertEq(_handler.done("refuseKept"), 1);
        _checkAll();
    }
}
