// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IBreakGlass} from "../../../contracts/interfaces/IBreakGlass.sol";
import {Outcome} from "../../../contracts/types/Types.sol";
import {ConsentBase} from "./ConsentBase.sol";

/// @title A clinic whose doctors have been active just long enough to open emergencies, and a reviewer
abstract contract EmergencyBase is ConsentBase {
    uint16 internal constant SCOPE = 0x0030;
    bytes32 internal constant REASON = keccak256("reason");

    struct Emergency {
        address patient;
        address doctor;
        uint16 categories;
        uint40 openedAt;
        uint40 end;
        Outcome outcome;
    }

    address internal immutable reviewer = vm.addr(0xe1);

    function setUp() public virtual override {
        super.setUp();
        hospital.setReviewer(reviewer, true);
        _pass(COOL_DOWN);
    }

    function _open(address by) internal {
        vm.prank(by);
        consent.openEmergency(patient, hospitalId, SCOPE, REASON);
    }

    function _end(address by) internal {
        vm.prank(patient);
        consent.endEmergency(patient, by);
    }

    function _at(uint32 where, uint32 number) internal view returns (Emergency memory e) {
        (e.patient, e.doctor, e.categories, e.openedAt, e.end, e.outcome) = consent.emergencyAt(where, number);
    }

    function _assertEmergency(uint32 where, uint32 number, Emergency memory expected) internal view {
        Emergency memory found = _at(where, number);
        vm.assertEq(keccak256(abi.encode(found)), keccak256(abi.encode(expected)));
    }

    function _refusesOpening(address by, bytes memory reason) internal {
        vm.prank(by);
        vm.expectRevert(reason);
        consent.openEmergency(patient, hospitalId, SCOPE, REASON);
    }

    function _notDoctor(address account) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IBreakGlass.BreakGlass_NotDoctor.selector, hospitalId, account);
    }
}
