// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessRule} from "../../contracts/libraries/AccessRule.sol";
import {MiniTest} from "./MiniTest.sol";

contract AccessRuleTest is MiniTest {
    /// @dev Bit by bit, as one would check it by hand.
    function _naiveCovers(uint16 scope, uint16 asked) private pure returns (bool) {
        bool any;
        for (uint256 bit; bit < 16; ++bit) {
            if ((asked >> bit) & 1 == 0) continue;
            any = true;
            if (bit == 0 || bit > 9 || (scope >> bit) & 1 == 0) return false;
        }
        return any;
    }

    function testFuzz_P13_covers_is_exact(uint16 scope, uint16 asked) external pure {
        vm.assertEq(AccessRule.covers(scope, asked), _naiveCovers(scope, asked));
        uint16 subset = asked & scope;
        vm.assertEq(AccessRule.covers(scope, subset), _naiveCovers(scope, subset));
        uint16 known = subset & 0x03fe;
        vm.assertEq(AccessRule.covers(scope, known), known != 0);
    }

    function testFuzz_P13_scopes_hold_known_categories_only(uint16 scope) external pure {
        vm.assertEq(AccessRule.isScope(scope), _naiveCovers(type(uint16).max, scope));
    }

    function testFuzz_P13_category_zero_and_unknown_ones_have_no_mask(uint8 category) external pure {
        uint256 expected = category >= 1 && category <= 9 ? 2 ** uint256(category) : 0;
        vm.assertEq(AccessRule.maskOf(category), expected);
    }

    function testFuzz_P12_nothing_at_the_expiry(uint40 expiry, uint40 since, uint40 active) external pure {
        vm.assertFalse(AccessRule.inForce(expiry, since, active, expiry));
        vm.assertFalse(AccessRule.inForce(expiry, since, active, uint256(expiry) + 1));
    }

    function testFuzz_P12_P26_in_force_before_it_while_active_since_the_grant(
        uint40 expiry,
        uint40 since,
        uint40 active,
        uint256 time
    ) external pure {
        expiry = uint40(bound(expiry, 1, type(uint40).max));
        time = bound(time, 0, expiry - 1);
        vm.assertEq(AccessRule.inForce(expiry, since, active, time), active > 0 && !(active > since));
    }

    function testFuzz_P14_never_without_activity(uint40 expiry, uint40 since, uint256 time) external pure {
        vm.assertFalse(AccessRule.inForce(expiry, since, 0, time));
    }
}
