// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KeyDirectory} from "../../../contracts/KeyDirectory.sol";
import {KeyBase} from "../support/KeyBase.sol";

contract SuccessionViewsTest is KeyBase {
    function testFuzz_P58_lets_every_account_act_for_itself(address whose) external view {
        vm.assertEq(directory.actorOf(whose), whose);
        vm.assertEq(directory.recoveryOf(whose), address(0));
        (address next, uint40 effective) = directory.proposalOf(whose);
        vm.assertEq(next, address(0));
        vm.assertEq(effective, 0);
    }

    function test_P58_changes_the_actor_with_the_acceptance_and_not_before() external {
        _propose(account, successor);
        _assertProposal(successor, clock + SUCCESSION_DELAY);
        _pass(SUCCESSION_DELAY + 1 days);
        vm.assertEq(directory.actorOf(account), account);
        _accept(successor);
        vm.assertEq(directory.actorOf(account), successor);
        vm.assertEq(directory.actorOf(other), other);
    }

    function testFuzz_P58_names_the_delay_it_was_deployed_with_and_keeps_to_it(uint32 delay) external {
        vm.assertEq(directory.successionDelay(), 5 days);
        KeyDirectory fresh = new KeyDirectory(delay);
        vm.assertEq(fresh.successionDelay(), delay);
        vm.prank(account);
        fresh.proposeSuccessor(account, successor);
        (, uint40 effective) = fresh.proposalOf(account);
        vm.assertEq(effective, uint256(clock) + delay);
    }
}
