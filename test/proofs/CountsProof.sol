// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Counts} from "../../contracts/libraries/Counts.sol";

/// @title What the solver proves of {Counts}, for every input
contract CountsProof {
    function P42_the_first_count(uint56 amounts, uint56 remaining) external pure {
        require(Counts.fits(amounts, remaining));
        assert(amounts % 128 <= remaining % 128);
    }

    function P42_the_second_count(uint56 amounts, uint56 remaining) external pure {
        require(Counts.fits(amounts, remaining));
        assert((amounts / 128) % 128 <= (remaining / 128) % 128);
    }

    function P42_the_last_count(uint56 amounts, uint56 remaining) external pure {
        require(Counts.fits(amounts, remaining));
        assert(amounts / 2 ** 49 <= remaining / 2 ** 49);
    }
}
