// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IKeyDirectory} from "./interfaces/IKeyDirectory.sol";
import {X25519} from "./libraries/X25519.sol";

/// @title KeyDirectory
/// @notice See {IKeyDirectory}.
contract KeyDirectory is IKeyDirectory {
    /// @dev 80 bits, one slot for both documents.
    struct Versions {
        uint32 key;
        uint16 suite;
        uint32 vault;
    }

    /// @dev DHKEM(X25519, HKDF-SHA256), RFC 9180, 7.1.
    uint16 private constant SUITE_X25519 = 0x0020;

    mapping(address account => Versions) private _versions;
    mapping(address account => bytes32) private _keys;
    mapping(address account => bytes32) private _vaults;

    /// @inheritdoc IKeyDirectory
    function publish(
        uint16 suite,
        bytes32 key,
        uint32 expectedKeyVersion,
        bytes32 vault,
        uint32 expectedVaultVersion
    ) external {
        // Check
        if (suite != SUITE_X25519) revert KeyDirectory_UnknownSuite(suite);
        if (!X25519.isAcceptable(key)) revert KeyDirectory_MalformedKey(key);
        if (vault == 0) revert KeyDirectory_EmptyVault();
        Versions memory current = _versions[msg.sender];
        _checkVersion(current.key, expectedKeyVersion);
        _checkVersion(current.vault, expectedVaultVersion);

        // Effect
        Versions memory next = Versions(current.key + 1, suite, current.vault + 1);
        _versions[msg.sender] = next;
        _keys[msg.sender] = key;
        _vaults[msg.sender] = vault;
        emit KeyPublished(msg.sender, next.key, suite, key);
        emit VaultPublished(msg.sender, next.vault, vault);
    }

    /// @inheritdoc IKeyDirectory
    function publishVault(bytes32 vault, uint32 expectedVersion) external {
        // Check
        if (vault == 0) revert KeyDirectory_EmptyVault();
        Versions storage versions = _versions[msg.sender];
        uint32 current = versions.vault;
        _checkVersion(current, expectedVersion);

        // Effect
        versions.vault = current + 1;
        _vaults[msg.sender] = vault;
        emit VaultPublished(msg.sender, current + 1, vault);
    }

    /// @inheritdoc IKeyDirectory
    function keyOf(address account) external view returns (uint32 version, uint16 suite, bytes32 key) {
        Versions memory versions = _versions[account];
        return (versions.key, versions.suite, _keys[account]);
    }

    /// @inheritdoc IKeyDirectory
    function vaultOf(address account) external view returns (uint32 version, bytes32 vault) {
        return (_versions[account].vault, _vaults[account]);
    }

    function _checkVersion(uint32 current, uint32 expected) private pure {
        if (current != expected) revert KeyDirectory_StaleVersion(current, expected);
    }
}
