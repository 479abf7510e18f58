// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Merkle} from "../../../contracts/libraries/Merkle.sol";
import {MiniTest} from "../MiniTest.sol";

contract HashesTest is MiniTest {
    function testFuzz_P38_leaf_is_the_hash_of_a_zero_byte_and_the_data(bytes memory data) external pure {
        vm.assertEq(Merkle.leaf(data), sha256(abi.encodePacked(uint8(0), data)));
    }

    function testFuzz_P38_node_is_the_hash_of_a_one_byte_and_both(bytes32 left, bytes32 right) external pure {
        vm.assertEq(Merkle.node(left, right), sha256(abi.encodePacked(uint8(1), left, right)));
    }

    function testFuzz_P38_no_leaf_passes_for_a_node(bytes32 left, bytes32 right) external pure {
        vm.assertFalse(Merkle.leaf(bytes.concat(left, right)) == Merkle.node(left, right));
    }
}
