// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISuccession} from "../../../contracts/interfaces/ISuccession.sol";
import {KeyBase} from "../support/KeyBase.sol";

contract SuccessionProposeSuccessorTest is KeyBase {
    function testFuzz_P58_lets_the_account_propose_and_announces_the_delay(address next) external {
        vm.assume(next != address(0) && next != account);
        _proposes(account, next);
    }

    function test_P58_lets_the_recovery_address_propose_itself_too() external {
        _setRecovery();
        _proposes(recovery, successor);
        _proposes(recovery, recovery);
    }

    function test_P58_begins_the_delay_anew_with_each_proposal() external {
        _proposes(account, successor);
        _pass(SUCCESSION_DELAY - 1);
        _proposes(account, successor);
        _pass(SUCCESSION_DELAY - 1);
        bytes4 kind = ISuccession.Succession_TooEarly.selector;
        vm.expectRevert(abi.encodeWithSelector(kind, uint256(clock) + 1, uint256(clock)));
        _accept(successor);
        _proposes(account, other);
        _pass(SUCCESSION_DELAY);
        vm.expectRevert(abi.encodeWithSelector(ISuccession.Succession_NotProposed.selector, account, successor));
        _accept(successor);
    }

    function test_P58_lets_the_successor_and_the_recovery_address_propose_again() external {
        _succeed(successor);
        _proposes(successor, other);
        _setRecovery();
        _proposes(recovery, stranger);
    }

    function test_leaves_other_accounts_alone() external {
        _proposes(account, successor);
        (address next, uint40 effective) = directory.proposalOf(other);
        vm.assertEq(next, address(0));
        vm.assertEq(effective, 0);
    }

    function test_P11_refuses_zero_and_the_account_itself() external {
        _setRecovery();
        _refuses(account, address(0), _invalid(address(0)));
        _refuses(account, account, _invalid(account));
        _refuses(recovery, account, _invalid(account));
        _succeed(successor);
        _refuses(successor, account, _invalid(account));
        _assertProposal(address(0), 0);
    }

    function test_P11_refuses_who_acts_already() external {
        _succeed(successor);
        _setRecovery();
        _refuses(successor, successor, _invalid(successor));
        _refuses(recovery, successor, _invalid(successor));
    }

    function testFuzz_P58_refuses_everybody(address caller) external {
        vm.assume(caller != account && caller != recovery);
        _setRecovery();
        address[4] memory callers = [caller, address(0), address(this), successor];
        for (uint256 i; i < 4; ++i) _refuses(callers[i], successor, _notEntitled(callers[i]));
        _assertProposal(address(0), 0);
    }

    function test_P58_refuses_the_old_account_and_the_old_recovery_address() external {
        _setRecovery();
        _succeed(successor);
        _refuses(account, other, _notEntitled(account));
        _refuses(recovery, other, _notEntitled(recovery));
    }

    function test_P58_refuses_a_recovery_address_that_was_replaced() external {
        _setRecovery();
        vm.prank(recovery);
        directory.setRecovery(account, other);
        _refuses(recovery, successor, _notEntitled(recovery));
        _proposes(other, successor);
    }

    function _proposes(address by, address next) private {
        uint40 effective = clock + 5 days;
        vm.expectEmit(address(directory));
        emit ISuccession.SuccessorProposed(account, next, by, effective);
        _propose(by, next);
        _assertProposal(next, effective);
    }

    function _refuses(address caller, address next, bytes memory reason) private {
        vm.expectRevert(reason);
        _propose(caller, next);
    }

    function _invalid(address next) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ISuccession.Succession_InvalidSuccessor.selector, next);
    }
}
