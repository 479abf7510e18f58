// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {HospitalRegistry} from "../../contracts/HospitalRegistry.sol";
import {MemberStatus, Role} from "../../contracts/types/Types.sol";
import {MemberHandler} from "./MemberHandler.sol";
import {MiniTest} from "./MiniTest.sol";

contract MemberInvariants is MiniTest {
    uint256 private constant JOINING = 100;
    uint256 private constant TURNING = 220;
    uint256 private constant LEAST = 50;
    uint256 private constant LEAST_REFUSED = 20;

    MemberHandler private _handler;
    uint256 private _seed = 0x5eed;

    function setUp() external {
        _handler = new MemberHandler();
        target(address(_handler));
    }

    function invariant_P07_P14_P26_standing_equals_the_model() external view {
        _checkStandings();
    }

    function invariant_P07_P08_P57_only_what_is_right_succeeds_and_nobody_joins_twice_without_leaving() external view {
        vm.assertEq(_handler.violations(), 0);
        _checkJoins();
    }

    /// @dev Every action does succeed, and what may be refused is refused too; otherwise the invariants would say nothing.
    function test_P08_the_handler_reaches_every_action() external {
        for (uint256 i; i < JOINING; ++i) _joinSome();
        _checkStandings();
        for (uint256 i; i < TURNING; ++i) _turnSome();
        _checkStandings();
        _checkJoins();
        vm.assertEq(_handler.violations(), 0);
        for (uint8 code; code < 9; ++code) {
            MemberHandler.Action action = MemberHandler.Action(code);
            vm.assertTrue(_handler.successes(action) >= LEAST);
            bool refusable = action != MemberHandler.Action.TurnAccreditation;
            vm.assertTrue(!refusable || _handler.refusals(action) >= LEAST_REFUSED);
        }
    }

    /// @dev One way through, so that the model is not silent where the contract is.
    function test_P07_the_model_knows_who_is_active() external {
        _handler.claim(0, 0, 1, true);
        address doctor = _handler.account(0);
        vm.assertEq(_handler.expected(0, doctor, Role.Doctor), 0);
        _handler.confirm(0, 0, 1);
        _handler.confirm(0, 0, 0);
        vm.assertEq(_handler.expected(0, doctor, Role.Doctor), 0);
        _handler.turnAccreditation(0);
        _handler.turnAccreditation(1);
        vm.assertEq(_handler.expected(0, doctor, Role.Doctor), _handler.clock() + 1);
        vm.assertEq(_handler.expected(0, doctor, Role.Patient), 0);
        vm.assertEq(_handler.expected(1, doctor, Role.Doctor), 0);
        _checkStandings();
        vm.assertEq(_handler.refusals(MemberHandler.Action.Confirm), 1);
    }

    function _joinSome() private {
        _handler.claim(_next(), _next(), _code(), _next() % 2 == 0);
        _handler.claimBySig(_next(), _next(), _code(), _next() % 2 == 0);
        _handler.request(_next(), _next(), _code());
        uint256 recent = _handler.accounts() - 1 - (_next() % (_handler.accounts() < 3 ? 1 : 3));
        for (uint256 where; where < 2; ++where) _handler.confirm(recent, where, _by(where));
        (uint256 first, uint256 place) = (_next() % 8, _next() % 2);
        _handler.confirm(first, place, _by(place));
        _handler.turnAccreditation(_next());
        _handler.pass(_next());
    }

    /// @dev The first eight again and again.
    function _turnSome() private {
        uint256 where = _next() % 2;
        _handler.suspend(_next() % 8, where, _by(where));
        where = _next() % 2;
        _handler.reactivate(_next() % 8, where, _by(where));
        _leaveSome();
        for (uint256 i; i < 3; ++i) _handler.changeSpeciality(_next() % 8, _next(), uint16(_next() % 4));
        _handler.pass(_next());
    }

    /// @dev Half of the time the right account, which mostly asks again and is confirmed.
    function _leaveSome() private {
        (uint256 who, uint256 where) = (_next() % 8, _next() % 2);
        _handler.leave(who, where, _next() % 2 == 0 ? who : _next());
        if (_next() % 4 == 0) return;
        _handler.request(2 * who + 1, where, _code());
        _handler.confirm(who, where, _by(where));
    }

    /// @dev Mostly the right admin.
    function _by(uint256 where) private returns (uint256) {
        return _next() % 8 == 0 ? where + 1 : where;
    }

    /// @dev Mostly a doctor.
    function _code() private returns (uint8) {
        return _next() % 2 == 0 ? 1 : uint8(_next());
    }

    function _next() private returns (uint256) {
        _seed = uint256(keccak256(abi.encode(_seed)));
        return _seed >> 128;
    }

    function _checkStandings() private view {
        HospitalRegistry registry = _handler.registry();
        for (uint256 i; i < _handler.accounts(); ++i) {
            address account = _handler.account(i);
            vm.assertTrue(_matches(registry, 0, account) && _matches(registry, 1, account));
        }
    }

    function _matches(HospitalRegistry registry, uint256 where, address account) private view returns (bool) {
        uint32 id = uint32(where) + 1;
        MemberHandler.Standing memory held = _handler.standing(where, account);
        (Role role, MemberStatus status, uint16 speciality, uint40 since) = registry.memberOf(id, account);
        bool same = role == held.role && status == held.status && speciality == held.speciality && since == held.since;
        for (uint8 each; each < 4; ++each) {
            uint40 active = registry.activeSince(id, account, Role(each));
            if (active != _handler.expected(where, account, Role(each))) same = false;
        }
        return same;
    }

    function _checkJoins() private view {
        for (uint256 i; i < _handler.accounts(); ++i) {
            address account = _handler.account(i);
            vm.assertTrue(_handler.standing(0, account).joins <= 1 && _handler.standing(1, account).joins <= 1);
        }
    }
}
