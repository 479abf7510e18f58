// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISuccession} from "../../../contracts/interfaces/ISuccession.sol";
import {ISuccessionObserver} from "../../../contracts/interfaces/ISuccessionObserver.sol";
import {KeyDirectory} from "../../../contracts/KeyDirectory.sol";
import {KeyBase} from "../support/KeyBase.sol";

contract SuccessionAcceptSuccessionTest is KeyBase {
    function test_P58_takes_over_from_the_second_the_delay_is_over() external {
        _propose(account, successor);
        _pass(SUCCESSION_DELAY);
        vm.expectEmit(address(directory));
        emit ISuccession.Succeeded(account, successor, account);
        _accept(successor);
        vm.assertEq(directory.actorOf(account), successor);
        vm.assertEq(directory.actorOf(successor), successor);
    }

    function test_P58_refuses_a_second_before_that() external {
        _propose(account, successor);
        uint256 effective = uint256(clock) + SUCCESSION_DELAY;
        bytes4 kind = ISuccession.Succession_TooEarly.selector;
        vm.expectRevert(abi.encodeWithSelector(kind, effective, uint256(clock)));
        _accept(successor);
        _pass(SUCCESSION_DELAY - 1);
        vm.expectRevert(abi.encodeWithSelector(kind, effective, effective - 1));
        _accept(successor);
        vm.assertEq(directory.actorOf(account), account);
        _pass(100 days);
        _accept(successor);
        vm.assertEq(directory.actorOf(account), successor);
    }

    function test_P58_tells_both_observers_once_with_the_account_and_the_successor() external {
        _propose(account, successor);
        _pass(SUCCESSION_DELAY);
        bytes memory data = abi.encodeCall(ISuccessionObserver.onSuccession, (account, successor));
        vm.expectCall(address(consent), data, 1);
        vm.expectCall(address(appointments), data, 1);
        _accept(successor);
    }

    function test_P58_uses_the_proposal_up() external {
        _succeed(successor);
        _assertProposal(address(0), 0);
        _refuses(successor);
    }

    function test_P58_ends_the_recovery_address() external {
        _setRecovery();
        _succeed(successor);
        vm.assertEq(directory.recoveryOf(account), address(0));
    }

    function test_P58_goes_on_to_a_third_account() external {
        _succeed(successor);
        _setRecovery();
        _propose(recovery, other);
        _pass(SUCCESSION_DELAY);
        vm.expectEmit(address(directory));
        emit ISuccession.Succeeded(account, other, successor);
        _accept(other);
        vm.assertEq(directory.actorOf(account), other);
    }

    function test_does_not_hand_over_what_the_account_acts_for() external {
        _succeed(successor);
        vm.prank(successor);
        directory.proposeSuccessor(successor, other);
        _pass(SUCCESSION_DELAY);
        vm.prank(other);
        directory.acceptSuccession(successor);
        vm.assertEq(directory.actorOf(successor), other);
        vm.assertEq(directory.actorOf(account), successor);
    }

    function testFuzz_P58_refuses_everybody(address caller) external {
        vm.assume(caller != successor);
        _setRecovery();
        _propose(account, successor);
        _pass(SUCCESSION_DELAY);
        address[4] memory callers = [caller, account, recovery, address(this)];
        for (uint256 i; i < 4; ++i) _refuses(callers[i]);
        vm.assertEq(directory.actorOf(account), account);
    }

    function testFuzz_P58_refuses_everybody_without_a_proposal(address caller) external {
        vm.assume(caller != address(0));
        _refuses(caller);
        _refuses(account);
    }

    function test_P58_changes_nothing() external {
        KeyDirectory unwired = new KeyDirectory(0);
        vm.prank(account);
        unwired.proposeSuccessor(account, successor);
        vm.prank(successor);
        vm.expectRevert("");
        unwired.acceptSuccession(account);
        vm.assertEq(unwired.actorOf(account), account);
        (address next, ) = unwired.proposalOf(account);
        vm.assertEq(next, successor);
    }

    function _refuses(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(ISuccession.Succession_NotProposed.selector, account, caller));
        _accept(caller);
    }
}
