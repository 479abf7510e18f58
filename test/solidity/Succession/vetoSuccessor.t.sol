// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISuccession} from "../../../contracts/interfaces/ISuccession.sol";
import {KeyBase} from "../support/KeyBase.sol";

contract SuccessionVetoSuccessorTest is KeyBase {
    function setUp() public override {
        super.setUp();
        _setRecovery();
    }

    function test_P58_lets_the_account_end_the_proposal_of_the_recovery_address() external {
        _propose(recovery, successor);
        _vetoes(account, successor);
    }

    function test_P58_lets_the_recovery_address_end_the_proposal_of_the_account() external {
        _propose(account, successor);
        _vetoes(recovery, successor);
    }

    function test_P58_ends_it_also_once_it_could_be_accepted() external {
        _propose(account, successor);
        _pass(SUCCESSION_DELAY + 1 days);
        _vetoes(account, successor);
        vm.assertEq(directory.actorOf(account), account);
    }

    function test_P58_lets_the_successor_end_the_next_one() external {
        _succeed(successor);
        _setRecovery();
        _propose(recovery, stranger);
        _vetoes(successor, stranger);
    }

    function test_P16_does_nothing_where_none_is_waiting() external {
        vm.recordLogs();
        _veto(account);
        _veto(recovery);
        _propose(account, successor);
        _veto(account);
        _veto(recovery);
        vm.assertEq(vm.getRecordedLogs().length, 2);
    }

    function test_leaves_other_accounts_alone() external {
        vm.prank(other);
        directory.proposeSuccessor(other, stranger);
        _propose(account, successor);
        _vetoes(account, successor);
        (address next, ) = directory.proposalOf(other);
        vm.assertEq(next, stranger);
    }

    function testFuzz_P58_refuses_everybody_the_proposed_successor_too(address caller) external {
        vm.assume(caller != account && caller != recovery);
        _propose(account, successor);
        address[4] memory callers = [caller, successor, address(0), address(this)];
        for (uint256 i; i < 4; ++i) {
            vm.expectRevert(_notEntitled(callers[i]));
            _veto(callers[i]);
        }
        _assertProposal(successor, clock + SUCCESSION_DELAY);
    }

    function test_P58_refuses_the_old_account_and_the_old_recovery_address() external {
        _succeed(successor);
        _propose(successor, other);
        vm.expectRevert(_notEntitled(account));
        _veto(account);
        vm.expectRevert(_notEntitled(recovery));
        _veto(recovery);
        _assertProposal(other, clock + SUCCESSION_DELAY);
    }

    function _vetoes(address by, address next) private {
        vm.expectEmit(address(directory));
        emit ISuccession.SuccessionVetoed(account, next, by);
        _veto(by);
        _assertProposal(address(0), 0);
        _pass(SUCCESSION_DELAY);
        vm.expectRevert(abi.encodeWithSelector(ISuccession.Succession_NotProposed.selector, account, next));
        _accept(next);
    }

    function _veto(address by) private {
        vm.prank(by);
        directory.vetoSuccessor(account);
    }
}
