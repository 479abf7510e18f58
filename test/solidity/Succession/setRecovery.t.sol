// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISuccession} from "../../../contracts/interfaces/ISuccession.sol";
import {KeyBase} from "../support/KeyBase.sol";

contract SuccessionSetRecoveryTest is KeyBase {
    function testFuzz_P58_lets_the_account_name_the_first_and_announces_it(address first) external {
        vm.assume(first != account && first != address(0));
        _sets(account, first);
    }

    function test_P58_lets_the_successor_name_the_first() external {
        _succeed(successor);
        _sets(successor, other);
    }

    function testFuzz_P58_refuses_everybody_else(address caller) external {
        vm.assume(caller != account);
        _propose(account, successor);
        address[4] memory callers = [caller, address(0), successor, address(this)];
        for (uint256 i; i < 4; ++i) _refuses(callers[i], other, _notEntitled(callers[i]));
        vm.assertEq(directory.recoveryOf(account), address(0));
    }

    function test_P58_refuses_the_old_account() external {
        _succeed(successor);
        _refuses(account, other, _notEntitled(account));
        _sets(successor, recovery);
        _refuses(account, other, _notEntitled(account));
    }

    function testFuzz_P58_lets_it_replace_itself(address next) external {
        vm.assume(next != account && next != recovery && next != address(0));
        _sets(account, recovery);
        _sets(recovery, next);
        _refuses(recovery, other, _notEntitled(recovery));
    }

    function test_P58_lets_it_give_itself_up_after_which_the_account_names_the_next() external {
        _sets(account, recovery);
        _sets(recovery, address(0));
        _refuses(recovery, other, _notEntitled(recovery));
        _sets(account, other);
    }

    function test_P58_refuses_the_account_so_that_a_thief_of_the_wallet_cannot_take_it_away() external {
        _sets(account, recovery);
        _refuses(account, stranger, _notEntitled(account));
        _refuses(account, address(0), _notEntitled(account));
        _propose(account, stranger);
        _pass(SUCCESSION_DELAY);
        vm.prank(recovery);
        directory.vetoSuccessor(account);
        vm.expectRevert(abi.encodeWithSelector(ISuccession.Succession_NotProposed.selector, account, stranger));
        _accept(stranger);
    }

    function testFuzz_P58_refuses_everybody_else_though_there_is_one(address caller) external {
        vm.assume(caller != recovery);
        _sets(account, recovery);
        _propose(account, successor);
        address[4] memory callers = [caller, address(0), successor, address(this)];
        for (uint256 i; i < 4; ++i) _refuses(callers[i], other, _notEntitled(callers[i]));
        vm.assertEq(directory.recoveryOf(account), recovery);
    }

    function test_P58_refuses_the_former_recovery_address() external {
        _sets(account, recovery);
        _succeed(successor);
        _refuses(recovery, other, _notEntitled(recovery));
        _sets(successor, other);
        _refuses(recovery, stranger, _notEntitled(recovery));
        _refuses(successor, stranger, _notEntitled(successor));
    }

    function test_refuses_the_account_and_zero_where_there_is_none() external {
        _refuses(account, account, _invalid(account));
        _refuses(account, address(0), _invalid(address(0)));
    }

    function test_refuses_the_account_and_itself_where_there_is_one() external {
        _sets(account, recovery);
        _refuses(recovery, account, _invalid(account));
        _refuses(recovery, recovery, _invalid(recovery));
        vm.assertEq(directory.recoveryOf(account), recovery);
    }

    function test_refuses_who_acts_for_the_account() external {
        _succeed(successor);
        _refuses(successor, successor, _invalid(successor));
        _refuses(successor, account, _invalid(account));
        _sets(successor, recovery);
        _refuses(recovery, successor, _invalid(successor));
    }

    function test_P58_leaves_a_proposal_that_is_waiting() external {
        _propose(account, successor);
        uint40 effective = clock + SUCCESSION_DELAY;
        _pass(1);
        _sets(account, recovery);
        _sets(recovery, other);
        _assertProposal(successor, effective);
    }

    function test_leaves_other_accounts_alone() external {
        _sets(account, recovery);
        vm.assertEq(directory.recoveryOf(other), address(0));
        vm.prank(other);
        directory.setRecovery(other, stranger);
        vm.assertEq(directory.recoveryOf(account), recovery);
    }

    function _setRecoveryTo(address by, address next) private {
        vm.prank(by);
        directory.setRecovery(account, next);
    }

    function _sets(address by, address next) private {
        vm.expectEmit(address(directory));
        emit ISuccession.RecoveryChanged(account, next);
        _setRecoveryTo(by, next);
        vm.assertEq(directory.recoveryOf(account), next);
    }

    function _refuses(address caller, address next, bytes memory reason) private {
        vm.expectRevert(reason);
        _setRecoveryTo(caller, next);
    }

    function _invalid(address next) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ISuccession.Succession_InvalidRecovery.selector, next);
    }
}
