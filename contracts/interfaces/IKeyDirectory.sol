// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Encryption keys and vault digests
/// @notice Each account's are written by whoever acts for it ({ISuccession}), by transaction or signature. The current key is in
/// storage; earlier ones are in the events.
interface IKeyDirectory {
    /// @param suite HPKE KEM identifier (RFC 9180, 7.1); 0x0020 is X25519.
    /// @param key 32-byte u-coordinate, little-endian (RFC 7748).
    event KeyPublished(address indexed account, uint32 indexed version, uint16 suite, bytes32 key);
    /// @param vault SHA-256 of the encrypted vault document.
    event VaultPublished(address indexed account, uint32 indexed version, bytes32 vault);

    error KeyDirectory_NotActor(address account, address caller);
    error KeyDirectory_UnknownSuite(uint16 suite);
    /// @dev Not canonical (at least 2^255 - 19) or of low order.
    error KeyDirectory_MalformedKey(bytes32 key);
    error KeyDirectory_StaleVersion(uint32 current, uint32 expected);
    error KeyDirectory_EmptyVault();
    error KeyDirectory_SignatureExpired(uint40 deadline, uint256 time);
    error KeyDirectory_InvalidSignature(address account);

    /// @notice Sets the account's key and vault together: one signature for a first set-up or a rotation.
    /// @param expectedKeyVersion The version that is replaced; 0 for the first.
    /// @param expectedVaultVersion The vault version that is replaced; 0 for the first.
    function publish(
        address account,
        uint16 suite,
        bytes32 key,
        uint32 expectedKeyVersion,
        bytes32 vault,
        uint32 expectedVaultVersion
    ) external;

    /// @notice The same, signed by whoever acts for the account (EOA, ERC-1271 or ERC-7702) and sent by anybody.
    /// @dev EIP-712 domain {name: "Chartkey Keys", version: "1", chainId, verifyingContract}, type Publish(address account,
    /// uint16 suite,bytes32 key,uint32 expectedKeyVersion,bytes32 vault,uint32 expectedVaultVersion,uint40 deadline). The expected
    /// versions make it work once.
    /// @param deadline First second at which the signature no longer works.
    function publishBySig(
        address account,
        uint16 suite,
        bytes32 key,
        uint32 expectedKeyVersion,
        bytes32 vault,
        uint32 expectedVaultVersion,
        uint40 deadline,
        bytes calldata signature
    ) external;

    /// @notice Replaces the account's vault digest.
    function publishVault(address account, bytes32 vault, uint32 expectedVersion) external;

    function keyOf(address account) external view returns (uint32 version, uint16 suite, bytes32 key);

    /// @return version 0 when there is none.
    /// @return tag The first 20 bytes of the vault's digest; the digest is in the event of that version.
    function vaultOf(address account) external view returns (uint32 version, bytes20 tag);
}
