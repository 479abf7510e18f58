// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Hospital} from "../../../contracts/Hospital.sol";
import {IHospital} from "../../../contracts/interfaces/IHospital.sol";
import {Ward} from "../support/Ward.sol";

contract InitializeTest is Ward {
    bytes32 private constant NEW_KEY = keccak256("new key");

    Hospital private _clone;

    function setUp() public override {
        super.setUp();
        _clone = Hospital(Clones.clone(registry.implementation()));
    }

    function testFuzz_P02_is_refused_to_everybody_on_a_clone(address caller) external {
        if (caller == address(registry)) caller = admin;
        _expectOnlyRegistry(caller);
        hospital.initialize(7, caller, NEW_KEY);
        _expectOnlyRegistry(caller);
        _clone.initialize(7, caller, NEW_KEY);
    }

    function testFuzz_P02_is_refused_to_everybody_on_the_implementation(address caller) external {
        if (caller == address(registry)) caller = admin;
        Hospital implementation = Hospital(registry.implementation());
        _expectOnlyRegistry(caller);
        implementation.initialize(7, caller, NEW_KEY);
    }

    function test_P02_is_refused_the_second_time() external {
        _expectInitialized(hospital);
        vm.assertEq(hospital.id(), id);
        vm.assertFalse(hospital.isAdmin(STRANGER));
    }

    function test_P02_is_refused_on_the_implementation() external {
        _expectInitialized(Hospital(registry.implementation()));
    }

    function test_is_refused_without_a_reception_key() external {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_EmptyKey.selector));
        vm.prank(address(registry));
        _clone.initialize(7, STRANGER, 0);
    }

    function testFuzz_makes_the_creator_the_admin_and_keeps_number_and_key(
        uint32 number,
        address creator,
        bytes32 key
    ) external {
        if (number == 0) number = 7;
        if (creator == address(0)) creator = STRANGER;
        if (key == 0) key = NEW_KEY;
        vm.prank(address(registry));
        _clone.initialize(number, creator, key);
        vm.assertEq(_clone.id(), number);
        vm.assertTrue(_clone.isAdmin(creator));
        vm.assertEq(_clone.adminCount(), 1);
        vm.assertEq(_clone.receptionKey(), key);
    }

    function test_P52_announces_the_admin_and_the_key() external {
        vm.expectEmit(address(_clone));
        emit IHospital.AdminAdded(STRANGER);
        vm.expectEmit(address(_clone));
        emit IHospital.ReceptionKeyPublished(NEW_KEY);
        vm.prank(address(registry));
        _clone.initialize(7, STRANGER, NEW_KEY);
    }

    function _expectOnlyRegistry(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_OnlyRegistry.selector, caller));
        vm.prank(caller);
    }

    function _expectInitialized(Hospital contract_) private {
        vm.expectRevert(abi.encodeWithSelector(IHospital.Hospital_AlreadyInitialized.selector));
        vm.prank(address(registry));
        contract_.initialize(7, STRANGER, NEW_KEY);
    }
}
