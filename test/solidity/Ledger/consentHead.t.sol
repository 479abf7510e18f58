// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Ledger} from "../../../contracts/libraries/Ledger.sol";
import {MiniTest} from "../MiniTest.sol";
import {Words} from "../Words.sol";

contract LedgerConsentHeadTest is MiniTest {
    struct Change {
        bytes32 previous;
        address grantee;
        uint32 hospital;
        uint16 read;
        uint16 write;
        uint40 expiry;
        bytes32 keyring;
    }

    function testFuzz_P17_granted_is_the_formula(Change memory c) external pure {
        vm.assertEq(
            _granted(c),
            Words.granted(c.previous, c.grantee, c.hospital, c.read, c.write, c.expiry, c.keyring)
        );
    }

    function testFuzz_P17_revoked_is_the_formula(bytes32 previous, address grantee, bytes32 keyring) external pure {
        vm.assertEq(Ledger.revoked(previous, grantee, keyring), Words.revoked(previous, grantee, keyring));
    }

    function testFuzz_P17_P58_succeeded_is_the_formula(bytes32 previous, address next) external pure {
        vm.assume(previous[31] != 0xff);
        vm.assertEq(Ledger.succeeded(previous, next), Words.succeeded(previous, next));
    }

    function testFuzz_P17_differs_with_every_field(Change memory c, uint256 field) external pure {
        bytes32 head = _granted(c);
        field = field % 7;
        if (field == 0) c.previous = ~c.previous;
        if (field == 1) c.grantee = address(~uint160(c.grantee));
        if (field == 2) c.hospital = ~c.hospital;
        if (field == 3) c.read = ~c.read;
        if (field == 4) c.write = ~c.write;
        if (field == 5) c.expiry = ~c.expiry;
        if (field == 6) c.keyring = ~c.keyring;
        vm.assertTrue(_granted(c) != head);
        vm.assertTrue(Ledger.revoked(c.previous, c.grantee, c.keyring) != _granted(c));
    }

    function testFuzz_P58_is_the_last_byte_of_the_head(bytes32 head) external pure {
        vm.assertEq(Ledger.generationOf(head), uint8(head[31]));
    }

    function testFuzz_P58_stays_with_a_grant_or_revoke_and_grows_by_one_with_a_succession(
        Change memory c
    ) external pure {
        c.previous &= ~bytes32(uint256(128));
        uint8 generation = uint8(c.previous[31]);
        vm.assertEq(uint8(_granted(c)[31]), generation);
        vm.assertEq(uint8(Ledger.revoked(c.previous, c.grantee, c.keyring)[31]), generation);
        vm.assertEq(uint8(Ledger.succeeded(c.previous, c.grantee)[31]), generation + 1);
    }

    function testFuzz_P58_panics_at_the_next_one(bytes32 head, address next) external {
        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11));
        this.succeed(head | bytes32(uint256(255)), next);
    }

    /// @dev A call of its own, so that its panic can be expected.
    function succeed(bytes32 head, address next) external pure returns (bytes32) {
        return Ledger.succeeded(head, next);
    }

    function _granted(Change memory c) private pure returns (bytes32) {
        return Ledger.granted(c.previous, c.grantee, c.hospital, c.read, c.write, c.expiry, c.keyring);
    }
}
