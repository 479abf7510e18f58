// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAppointments} from "../../../contracts/interfaces/IAppointments.sol";
import {VisitSetup} from "./VisitSetup.sol";

/// @title Bookings that are signed, word by word
abstract contract BookBySigSetup is VisitSetup {
    bytes32 private constant TYPEHASH = keccak256(
        "Book(address patient,uint32 hospital,address doctor,uint32 day,uint8 slot,bytes32 request,bytes32 wraps,uint16 round,uint40 deadline)"
    );

    /// @dev What is signed, and what is sent.
    struct Order {
        address patient;
        IAppointments.Booking booking;
        uint16 round;
        uint40 deadline;
    }

    function _order() internal view returns (Order memory) {
        return Order(patient, _booking(DAY, SLOT), 1, clock + 1 hours);
    }

    function _digest(Order memory order, address contract_) internal view returns (bytes32) {
        IAppointments.Booking memory booking = order.booking;
        bytes memory fields = bytes.concat(
            abi.encode(TYPEHASH, order.patient, booking.hospital, booking.doctor, booking.day, booking.slot),
            abi.encode(booking.request, booking.wraps, order.round, order.deadline)
        );
        return _typed("Chartkey Appointments", contract_, keccak256(fields));
    }

    function _signed(uint256 key, Order memory order) internal view returns (bytes memory) {
        return _sign(key, _digest(order, address(appointments)));
    }

    function _send(address sender, Order memory order, bytes memory signature) internal returns (bytes32) {
        vm.prank(sender);
        return
            appointments.bookBySig{value: FEE_WEI}(
                order.patient,
                order.booking,
                order.round,
                order.deadline,
                signature
            );
    }

    function _invalid(Order memory order, bytes memory signature) internal {
        vm.expectRevert(abi.encodeWithSelector(IAppointments.Appointments_InvalidSignature.selector, order.patient));
        _send(stranger, order, signature);
    }
}
