// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {ConsentBase} from "../support/ConsentBase.sol";

contract ConsentRegistryViewsTest is ConsentBase {
    function testFuzz_returns_zeros(address grantee) external view {
        _assertNoGrant(grantee);
        vm.assertEq(consent.consentHead(grantee), bytes32(0));
    }

    function testFuzz_returns_every_field_also_after_the_expiry(
        uint16 read,
        uint16 write,
        uint256 term,
        uint32 where
    ) external {
        IConsentRegistry.Terms memory terms = _terms();
        (terms.read, terms.write) = ((read & 0x03fe) | 4, write & 0x03fe);
        terms.expiry = clock + uint40(bound(term, 1, 5 * 365 days));
        terms.hospital = where == 0 ? 1 : where;
        _give(terms);
        uint40 madeAt = clock;
        _assertGrant(doctor, terms, madeAt);
        _pass(6 * 365 days);
        _assertGrant(doctor, terms, madeAt);
    }

    function test_P15_tells_nothing_about_another_pair() external {
        _give(_terms());
        _assertNoGrant(colleague);
        _assertNoGrant(patient);
        (uint16 read, , , , uint40 since) = consent.grantOf(neighbour, doctor);
        vm.assertEq(uint256(read) + since, 0);
        (read, , , , since) = consent.grantOf(doctor, patient);
        vm.assertEq(uint256(read) + since, 0);
    }

    function test_names_its_EIP_712_domain() external view {
        (, string memory name, string memory version, uint256 chain, address place, , ) = consent.eip712Domain();
        vm.assertEq(keccak256(bytes(name)), keccak256("Chartkey Consent"));
        vm.assertEq(keccak256(bytes(version)), keccak256("1"));
        vm.assertEq(chain, block.chainid);
        vm.assertEq(place, address(consent));
    }
}
