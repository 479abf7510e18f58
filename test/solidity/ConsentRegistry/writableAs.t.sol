// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../../contracts/Hospital.sol";
import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {Accreditation, Role} from "../../../contracts/types/Types.sol";
import {ConsentBase} from "../support/ConsentBase.sol";

contract ConsentRegistryWritableAsTest is ConsentBase {
    uint16 private constant ALL = 0x03fe;

    function testFuzz_P13_P36_names_the_hospital_for_every_subset_of_the_categories_granted_for_writing(
        uint16 read,
        uint16 write,
        uint16 asked
    ) external {
        IConsentRegistry.Terms memory terms = _terms();
        (terms.read, terms.write) = ((read & ALL) | 2, write & ALL);
        _give(terms);
        uint16[4] memory masks = [asked, asked & ALL, asked & write, asked & terms.write];
        for (uint256 i; i < 4; ++i) {
            uint32 expected = _isSubset(masks[i], terms.write) ? hospitalId : 0;
            vm.assertEq(consent.writableAs(patient, doctor, masks[i]), expected);
        }
    }

    function test_P13_never_for_an_empty_mask_or_unknown_categories() external {
        IConsentRegistry.Terms memory terms = _terms();
        terms.write = ALL;
        _give(terms);
        vm.assertEq(_writable(ALL), hospitalId);
        uint16[7] memory masks = [0, 1, 0x0400, 0x8000, 0x03ff, 0x07fe, type(uint16).max];
        for (uint256 i; i < 7; ++i) vm.assertEq(_writable(masks[i]), 0);
    }

    function test_P12_until_the_second_before_the_expiry_and_not_at_it() external {
        uint40 expiry = clock + 10 days;
        _give(_terms());
        vm.warp(expiry - 1);
        vm.assertEq(_writable(WRITE), hospitalId);
        vm.warp(expiry);
        vm.assertEq(_writable(WRITE), 0);
    }

    function test_P14_P26_never_while_he_is_suspended_or_after_he_was() external {
        _give(_terms());
        vm.assertEq(_writable(WRITE), hospitalId);
        hospital.suspend(doctor);
        vm.assertEq(_writable(WRITE), 0);
        hospital.reactivate(doctor);
        _pass(1);
        vm.assertEq(_writable(WRITE), 0);
    }

    function test_P14_never_while_the_hospital_is_suspended() external {
        _give(_terms());
        registry.setAccreditation(hospitalId, address(hospital), Accreditation.Suspended, PROFILE);
        vm.assertEq(_writable(WRITE), 0);
    }

    function test_P07_names_the_hospital_of_the_grant_and_no_other() external {
        (uint32 other, Hospital second) = _openHospital("other");
        IConsentRegistry.Terms memory terms = _terms();
        terms.hospital = other;
        _give(terms);
        vm.assertEq(_writable(WRITE), 0);
        _admit(second, doctor, Role.Doctor);
        _pass(1);
        _give(terms);
        vm.assertEq(_writable(WRITE), other);
    }

    function test_does_not_ask_the_registry_when_the_grant_could_not_count() external {
        _give(_terms());
        bytes memory data = abi.encodeCall(IHospitalRegistry.activeSince, (hospitalId, doctor, Role.Doctor));
        vm.expectCall(address(registry), data, 0);
        vm.assertEq(_writable(WRITE | 8), 0);
        vm.assertEq(_writable(0), 0);
        _pass(10 days);
        vm.assertEq(_writable(WRITE), 0);
    }

    function test_P31_never() external {
        _pass(COOL_DOWN);
        vm.prank(doctor);
        consent.openEmergency(patient, hospitalId, ALL, KEYRING);
        vm.assertTrue(consent.canRead(patient, doctor, 2));
        for (uint16 mask = 1; mask != 0; mask *= 2) {
            vm.assertEq(_writable(mask), 0);
            if (mask == 0x8000) break;
        }
    }

    function testFuzz_P36_never_for_the_patient_the_successor_or_anybody(address author, uint16 categories) external {
        _succeed(patient, successor);
        address[4] memory authors = [author, patient, successor, doctor];
        for (uint256 i; i < 4; ++i) vm.assertEq(consent.writableAs(patient, authors[i], categories), 0);
        vm.assertEq(consent.writableAs(neighbour, neighbour, categories), 0);
    }

    function _writable(uint16 categories) private view returns (uint32) {
        return consent.writableAs(patient, doctor, categories);
    }

    function _isSubset(uint256 mask, uint256 scope) private pure returns (bool) {
        if (mask == 0) return false;
        for (uint256 i; i < 16; ++i) {
            bool asked = (mask / 2 ** i) % 2 == 1;
            if (asked && (scope / 2 ** i) % 2 == 0) return false;
        }
        return true;
    }
}
