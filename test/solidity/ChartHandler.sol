// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../contracts/Hospital.sol";
import {IConsentRegistry} from "../../contracts/interfaces/IConsentRegistry.sol";
import {Role} from "../../contracts/types/Types.sol";
import {Clinic} from "./Clinic.sol";
import {Vm} from "./MiniTest.sol";
import {Words} from "./Words.sol";

/// @title Anchors, prescribes and dispenses at random for one patient, and keeps its own ledger and counts
contract ChartHandler is Clinic {
    enum Action {
        Anchor,
        AnchorOwn,
        Batch,
        BatchOwn,
        Issue,
        Dispense,
        Cancel,
        Pass
    }

    uint256 private constant DISPENSE_KEY = 77;
    uint8 private constant MEDICATION = 4;
    uint16 private constant WRITABLE = 0x0154;

    address public immutable patient = vm.addr(1);
    address public immutable doctor = vm.addr(2);
    address public immutable pharmacist = vm.addr(3);

    bytes32 public headOf;
    uint256 public entries;
    uint256 public violations;
    mapping(Action => uint256) public successes;
    uint40 private _grantEnd;
    bytes32[] private _orders;
    mapping(bytes32 orderId => uint256[8]) private _allowed;
    mapping(bytes32 orderId => uint256[8]) private _dispensed;
    mapping(bytes32 orderId => bool) private _cancelled;

    constructor() {
        _deploy();
        (uint32 id, Hospital hospital) = _openHospital(0);
        _admit(hospital, doctor, Role.Doctor);
        _admit(hospital, pharmacist, Role.Pharmacist);
        clock += 1;
        vm.warp(clock);
        vm.prank(patient);
        // Half of the categories, so that some of the doctor's attempts fail.
        _grantEnd = clock + 5 * 365 days;
        consent.grant(patient, IConsentRegistry.Terms(doctor, id, 0x03fe, WRITABLE, _grantEnd, 0), 0);
    }

    function anchor(bool own, uint8 category, uint8 codec, bytes32 payload, bytes32 wraps) external onTime {
        address author = own ? patient : doctor;
        (category, codec) = (category % 12, codec % 3);
        bool entitled = _mayWrite(author, uint16(1) << category);
        vm.recordLogs();
        vm.prank(author);
        bytes32 recordId = records.anchor(patient, category, codec, payload, wraps);
        if (!entitled) ++violations;
        _append(_single(author, category, codec, payload, wraps));
        _checkAnnounced(recordId, author);
        ++successes[own ? Action.AnchorOwn : Action.Anchor];
    }

    function anchorBatch(bool own, uint16 categories, uint32 count, bytes32 root, bytes32 manifest) external onTime {
        address author = own ? patient : doctor;
        (categories, count) = (categories & 0x01d4, count % 70_000);
        bool entitled = _mayWrite(author, categories);
        vm.recordLogs();
        vm.prank(author);
        bytes32 recordId = records.anchorBatch(patient, categories, count, root, manifest, root);
        if (!entitled) ++violations;
        bytes memory words = bytes.concat(
            Words.word(categories),
            Words.word(count),
            Words.word(clock),
            root,
            manifest,
            root
        );
        _append(sha256(bytes.concat(_prefix(1, author), words)));
        _checkAnnounced(recordId, author);
        ++successes[own ? Action.BatchOwn : Action.Batch];
    }

    function issue(uint56 counts, uint256 term, bytes32 payload) external onTime {
        uint40 expiry = clock + uint40(bound(term, 1, 366 days));
        bool entitled = _mayWrite(doctor, uint16(1) << MEDICATION);
        vm.prank(doctor);
        bytes32 orderId = prescriptions.issue(patient, 0, payload, payload, counts, expiry, vm.addr(DISPENSE_KEY));
        if (!entitled) ++violations;
        _append(_single(doctor, MEDICATION, 0, payload, payload));
        _orders.push(orderId);
        for (uint256 i; i < 8; ++i) _allowed[orderId][i] = (counts >> (7 * i)) % 128;
        ++successes[Action.Issue];
    }

    /// @param greed How often at most of one medicine; small ones mostly succeed, great ones mostly must not.
    function dispense(uint256 index, uint56 amounts, uint8 greed) external onTime {
        bytes32 orderId = _orders[index % _orders.length];
        uint56 asked;
        for (uint256 i; i < 8; ++i)
            asked |= uint56(((amounts >> (7 * i)) % 128) % ((greed % 128) + 1)) << uint56(7 * i);
        (, , uint56 remaining) = prescriptions.orderOf(orderId, vm.addr(DISPENSE_KEY));
        bytes memory capability = _capability(orderId, asked, remaining);
        vm.prank(pharmacist);
        prescriptions.dispense(orderId, vm.addr(DISPENSE_KEY), 1, asked, capability);
        // Counted, not asserted: a failing call is only undone.
        if (_cancelled[orderId]) ++violations;
        for (uint256 i; i < 8; ++i) _dispensed[orderId][i] += (asked >> (7 * i)) % 128;
        ++successes[Action.Dispense];
    }

    function cancel(uint256 index) external onTime {
        // Rarely: cancelled orders leave little to dispense.
        if (index % 5 != 0) return;
        bytes32 orderId = _orders[(index / 5) % _orders.length];
        vm.prank(doctor);
        prescriptions.cancel(orderId, vm.addr(DISPENSE_KEY));
        _cancelled[orderId] = true;
        ++successes[Action.Cancel];
    }

    function pass(uint256 time) external {
        clock += uint40(bound(time, 1, 20 days));
        ++successes[Action.Pass];
    }

    function orderCount() external view returns (uint256) {
        return _orders.length;
    }

    function orderAt(
        uint256 index
    ) external view returns (uint256[8] memory allowed, uint256[8] memory dispensed, uint56 remaining) {
        bytes32 orderId = _orders[index];
        (, , remaining) = prescriptions.orderOf(orderId, vm.addr(DISPENSE_KEY));
        return (_allowed[orderId], _dispensed[orderId], remaining);
    }

    /// @dev The patient in every category that there is, the doctor where the grant lets him, until it ends.
    function _mayWrite(address author, uint16 categories) private view returns (bool) {
        bool known = categories != 0 && categories & ~uint16(0x03fe) == 0;
        return known && (author == patient || (categories & ~WRITABLE == 0 && clock < _grantEnd));
    }

    /// @dev What was returned, what the event says and what the ledger now holds are the same.
    function _checkAnnounced(bytes32 recordId, address author) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        bool named = logs.length == 1 && logs[0].topics[1] == bytes32(uint256(uint160(patient)));
        bool same = named && logs[0].topics[2] == bytes32(uint256(uint160(author))) && logs[0].topics[3] == headOf;
        if (!same || recordId != headOf) ++violations;
    }

    function _capability(bytes32 orderId, uint56 asked, uint56 remaining) private view returns (bytes memory) {
        bytes32 typehash = keccak256("Dispense(bytes32 order,address pharmacist,uint56 amounts,uint56 remaining)");
        bytes32 fields = keccak256(abi.encode(typehash, orderId, pharmacist, asked, remaining));
        return _sign(DISPENSE_KEY, _typed("Chartkey Prescriptions", address(prescriptions), fields));
    }

    function _prefix(uint256 kind, address author) private view returns (bytes memory) {
        return
            bytes.concat(
                bytes.concat(Words.word(kind), Words.word(block.chainid), Words.word(uint160(address(records)))),
                bytes.concat(headOf, Words.word(entries + 1), Words.word(uint160(patient))),
                bytes.concat(Words.word(uint160(author)), Words.word(author == patient ? 0 : 1))
            );
    }

    function _single(
        address author,
        uint8 category,
        uint8 codec,
        bytes32 payload,
        bytes32 wraps
    ) private view returns (bytes32) {
        bytes memory words = bytes.concat(Words.word(category), Words.word(codec), Words.word(clock), payload, wraps);
        return sha256(bytes.concat(_prefix(0, author), words));
    }

    function _append(bytes32 digest) private {
        headOf = bytes32(bytes.concat(bytes28(digest), bytes4(uint32(++entries))));
    }
}
