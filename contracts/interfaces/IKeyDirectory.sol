// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Encryption keys and vault digests
/// @notice Each account writes only its own. The current key is in storage; earlier ones are in the events.
interface IKeyDirectory {
    /// @param suite HPKE KEM identifier (RFC 9180, 7.1); 0x0020 is X25519.
    /// @param key 32-byte u-coordinate, little-endian (RFC 7748).
    event KeyPublished(address indexed account, uint32 indexed version, uint16 suite, bytes32 key);
    /// @param vault SHA-256 of the encrypted vault document.
    event VaultPublished(address indexed account, uint32 indexed version, bytes32 vault);

    error KeyDirectory_UnknownSuite(uint16 suite);
    /// @dev Not canonical (at least 2^255 - 19) or of low order.
    error KeyDirectory_MalformedKey(bytes32 key);
    error KeyDirectory_StaleVersion(uint32 current, uint32 expected);
    error KeyDirectory_EmptyVault();

    /// @notice Sets the caller's key and vault together: one signature for a first set-up or a rotation.
    /// @param expectedKeyVersion The version that is replaced; 0 for the first.
    /// @param expectedVaultVersion The vault version that is replaced; 0 for the first.
    function publish(
        uint16 suite,
        bytes32 key,
        uint32 expectedKeyVersion,
        bytes32 vault,
        uint32 expectedVaultVersion
    ) external;

    /// @notice Replaces the caller's vault digest.
    function publishVault(bytes32 vault, uint32 expectedVersion) external;

    function keyOf(address account) external view returns (uint32 version, uint16 suite, bytes32 key);

    function vaultOf(address account) external view returns (uint32 version, bytes32 vault);
}
