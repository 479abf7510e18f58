// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MiniTest} from "../MiniTest.sol";

/// @title Time, and signatures of typed data
abstract contract Signing is MiniTest {
    /// @dev The time at which the next step happens; kept here, because a warp need not outlive a call.
    uint40 public clock = 1_800_000_000;

    modifier onTime() {
        vm.warp(clock);
        _;
    }

    /// @dev EIP-712, spelled out.
    function _typed(string memory name, address contract_, bytes32 structHash) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256("1"),
                block.chainid,
                contract_
            )
        );
        return keccak256(bytes.concat(hex"1901", domain, structHash));
    }

    function _sign(uint256 privateKey, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(privateKey, digest);
        return bytes.concat(r, s, bytes1(v));
    }
}
