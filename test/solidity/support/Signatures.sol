// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Other encodings of a good signature, each of which must be refused
library Signatures {
    /// @dev The order of secp256k1.
    uint256 internal constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function bent(bytes memory signature) internal pure returns (bytes[] memory all) {
        (bytes32 r, bytes32 s, uint8 v) = _split(signature);
        uint8 otherV = v == 27 ? 28 : 27;
        all = new bytes[](7);
        // The same point of the curve by its other s.
        all[0] = bytes.concat(r, bytes32(ORDER - uint256(s)), bytes1(otherV));
        // EIP-2098.
        all[1] = bytes.concat(r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
        all[2] = bytes.concat(r, s, bytes1(otherV));
        all[3] = bytes.concat(r, s, bytes1(v - 27));
        all[4] = bytes.concat(signature, hex"00");
        all[5] = "";
        all[6] = new bytes(65);
    }

    function _split(bytes memory signature) private pure returns (bytes32 r, bytes32 s, uint8 v) {
        assembly {
            r := mload(add(signature, 32))
            s := mload(add(signature, 64))
            v := byte(0, mload(add(signature, 96)))
        }
    }
}
