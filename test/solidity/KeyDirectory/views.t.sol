// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KeyBase} from "../support/KeyBase.sol";

contract KeyDirectoryViewsTest is KeyBase {
    function testFuzz_returns_zeros(address whose) external view {
        _assertKey(whose, 0, 0, 0);
        _assertVault(whose, 0, 0);
    }

    function test_P10_returns_the_newest() external {
        for (uint32 i; i < 5; ++i) {
            bytes32 key = bytes32((uint256(i) + 9) << 248);
            vm.prank(account);
            directory.publish(account, SUITE, key, i, keccak256(abi.encode(i)), i);
            _assertKey(account, i + 1, SUITE, key);
            _assertVault(account, i + 1, keccak256(abi.encode(i)));
        }
    }

    function test_names_its_EIP_712_domain() external view {
        (, string memory name, string memory version, uint256 chain, address place, , ) = directory.eip712Domain();
        vm.assertEq(keccak256(bytes(name)), keccak256("Chartkey Keys"));
        vm.assertEq(keccak256(bytes(version)), keccak256("1"));
        vm.assertEq(chain, block.chainid);
        vm.assertEq(place, address(directory));
    }
}
