// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {IHospitalRegistry} from "../../../contracts/interfaces/IHospitalRegistry.sol";
import {ISuccession} from "../../../contracts/interfaces/ISuccession.sol";
import {Accreditation, Role} from "../../../contracts/types/Types.sol";
import {ConsentBase} from "../support/ConsentBase.sol";

contract ConsentRegistryCanReadTest is ConsentBase {
    uint16 private constant ALL = 0x03fe;

    function test_P13_lets_the_patient_read_every_known_category_and_no_other() external view {
        _readsExactly(patient, ALL);
    }

    function test_P58_lets_the_successor_read_every_known_category_and_no_other() external {
        _succeed(patient, successor);
        _readsExactly(successor, ALL);
    }

    function test_P58_gives_the_old_account_nothing() external {
        _succeed(patient, successor);
        _readsExactly(patient, 0);
    }

    function test_does_not_ask_KeyDirectory_about_a_patient_who_was_never_succeeded() external {
        vm.expectCall(address(directory), abi.encodeCall(ISuccession.actorOf, (patient)), 0);
        vm.assertTrue(consent.canRead(patient, patient, 1));
    }

    function testFuzz_P13_reads_exactly_the_categories_granted_for_reading(uint16 read, uint16 write) external {
        read = read & ALL;
        write = (write & ALL) | 2;
        _grantScope(read, write);
        _readsExactly(doctor, read);
    }

    function test_P12_reads_until_the_second_before_the_expiry_and_not_at_it() external {
        uint40 expiry = clock + 10 days;
        _give(_terms());
        vm.warp(expiry - 1);
        _readsExactly(doctor, READ);
        vm.warp(expiry);
        _readsExactly(doctor, 0);
        vm.warp(expiry + 1);
        _readsExactly(doctor, 0);
    }

    function test_P58_goes_on_reading_after_a_succession() external {
        _give(_terms());
        _succeed(patient, successor);
        _readsExactly(doctor, READ);
    }

    function test_P17_reads_nothing_of_another_patient() external {
        _give(_terms());
        vm.assertFalse(consent.canRead(neighbour, doctor, 1));
        vm.assertFalse(consent.canRead(doctor, patient, 1));
    }

    function test_does_not_ask_the_registry_when_the_grant_has_expired_or_does_not_cover_the_category() external {
        _give(_terms());
        _neverAsked(hospitalId);
        vm.assertFalse(consent.canRead(patient, doctor, 3));
        _pass(10 days);
        vm.assertFalse(consent.canRead(patient, doctor, 1));
    }

    function test_P14_reads_nothing_once_suspended_or_while_the_hospital_is() external {
        _give(_terms());
        registry.setAccreditation(hospitalId, address(hospital), Accreditation.Suspended, PROFILE);
        _readsExactly(doctor, 0);
        registry.setAccreditation(hospitalId, address(hospital), Accreditation.Accredited, PROFILE);
        _readsExactly(doctor, READ);
        hospital.suspend(doctor);
        _readsExactly(doctor, 0);
    }

    function test_P26_reads_nothing_again_after_being_reactivated() external {
        _give(_terms());
        hospital.suspend(doctor);
        hospital.reactivate(doctor);
        _readsExactly(doctor, 0);
        _pass(1);
        _readsExactly(doctor, 0);
        _give(_terms());
        _readsExactly(doctor, READ);
    }

    function test_P26_reads_again_when_the_hospital_is_accredited_again() external {
        _give(_terms());
        registry.setAccreditation(hospitalId, address(hospital), Accreditation.Suspended, PROFILE);
        _pass(1 days);
        registry.setAccreditation(hospitalId, address(hospital), Accreditation.Accredited, PROFILE);
        _readsExactly(doctor, READ);
    }

    function test_P14_reads_nothing_with_a_grant_made_in_the_very_second_he_became_active() external {
        _admit(hospital, stranger, Role.Doctor);
        _giveTo(stranger, hospitalId);
        _pass(5);
        _readsExactly(stranger, 0);
    }

    function test_P14_reads_once_granted_again_a_second_after_he_became_active() external {
        _admit(hospital, stranger, Role.Doctor);
        _giveTo(stranger, hospitalId);
        _pass(1);
        _giveTo(stranger, hospitalId);
        _readsExactly(stranger, READ);
    }

    function test_P07_reads_nothing_in_the_name_of_another_hospital() external {
        (uint32 other, ) = _openHospital("other");
        _giveTo(doctor, other);
        _readsExactly(doctor, 0);
        _giveTo(doctor, 99);
        _readsExactly(doctor, 0);
    }

    function test_P14_reads_nothing_as_a_pharmacist_or_a_patient() external {
        _admit(hospital, stranger, Role.Pharmacist);
        _pass(1);
        _giveTo(stranger, hospitalId);
        _readsExactly(stranger, 0);
        _giveTo(neighbour, hospitalId);
        _readsExactly(neighbour, 0);
    }

    function testFuzz_P31_reads_the_categories_of_the_emergency_or_the_grant(uint16 read, uint16 opened) external {
        opened = (opened & ALL) | 0x0200;
        _open(doctor, opened);
        _grantScope(read & ALL, 2);
        _readsExactly(doctor, (read & ALL) | opened);
    }

    function test_P29_reads_until_the_second_before_its_end_and_not_at_it() external {
        _open(doctor, 0x0030);
        vm.warp(clock + 4 hours - 1);
        _readsExactly(doctor, 0x0030);
        vm.warp(clock + 4 hours);
        _readsExactly(doctor, 0);
    }

    function test_P30_reads_nothing_from_the_second_the_patient_ends_it() external {
        _open(doctor, 0x0030);
        _pass(60);
        vm.prank(patient);
        consent.endEmergency(patient, doctor);
        _readsExactly(doctor, 0);
    }

    function test_P14_reads_nothing_once_suspended_or_reactivated() external {
        _open(doctor, 0x0030);
        hospital.suspend(doctor);
        _readsExactly(doctor, 0);
        hospital.reactivate(doctor);
        _pass(1);
        _readsExactly(doctor, 0);
    }

    function test_P14_reads_nothing_while_the_hospital_is_suspended() external {
        _open(doctor, 0x0030);
        registry.setAccreditation(hospitalId, address(hospital), Accreditation.Suspended, PROFILE);
        _readsExactly(doctor, 0);
        registry.setAccreditation(hospitalId, address(hospital), Accreditation.Accredited, PROFILE);
        _readsExactly(doctor, 0x0030);
    }

    function test_P17_reads_nothing_of_another_patient_in_an_emergency() external {
        _open(doctor, ALL);
        vm.assertFalse(consent.canRead(neighbour, doctor, 1));
        vm.assertFalse(consent.canRead(patient, colleague, 1));
    }

    function test_does_not_ask_the_registry_when_the_emergency_has_ended_or_does_not_cover_the_category() external {
        _open(doctor, 0x0030);
        _neverAsked(hospitalId);
        vm.assertFalse(consent.canRead(patient, doctor, 6));
        _pass(4 hours);
        vm.assertFalse(consent.canRead(patient, doctor, 4));
    }

    function testFuzz_P15_reads_nothing(address reader, uint8 category) external {
        vm.assume(reader != patient);
        _neverAsked(0);
        vm.assertFalse(consent.canRead(patient, reader, category));
        vm.assertFalse(consent.canRead(patient, doctor, category));
    }

    /// @dev Bit by bit, and the unknown categories that a mask of 16 bits could take for known ones.
    function _readsExactly(address reader, uint16 mask) private view {
        for (uint256 i; i < 16; ++i) {
            vm.assertEq(consent.canRead(patient, reader, uint8(i)), (uint256(mask) / 2 ** i) % 2 == 1);
        }
        for (uint256 i = 16; i < 256; i += 15) vm.assertFalse(consent.canRead(patient, reader, uint8(i)));
    }

    function _neverAsked(uint32 where) private {
        bytes memory data = abi.encodeCall(IHospitalRegistry.activeSince, (where, doctor, Role.Doctor));
        vm.expectCall(address(registry), data, 0);
    }

    function _grantScope(uint16 read, uint16 write) private {
        IConsentRegistry.Terms memory terms = _terms();
        (terms.read, terms.write) = (read, write);
        _give(terms);
    }

    function _giveTo(address grantee, uint32 where) private {
        IConsentRegistry.Terms memory terms = _terms();
        (terms.grantee, terms.hospital) = (grantee, where);
        _give(terms);
    }

    function _open(address by, uint16 categories) private {
        _pass(COOL_DOWN);
        vm.prank(by);
        consent.openEmergency(patient, hospitalId, categories, KEYRING);
    }
}
