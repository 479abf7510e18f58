// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ConsentChecks} from "./ConsentChecks.sol";
import {SuccessionHandler} from "./SuccessionHandler.sol";

/// @title The handler of the consent invariants does what it is for: each action goes through often enough to mean something
/// @notice The invariant runner keeps no count over its runs, so the same calls are drawn here from a seed, in one run.
contract ConsentReach is ConsentChecks {
    uint256 private constant ENOUGH = 50;
    uint256 private constant CHECK_EVERY = 250;

    uint256 private _seed;

    function setUp() external {
        _handler = new SuccessionHandler();
    }

    function test_P15_P26_grants_revokes_and_standings_are_reached() external {
        _drive(_consentCall, 1000, 1);
        string[8] memory names = [
            "grant",
            "grantSigned",
            "revoke",
            "suspend",
            "reactivate",
            "changeSpeciality",
            "turnAccreditation",
            "pass"
        ];
        for (uint256 i; i < names.length; ++i) _reached(names[i]);
    }

    function test_P27_P29_P32_emergencies_are_reached() external {
        _drive(_emergencyCall, 1000, 2);
        string[3] memory names = ["openEmergency", "endEmergency", "review"];
        for (uint256 i; i < names.length; ++i) _reached(names[i]);
    }

    function test_P24_delegates_are_reached() external {
        _drive(_delegateCall, 1000, 3);
        string[4] memory names = ["appointDelegate", "removeDelegate", "grantFor", "revokeFor"];
        for (uint256 i; i < names.length; ++i) _reached(names[i]);
    }

    function test_P17_P18_signatures_are_reached() external {
        _drive(_signatureCall, 1000, 4);
        string[6] memory names = [
            "keepGrant",
            "sendKept",
            "refuseKept",
            "revokeSigned",
            "refuseOldRevoke",
            "replayRevoke"
        ];
        for (uint256 i; i < names.length; ++i) _reached(names[i]);
    }

    function test_P58_successions_are_reached() external {
        _drive(_successionCall, 2000, 5);
        string[7] memory names = ["setRecovery", "propose", "recover", "veto", "waitFor", "accept", "usurp"];
        for (uint256 i; i < names.length; ++i) _reached(names[i]);
    }

    /// @dev Everything mixed, as the invariant runner does it.
    function test_P15_P58_the_checks_hold_after_all_of_them_mixed() external {
        _drive(_anyCall, 1000, 6);
        vm.assertTrue(_handler.done("accept") != 0 && _handler.done("usurp") != 0);
        vm.assertTrue(_handler.done("grantFor") != 0 && _handler.done("openEmergency") != 0);
    }

    function _drive(function() internal returns (bytes memory) draw, uint256 steps, uint256 seed) private {
        _seed = seed;
        for (uint256 i = 1; i <= steps; ++i) {
            // A call that fails is undone, as in the runner.
            (bool ignored, ) = address(_handler).call(draw());
            ignored;
            if (i % CHECK_EVERY == 0) _checkAll();
        }
    }

    function _reached(string memory name) private view {
        if (_handler.done(name) < ENOUGH) revert(string.concat(name, " is hardly ever reached"));
    }

    function _consentCall() private returns (bytes memory) {
        SuccessionHandler h = _handler;
        uint256 which = _any() % 12;
        if (which == 0) return abi.encodeCall(h.pass, (_any()));
        if (which == 1) return abi.encodeCall(h.revoke, (_any(), _any(), bytes32(_any())));
        if (which < 4) return abi.encodeCall(h.suspend, (_any(), _any()));
        if (which < 6) return abi.encodeCall(h.reactivate, (_any(), _any()));
        if (which < 8) return abi.encodeCall(h.changeSpeciality, (_any(), _any(), uint16(_any())));
        if (which == 8) return abi.encodeCall(h.turnAccreditation, (_any()));
        return which == 9 ? _grantSigned() : _grant();
    }

    function _grant() private returns (bytes memory) {
        (uint16 read, uint16 write) = (uint16(_any()), uint16(_any()));
        return abi.encodeCall(_handler.grant, (_any(), _any(), _any(), read, write, _any(), bytes32(_any())));
    }

    function _grantSigned() private returns (bytes memory) {
        uint16 both = uint16(_any());
        return abi.encodeCall(_handler.grantSigned, (_any(), _any(), _any(), both, _any(), _any()));
    }

    function _emergencyCall() private returns (bytes memory) {
        SuccessionHandler h = _handler;
        uint256 which = _any() % 10;
        if (which < 2) return abi.encodeCall(h.pass, (_any()));
        if (which < 5) return abi.encodeCall(h.endEmergency, (_any(), _any()));
        if (which < 7) return abi.encodeCall(h.review, (_any(), uint8(_any())));
        return abi.encodeCall(h.openEmergency, (_any(), _any(), _any(), uint16(_any()), bytes32(_any())));
    }

    function _delegateCall() private returns (bytes memory) {
        SuccessionHandler h = _handler;
        uint256 which = _any() % 10;
        if (which == 0) return abi.encodeCall(h.pass, (_any()));
        if (which < 4) return abi.encodeCall(h.appointDelegate, (_any(), _any(), uint8(_any()), _any()));
        if (which == 4) return abi.encodeCall(h.removeDelegate, (_any(), _any(), _any() % 2 == 0));
        if (which < 7) return abi.encodeCall(h.revokeFor, (_any(), _any(), _any()));
        return abi.encodeCall(h.grantFor, (_any(), _any(), _any(), _any(), uint16(_any()), _any()));
    }

    function _signatureCall() private returns (bytes memory) {
        SuccessionHandler h = _handler;
        uint256 which = _any() % 11;
        if (which == 0) return abi.encodeCall(h.pass, (_any()));
        if (which < 3) return abi.encodeCall(h.keepGrant, (_any(), _any(), _any(), uint16(_any()), _any()));
        if (which < 6) return abi.encodeCall(h.sendKept, (_any()));
        if (which == 6) return abi.encodeCall(h.replayRevoke, (_any()));
        return which == 7 ? _grant() : abi.encodeCall(h.revokeSigned, (_any(), _any(), bytes32(_any()), _any()));
    }

    function _successionCall() private returns (bytes memory) {
        SuccessionHandler h = _handler;
        uint256 which = _any() % 13;
        if (which < 2) return abi.encodeCall(h.setRecovery, (_any(), _any()));
        if (which < 5) return abi.encodeCall(h.propose, (_any(), _any() % 2 == 0, _any()));
        if (which == 5) return abi.encodeCall(h.veto, (_any(), _any() % 2 == 0));
        if (which < 9) return abi.encodeCall(h.waitFor, (_any(), _any() % 4 == 0));
        if (which < 12) return abi.encodeCall(h.accept, (_any(), _any()));
        return abi.encodeCall(h.usurp, (_any(), _any(), _any()));
    }

    function _anyCall() private returns (bytes memory) {
        uint256 which = _any() % 5;
        if (which == 0) return _consentCall();
        if (which == 1) return _emergencyCall();
        if (which == 2) return _delegateCall();
        return which == 3 ? _signatureCall() : _successionCall();
    }

    function _any() private returns (uint256) {
        _seed = uint256(keccak256(abi.encode(_seed)));
        return _seed;
    }
}
