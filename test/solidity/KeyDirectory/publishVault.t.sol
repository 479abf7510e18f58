// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IKeyDirectory} from "../../../contracts/interfaces/IKeyDirectory.sol";
import {KeyBase} from "../support/KeyBase.sol";

contract KeyDirectoryPublishVaultTest is KeyBase {
    function testFuzz_P10_stores_the_tag_and_announces_the_digest(bytes32 first, bytes32 second) external {
        vm.assume(first != 0 && second != 0);
        bytes32[2] memory vaults = [first, second];
        for (uint32 i; i < 2; ++i) {
            vm.expectEmit(address(directory));
            emit IKeyDirectory.VaultPublished(account, i + 1, vaults[i]);
            vm.recordLogs();
            vm.prank(account);
            directory.publishVault(account, vaults[i], i);
            vm.assertEq(vm.getRecordedLogs().length, 1);
            _assertVault(account, i + 1, vaults[i]);
        }
    }

    function test_P10_leaves_the_key_and_other_accounts_alone() external {
        _publish(account);
        vm.prank(account);
        directory.publishVault(account, NEXT_VAULT, 1);
        _assertKey(account, 1, SUITE, X_KEY);
        _assertVault(account, 2, NEXT_VAULT);
        _assertVault(other, 0, 0);
    }

    function testFuzz_P10_refuses_another_version(uint32 version) external {
        vm.assume(version != 1);
        _publish(account);
        bytes4 kind = IKeyDirectory.KeyDirectory_StaleVersion.selector;
        _refuses(account, NEXT_VAULT, version, abi.encodeWithSelector(kind, uint32(1), version));
        _assertVault(account, 1, VAULT);
    }

    function test_refuses_an_empty_vault() external {
        _refuses(account, 0, 0, abi.encodeWithSelector(IKeyDirectory.KeyDirectory_EmptyVault.selector));
    }

    function test_P58_lets_the_successor_publish() external {
        _succeed(successor);
        vm.prank(successor);
        directory.publishVault(account, VAULT, 0);
        vm.prank(successor);
        directory.publishVault(account, NEXT_VAULT, 1);
        _assertVault(account, 2, NEXT_VAULT);
        _assertVault(successor, 0, 0);
    }

    function test_P58_refuses_the_old_account_before_and_after_that() external {
        _succeed(successor);
        _refuses(account, VAULT, 0, _notActorOf(account));
        vm.prank(successor);
        directory.publishVault(account, VAULT, 0);
        _refuses(account, VAULT, 1, _notActorOf(account));
    }

    function testFuzz_P10_refuses_everybody(address caller) external {
        vm.assume(caller != account);
        _setRecovery();
        address[3] memory callers = [caller, recovery, address(this)];
        for (uint256 i; i < 3; ++i) _refuses(callers[i], VAULT, 0, _notActorOf(callers[i]));
        _assertVault(account, 0, 0);
    }

    function _refuses(address caller, bytes32 vault, uint32 version, bytes memory reason) private {
        vm.prank(caller);
        vm.expectRevert(reason);
        directory.publishVault(account, vault, version);
    }

    function _notActorOf(address caller) private view returns (bytes memory) {
        return abi.encodeWithSelector(IKeyDirectory.KeyDirectory_NotActor.selector, account, caller);
    }
}
