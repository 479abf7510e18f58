// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ChartSetup} from "./ChartSetup.sol";

/// @title The same with an order of three medicines: counts 3, 0, 127 and, as the eighth, 5
abstract contract OrderSetup is ChartSetup {
    uint256 internal constant DISPENSE_KEY = 77;
    uint8 internal constant MEDICATION = 4;
    uint56 internal constant COUNTS = uint56(3) | (uint56(127) << 14) | (uint56(5) << 49);
    uint56 internal constant ONE = 1;

    address internal immutable dispenseKey = vm.addr(DISPENSE_KEY);

    uint40 internal expiry;
    bytes32 internal orderId;

    function _issue() internal returns (bytes32) {
        expiry = clock + 30 days;
        vm.prank(doctor);
        orderId = prescriptions.issue(patient, 1, PAYLOAD, WRAPS, COUNTS, expiry, dispenseKey);
        return orderId;
    }

    function _cancel() internal {
        vm.prank(doctor);
        prescriptions.cancel(orderId, dispenseKey);
    }

    function _capability(address who, uint56 amounts, uint56 remaining) internal view returns (bytes memory) {
        return _sign(DISPENSE_KEY, _capabilityHash(orderId, who, amounts, remaining, address(prescriptions)));
    }

    function _capabilityHash(
        bytes32 order,
        address who,
        uint56 amounts,
        uint56 remaining,
        address contract_
    ) internal view returns (bytes32) {
        bytes32 typehash = keccak256("Dispense(bytes32 order,address pharmacist,uint56 amounts,uint56 remaining)");
        bytes memory fields = abi.encode(typehash, order, who, amounts, remaining);
        return _typed("Chartkey Prescriptions", contract_, keccak256(fields));
    }

    function _dispense(uint56 amounts) internal {
        (, , uint56 remaining) = prescriptions.orderOf(orderId, dispenseKey);
        _dispenseAs(pharmacist, amounts, _capability(pharmacist, amounts, remaining));
    }

    function _dispenseAs(address caller, uint56 amounts, bytes memory capability) internal {
        vm.prank(caller);
        prescriptions.dispense(orderId, dispenseKey, id, amounts, capability);
    }

    function _checkOrder(address prescriber, uint40 end, uint56 remaining) internal view {
        (address by, uint40 until, uint56 left) = prescriptions.orderOf(orderId, dispenseKey);
        vm.assertEq(by, prescriber);
        vm.assertEq(until, end);
        vm.assertEq(left, remaining);
    }
}
