// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessLog} from "./interfaces/IAccessLog.sol";
import {Ledger} from "./libraries/Ledger.sol";

/// @title AccessLog
/// @notice See {IAccessLog}.
contract AccessLog is IAccessLog {
    uint32 private constant MAX_BATCH = 65_536;

    /// @inheritdoc IAccessLog
    mapping(address store => bytes32) public head;

    /// @inheritdoc IAccessLog
    function publishReceipts(bytes32 root, uint32 count, bytes32 manifest) external returns (bytes32 entryId) {
        // Check
        if (root == 0 || manifest == 0) revert AccessLog_EmptyDigest();
        if (count == 0 || count > MAX_BATCH) revert AccessLog_InvalidCount(count, MAX_BATCH);

        // Effect
        uint40 time = uint40(block.timestamp);
        entryId = Ledger.receipts(head[msg.sender], msg.sender, count, time, root, manifest);
        head[msg.sender] = entryId;
        emit ReceiptsPublished(msg.sender, entryId, count, time, root, manifest);
    }
}
