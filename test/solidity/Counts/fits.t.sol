// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Counts} from "../../../contracts/libraries/Counts.sol";
import {MiniTest} from "../MiniTest.sol";

contract FitsTest is MiniTest {
    function _unpack(uint56 packed) private pure returns (uint8[8] memory each) {
        for (uint256 i; i < 8; ++i) each[i] = uint8((packed >> (7 * i)) & 0x7f);
    }

    function _pack(uint8[8] memory each) private pure returns (uint56 packed) {
        for (uint256 i; i < 8; ++i) packed |= uint56(each[i]) << uint56(7 * i);
    }

    function _naiveFits(uint56 amounts, uint56 remaining) private pure returns (bool) {
        (uint8[8] memory asked, uint8[8] memory left) = (_unpack(amounts), _unpack(remaining));
        for (uint256 i; i < 8; ++i) if (asked[i] > left[i]) return false;
        return true;
    }

    function testFuzz_P42_fits_as_count_by_count(uint56 amounts, uint56 remaining) external pure {
        vm.assertEq(Counts.fits(amounts, remaining), _naiveFits(amounts, remaining));
        vm.assertTrue(Counts.fits(remaining, remaining));
        vm.assertTrue(Counts.fits(0, remaining));
    }

    function testFuzz_P42_what_fits_is_subtracted_from_its_own_count(uint56 seed, uint56 remaining) external pure {
        (uint8[8] memory asked, uint8[8] memory left) = (_unpack(seed), _unpack(remaining));
        uint8[8] memory rest;
        for (uint256 i; i < 8; ++i) {
            asked[i] = asked[i] % (left[i] + 1);
            rest[i] = left[i] - asked[i];
        }
        uint56 amounts = _pack(asked);
        vm.assertTrue(Counts.fits(amounts, remaining));
        vm.assertEq(remaining - amounts, _pack(rest));
    }

    /// @dev One count is one too high, whatever the others could lend it.
    function testFuzz_P42_one_too_many_never_fits(uint56 remaining, uint256 index) external pure {
        index = bound(index, 0, 7);
        uint8[8] memory left = _unpack(remaining);
        if (left[index] == 127) left[index] = 126;
        uint8[8] memory asked;
        asked[index] = left[index] + 1;
        vm.assertFalse(Counts.fits(_pack(asked), _pack(left)));
    }
}
