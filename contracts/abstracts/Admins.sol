// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IHospital} from "../interfaces/IHospital.sol";

/// @title Admins
/// @notice The admins of a hospital, always at least one and appointed in two steps, and its reviewers. See {IHospital}.
abstract contract Admins is IHospital {
    /// @dev A proposal dies with its proposer's epoch, so that a removed admin leaves no sleeping successors.
    struct Proposal {
        address by;
        uint32 epoch;
    }

    /// @inheritdoc IHospital
    uint32 public id;
    /// @inheritdoc IHospital
    uint32 public adminCount;
    /// @dev The first admin, while he is one; shares a slot with `id`, which makes creating a hospital a sixth cheaper.
    address private _founder;
    mapping(address account => bool) private _appointed;
    mapping(address account => Proposal) private _proposals;
    /// @inheritdoc IHospital
    mapping(address admin => uint32) public voucherEpoch;
    /// @inheritdoc IHospital
    mapping(address account => bool) public isReviewer;

    modifier onlyAdmin() {
        if (!isAdmin(msg.sender)) revert Hospital_OnlyAdmin(msg.sender);
        _;
    }

    /// @inheritdoc IHospital
    function proposeAdmin(address account) external onlyAdmin {
        if (account == address(0) || isAdmin(account)) revert Hospital_InvalidAdmin(account);

        _proposals[account] = Proposal(msg.sender, voucherEpoch[msg.sender]);
        emit AdminProposed(account, msg.sender);
    }

    /// @inheritdoc IHospital
    function acceptAdmin() external {
        // Check
        Proposal memory proposal = _proposals[msg.sender];
        bool open = isAdmin(proposal.by) && voucherEpoch[proposal.by] == proposal.epoch;
        if (!open) revert Hospital_NotProposed(msg.sender);

        // Effect
        delete _proposals[msg.sender];
        _appointed[msg.sender] = true;
        ++adminCount;
        emit AdminAdded(msg.sender);
    }

    /// @inheritdoc IHospital
    function removeAdmin(address account) external onlyAdmin {
        // Check
        if (!isAdmin(account)) revert Hospital_InvalidAdmin(account);
        if (adminCount == 1) revert Hospital_LastAdmin();

        // Effect
        if (account == _founder) _founder = address(0);
        else _appointed[account] = false;
        --adminCount;
        emit AdminRemoved(account, msg.sender);
        // Vouchers signed before do not come back with a second appointment.
        _endEpoch(account);
        if (isReviewer[account]) _setReviewer(account, false);
    }

    /// @inheritdoc IHospital
    function revokeVouchers() external onlyAdmin {
        _endEpoch(msg.sender);
    }

    /// @inheritdoc IHospital
    function setReviewer(address account, bool appointed) external onlyAdmin {
        if (account == address(0) || isReviewer[account] == appointed) revert Hospital_InvalidReviewer(account);

        _setReviewer(account, appointed);
    }

    /// @inheritdoc IHospital
    function isAdmin(address account) public view returns (bool) {
        return account != address(0) && (account == _founder || _appointed[account]);
    }

    function _found(uint32 id_, address admin) internal {
        (id, adminCount, _founder) = (id_, 1, admin);
        emit AdminAdded(admin);
    }

    /// @dev No hospital: nothing can be founded here any more.
    function _lock() internal {
        id = type(uint32).max;
    }

    function _endEpoch(address admin) private {
        uint32 epoch = ++voucherEpoch[admin];
        emit VouchersRevoked(admin, epoch);
    }

    function _setReviewer(address account, bool appointed) private {
        isReviewer[account] = appointed;
        emit ReviewerChanged(account, appointed, msg.sender);
    }
}
