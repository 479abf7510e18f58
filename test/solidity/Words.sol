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
        return sha256(bytes.concat(previous, sha256(change), keyring));
    }

    function revoked(bytes32 previous, address grantee, bytes32 keyring) internal pure returns (bytes32) {
        bytes memory change = bytes.concat(word(2), word(uint160(grantee)));
        return sha256(bytes.concat(previous, sha256(change), keyring));
    }
}
