// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IKeyDirectory} from "../../../contracts/interfaces/IKeyDirectory.sol";
import {KeyBase} from "../support/KeyBase.sol";

contract KeyDirectoryPublishTest is KeyBase {
    uint256 private constant ORDER_8_A = 0x00b8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0;
    uint256 private constant ORDER_8_B = 0x57119fd0dd4e22d8868e1c58c45c44045bef839c55b1d0b1248c50a3bc959c5f;
    uint256 private constant PRIME = 2 ** 255 - 19;

    function test_P10_stores_key_and_vault_and_announces_both() external {
        _expectPublished(1, X_KEY, 1, VAULT);
        _publish(account);
        _assertKey(account, 1, SUITE, X_KEY);
        _assertVault(account, 1, VAULT);
    }

    function test_P10_replaces_them_by_the_next_versions() external {
        _publish(account);
        vm.prank(account);
        directory.publishVault(account, VAULT, 1);
        _expectPublished(2, NEXT_KEY, 3, NEXT_VAULT);
        vm.prank(account);
        directory.publish(account, SUITE, NEXT_KEY, 1, NEXT_VAULT, 2);
        _assertKey(account, 2, SUITE, NEXT_KEY);
        _assertVault(account, 3, NEXT_VAULT);
    }

    function test_P10_leaves_other_accounts_alone_with_the_same_key() external {
        _publish(account);
        _assertKey(other, 0, 0, 0);
        _assertVault(other, 0, 0);
        vm.prank(other);
        directory.publish(other, SUITE, X_KEY, 0, NEXT_VAULT, 0);
        _assertKey(other, 1, SUITE, X_KEY);
        _assertVault(account, 1, VAULT);
    }

    function testFuzz_P10_refuses_another_key_version(uint32 version) external {
        vm.assume(version != 1);
        _publish(account);
        _refuses(account, SUITE, NEXT_KEY, version, VAULT, 1, _stale(1, version));
    }

    function testFuzz_P10_refuses_another_vault_version(uint32 version) external {
        vm.assume(version != 1);
        _publish(account);
        _refuses(account, SUITE, NEXT_KEY, 1, VAULT, version, _stale(1, version));
        _assertKey(account, 1, SUITE, X_KEY);
    }

    function testFuzz_P10_refuses_every_other_suite(uint16 suite) external {
        vm.assume(suite != SUITE);
        bytes memory reason = abi.encodeWithSelector(IKeyDirectory.KeyDirectory_UnknownSuite.selector, suite);
        _refuses(account, suite, X_KEY, 0, VAULT, 0, reason);
    }

    function testFuzz_P10_refuses_low_order_and_non_canonical_keys(uint256 u) external {
        uint256[5] memory bad = [0, 1, PRIME - 1, PRIME, bound(u, PRIME, type(uint256).max)];
        for (uint256 i; i < 5; ++i) {
            bytes32 key = _littleEndian(bad[i]);
            bytes memory reason = abi.encodeWithSelector(IKeyDirectory.KeyDirectory_MalformedKey.selector, key);
            _refuses(account, SUITE, key, 0, VAULT, 0, reason);
        }
    }

    function testFuzz_P10_takes_any_canonical_key(uint256 u, bytes32 vault) external {
        u = bound(u, 2, PRIME - 2);
        // A fuzzer tries constants of the code, so it does meet the points of low order.
        vm.assume(vault != 0 && u != ORDER_8_A && u != ORDER_8_B);
        bytes32 key = _littleEndian(u);
        _expectPublished(1, key, 1, vault);
        vm.prank(account);
        directory.publish(account, SUITE, key, 0, vault, 0);
        _assertKey(account, 1, SUITE, key);
        _assertVault(account, 1, vault);
    }

    function test_refuses_an_empty_vault() external {
        bytes memory reason = abi.encodeWithSelector(IKeyDirectory.KeyDirectory_EmptyVault.selector);
        _refuses(account, SUITE, X_KEY, 0, 0, 0, reason);
    }

    function test_P58_lets_the_successor_publish_and_go_on_publishing() external {
        _succeed(successor);
        _expectPublished(1, X_KEY, 1, VAULT);
        _publish(successor);
        _expectPublished(2, NEXT_KEY, 2, NEXT_VAULT);
        vm.prank(successor);
        directory.publish(account, SUITE, NEXT_KEY, 1, NEXT_VAULT, 1);
        _assertKey(account, 2, SUITE, NEXT_KEY);
        _assertKey(successor, 0, 0, 0);
    }

    function test_P58_refuses_the_old_account_before_and_after_that() external {
        _succeed(successor);
        _refuses(account, SUITE, X_KEY, 0, VAULT, 0, _notActorOf(account));
        _publish(successor);
        _refuses(account, SUITE, X_KEY, 1, VAULT, 1, _notActorOf(account));
        _succeed(stranger);
        _refuses(successor, SUITE, X_KEY, 1, VAULT, 1, _notActorOf(successor));
    }

    function testFuzz_P10_refuses_everybody(address caller) external {
        vm.assume(caller != account);
        _setRecovery();
        _propose(account, successor);
        address[4] memory callers = [caller, recovery, successor, address(this)];
        for (uint256 i; i < 4; ++i) _refuses(callers[i], SUITE, X_KEY, 0, VAULT, 0, _notActorOf(callers[i]));
        _assertKey(account, 0, 0, 0);
    }

    function _expectPublished(uint32 version, bytes32 key, uint32 vaultVersion, bytes32 vault) private {
        vm.expectEmit(address(directory));
        emit IKeyDirectory.KeyPublished(account, version, SUITE, key);
        vm.expectEmit(address(directory));
        emit IKeyDirectory.VaultPublished(account, vaultVersion, vault);
    }

    function _refuses(
        address caller,
        uint16 suite,
        bytes32 key,
        uint32 version,
        bytes32 vault,
        uint32 vaultVersion,
        bytes memory reason
    ) private {
        vm.prank(caller);
        vm.expectRevert(reason);
        directory.publish(account, suite, key, version, vault, vaultVersion);
    }

    function _littleEndian(uint256 u) private pure returns (bytes32 key) {
        bytes memory encoded = new bytes(32);
        for (uint256 i; i < 32; ++i) encoded[i] = bytes1(uint8(u >> (8 * i)));
        return bytes32(encoded);
    }

    function _stale(uint32 current, uint32 expected) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IKeyDirectory.KeyDirectory_StaleVersion.selector, current, expected);
    }

    function _notActorOf(address caller) private view returns (bytes memory) {
        return abi.encodeWithSelector(IKeyDirectory.KeyDirectory_NotActor.selector, account, caller);
    }
}
