// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRecordRegistry} from "../../../contracts/interfaces/IRecordRegistry.sol";
import {ChartSetup} from "../support/ChartSetup.sol";

contract AnchorForTest is ChartSetup {
    uint8 private constant MEDICATION = 4;

    function test_P36_refuses_everybody_but_prescriptions() external {
        address[5] memory callers = [patient, doctor, stranger, address(this), address(records)];
        for (uint256 i; i < callers.length; ++i) {
            bytes4 selector = IRecordRegistry.RecordRegistry_OnlyPrescriptions.selector;
            vm.expectRevert(abi.encodeWithSelector(selector, callers[i]));
            _send(callers[i], doctor);
        }
    }

    function test_P36_refuses_an_author_without_access() external {
        vm.expectRevert(_noAccess(stranger, 16));
        _send(address(prescriptions), stranger);
    }

    function test_P36_gives_prescriptions_no_access_of_its_own() external {
        vm.expectRevert(_noAccess(address(prescriptions), 16));
        _send(address(prescriptions), address(prescriptions));
    }

    function test_P39_refuses_what_anchor_refuses() external {
        vm.expectRevert(abi.encodeWithSelector(IRecordRegistry.RecordRegistry_UnknownCategory.selector, 10));
        vm.prank(address(prescriptions));
        records.anchorFor(doctor, patient, 10, 0, PAYLOAD, WRAPS);
    }

    function test_P36_anchors_in_the_name_of_the_author_and_tells_his_hospital() external {
        bytes32 expected = _entryId(doctor, id, MEDICATION, 1, PAYLOAD, WRAPS);
        vm.expectEmit(address(records));
        emit IRecordRegistry.EntryAnchored(patient, doctor, expected, id, MEDICATION, 1, clock, PAYLOAD, WRAPS);
        (bytes32 recordId, uint32 where) = _send(address(prescriptions), doctor);
        vm.assertEq(recordId, expected);
        vm.assertEq(where, id);
        vm.assertEq(records.head(patient), expected);
    }

    function test_P36_tells_no_hospital_for_the_patient_himself() external {
        (, uint32 where) = _send(address(prescriptions), patient);
        vm.assertEq(where, 0);
    }

    function _send(address caller, address author) private returns (bytes32, uint32) {
        vm.prank(caller);
        return records.anchorFor(author, patient, MEDICATION, 1, PAYLOAD, WRAPS);
    }
}
