// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MiniTest} from "./MiniTest.sol";
import {SuccessionHandler} from "./SuccessionHandler.sol";

/// @title What must hold of consent after any sequence of calls
abstract contract ConsentChecks is MiniTest {
    uint256 private constant CATEGORIES = 11;

    SuccessionHandler internal _handler;

    function _checkAll() internal {
        _checkAccess();
        _checkHeads();
        _checkActors();
        _checkEmergencies();
    }

    function _checkAccess() internal {
        vm.warp(_handler.clock());
        for (uint256 i; i < _handler.PATIENTS(); ++i) {
            for (uint256 j; j < _handler.DOCTORS(); ++j) _checkPair(_handler.patient(i), _handler.doctor(j));
        }
    }

    /// @dev The replay, with the number of successions in the last byte.
    function _checkHeads() internal view {
        for (uint256 i; i < _handler.PATIENTS(); ++i) {
            address patient = _handler.patient(i);
            bytes32 head = _handler.consent().consentHead(patient);
            vm.assertEq(head, _handler.headOf(patient));
            vm.assertEq(uint8(head[31]), _handler.generationOf(patient));
        }
    }

    /// @dev One account acts for a patient, and it alone reads as he does.
    function _checkActors() internal view {
        for (uint256 i; i < _handler.PATIENTS(); ++i) {
            address patient = _handler.patient(i);
            vm.assertEq(_handler.directory().actorOf(patient), _handler.actorOf(patient));
            _checkReadsAsActor(patient, patient);
            // The last one is a doctor, and looked at as one.
            for (uint256 j; j < _handler.SUCCESSORS() - 1; ++j) _checkReadsAsActor(patient, _handler.successor(j));
        }
    }

    function _checkEmergencies() internal view {
        vm.assertEq(_handler.violations(), 0);
        for (uint256 i; i < _handler.PATIENTS(); ++i) {
            address patient = _handler.patient(i);
            vm.assertEq(_handler.consent().emergenciesOf(patient), _handler.countOf(patient));
        }
    }

    function _canRead(uint256 patient, uint256 doctor, uint8 category) internal returns (bool) {
        vm.warp(_handler.clock());
        return _handler.consent().canRead(_handler.patient(patient), _handler.doctor(doctor), category);
    }

    function _checkReadsAsActor(address patient, address reader) private view {
        bool acts = _handler.actorOf(patient) == reader;
        vm.assertEq(_handler.consent().canRead(patient, reader, 7), acts);
        vm.assertEq(_handler.consent().writableAs(patient, reader, 0x0080), 0);
    }

    function _checkPair(address patient, address doctor) private view {
        for (uint8 category; category < CATEGORIES; ++category) {
            bool readable = _handler.consent().canRead(patient, doctor, category);
            bool acts = _handler.actorOf(patient) == doctor && category >= 1 && category <= 9;
            bool granted = _handler.expected(patient, doctor, category, false) != 0;
            vm.assertEq(readable, acts || granted || _handler.readable(patient, doctor, category));
            uint32 hospital = _handler.consent().writableAs(patient, doctor, uint16(1) << category);
            vm.assertEq(hospital, _handler.expected(patient, doctor, category, true));
        }
    }
}
