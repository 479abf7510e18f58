// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../contracts/Hospital.sol";
import {IHospital} from "../../contracts/interfaces/IHospital.sol";
import {Clinic} from "./Clinic.sol";
import {MiniTest} from "./MiniTest.sol";

/// @title Proposes, accepts and removes admins and ends epochs at random among four accounts, and keeps its own account of them
/// @dev No call reverts: whether it was right to refuse is counted in `violations`.
contract AdminHandler is Clinic {
    enum Action {
        Propose,
        Accept,
        Remove,
        Revoke
    }

    struct Proposed {
        bool open;
        address by;
    }

    uint256 public constant ACCOUNTS = 4;

    Hospital public hospital;
    mapping(Action action => uint256) public successes;
    mapping(Action action => uint256) public refusals;
    /// @notice Calls that were let through and should have been refused, or the other way round.
    uint256 public violations;
    mapping(address account => bool) public appointed;
    mapping(address account => uint256) public epochOf;
    mapping(address account => Proposed) private _proposed;

    constructor() {
        _deploy();
        vm.prank(account(0));
        (, address clone) = registry.createHospital(0, PROFILE, KEY);
        hospital = Hospital(clone);
        appointed[account(0)] = true;
    }

    function propose(uint256 by, uint256 whom) external {
        (address proposer, address proposee) = (account(by), account(whom));
        bool right = appointed[proposer] && !appointed[proposee];
        if (_attempt(Action.Propose, proposer, abi.encodeCall(IHospital.proposeAdmin, (proposee)), right)) {
            _proposed[proposee] = Proposed(true, proposer);
        }
    }

    function accept(uint256 by) external {
        address proposee = account(by);
        bool right = _proposed[proposee].open;
        if (!_attempt(Action.Accept, proposee, abi.encodeCall(IHospital.acceptAdmin, ()), right)) return;
        appointed[proposee] = true;
        _proposed[proposee].open = false;
    }

    function remove(uint256 by, uint256 whom) external {
        (address remover, address removed) = (account(by), account(whom));
        bool right = appointed[remover] && appointed[removed] && count() > 1;
        if (!_attempt(Action.Remove, remover, abi.encodeCall(IHospital.removeAdmin, (removed)), right)) return;
        appointed[removed] = false;
        _endEpoch(removed);
    }

    function revoke(uint256 by) external {
        address revoker = account(by);
        bytes memory data = abi.encodeCall(IHospital.revokeVouchers, ());
        if (_attempt(Action.Revoke, revoker, data, appointed[revoker])) _endEpoch(revoker);
    }

    /// @notice How many admins the model has.
    function count() public view returns (uint256 admins) {
        for (uint256 i; i < ACCOUNTS; ++i) if (appointed[account(i)]) ++admins;
    }

    function account(uint256 index) public pure returns (address) {
        return vm.addr((index % ACCOUNTS) + 1);
    }

    function _endEpoch(address by) private {
        ++epochOf[by];
        for (uint256 i; i < ACCOUNTS; ++i) {
            if (_proposed[account(i)].by == by) _proposed[account(i)].open = false;
        }
    }

    /// @dev Does the call, and compares what comes of it with what is right.
    function _attempt(Action action, address caller, bytes memory data, bool right) private returns (bool done) {
        vm.prank(caller);
        (done, ) = address(hospital).call(data);
        if (done) ++successes[action];
        else ++refusals[action];
        if (done != right) ++violations;
    }
}

contract AdminInvariants is MiniTest {
    uint256 private constant ROUNDS = 240;
    uint256 private constant LEAST = 50;

    AdminHandler private _handler;
    uint256 private _seed = 0x5eed;

    function setUp() external {
        _handler = new AdminHandler();
        target(address(_handler));
    }

    function invariant_P05_there_is_an_admin_and_they_equal_the_model() external view {
        _check();
    }

    /// @dev Every action does succeed, and is refused too; otherwise the invariant would say nothing.
    function test_P05_the_handler_reaches_every_action() external {
        for (uint256 i; i < ROUNDS; ++i) {
            _round();
            if (i % 40 == 0) _check();
        }
        _check();
        for (uint8 action; action < 4; ++action) {
            vm.assertTrue(_handler.successes(AdminHandler.Action(action)) >= LEAST);
            vm.assertTrue(_handler.refusals(AdminHandler.Action(action)) >= LEAST);
        }
    }

    function test_P05_the_handler_reaches_appointments_and_removals() external {
        _handler.propose(0, 1);
        _handler.accept(1);
        _check();
        _handler.remove(1, 0);
        _check();
        vm.assertEq(_handler.successes(AdminHandler.Action.Remove), 1);
        vm.assertFalse(_handler.hospital().isAdmin(_handler.account(0)));
    }

    /// @dev Mostly somebody proposed, who accepts, unless the proposal died between.
    function _round() private {
        uint256 whom = _next();
        _handler.propose(_someAdmin(), whom);
        if (_next() % 2 == 0) _handler.revoke(_next());
        _handler.accept(whom);
        _handler.remove(_someAdmin(), _next());
        if (_next() % 8 == 0) _handler.accept(_next());
        if (_next() % 2 == 0) _handler.revoke(_next());
    }

    /// @dev An admin in three of four cases.
    function _someAdmin() private returns (uint256 index) {
        index = _next() % 4;
        if (_next() % 4 == 0) return index;
        while (!_handler.appointed(_handler.account(index))) ++index;
    }

    function _next() private returns (uint256) {
        _seed = uint256(keccak256(abi.encode(_seed)));
        return _seed >> 128;
    }

    function _check() private view {
        vm.assertEq(_handler.violations(), 0);
        uint256 admins;
        for (uint256 i; i < _handler.ACCOUNTS(); ++i) {
            address account = _handler.account(i);
            bool isAdmin = _handler.hospital().isAdmin(account);
            vm.assertEq(isAdmin, _handler.appointed(account));
            vm.assertEq(_handler.hospital().voucherEpoch(account), _handler.epochOf(account));
            if (isAdmin) ++admins;
        }
        vm.assertTrue(admins >= 1);
        vm.assertEq(_handler.hospital().adminCount(), admins);
    }
}
