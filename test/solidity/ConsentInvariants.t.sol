// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {DelegateHandler} from "./DelegateHandler.sol";
import {MiniTest} from "./MiniTest.sol";

contract ConsentInvariants is MiniTest {
    uint256 private constant CATEGORIES = 11;

    DelegateHandler private _handler;

    function setUp() external {
        _handler = new DelegateHandler();
        target(address(_handler));
    }

    function invariant_P14_P15_P22_access_equals_the_model() external {
        _checkAccess();
    }

    function invariant_P17_consent_head_equals_the_replay() external view {
        for (uint256 i; i < _handler.PATIENTS(); ++i) {
            address patient = _handler.patient(i);
            vm.assertEq(_handler.consent().consentHead(patient), _handler.headOf(patient));
        }
    }

    function invariant_P22_P24_P27_P29_only_what_is_allowed_and_every_emergency_is_counted() external view {
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

    function _checkEmergencies() private view {
        vm.assertEq(_handler.violations(), 0);
        for (uint256 i; i < _handler.PATIENTS(); ++i) {
            address patient = _handler.patient(i);
            vm.assertEq(_handler.consent().emergenciesOf(patient), _handler.countOf(patient));
        }
    }

    function _canRead(uint256 patient, uint256 doctor, uint8 category) private returns (bool) {
        vm.warp(_handler.clock());
        return _handler.consent().canRead(_handler.patient(patient), _handler.doctor(doctor), category);
    }

    function _checkAccess() private {
        vm.warp(_handler.clock());
        for (uint256 i; i < _handler.PATIENTS(); ++i) {
            for (uint256 j; j < _handler.DOCTORS(); ++j) _checkPair(_handler.patient(i), _handler.doctor(j));
        }
    }

    function _checkPair(address patient, address doctor) private view {
        for (uint8 category; category < CATEGORIES; ++category) {
            bool readable = _handler.consent().canRead(patient, doctor, category);
            bool granted = _handler.expected(patient, doctor, category, false) != 0;
            vm.assertEq(readable, granted || _handler.readable(patient, doctor, category));
            uint32 hospital = _handler.consent().writableAs(patient, doctor, uint16(1) << category);
            vm.assertEq(hospital, _handler.expected(patient, doctor, category, true));
        }
    }
}
