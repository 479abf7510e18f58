// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The formulas of docs/protocol.md word by word, without the ABI encoder and without the contracts' code
library Words {
    function word(uint256 value) internal pure returns (bytes32) {
        return bytes32(value);
    }

    function recordId(bytes32 digest, bytes32 previous) internal pure returns (bytes32) {
        uint32 sequence = uint32(uint256(previous)) + 1;
        return bytes32(bytes.concat(bytes28(digest), bytes4(sequence)));
    }

    function granted(
        bytes32 previous,
        address grantee,
        uint32 hospital,
        uint16 read,
        uint16 write,
        uint40 expiry,
        bytes32 keyring
    ) internal pure returns (bytes32) {
        bytes memory change = bytes.concat(
            word(1),
            word(uint160(grantee)),
            word(hospital),
            word(read),
            word(write),
            word(expiry)
        );
        return _head(previous, change, keyring);
    }

    function revoked(bytes32 previous, address grantee, bytes32 keyring) internal pure returns (bytes32) {
        bytes memory change = bytes.concat(word(2), word(uint160(grantee)));
        return _head(previous, change, keyring);
    }

    function succeeded(bytes32 previous, address successor) internal pure returns (bytes32) {
        bytes memory change = bytes.concat(word(3), word(uint160(successor)));
        bytes32 hash = sha256(bytes.concat(previous, sha256(change), word(0)));
        return bytes32(bytes.concat(bytes31(hash), bytes1(uint8(previous[31]) + 1)));
    }

    /// @dev The last byte counts successions; a grant or revoke does not change it.
    function _head(bytes32 previous, bytes memory change, bytes32 keyring) private pure returns (bytes32) {
        bytes32 hash = sha256(bytes.concat(previous, sha256(change), keyring));
        return bytes32(bytes.concat(bytes31(hash), previous[31]));
    }
}
