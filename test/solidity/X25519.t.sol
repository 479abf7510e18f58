// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {X25519} from "../../contracts/libraries/X25519.sol";
import {MiniTest} from "./MiniTest.sol";

contract X25519Test is MiniTest {
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

    function testFuzz_P10_canonical_keys_are_accepted_unless_of_low_order(uint256 u) external pure {
        u = bound(u, 0, PRIME - 1);
        vm.assertEq(X25519.isAcceptable(_littleEndian(u)), !_hasLowOrder(u));
    }

    function testFuzz_P10_other_encodings_are_refused(uint256 u) external pure {
        u = bound(u, PRIME, type(uint256).max);
        vm.assertFalse(X25519.isAcceptable(_littleEndian(u)));
    }

    function test_P10_the_five_canonical_points_of_low_order_are_refused() external pure {
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

    function test_P10_their_neighbours_are_accepted() external pure {
        vm.assertTrue(X25519.isAcceptable(_littleEndian(2)));
        vm.assertTrue(X25519.isAcceptable(_littleEndian(9)));
        vm.assertTrue(X25519.isAcceptable(_littleEndian(PRIME - 2)));
    }
}
