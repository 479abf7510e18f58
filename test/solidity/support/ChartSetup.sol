// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../../contracts/Hospital.sol";
import {IConsentRegistry} from "../../../contracts/interfaces/IConsentRegistry.sol";
import {IRecordRegistry} from "../../../contracts/interfaces/IRecordRegistry.sol";
import {Accreditation, Role} from "../../../contracts/types/Types.sol";
import {Clinic} from "../Clinic.sol";
import {Vm} from "../MiniTest.sol";
import {Words} from "../Words.sol";

/// @title A patient, a doctor who may add to some categories of the chart, and the people around them
abstract contract ChartSetup is Clinic {
    bytes32 internal constant PAYLOAD = keccak256("payload");
    bytes32 internal constant WRAPS = keccak256("wraps");
    /// @dev Categories 2, 4, 6 and 8; medication is 4.
    uint16 internal constant WRITE = 0x0154;
    uint40 internal constant TERM = 100 days;

    address internal immutable patient = vm.addr(1);
    address internal immutable doctor = vm.addr(2);
    address internal immutable pharmacist = vm.addr(3);
    address internal immutable stranger = vm.addr(4);
    address internal immutable successor = vm.addr(5);
    address internal immutable colleague = vm.addr(6);
    address internal immutable delegate = vm.addr(7);

    Hospital internal hospital;
    uint32 internal id;

    function setUp() public virtual {
        _deploy();
        _openHospital("other");
        (id, hospital) = _openHospital(0);
        _admit(hospital, doctor, Role.Doctor);
        _admit(hospital, colleague, Role.Doctor);
        _admit(hospital, pharmacist, Role.Pharmacist);
        clock += 1;
        vm.warp(clock);
        _grant(doctor, WRITE, clock + TERM);
    }

    function _grant(address grantee, uint16 write, uint40 expiry) internal {
        bytes32 head = consent.consentHead(patient);
        vm.prank(patient);
        consent.grant(patient, IConsentRegistry.Terms(grantee, id, 0x03fe, write, expiry, 0), head);
    }

    function _revoke() internal {
        vm.prank(patient);
        consent.revoke(patient, doctor, 0);
    }

    function _closeHospital() internal {
        registry.setAccreditation(id, address(hospital), Accreditation.Suspended, PROFILE);
    }

    function _succeed() internal {
        vm.prank(patient);
        directory.proposeSuccessor(patient, successor);
        clock += SUCCESSION_DELAY;
        vm.warp(clock);
        vm.prank(successor);
        directory.acceptSuccession(patient);
    }

    function _noAccess(address author, uint16 categories) internal view returns (bytes memory) {
        return abi.encodeWithSelector(IRecordRegistry.RecordRegistry_NoAccess.selector, patient, author, categories);
    }

    /// @dev The id of a single entry by the formula, after the patient's present head.
    function _entryId(
        address author,
        uint32 where,
        uint8 category,
        uint8 codec,
        bytes32 payload,
        bytes32 wraps
    ) internal view returns (bytes32) {
        bytes memory fields = bytes.concat(
            Words.word(category),
            Words.word(codec),
            Words.word(block.timestamp),
            payload,
            wraps
        );
        bytes32 head = records.head(patient);
        return Words.recordId(sha256(bytes.concat(_prefix(0, head, author, where), fields)), head);
    }

    function _prefix(uint256 kind, bytes32 head, address author, uint32 where) internal view returns (bytes memory) {
        return
            bytes.concat(
                bytes.concat(Words.word(kind), Words.word(block.chainid), Words.word(uint160(address(records)))),
                bytes.concat(head, Words.word(uint256(uint32(uint256(head))) + 1), Words.word(uint160(patient))),
                bytes.concat(Words.word(uint160(author)), Words.word(where))
            );
    }

    /// @dev How many events a contract emitted since `vm.recordLogs`.
    function _countLogs(address emitter) internal returns (uint256 count) {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) if (logs[i].emitter == emitter) ++count;
    }
}
