// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {X25519} from "../../../contracts/libraries/X25519.sol";
import {MiniTest} from "../MiniTest.sol";

contract X25519IsAcceptableTest is MiniTest {
    uint256 private constant PRIME = 2 ** 255 - 19;

    /// @dev Byte by byte.
    function _littleEndian(uint256 u) private pure returns (bytes32 key) {
        bytes memory encoded = new bytes(32);
        for (uint256 i; i < 32; ++i) encoded[i] = bytes1(uint8(u >> (8 * i)));
        return bytes32(encoded);
    }

    /// @dev Doubling on the curve, projective x only (RFC 7748, 5): (X, Z) -> (X', Z').
    function _double(uint256 x, uint256 z) private pure returns (uint256, uint256) {
        uint256 sum = addmod(x, z, PRIME);
        uint256 difference = addmod(x, PRIME - z, PRIME);
        uint256 a = mulmod(sum, sum, PRIME);
        uint256 b = mulmod(difference, difference, PRIME);
        uint256 e = addmod(a, PRIME - b, PRIME);
        return (mulmod(a, b, PRIME), mulmod(e, addmod(a, mulmod(121665, e, PRIME), PRIME), PRIME));
    }

    /// @dev A point, of the curve or of its twist, has low order when eight times it is the point at infinity (Z = 0).
    function _hasLowOrder(uint256 u) private pure returns (bool) {
        (uint256 x, uint256 z) = (u, 1);
        for (uint256 i; i < 3; ++i) (x, z) = _double(x, z);
        return z == 0;
    }

    function testFuzz_P10_takes_it_unless_eight_times_its_point_is_infinity(uint256 u) external pure {
        u = bound(u, 0, PRIME - 1);
        vm.assertEq(X25519.isAcceptable(_littleEndian(u)), !_hasLowOrder(u));
    }

    function testFuzz_P10_refuses_every_other_encoding(uint256 u) external pure {
        u = bound(u, PRIME, type(uint256).max);
        vm.assertFalse(X25519.isAcceptable(_littleEndian(u)));
    }

    function test_P10_refuses_the_five_points_of_low_order() external pure {
        uint256[5] memory points = [
            0,
            1,
            PRIME - 1,
            325606250916557431795983626356110631294008115727848805560023387167927233504,
            39382357235489614581723060781553021112529911719440698176882885853963445705823
        ];
        for (uint256 i; i < points.length; ++i) {
            vm.assertTrue(_hasLowOrder(points[i]));
            vm.assertFalse(X25519.isAcceptable(_littleEndian(points[i])));
        }
    }

    function test_P10_takes_their_neighbours() external pure {
        uint256[8] memory good = [
            2,
            9,
            PRIME - 2,
            PRIME / 2,
            325606250916557431795983626356110631294008115727848805560023387167927233503,
            325606250916557431795983626356110631294008115727848805560023387167927233505,
            39382357235489614581723060781553021112529911719440698176882885853963445705822,
            39382357235489614581723060781553021112529911719440698176882885853963445705824
        ];
        for (uint256 i; i < good.length; ++i) vm.assertTrue(X25519.isAcceptable(_littleEndian(good[i])));
    }

    function test_P10_reads_the_bytes_from_the_last_to_the_first() external pure {
        // Every single byte: 1 alone is of low order in the first place only, and 0x80 too high in the last only.
        for (uint256 i; i < 32; ++i) {
            vm.assertEq(X25519.isAcceptable(bytes32(uint256(1) << (8 * (31 - i)))), i != 0);
            vm.assertEq(X25519.isAcceptable(bytes32(uint256(0x80) << (8 * (31 - i)))), i != 31);
        }
        for (uint256 i = 1; i < 31; ++i) {
            bytes32 most = _littleEndian(PRIME + 18);
            vm.assertFalse(X25519.isAcceptable(most));
            vm.assertTrue(X25519.isAcceptable(most ^ bytes32(uint256(1) << (8 * (31 - i)))));
        }
    }

    function test_P10_refuses_the_other_encodings_of_low_order() external pure {
        // 0 and 1 plus the prime, and all five with the highest bit set.
        uint256[7] memory points = [
            PRIME,
            PRIME + 1,
            2 ** 255,
            2 ** 255 + 1,
            2 ** 255 + PRIME - 1,
            2 ** 255 + 325606250916557431795983626356110631294008115727848805560023387167927233504,
            2 ** 255 + 39382357235489614581723060781553021112529911719440698176882885853963445705823
        ];
        for (uint256 i; i < points.length; ++i) vm.assertFalse(X25519.isAcceptable(_littleEndian(points[i])));
    }

    function testFuzz_P10_refuses_a_good_key_with_its_highest_bit_set(uint256 u) external pure {
        u = bound(u, 2, PRIME - 2);
        vm.assertFalse(X25519.isAcceptable(_littleEndian(u + 2 ** 255)));
    }
}
