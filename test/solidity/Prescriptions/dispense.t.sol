// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IPrescriptions} from "../../../contracts/interfaces/IPrescriptions.sol";
import {Hospital} from "../../../contracts/Hospital.sol";
import {Role} from "../../../contracts/types/Types.sol";
import {OrderSetup} from "../support/OrderSetup.sol";

/// @notice Which order, who, and when.
contract DispenseTest is OrderSetup {
    function setUp() public override {
        super.setUp();
        _issue();
    }

    function test_P43_refuses_an_unknown_order() external {
        _unknown("no order", dispenseKey);
    }

    function test_P43_refuses_the_order_under_another_dispense_key() external {
        _unknown(orderId, vm.addr(78));
    }

    function test_P44_refuses_a_cancelled_order() external {
        bytes memory capability = _capability(pharmacist, ONE, COUNTS);
        _cancel();
        vm.expectRevert(abi.encodeWithSelector(IPrescriptions.Prescriptions_Cancelled.selector, orderId));
        _dispenseAs(pharmacist, ONE, capability);
    }

    function test_P43_refuses_at_the_expiry() external {
        bytes memory capability = _capability(pharmacist, ONE, COUNTS);
        vm.warp(expiry);
        vm.expectRevert(abi.encodeWithSelector(IPrescriptions.Prescriptions_Expired.selector, expiry, expiry));
        _dispenseAs(pharmacist, ONE, capability);
    }

    function test_refuses_to_dispense_nothing() external {
        bytes memory capability = _capability(pharmacist, 0, COUNTS);
        vm.expectRevert(abi.encodeWithSelector(IPrescriptions.Prescriptions_InvalidCounts.selector, 0));
        _dispenseAs(pharmacist, 0, capability);
    }

    function test_P42_refuses_one_more_than_there_is_of_each_medicine() external {
        for (uint56 i; i < 8; ++i) {
            uint56 left = (COUNTS >> (7 * i)) % 128;
            if (left == 127) continue;
            uint56 amounts = (left + 1) << (7 * i);
            bytes memory capability = _capability(pharmacist, amounts, COUNTS);
            vm.expectRevert(_tooMuch(amounts, COUNTS));
            _dispenseAs(pharmacist, amounts, capability);
        }
    }

    function test_P42_refuses_one_more_than_is_left() external {
        _dispense(3);
        bytes memory capability = _capability(pharmacist, ONE, COUNTS - 3);
        vm.expectRevert(_tooMuch(ONE, COUNTS - 3));
        _dispenseAs(pharmacist, ONE, capability);
    }

    function test_P43_refuses_the_prescriber_who_works_in_a_pharmacy_too() external {
        (uint32 other, Hospital pharmacy) = _openHospital("pharmacy");
        _admit(pharmacy, doctor, Role.Pharmacist);
        vm.warp(++clock);
        bytes memory capability = _capability(doctor, ONE, COUNTS);
        vm.expectRevert(abi.encodeWithSelector(IPrescriptions.Prescriptions_OwnOrder.selector, doctor));
        vm.prank(doctor);
        prescriptions.dispense(orderId, dispenseKey, other, ONE, capability);
    }

    function test_P43_refuses_everybody_who_is_no_pharmacist_of_the_hospital() external {
        address[4] memory callers = [stranger, doctor, patient, address(this)];
        for (uint256 i; i < callers.length; ++i) _notPharmacist(callers[i], id);
    }

    function test_P07_refuses_a_pharmacist_in_the_name_of_another_hospital() external {
        _notPharmacist(pharmacist, 1);
    }

    function test_P43_refuses_a_suspended_pharmacist() external {
        hospital.suspend(pharmacist);
        _notPharmacist(pharmacist, id);
    }

    function test_P01_refuses_a_pharmacist_of_a_hospital_without_accreditation() external {
        _closeHospital();
        _notPharmacist(pharmacist, id);
    }

    function _unknown(bytes32 order, address key) private {
        bytes memory capability = _sign(
            DISPENSE_KEY,
            _capabilityHash(order, pharmacist, ONE, 0, address(prescriptions))
        );
        vm.expectRevert(abi.encodeWithSelector(IPrescriptions.Prescriptions_UnknownOrder.selector, order, key));
        vm.prank(pharmacist);
        prescriptions.dispense(order, key, id, ONE, capability);
    }

    function _notPharmacist(address caller, uint32 where) private {
        bytes memory capability = _capability(caller, ONE, COUNTS);
        vm.expectRevert(abi.encodeWithSelector(IPrescriptions.Prescriptions_NotPharmacist.selector, where, caller));
        vm.prank(caller);
        prescriptions.dispense(orderId, dispenseKey, where, ONE, capability);
    }

    function _tooMuch(uint56 amounts, uint56 remaining) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IPrescriptions.Prescriptions_TooMuch.selector, amounts, remaining);
    }
}

/// @notice With which capability, and what follows.
contract DispenseCapabilityTest is OrderSetup {
    uint256 private constant CURVE = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    function setUp() public override {
        super.setUp();
        _issue();
    }

    function test_P43_refuses_a_capability_for_another_pharmacist() external {
        address other = vm.addr(9);
        _admit(hospital, other, Role.Pharmacist);
        bytes memory capability = _capability(pharmacist, ONE, COUNTS);
        vm.expectRevert(_invalidCapability());
        _dispenseAs(other, ONE, capability);
    }

    function test_P43_refuses_a_capability_for_other_amounts() external {
        _invalid(_capability(pharmacist, 2, COUNTS));
    }

    function test_P43_refuses_a_capability_for_another_remainder() external {
        _invalid(_capability(pharmacist, ONE, COUNTS - 1));
    }

    function test_P43_refuses_a_capability_for_another_order() external {
        bytes32 digest = _capabilityHash("other", pharmacist, ONE, COUNTS, address(prescriptions));
        _invalid(_sign(DISPENSE_KEY, digest));
    }

    function test_P18_refuses_a_capability_for_another_contract_or_chain() external {
        _invalid(_sign(DISPENSE_KEY, _capabilityHash(orderId, pharmacist, ONE, COUNTS, address(records))));
        uint256 here = block.chainid;
        vm.chainId(here + 1);
        bytes memory capability = _capability(pharmacist, ONE, COUNTS);
        vm.chainId(here);
        _invalid(capability);
    }

    function testFuzz_P43_refuses_the_signature_of_another_key(uint256 key) external {
        key = bound(key, 1, 1_000_000);
        if (key == DISPENSE_KEY) ++key;
        bytes32 digest = _capabilityHash(orderId, pharmacist, ONE, COUNTS, address(prescriptions));
        _invalid(_sign(key, digest));
    }

    function test_P18_refuses_a_mirrored_a_compact_and_an_empty_signature() external {
        bytes32 digest = _capabilityHash(orderId, pharmacist, ONE, COUNTS, address(prescriptions));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(DISPENSE_KEY, digest);
        _invalid(bytes.concat(r, bytes32(CURVE - uint256(s)), bytes1(v == 27 ? 28 : 27)));
        _invalid(bytes.concat(r, s | bytes32(uint256(v - 27) << 255)));
        _invalid(bytes.concat(r, s, bytes1(v - 27)));
        _invalid("");
    }

    function test_P18_P42_refuses_a_capability_that_was_used() external {
        bytes memory capability = _capability(pharmacist, ONE, COUNTS);
        _dispenseAs(pharmacist, ONE, capability);
        vm.expectRevert(_invalidCapability());
        _dispenseAs(pharmacist, ONE, capability);
    }

    function test_P42_lets_one_of_two_pharmacies_have_the_last_refill() external {
        address other = vm.addr(9);
        _admit(hospital, other, Role.Pharmacist);
        _dispense(2);
        bytes memory first = _capability(pharmacist, ONE, COUNTS - 2);
        bytes memory second = _capability(other, ONE, COUNTS - 2);
        _dispenseAs(other, ONE, second);
        bytes4 selector = IPrescriptions.Prescriptions_TooMuch.selector;
        vm.expectRevert(abi.encodeWithSelector(selector, ONE, COUNTS - 3));
        _dispenseAs(pharmacist, ONE, first);
    }

    function test_P43_dispenses_until_the_last_second_before_the_expiry() external {
        vm.warp(expiry - 1);
        _dispense(ONE);
        _checkOrder(doctor, expiry, COUNTS - 1);
    }

    function test_P45_dispenses_the_order_of_a_doctor_who_was_suspended_or_revoked_later() external {
        hospital.suspend(doctor);
        _revoke();
        _dispense(ONE);
        _checkOrder(doctor, expiry, COUNTS - 1);
    }

    function test_P42_dispenses_all_there_is_of_every_medicine() external {
        _dispense(COUNTS);
        _checkOrder(doctor, expiry, 0);
    }

    function testFuzz_P42_subtracts_each_amount_from_its_medicine(uint56 seed) external {
        (uint56 amounts, uint56 left) = (0, 0);
        for (uint56 i; i < 8; ++i) {
            uint56 there = (COUNTS >> (7 * i)) % 128;
            uint56 asked = ((seed >> (7 * i)) % 128) % (there + 1);
            (amounts, left) = (amounts | (asked << (7 * i)), left | ((there - asked) << (7 * i)));
        }
        if (amounts == 0) return;
        _dispense(amounts);
        _checkOrder(doctor, expiry, left);
    }

    function test_P52_announces_what_was_dispensed_and_what_remains() external {
        vm.recordLogs();
        vm.expectEmit(address(prescriptions));
        emit IPrescriptions.Dispensed(orderId, pharmacist, id, 2, COUNTS - 2);
        _dispense(2);
        vm.assertEq(_countLogs(address(prescriptions)), 1);
    }

    function _invalid(bytes memory capability) private {
        vm.expectRevert(_invalidCapability());
        _dispenseAs(pharmacist, ONE, capability);
    }

    function _invalidCapability() private view returns (bytes memory) {
        return abi.encodeWithSelector(IPrescriptions.Prescriptions_InvalidCapability.selector, dispenseKey);
    }
}
