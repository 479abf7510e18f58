// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Merkle} from "../../contracts/libraries/Merkle.sol";

/// @title What the solver proves of {Merkle}, for every input and every hash function
contract MerkleProof {
    function P38_no_leaf_beyond_the_count(
        bytes32 root,
        bytes32 hash,
        uint32 index,
        uint32 count,
        bytes32[] calldata proof
    ) external pure {
        require(index >= count);
        assert(!Merkle.isProved(root, hash, index, count, proof));
    }

    function P38_a_single_leaf_is_the_root(bytes32 root, bytes32 hash, bytes32[] calldata proof) external pure {
        bool isRoot = proof.length == 0 && hash == root;
        assert(Merkle.isProved(root, hash, 0, 1, proof) == isRoot);
    }

    function P38_one_of_several_needs_a_proof(
        bytes32 root,
        bytes32 hash,
        uint32 index,
        uint32 count,
        bytes32[] calldata proof
    ) external pure {
        require(count > 1 && proof.length == 0);
        assert(!Merkle.isProved(root, hash, index, count, proof));
    }
}
