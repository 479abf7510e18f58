// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../contracts/Hospital.sol";
import {Clinic} from "./Clinic.sol";
import {MiniTest} from "./MiniTest.sol";

/// @title Proposes, accepts and removes admins at random among four accounts
contract AdminHandler is Clinic {
    uint256 public constant ACCOUNTS = 4;

    Hospital public hospital;
    uint256 public changes;

    constructor() {
        _deploy();
        vm.prank(account(0));
        (, address clone) = registry.createHospital(0, PROFILE, KEY);
        hospital = Hospital(clone);
    }

    function propose(uint256 by, uint256 whom) external {
        vm.prank(account(by));
        hospital.proposeAdmin(account(whom));
    }

    function accept(uint256 by) external {
        vm.prank(account(by));
        hospital.acceptAdmin();
        ++changes;
    }

    function remove(uint256 by, uint256 whom) external {
        vm.prank(account(by));
        hospital.removeAdmin(account(whom));
        ++changes;
    }

    function account(uint256 index) public pure returns (address) {
        return vm.addr((index % ACCOUNTS) + 1);
    }
}

contract AdminInvariants is MiniTest {
    AdminHandler private _handler;

    function setUp() external {
        _handler = new AdminHandler();
        target(address(_handler));
    }

    function invariant_P05_there_is_an_admin_and_the_count_is_right() external view {
        _check();
    }

    function test_P05_the_handler_reaches_appointments_and_removals() external {
        _handler.propose(0, 1);
        _handler.accept(1);
        _check();
        _handler.remove(1, 0);
        _check();
        vm.assertEq(_handler.changes(), 2);
        vm.assertFalse(_handler.hospital().isAdmin(_handler.account(0)));
    }

    function _check() private view {
        uint256 admins;
        for (uint256 i; i < _handler.ACCOUNTS(); ++i) if (_handler.hospital().isAdmin(_handler.account(i))) ++admins;
        vm.assertTrue(admins >= 1);
        vm.assertEq(_handler.hospital().adminCount(), admins);
    }
}
