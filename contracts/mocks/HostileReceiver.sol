// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ContractWallet} from "./ContractWallet.sol";

/// @title An account for tests that does not simply take the ether it is sent
contract HostileReceiver is ContractWallet {
    enum Greed {
        Content,
        Reverting,
        Burning,
        Reentering
    }

    event Reentered(bool done, bytes result);

    error HostileReceiver_Reverting();

    Greed private _greed;
    address private _target;
    bytes private _data;

    constructor(address owner) ContractWallet(owner) {}

    // solhint-disable-next-line no-complex-fallback
    receive() external payable {
        if (_greed == Greed.Reverting) revert HostileReceiver_Reverting();
        if (_greed == Greed.Burning) {
            assembly {
                invalid()
            }
        }
        if (_greed == Greed.Reentering) {
            // Once, so that a contract that allowed it would be robbed instead of running out of gas.
            _greed = Greed.Content;
            // solhint-disable-next-line avoid-low-level-calls
            (bool done, bytes memory result) = _target.call(_data);
            emit Reentered(done, result);
        }
    }

    /// @notice What it does with the ether it is sent next; `data` is the call to `target` when it re-enters.
    function setGreed(Greed greed, address target, bytes calldata data) external {
        (_greed, _target, _data) = (greed, target, data);
    }
}
