// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Merkle} from "../../../contracts/libraries/Merkle.sol";
import {MiniTest} from "../MiniTest.sol";
import {Trees} from "../support/Trees.sol";

contract IsProvedTest is MiniTest {
    uint256 private constant MOST = 40;

    /// @dev A proof has to come from calldata.
    function isProved(
        bytes32 root,
        bytes32 leaf,
        uint32 index,
        uint32 count,
        bytes32[] calldata proof
    ) external pure returns (bool) {
        return Merkle.isProved(root, leaf, index, count, proof);
    }

    /// @dev With a bound, so that a loop without end fails soon.
    function _isProved(
        bytes32 root,
        bytes32 leaf,
        uint32 index,
        uint32 count,
        bytes32[] memory proof
    ) private view returns (bool) {
        return this.isProved{gas: 1_000_000}(root, leaf, index, count, proof);
    }

    function test_P38_proves_every_leaf_of_every_small_tree() external view {
        for (uint32 count = 1; count <= 14; ++count) {
            bytes32[] memory leaves = _leaves(count, 0);
            bytes32 root = Trees.root(leaves);
            for (uint32 i; i < count; ++i) {
                vm.assertTrue(_isProved(root, leaves[i], i, count, Trees.path(leaves, i)));
            }
        }
    }

    function testFuzz_P38_proves_a_leaf_and_no_other(
        uint256 seed,
        uint32 count,
        uint32 index,
        uint32 other
    ) external view {
        count = uint32(bound(count, 2, MOST));
        (index, other) = (index % count, other % count);
        if (other == index) other = (index + 1) % count;
        bytes32[] memory leaves = _leaves(count, seed);
        bytes32 root = Trees.root(leaves);
        bytes32[] memory proof = Trees.path(leaves, index);
        vm.assertTrue(_isProved(root, leaves[index], index, count, proof));
        vm.assertFalse(_isProved(root, leaves[other], index, count, proof));
        vm.assertFalse(_isProved(root, leaves[index], other, count, proof));
        vm.assertFalse(_isProved(root, leaves[index], other, count, Trees.path(leaves, other)));
    }

    function testFuzz_P38_proves_leaves_of_trees_of_any_size(uint32 count, uint32 index, bytes32 leaf) external view {
        if (count == 0) count = type(uint32).max;
        index = index % count;
        bytes32[] memory proof = _leaves(Trees.depth(index, count), uint256(leaf));
        vm.assertTrue(_isProved(Trees.fold(leaf, index, count, proof), leaf, index, count, proof));
    }

    function test_P38_proves_the_ends_of_the_largest_batches() external view {
        uint32[5] memory counts = [uint32(65_535), 65_536, 65_537, 2 ** 31, type(uint32).max];
        for (uint256 i; i < counts.length; ++i) {
            _checkAny(counts[i], 0);
            _checkAny(counts[i], counts[i] - 1);
            _checkAny(counts[i], counts[i] / 2);
        }
    }

    function test_P38_refuses_an_index_beyond_the_batch() external view {
        bytes32[] memory leaves = _leaves(3, 0);
        bytes32 root = Trees.root(leaves);
        for (uint32 i = 3; i < 9; ++i) {
            vm.assertFalse(_isProved(root, leaves[2], i, 3, Trees.path(leaves, 2)));
            vm.assertFalse(_isProved(leaves[0], leaves[0], i - 2, 1, new bytes32[](0)));
        }
    }

    function test_P38_refuses_an_empty_batch() external view {
        vm.assertFalse(_isProved(0, 0, 0, 0, new bytes32[](0)));
        vm.assertFalse(_isProved(sha256(""), sha256(""), 0, 0, new bytes32[](0)));
    }

    function test_P38_proves_a_single_leaf_by_itself_alone() external view {
        bytes32 leaf = keccak256("leaf");
        vm.assertTrue(_isProved(leaf, leaf, 0, 1, new bytes32[](0)));
        vm.assertFalse(_isProved(leaf, keccak256("other"), 0, 1, new bytes32[](0)));
        bytes32[] memory proof = _leaves(1, 0);
        vm.assertFalse(_isProved(Trees.node(leaf, proof[0]), leaf, 0, 1, proof));
        vm.assertFalse(_isProved(leaf, leaf, 0, 1, proof));
    }

    function testFuzz_P38_refuses_a_proof_that_is_too_short(uint32 count, uint32 index, uint8 length) external view {
        count = uint32(bound(count, 2, type(uint32).max));
        index = index % count;
        bytes32[] memory proof = _leaves(length % Trees.depth(index, count), 1);
        // The hash that the shorter proof leads to, on the way to the root.
        bytes32 reached = _climb(index, count, proof);
        vm.assertFalse(_isProved(reached, bytes32(uint256(7)), index, count, proof));
    }

    function testFuzz_P38_refuses_a_proof_that_is_too_long(uint32 count, uint32 index, bytes32 extra) external view {
        count = uint32(bound(count, 1, type(uint32).max));
        index = index % count;
        uint256 depth = Trees.depth(index, count);
        bytes32 leaf = bytes32(uint256(7));
        bytes32 root = Trees.fold(leaf, index, count, _leaves(depth, 1));
        bytes32[] memory proof = _leaves(depth + 1, 1);
        proof[depth] = extra;
        vm.assertFalse(_isProved(Trees.node(root, extra), leaf, index, count, proof));
        vm.assertFalse(_isProved(Trees.node(extra, root), leaf, index, count, proof));
        vm.assertFalse(_isProved(root, leaf, index, count, proof));
    }

    function testFuzz_P38_refuses_another_root_and_another_sibling(
        uint32 count,
        uint32 index,
        uint8 bit
    ) external view {
        count = uint32(bound(count, 2, type(uint32).max));
        index = index % count;
        bytes32 leaf = bytes32(uint256(7));
        bytes32[] memory proof = _leaves(Trees.depth(index, count), 1);
        bytes32 root = Trees.fold(leaf, index, count, proof);
        vm.assertFalse(_isProved(root ^ bytes32(uint256(1) << bit), leaf, index, count, proof));
        proof[bit % proof.length] ^= bytes32(uint256(1) << bit);
        vm.assertFalse(_isProved(root, leaf, index, count, proof));
    }

    function test_P38_never_takes_a_duplicated_last_leaf_for_another() external view {
        // Trees that double the last of an odd number of leaves would give both batches the same root.
        bytes32[] memory three = _leaves(3, 0);
        bytes32[] memory four = _leaves(4, 0);
        four[3] = three[2];
        vm.assertFalse(Trees.root(three) == Trees.root(four));
        vm.assertFalse(_isProved(Trees.root(three), four[3], 3, 4, Trees.path(four, 3)));
        vm.assertTrue(_isProved(Trees.root(four), four[3], 3, 4, Trees.path(four, 3)));
    }

    function _checkAny(uint32 count, uint32 index) private view {
        bytes32 leaf = bytes32(uint256(7));
        bytes32[] memory proof = _leaves(Trees.depth(index, count), count);
        vm.assertTrue(_isProved(Trees.fold(leaf, index, count, proof), leaf, index, count, proof));
    }

    /// @dev The subtree around the leaf that has as many levels as the proof.
    function _climb(uint256 index, uint256 count, bytes32[] memory proof) private pure returns (bytes32) {
        while (Trees.depth(index, count) > proof.length) {
            uint256 k = Trees.split(count);
            (index, count) = index < k ? (index, k) : (index - k, count - k);
        }
        return Trees.fold(bytes32(uint256(7)), index, count, proof);
    }

    function _leaves(uint256 count, uint256 seed) private pure returns (bytes32[] memory leaves) {
        leaves = new bytes32[](count);
        for (uint256 i; i < count; ++i) leaves[i] = keccak256(abi.encode(seed, i));
    }
}
