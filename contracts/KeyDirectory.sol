// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Succession} from "./abstracts/Succession.sol";
import {IKeyDirectory} from "./interfaces/IKeyDirectory.sol";
import {X25519} from "./libraries/X25519.sol";
import {Slots} from "./types/Types.sol";

/// @title KeyDirectory
/// @notice See {IKeyDirectory}.
contract KeyDirectory is IKeyDirectory, Succession, EIP712 {
    bytes32 private constant PUBLISH_TYPEHASH = keccak256(
        "Publish(address account,uint16 suite,bytes32 key,uint32 expectedKeyVersion,bytes32 vault,uint32 expectedVaultVersion,uint40 deadline)"
    );
    /// @dev DHKEM(X25519, HKDF-SHA256), RFC 9180, 7.1.
    uint16 private constant SUITE_X25519 = 0x0020;

    mapping(address account => Slots.Versions) private _versions;
    mapping(address account => bytes32) private _keys;

    constructor(uint40 successionDelay) Succession(successionDelay) EIP712("Chartkey Keys", "1") {}

    /// @inheritdoc IKeyDirectory
    function publish(
        address account,
        uint16 suite,
        bytes32 key,
        uint32 expectedKeyVersion,
        bytes32 vault,
        uint32 expectedVaultVersion
    ) external {
        _checkActor(account);
        _publish(account, suite, key, expectedKeyVersion, vault, expectedVaultVersion);
    }

    /// @inheritdoc IKeyDirectory
    function publishBySig(
        address account,
        uint16 suite,
        bytes32 key,
        uint32 expectedKeyVersion,
        bytes32 vault,
        uint32 expectedVaultVersion,
        uint40 deadline,
        bytes calldata signature
    ) external {
        if (block.timestamp >= deadline) revert KeyDirectory_SignatureExpired(deadline, block.timestamp);
        bytes32 digest = _hashTypedDataV4(
            keccak256(
                abi.encode(
                    PUBLISH_TYPEHASH,
                    account,
                    suite,
                    key,
                    expectedKeyVersion,
                    vault,
                    expectedVaultVersion,
                    deadline
                )
            )
        );
        if (!SignatureChecker.isValidSignatureNowCalldata(actorOf(account), digest, signature)) {
            revert KeyDirectory_InvalidSignature(account);
        }
        _publish(account, suite, key, expectedKeyVersion, vault, expectedVaultVersion);
    }

    /// @inheritdoc IKeyDirectory
    function publishVault(address account, bytes32 vault, uint32 expectedVersion) external {
        // Check
        if (vault == 0) revert KeyDirectory_EmptyVault();
        _checkActor(account);
        Slots.Versions storage versions = _versions[account];
        _checkVersion(versions.vault, expectedVersion);

        // Effect
        (versions.vault, versions.vaultTag) = (expectedVersion + 1, bytes20(vault));
        emit VaultPublished(account, expectedVersion + 1, vault);
    }

    /// @inheritdoc IKeyDirectory
    function keyOf(address account) external view returns (uint32 version, uint16 suite, bytes32 key) {
        Slots.Versions memory versions = _versions[account];
        return (versions.key, versions.suite, _keys[account]);
    }

    /// @inheritdoc IKeyDirectory
    function vaultOf(address account) external view returns (uint32 version, bytes20 tag) {
        Slots.Versions memory versions = _versions[account];
        return (versions.vault, versions.vaultTag);
    }

    /// @inheritdoc Succession
    function _markSucceeded(address account) internal override {
        _versions[account].succeeded = true;
    }

    function _publish(
        address account,
        uint16 suite,
        bytes32 key,
        uint32 expectedKeyVersion,
        bytes32 vault,
        uint32 expectedVaultVersion
    ) private {
        // Check
        if (suite != SUITE_X25519) revert KeyDirectory_UnknownSuite(suite);
        if (!X25519.isAcceptable(key)) revert KeyDirectory_MalformedKey(key);
        if (vault == 0) revert KeyDirectory_EmptyVault();
        Slots.Versions storage versions = _versions[account];
        _checkVersion(versions.key, expectedKeyVersion);
        _checkVersion(versions.vault, expectedVaultVersion);

        // Effect
        (versions.key, versions.suite) = (expectedKeyVersion + 1, suite);
        (versions.vault, versions.vaultTag) = (expectedVaultVersion + 1, bytes20(vault));
        _keys[account] = key;
        emit KeyPublished(account, expectedKeyVersion + 1, suite, key);
        emit VaultPublished(account, expectedVaultVersion + 1, vault);
    }

    /// @dev The common case costs nothing: `succeeded` is in a slot that is read anyway.
    function _checkActor(address account) private view {
        bool acts = msg.sender == (_versions[account].succeeded ? actorOf(account) : account);
        if (!acts) revert KeyDirectory_NotActor(account, msg.sender);
    }

    function _checkVersion(uint32 current, uint32 expected) private pure {
        if (current != expected) revert KeyDirectory_StaleVersion(current, expected);
    }
}
