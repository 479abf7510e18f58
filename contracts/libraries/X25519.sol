// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Which 32 bytes are an acceptable X25519 public key
/// @dev A key of low order makes every shared secret zero, so that anybody could open what is sealed to it. The five
/// canonical ones (RFC 7748, 6.1; their orders divide 8) are refused by value, the others by not being canonical.
library X25519 {
    /// @dev 2^255 - 19.
    uint256 private constant PRIME = 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed;
    uint256 private constant ORDER_8_A = 0x00b8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0;
    uint256 private constant ORDER_8_B = 0x57119fd0dd4e22d8868e1c58c45c44045bef839c55b1d0b1248c50a3bc959c5f;

    /// @param key u-coordinate, 32 bytes, little-endian.
    function isAcceptable(bytes32 key) internal pure returns (bool) {
        uint256 u = _reverse(uint256(key));
        // 0, 1 and p - 1 are of low order; p and above are not canonical.
        return u > 1 && u < PRIME - 1 && u != ORDER_8_A && u != ORDER_8_B;
    }

    /// @dev Reverses the 32 bytes by swapping ever larger halves.
    function _reverse(uint256 word) private pure returns (uint256) {
        uint256 mask = 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff;
        word = ((word >> 8) & mask) | ((word & mask) << 8);
        mask = 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff;
        word = ((word >> 16) & mask) | ((word & mask) << 16);
        mask = 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff;
        word = ((word >> 32) & mask) | ((word & mask) << 32);
        mask = 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff;
        word = ((word >> 64) & mask) | ((word & mask) << 64);
        return (word >> 128) | (word << 128);
    }
}
