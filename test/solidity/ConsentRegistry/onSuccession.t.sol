// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {ISuccessionObserver} from "../../../contracts/interfaces/ISuccessionObserver.sol";
import {ConsentBase} from "../support/ConsentBase.sol";
import {Words} from "../Words.sol";

contract ConsentRegistryOnSuccessionTest is ConsentBase {
    function testFuzz_P17_P58_moves_the_head_by_the_formula_and_counts_the_generation_in_its_last_byte(
        address first,
        address second
    ) external {
        _give(_terms());
        bytes32 head = consent.consentHead(patient);
        head = _told(first, head);
        vm.assertEq(uint8(head[31]), 1);
        head = _told(second, head);
        vm.assertEq(uint8(head[31]), 2);
        vm.assertEq(consent.consentHead(patient), head);
    }

    function test_P58_ends_the_grant_that_the_successor_had() external {
        _give(_terms());
        vm.assertEq(consent.writableAs(patient, doctor, WRITE), hospitalId);
        _succeed(patient, doctor);
        vm.assertEq(consent.writableAs(patient, doctor, WRITE), 0);
        (, , uint40 expiry, , ) = consent.grantOf(patient, doctor);
        vm.assertEq(uint256(expiry), 0);
        // A later successor finds it ended too.
        _succeed(patient, successor);
        vm.assertFalse(consent.canRead(patient, doctor, 1));
    }

    function test_keeps_the_other_grants() external {
        IConsentRegistry.Terms memory terms = _terms();
        _give(terms);
        uint40 madeAt = clock;
        _succeed(patient, successor);
        _assertGrant(doctor, terms, madeAt);
        vm.assertTrue(consent.canRead(patient, doctor, 1));
        vm.assertEq(consent.writableAs(patient, doctor, WRITE), hospitalId);
    }

    function test_P17_leaves_the_heads_of_others_alone() external {
        _told(successor, 0);
        vm.assertEq(consent.consentHead(neighbour), bytes32(0));
        vm.assertEq(consent.consentHead(successor), bytes32(0));
    }

    function test_panics_after_255_successions_rather_than_counting_from_zero() external {
        bytes32 head;
        for (uint256 i; i < 255; ++i) head = _told(successor, head);
        vm.assertEq(uint8(head[31]), 255);
        vm.prank(address(directory));
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11));
        consent.onSuccession(patient, successor);
        vm.assertEq(consent.consentHead(patient), head);
    }

    function testFuzz_P58_refuses_everybody(address caller) external {
        vm.assume(caller != address(directory));
        address[4] memory callers = [caller, patient, address(this), address(consent)];
        for (uint256 i; i < 4; ++i) {
            vm.prank(callers[i]);
            bytes4 kind = ISuccessionObserver.SuccessionObserver_OnlyDirectory.selector;
            vm.expectRevert(abi.encodeWithSelector(kind, callers[i]));
            consent.onSuccession(patient, callers[i]);
        }
        vm.assertEq(consent.consentHead(patient), bytes32(0));
    }

    function _told(address next, bytes32 previous) private returns (bytes32 head) {
        head = Words.succeeded(previous, next);
        vm.expectEmit(address(consent));
        emit IConsentRegistry.ConsentSucceeded(patient, next, head);
        vm.prank(address(directory));
        consent.onSuccession(patient, next);
        vm.assertEq(consent.consentHead(patient), head);
    }
}
