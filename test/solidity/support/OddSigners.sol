// SPDX-License-Identifier: MIT
// solhint-disable one-contract-per-file
pragma solidity 0.8.37;

import {ContractWallet} from "../../../contracts/mocks/ContractWallet.sol";
import {MiniTest} from "../MiniTest.sol";

/// @notice Uses up all the gas it is given when it is asked about a signature.
contract GasBurner {
    function isValidSignature(bytes32, bytes calldata) external view returns (bytes4) {
        while (gasleft() != 0) {}
        return 0x1626ba7e;
    }
}

/// @notice Says yes with a dirty word: the magic value, then other bytes.
contract DirtyAnswer {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes32) {
        return bytes32(bytes4(0x1626ba7e)) | bytes32(uint256(1));
    }
}

/// @notice Holds whatever is asked, but has no such function.
contract Mute {
    fallback() external {}
}

/// @title Puts the code of contracts at an account that is asked about a signature
abstract contract OddSigners is MiniTest {
    /// @dev What an account must not be able to get a signature accepted with, whatever the signature.
    function _oddCodes() internal returns (bytes[] memory codes) {
        codes = new bytes[](4);
        codes[0] = address(new GasBurner()).code;
        codes[1] = address(new DirtyAnswer()).code;
        codes[2] = address(new Mute()).code;
        codes[3] = hex"00";
    }

    function _moods() internal pure returns (ContractWallet.Mood[3] memory) {
        return [ContractWallet.Mood.Refusing, ContractWallet.Mood.Reverting, ContractWallet.Mood.Short];
    }

    /// @dev What an EIP-7702 authorisation leaves as an account's code.
    function _delegateCode(address account, address implementation) internal {
        vm.etch(account, bytes.concat(hex"ef0100", bytes20(implementation)));
    }
}
