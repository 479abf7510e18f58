// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hospital} from "../../contracts/Hospital.sol";
import {Role, VisitState} from "../../contracts/types/Types.sol";
import {Clinic} from "./Clinic.sol";
import {Vm} from "./MiniTest.sol";

/// @title What must follow from calls to Appointments, kept without its code: visits, slots, fees in escrow and balances
abstract contract VisitModel is Clinic {
    struct Ghost {
        address doctor;
        uint32 day;
        uint8 slot;
        address patient;
        VisitState state;
        uint16 round;
        uint64 fee;
        bool hurried;
    }

    struct Offer {
        uint96 open;
        uint64 fee;
    }

    bytes32 private constant SETTLED = keccak256("FeeSettled(bytes32,uint16,uint64,uint64)");
    uint32 internal constant HOSPITAL = 1;
    uint256 internal constant SUCCESSOR_KEY = 60;

    address internal immutable delegate = vm.addr(50);
    address internal immutable successor = vm.addr(SUCCESSOR_KEY);
    address internal immutable stranger = vm.addr(70);

    Hospital internal hospital;
    bool internal accredited = true;
    uint40 internal mandateEnd;
    mapping(address account => bool) internal suspended;
    mapping(address doctor => mapping(uint32 day => Offer)) internal offers;

    Ghost[] internal ghosts;
    mapping(bytes32 key => uint256) private _placeOf;
    mapping(address account => uint256) public owed;
    mapping(address account => uint256) public requestsOf;
    mapping(bytes32 booking => bool) private _settled;
    /// @dev All in wei.
    uint256 public paidIn;
    uint256 public settled;
    uint256 public withdrawn;
    uint256 public forced;
    uint256 public escrow;
    /// @dev How often the contract did what the model forbids, or refused what it allows.
    uint256 public violations;

    /// @notice Patient 0 has a delegate, patient 1 a successor, patient 2 neither.
    function patientAt(uint256 index) public pure returns (address) {
        return vm.addr((index % 3) + 1);
    }

    function doctorAt(uint256 index) public pure returns (address) {
        return vm.addr((index % 2) + 101);
    }

    function ghostCount() external view returns (uint256) {
        return ghosts.length;
    }

    function ghostAt(uint256 index) external view returns (Ghost memory) {
        return ghosts[index];
    }

    function _open() internal {
        _deploy();
        (, hospital) = _openHospital(0);
        for (uint256 i; i < 2; ++i) _admit(hospital, doctorAt(i), Role.Doctor);
        for (uint256 i; i < 3; ++i) _admit(hospital, patientAt(i), Role.Patient);
        vm.prank(patientAt(1));
        directory.proposeSuccessor(patientAt(1), successor);
        clock += SUCCESSION_DELAY;
        vm.warp(clock);
        vm.prank(successor);
        directory.acceptSuccession(patientAt(1));
        mandateEnd = clock + 2 * 365 days;
        vm.prank(patientAt(0));
        consent.appointDelegate(patientAt(0), delegate, 4, mandateEnd);
    }

    /// @dev Does a call and compares how it went with what the model says.
    function _call(address caller, uint256 value, bytes memory data, bool may) internal returns (bool done) {
        vm.deal(caller, value);
        vm.recordLogs();
        vm.prank(caller);
        (done, ) = address(appointments).call{value: value}(data);
        if (done != may) ++violations;
        _readSettlements();
        if (done) paidIn += value;
    }

    function _isActive(address account) internal view returns (bool) {
        return accredited && !suspended[account];
    }

    function _actorOf(address patient) internal view returns (address) {
        return patient == patientAt(1) ? successor : patient;
    }

    function _actsFor(address patient, address caller) internal view returns (bool) {
        bool mandated = patient == patientAt(0) && caller == delegate && clock < mandateEnd;
        return mandated || caller == _actorOf(patient);
    }

    function _beginOf(uint32 day, uint8 slot) internal pure returns (uint256) {
        return (uint256(day) * 96 + slot) * 900;
    }

    /// @dev Whether a quarter is offered, in the future and not taken.
    function _isFree(address doctor, uint32 day, uint8 slot) internal view returns (bool) {
        if (slot > 95 || _beginOf(day, slot) <= clock) return false;
        if ((offers[doctor][day].open >> slot) % 2 == 0) return false;
        uint256 place = _placeOf[_key(doctor, day, slot)];
        if (place == 0) return true;
        VisitState state = ghosts[place - 1].state;
        return state == VisitState.Cancelled || state == VisitState.Declined || state == VisitState.Rescheduled;
    }

    function _roundAfter(address doctor, uint32 day, uint8 slot) internal view returns (uint16) {
        uint256 place = _placeOf[_key(doctor, day, slot)];
        return place == 0 ? 1 : ghosts[place - 1].round + 1;
    }

    function _noteBooking(address patient, address doctor, uint32 day, uint8 slot, uint64 fee) internal {
        uint16 round = _roundAfter(doctor, day, slot);
        bytes32 key = _key(doctor, day, slot);
        if (_placeOf[key] == 0) {
            ghosts.push();
            _placeOf[key] = ghosts.length;
        }
        ghosts[_placeOf[key] - 1] = Ghost(doctor, day, slot, patient, VisitState.Requested, round, fee, false);
        ++requestsOf[patient];
    }

    function _noteState(uint256 index, VisitState state) internal {
        Ghost storage ghost = ghosts[index];
        if (ghost.state == VisitState.Requested) --requestsOf[ghost.patient];
        ghost.state = state;
    }

    /// @dev The visit ends: `earned` gwei for the doctor, the rest for the patient.
    function _noteEnd(uint256 index, VisitState state, uint64 earned) internal {
        Ghost storage ghost = ghosts[index];
        owed[ghost.patient] += uint256(ghost.fee - earned) * 1e9;
        owed[ghost.doctor] += uint256(earned) * 1e9;
        escrow -= uint256(ghost.fee) * 1e9;
        ghost.fee = 0;
        _noteState(index, state);
    }

    /// @dev Every booking is settled at most once, whatever the model thinks of it.
    function _readSettlements() private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].emitter != address(appointments) || logs[i].topics[0] != SETTLED) continue;
            (uint16 round, uint64 refund, uint64 earned) = abi.decode(logs[i].data, (uint16, uint64, uint64));
            bytes32 booking = keccak256(abi.encode(logs[i].topics[1], round));
            if (_settled[booking]) ++violations;
            _settled[booking] = true;
            settled += (uint256(refund) + earned) * 1e9;
        }
    }

    function _key(address doctor, uint32 day, uint8 slot) private pure returns (bytes32) {
        return keccak256(abi.encode(doctor, day, slot));
    }
}
