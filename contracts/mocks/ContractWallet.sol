// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title An ERC-1271 account for tests, which can be told to misbehave
contract ContractWallet is IERC1271 {
    enum Mood {
        Honest,
        Refusing,
        Reverting,
        Short,
        Burning
    }

    error ContractWallet_Reverting();

    address private immutable _owner;
    Mood private _mood;

    constructor(address owner) {
        _owner = owner;
    }

    function setMood(Mood mood) external {
        _mood = mood;
    }

    /// @notice Does a call in the account's own name, passing on what was paid.
    function execute(address target, bytes calldata data) external payable returns (bytes memory result) {
        bool done;
        // solhint-disable-next-line avoid-low-level-calls
        (done, result) = target.call{value: msg.value}(data);
        if (!done) {
            assembly {
                revert(add(result, 32), mload(result))
            }
        }
    }

    /// @inheritdoc IERC1271
    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        if (_mood == Mood.Reverting) revert ContractWallet_Reverting();
        if (_mood == Mood.Burning) {
            assembly {
                invalid()
            }
        }
        if (_mood == Mood.Short) {
            assembly {
                mstore(0, hex"1626ba7e")
                return(0, 4)
            }
        }
        (address signer, , ) = ECDSA.tryRecoverCalldata(hash, signature);
        return _mood == Mood.Honest && signer == _owner ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}
