// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ledger} from "../../contracts/libraries/Ledger.sol";
import {MiniTest} from "./MiniTest.sol";
import {Words} from "./Words.sol";

contract LedgerTest is MiniTest {
    function _link(
        bytes32 previous,
        address patient,
        address author,
        uint32 hospital,
        uint40 time
    ) private pure returns (Ledger.Link memory) {
        return Ledger.Link(previous, patient, author, hospital, time);
    }

    /// @dev Any head but the last possible one, after which the ledger is full.
    function _previous(bytes32 seed) private pure returns (bytes32) {
        return uint32(uint256(seed)) == type(uint32).max ? bytes32(0) : seed;
    }

    function testFuzz_P33_single_is_the_formula(
        bytes32 seed,
        address patient,
        address author,
        uint32 hospital,
        uint8 category,
        uint8 codec,
        uint40 time,
        bytes32 payload
    ) external view {
        bytes32 previous = _previous(seed);
        bytes32 wraps = keccak256(abi.encode(payload));
        bytes memory words = bytes.concat(
            Words.word(0),
            Words.word(block.chainid),
            Words.word(uint160(address(this))),
            previous,
            Words.word(uint256(uint32(uint256(previous))) + 1)
        );
        words = bytes.concat(words, Words.word(uint160(patient)), Words.word(uint160(author)), Words.word(hospital));
        words = bytes.concat(words, Words.word(category), Words.word(codec), Words.word(time), payload, wraps);
        vm.assertEq(
            Ledger.single(_link(previous, patient, author, hospital, time), category, codec, payload, wraps),
            Words.recordId(sha256(words), previous)
        );
    }

    function testFuzz_P33_batch_is_the_formula(
        bytes32 seed,
        address patient,
        address author,
        uint32 hospital,
        uint16 categories,
        uint32 count,
        uint40 time,
        bytes32 root
    ) external view {
        bytes32 previous = _previous(seed);
        bytes32 manifest = keccak256(abi.encode(root));
        bytes32 wraps = keccak256(abi.encode(manifest));
        bytes memory words = bytes.concat(
            Words.word(1),
            Words.word(block.chainid),
            Words.word(uint160(address(this))),
            previous,
            Words.word(uint256(uint32(uint256(previous))) + 1)
        );
        words = bytes.concat(words, Words.word(uint160(patient)), Words.word(uint160(author)), Words.word(hospital));
        words = bytes.concat(words, Words.word(categories), Words.word(count), Words.word(time), root, manifest, wraps);
        vm.assertEq(
            Ledger.batch(_link(previous, patient, author, hospital, time), categories, count, root, manifest, wraps),
            Words.recordId(sha256(words), previous)
        );
    }

    function testFuzz_P17_consent_heads_are_the_formula(
        bytes32 previous,
        address grantee,
        uint32 hospital,
        uint16 read,
        uint16 write,
        uint40 expiry,
        bytes32 keyring
    ) external pure {
        vm.assertEq(
            Ledger.granted(previous, grantee, hospital, read, write, expiry, keyring),
            Words.granted(previous, grantee, hospital, read, write, expiry, keyring)
        );
        vm.assertEq(Ledger.revoked(previous, grantee, keyring), Words.revoked(previous, grantee, keyring));
    }
}
