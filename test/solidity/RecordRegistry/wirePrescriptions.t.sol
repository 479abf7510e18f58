// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {RecordRegistry} from "../../../contracts/RecordRegistry.sol";
import {IRecordRegistry} from "../../../contracts/interfaces/IRecordRegistry.sol";
import {ChartSetup} from "../support/ChartSetup.sol";

contract WirePrescriptionsTest is ChartSetup {
    RecordRegistry private _fresh;

    function setUp() public override {
        super.setUp();
        _fresh = new RecordRegistry(consent, directory);
    }

    function test_P36_refuses_everybody_but_the_deployer() external {
        address[3] memory callers = [stranger, doctor, address(prescriptions)];
        for (uint256 i; i < callers.length; ++i) {
            bytes4 selector = IRecordRegistry.RecordRegistry_OnlyDeployer.selector;
            vm.expectRevert(abi.encodeWithSelector(selector, callers[i]));
            vm.prank(callers[i]);
            _fresh.wirePrescriptions(address(prescriptions));
        }
    }

    function test_P36_refuses_a_second_wiring() external {
        _fresh.wirePrescriptions(stranger);
        bytes4 selector = IRecordRegistry.RecordRegistry_AlreadyWired.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, stranger));
        _fresh.wirePrescriptions(address(prescriptions));
        vm.expectRevert(abi.encodeWithSelector(selector, stranger));
        _fresh.wirePrescriptions(stranger);
    }

    function test_P36_lets_nobody_anchor_for_others_before() external {
        vm.expectRevert(_onlyPrescriptions(address(prescriptions)));
        vm.prank(address(prescriptions));
        _fresh.anchorFor(doctor, patient, 4, 0, PAYLOAD, WRAPS);
    }

    function test_P36_lets_the_wired_contract_anchor_for_others_after() external {
        _fresh.wirePrescriptions(stranger);
        vm.prank(stranger);
        _fresh.anchorFor(doctor, patient, 4, 0, PAYLOAD, WRAPS);
        vm.expectRevert(_onlyPrescriptions(address(prescriptions)));
        vm.prank(address(prescriptions));
        _fresh.anchorFor(doctor, patient, 4, 0, PAYLOAD, WRAPS);
    }

    function test_P52_announces_the_contract() external {
        vm.recordLogs();
        vm.expectEmit(address(_fresh));
        emit IRecordRegistry.PrescriptionsWired(stranger);
        _fresh.wirePrescriptions(stranger);
        vm.assertEq(_countLogs(address(_fresh)), 1);
    }

    function _onlyPrescriptions(address caller) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRecordRegistry.RecordRegistry_OnlyPrescriptions.selector, caller);
    }
}
