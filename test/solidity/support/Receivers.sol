// SPDX-License-Identifier: MIT
// solhint-disable one-contract-per-file
pragma solidity 0.8.37;

import {IAppointments} from "../../../contracts/interfaces/IAppointments.sol";

/// @notice Refuses every payment, with a reason.
contract RefusingReceiver {
    error RefusingReceiver_No(uint256 amount);

    receive() external payable {
        revert RefusingReceiver_No(msg.value);
    }
}

/// @notice Refuses every payment, without a word.
contract SilentReceiver {}

/// @notice Burns all the gas it is given.
contract BurningReceiver {
    uint256 private _burnt;

    receive() external payable {
        while (true) ++_burnt;
    }
}

/// @notice Refuses with a megabyte of zeros.
contract BombingReceiver {
    receive() external payable {
        assembly {
            revert(0, 1000000)
        }
    }
}

/// @notice Does a call while it is paid, and notes how it went.
contract ReentrantReceiver {
    address private _target;
    bytes private _data;
    bool public called;
    bool public succeeded;
    uint256 public received;

    function prepare(address target, bytes calldata data) external {
        (_target, _data) = (target, data);
    }

    receive() external payable {
        received += msg.value;
        if (called) return;
        called = true;
        // solhint-disable-next-line avoid-low-level-calls
        (succeeded, ) = _target.call(_data);
    }
}
