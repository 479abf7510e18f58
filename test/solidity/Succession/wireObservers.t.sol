// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISuccession} from "../../../contracts/interfaces/ISuccession.sol";
import {KeyDirectory} from "../../../contracts/KeyDirectory.sol";
import {KeyBase} from "../support/KeyBase.sol";
import {Listener} from "../support/Listener.sol";

contract SuccessionWireObserversTest is KeyBase {
    KeyDirectory private _fresh;
    Listener private _first;
    Listener private _second;

    function setUp() public override {
        super.setUp();
        _fresh = new KeyDirectory(0);
        (_first, _second) = (new Listener(), new Listener());
    }

    function test_P58_names_both_and_announces_them() external {
        _wire();
        vm.prank(account);
        _fresh.proposeSuccessor(account, successor);
        vm.prank(successor);
        _fresh.acceptSuccession(account);
        vm.assertEq(_first.account(), account);
        vm.assertEq(_first.successor(), successor);
        vm.assertEq(_second.account(), account);
        vm.assertEq(_second.successor(), successor);
    }

    function test_P58_refuses_the_deployer_to_name_others() external {
        _wire();
        vm.expectRevert(abi.encodeWithSelector(ISuccession.Succession_AlreadyWired.selector));
        _fresh.wireObservers(_second, _first);
        vm.expectRevert(abi.encodeWithSelector(ISuccession.Succession_AlreadyWired.selector));
        directory.wireObservers(_first, _second);
    }

    function testFuzz_P58_refuses_everybody_before_and_after(address caller) external {
        vm.assume(caller != address(this));
        _refuses(caller);
        _wire();
        _refuses(caller);
    }

    function _wire() private {
        vm.expectEmit(address(_fresh));
        emit ISuccession.ObserversWired(address(_first), address(_second));
        _fresh.wireObservers(_first, _second);
    }

    function _refuses(address caller) private {
        vm.prank(caller);
        vm.expectRevert(abi.encodeWithSelector(ISuccession.Succession_OnlyDeployer.selector, caller));
        _fresh.wireObservers(_first, _second);
    }
}
