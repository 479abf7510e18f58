// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../contracts/Hospital.sol";
import {IHospital} from "../../contracts/interfaces/IHospital.sol";
import {Accreditation, MemberStatus, Role} from "../../contracts/types/Types.sol";
import {VoucherSigner} from "./support/VoucherSigner.sol";

/// @title Joins, confirms, suspends, reactivates and leaves at random in two hospitals, and keeps its own account of what must follow
/// @dev No call reverts: whether it was right to refuse is counted in `violations`.
contract MemberHandler is VoucherSigner {
    enum Action {
        Claim,
        ClaimBySig,
        Request,
        Confirm,
        Suspend,
        Reactivate,
        ChangeSpeciality,
        TurnAccreditation,
        Leave
    }

    struct Standing {
        Role role;
        MemberStatus status;
        uint16 speciality;
        uint40 since;
        /// @dev Less the times that he left.
        uint256 joins;
    }

    uint256 public constant HOSPITALS = 2;
    uint256 private constant ADMIN_KEYS = 1;
    uint256 private constant CLAIM_KEYS = 1e6;
    uint256 private constant ACCOUNT_KEYS = 2e6;

    mapping(Action action => uint256) public successes;
    mapping(Action action => uint256) public refusals;
    /// @notice Calls that were let through and should have been refused, or the other way round.
    uint256 public violations;
    /// @notice Everybody who has ever called is `account(0)` to `account(accounts - 1)`.
    uint256 public accounts;
    mapping(uint256 where => bool) public accredited;
    mapping(uint256 where => Hospital) private _hospitals;
    mapping(uint256 where => mapping(address account => Standing)) private _standings;
    uint256 private _vouchers;

    constructor() {
        _deploy();
        for (uint256 i; i < HOSPITALS; ++i) {
            vm.prank(admin(i));
            (, address clone) = registry.createHospital(0, PROFILE, KEY);
            _hospitals[i] = Hospital(clone);
        }
    }

    function claim(uint256 who, uint256 where, uint8 code, bool named) external onTime {
        where %= HOSPITALS;
        Ticket memory ticket = _ticket(_somebody(who), where, _role(code), named);
        bytes memory data = abi.encodeCall(
            IHospital.claim,
            (ticket.account, ticket.voucher, ticket.admin, ticket.adminSignature, ticket.claimSignature, 0)
        );
        if (_attempt(Action.Claim, ticket.account, where, data, _isNew(where, ticket.account))) _join(where, ticket);
    }

    function claimBySig(uint256 who, uint256 where, uint8 code, bool named) external onTime {
        where %= HOSPITALS;
        uint256 key = ACCOUNT_KEYS + _indexOf(who);
        Ticket memory ticket = _ticket(_somebody(who), where, _role(code), named);
        bytes memory data = _signedClaim(ticket, _signJoin(key, address(_hospitals[where]), ticket, clock + 1));
        if (_attempt(Action.ClaimBySig, address(this), where, data, _isNew(where, ticket.account))) {
            _join(where, ticket);
        }
    }

    function request(uint256 who, uint256 where, uint8 code) external onTime {
        where %= HOSPITALS;
        (address account_, Role role) = (_somebody(who), _role(code));
        bytes memory data = abi.encodeCall(IHospital.requestAdmission, (account_, role, _specialityOf(role), 0));
        if (_attempt(Action.Request, account_, where, data, _mayAsk(where, account_))) {
            _write(where, account_, role, MemberStatus.Requested);
        }
    }

    function confirm(uint256 who, uint256 where, uint256 by) external onTime {
        where %= HOSPITALS;
        address account_ = _known(who);
        Standing memory held = standing(where, account_);
        bool right = by % HOSPITALS == where && held.status == MemberStatus.Requested;
        bytes memory data = abi.encodeCall(IHospital.confirm, (account_, held.role, held.speciality, 0));
        if (_attempt(Action.Confirm, admin(by), where, data, right)) _turn(where, account_, MemberStatus.Active);
    }

    function suspend(uint256 who, uint256 where, uint256 by) external onTime {
        where %= HOSPITALS;
        address account_ = _known(who);
        bool right = by % HOSPITALS == where && standing(where, account_).status == MemberStatus.Active;
        bytes memory data = abi.encodeCall(IHospital.suspend, (account_));
        if (_attempt(Action.Suspend, admin(by), where, data, right)) _turn(where, account_, MemberStatus.Suspended);
    }

    function reactivate(uint256 who, uint256 where, uint256 by) external onTime {
        where %= HOSPITALS;
        address account_ = _known(who);
        bool right = by % HOSPITALS == where && standing(where, account_).status == MemberStatus.Suspended;
        bytes memory data = abi.encodeCall(IHospital.reactivate, (account_));
        if (_attempt(Action.Reactivate, admin(by), where, data, right)) _turn(where, account_, MemberStatus.Active);
    }

    function changeSpeciality(uint256 who, uint256 where, uint16 speciality) external onTime {
        where %= HOSPITALS;
        address account_ = _known(who);
        Standing memory old = standing(where, account_);
        bool doctor = old.status == MemberStatus.Active && old.role == Role.Doctor;
        bool right = doctor && speciality != 0 && speciality != old.speciality;
        bytes memory data = abi.encodeCall(IHospital.changeSpeciality, (account_, speciality));
        if (_attempt(Action.ChangeSpeciality, admin(where), where, data, right)) {
            _standings[where][account_].speciality = speciality;
        }
    }

    function turnAccreditation(uint256 where) external onTime {
        where %= HOSPITALS;
        bool next = !accredited[where];
        Accreditation status = next ? Accreditation.Accredited : Accreditation.Suspended;
        registry.setAccreditation(idOf(where), address(_hospitals[where]), status, PROFILE);
        accredited[where] = next;
        ++successes[Action.TurnAccreditation];
    }

    /// @param by Whose account calls.
    function leave(uint256 who, uint256 where, uint256 by) external onTime {
        where %= HOSPITALS;
        (address account_, address caller) = (_known(who), _known(by));
        Standing memory held = standing(where, account_);
        bool inside = held.status == MemberStatus.Requested || held.status == MemberStatus.Active;
        bool detained = held.status == MemberStatus.Suspended && held.role == Role.Patient;
        bytes memory data = abi.encodeCall(IHospital.leaveHospital, (account_));
        if (!_attempt(Action.Leave, caller, where, data, caller == account_ && (inside || detained))) return;
        _turn(where, account_, MemberStatus.Left);
        --_standings[where][account_].joins;
    }

    function pass(uint256 time) external {
        clock += time % 2 == 0 ? 1 : uint40(bound(time, 1, 3 days));
    }

    /// @notice The model's answer.
    function expected(uint256 where, address account_, Role role) external view returns (uint40) {
        Standing memory held = standing(where, account_);
        bool active = accredited[where] && held.status == MemberStatus.Active && held.role == role;
        return active ? held.since : 0;
    }

    function standing(uint256 where, address account_) public view returns (Standing memory) {
        return _standings[where][account_];
    }

    function account(uint256 index) public pure returns (address) {
        return vm.addr(ACCOUNT_KEYS + index);
    }

    function admin(uint256 where) public pure returns (address) {
        return vm.addr(ADMIN_KEYS + (where % HOSPITALS));
    }

    function idOf(uint256 where) public pure returns (uint32) {
        return uint32(where) + 1;
    }

    /// @dev Does the call, and compares what comes of it with what is right.
    function _attempt(
        Action action,
        address caller,
        uint256 where,
        bytes memory data,
        bool right
    ) private returns (bool done) {
        vm.prank(caller);
        (done, ) = address(_hospitals[where]).call(data);
        if (done) ++successes[action];
        else ++refusals[action];
        if (done != right) ++violations;
    }

    function _signedClaim(Ticket memory ticket, bytes memory signature) private view returns (bytes memory) {
        return
            abi.encodeCall(
                IHospital.claimBySig,
                (
                    ticket.account,
                    ticket.voucher,
                    ticket.admin,
                    ticket.adminSignature,
                    ticket.claimSignature,
                    0,
                    clock + 1,
                    signature
                )
            );
    }

    function _ticket(address account_, uint256 where, Role role, bool named) private returns (Ticket memory ticket) {
        address clone = address(_hospitals[where]);
        (ticket.account, ticket.admin) = (account_, admin(where));
        ticket.voucher.role = role;
        ticket.voucher.speciality = _specialityOf(role);
        ticket.voucher.expiry = clock + 1;
        if (named) {
            ticket.voucher.account = account_;
        } else {
            uint256 key = CLAIM_KEYS + ++_vouchers;
            ticket.voucher.claimKey = vm.addr(key);
            ticket.claimSignature = _signClaim(key, clone, account_, ticket.voucher.claimKey);
        }
        ticket.adminSignature = _signVoucher(ADMIN_KEYS + where, clone, ticket.voucher);
    }

    function _join(uint256 where, Ticket memory ticket) private {
        Role role = ticket.voucher.role;
        _write(where, ticket.account, role, role == Role.Patient ? MemberStatus.Active : MemberStatus.Requested);
    }

    function _write(uint256 where, address account_, Role role, MemberStatus status) private {
        uint256 joins = _standings[where][account_].joins + 1;
        _standings[where][account_] = Standing(role, status, _specialityOf(role), clock + 1, joins);
    }

    function _turn(uint256 where, address account_, MemberStatus status) private {
        _standings[where][account_].status = status;
        _standings[where][account_].since = clock + 1;
    }

    function _isNew(uint256 where, address account_) private view returns (bool) {
        return standing(where, account_).status == MemberStatus.None;
    }

    function _mayAsk(uint256 where, address account_) private view returns (bool) {
        return _isNew(where, account_) || standing(where, account_).status == MemberStatus.Left;
    }

    /// @dev Half of the time somebody new.
    function _somebody(uint256 who) private returns (address) {
        uint256 index = _indexOf(who);
        if (index == accounts) ++accounts;
        return account(index);
    }

    function _indexOf(uint256 who) private view returns (uint256) {
        return accounts == 0 || who % 2 == 0 ? accounts : (who / 2) % accounts;
    }

    /// @dev Somebody who has called, or nobody in particular.
    function _known(uint256 who) private view returns (address) {
        return account(accounts == 0 ? 0 : who % accounts);
    }

    function _role(uint8 code) private pure returns (Role) {
        return Role((code % 3) + 1);
    }

    function _specialityOf(Role role) private pure returns (uint16) {
        return role == Role.Doctor ? 5 : 0;
    }
}
