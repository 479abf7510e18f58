// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {KeyDirectory} from "../../../contracts/KeyDirectory.sol";
import {ISuccession} from "../../../contracts/interfaces/ISuccession.sol";
import {Listener} from "./Listener.sol";
import {Signing} from "./Signing.sol";

/// @title KeyDirectory with two observers, and accounts
abstract contract KeyBase is Signing {
    uint40 internal constant SUCCESSION_DELAY = 5 days;
    uint256 internal constant ACCOUNT_KEY = 0xa1;
    uint256 internal constant SUCCESSOR_KEY = 0xa2;
    uint256 internal constant STRANGER_KEY = 0xa4;
    uint16 internal constant SUITE = 0x0020;
    /// @dev u = 9, and another good key.
    bytes32 internal constant X_KEY = bytes32(uint256(9) << 248);
    bytes32 internal constant NEXT_KEY = bytes32(uint256(10) << 248);
    bytes32 internal constant VAULT = keccak256("vault");
    bytes32 internal constant NEXT_VAULT = keccak256("next vault");

    address internal immutable account = vm.addr(ACCOUNT_KEY);
    address internal immutable successor = vm.addr(SUCCESSOR_KEY);
    address internal immutable stranger = vm.addr(STRANGER_KEY);
    address internal immutable recovery = vm.addr(0xa5);
    address internal immutable other = vm.addr(0xa6);

    KeyDirectory internal directory;
    Listener internal consent;
    Listener internal appointments;

    function setUp() public virtual {
        vm.warp(clock);
        directory = new KeyDirectory(SUCCESSION_DELAY);
        (consent, appointments) = (new Listener(), new Listener());
        directory.wireObservers(consent, appointments);
    }

    function _pass(uint256 time) internal {
        clock += uint40(time);
        vm.warp(clock);
    }

    /// @dev By whoever acts; there must be none.
    function _setRecovery() internal {
        vm.prank(directory.actorOf(account));
        directory.setRecovery(account, recovery);
    }

    function _propose(address by, address next) internal {
        vm.prank(by);
        directory.proposeSuccessor(account, next);
    }

    function _accept(address by) internal {
        vm.prank(by);
        directory.acceptSuccession(account);
    }

    function _succeed(address next) internal {
        _propose(directory.actorOf(account), next);
        _pass(SUCCESSION_DELAY);
        _accept(next);
    }

    function _publish(address by) internal {
        vm.prank(by);
        directory.publish(account, SUITE, X_KEY, 0, VAULT, 0);
    }

    function _assertKey(address whose, uint32 version, uint16 suite, bytes32 key) internal view {
        (uint32 foundVersion, uint16 foundSuite, bytes32 foundKey) = directory.keyOf(whose);
        vm.assertEq(foundVersion, version);
        vm.assertEq(foundSuite, suite);
        vm.assertEq(foundKey, key);
    }

    function _assertVault(address whose, uint32 version, bytes32 vault) internal view {
        (uint32 foundVersion, bytes20 tag) = directory.vaultOf(whose);
        vm.assertEq(foundVersion, version);
        vm.assertEq(bytes32(tag), vault & bytes32(~uint256(type(uint96).max)));
    }

    function _assertProposal(address next, uint40 effective) internal view {
        (address found, uint40 time) = directory.proposalOf(account);
        vm.assertEq(found, next);
        vm.assertEq(time, effective);
    }

    function _notEntitled(address caller) internal view returns (bytes memory) {
        return abi.encodeWithSelector(ISuccession.Succession_NotEntitled.selector, account, caller);
    }
}
