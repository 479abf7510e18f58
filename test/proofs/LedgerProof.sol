// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ledger} from "../../contracts/libraries/Ledger.sol";

/// @title What the solver proves of {Ledger}, for every input and every hash function
contract LedgerProof {
    function P33_an_entry_says_its_number(bytes32 digest, uint32 sequence) external pure {
        assert(Ledger.sequenceOf(Ledger.recordIdOf(digest, sequence)) == sequence);
    }

    function P33_an_entry_keeps_28_bytes_of_its_hash(bytes32 digest, uint32 sequence) external pure {
        bytes32 recordId = Ledger.recordIdOf(digest, sequence);
        assert(uint256(recordId) / 2 ** 32 == uint256(digest) / 2 ** 32);
    }

    function P33_entries_of_different_numbers_differ(
        bytes32 one,
        uint32 first,
        bytes32 other,
        uint32 second
    ) external pure {
        require(first != second);
        assert(Ledger.recordIdOf(one, first) != Ledger.recordIdOf(other, second));
    }
}
