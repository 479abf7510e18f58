// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ISuccessionObserver} from "../../../contracts/interfaces/ISuccessionObserver.sol";

/// @notice Keeps what it was told of a succession.
contract Listener is ISuccessionObserver {
    address public account;
    address public successor;

    function onSuccession(address account_, address successor_) external {
        (account, successor) = (account_, successor_);
    }
}
