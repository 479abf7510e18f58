// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @dev What a failed check of the compiler reverts with: 0x11 for arithmetic, 0x21 for an enum, 0x32 for an index.
function stdPanic(uint256 code) pure returns (bytes memory) {
    return abi.encodeWithSignature("Panic(uint256)", code);
}
