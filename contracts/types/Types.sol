// SPDX-License-Identifier: MIT
// solhint-disable one-contract-per-file
pragma solidity 0.8.37;

/// @notice What a member is in one hospital. Zero is nobody.
enum Role {
    None,
    Patient,
    Doctor,
    Pharmacist
}

/// @notice Where a membership stands. Zero is "never a member".
enum MemberStatus {
    None,
    Requested,
    Active,
    Suspended,
    Declined,
    Left
}

/// @notice Where a hospital stands with the registrar. Zero is "no such hospital".
enum Accreditation {
    None,
    Pending,
    Accredited,
    Suspended
}

/// @notice States of a visit. Zero is "never booked"; from `Completed` on nothing changes any more.
enum VisitState {
    None,
    Requested,
    Confirmed,
    Started,
    Completed,
    Cancelled,
    Declined,
    Rescheduled,
    Expired,
    NoShow
}

/// @notice What a hospital makes of an emergency access. Zero is "not reviewed yet".
enum Outcome {
    None,
    Justified,
    Questioned,
    Unjustified
}

/// @notice Record categories 1 to 9; bit `n` of a scope stands for category `n`. Zero is no category.
library Categories {
    uint8 internal constant ADMINISTRATIVE = 1;
    uint8 internal constant NOTES = 2;
    uint8 internal constant HISTORY = 3;
    uint8 internal constant MEDICATION = 4;
    uint8 internal constant DIAGNOSIS = 5;
    uint8 internal constant IMMUNIZATION = 6;
    uint8 internal constant RESULTS = 7;
    uint8 internal constant APPOINTMENT = 8;
    uint8 internal constant CORRESPONDENCE = 9;
    /// @dev Bits 1 to 9.
    uint16 internal constant ALL = 0x03fe;
}

/// @notice What a delegate may do for a patient; a mandate is a mask of these.
library Actions {
    uint8 internal constant GRANT = 1;
    uint8 internal constant REVOKE = 2;
    uint8 internal constant BOOK = 4;
    uint8 internal constant ALL = 7;
}

/// @notice Structs that are stored; each is one slot unless it says otherwise.
library Slots {
    /// @dev 72 bits.
    struct Member {
        Role role;
        MemberStatus status;
        uint16 speciality;
        uint40 activeSince;
    }

    /// @dev 168 bits.
    struct HospitalEntry {
        address hospital;
        Accreditation status;
    }

    /// @dev 144 bits. `since` is the time of the transaction that made it.
    struct Grant {
        uint16 read;
        uint16 write;
        uint40 expiry;
        uint32 hospital;
        uint40 since;
    }

    /// @dev 56 bits. `generation` is the number of successions before it was given: a mandate ends with the next one.
    struct Mandate {
        uint8 actions;
        uint40 expiry;
        uint8 generation;
    }

    /// @dev Two slots of 248 and 176 bits.
    struct Emergency {
        address patient;
        uint40 openedAt;
        uint40 end;
        Outcome outcome;
        address doctor;
        uint16 categories;
    }

    /// @dev 64 bits.
    struct EmergencyRef {
        uint32 hospital;
        uint32 number;
    }

    /// @dev 120 bits: the times of the last three openings, the newest first.
    struct Openings {
        uint40 first;
        uint40 second;
        uint40 third;
    }

    /// @dev 256 bits: bit `n` is the quarter of an hour that begins `n * 15` minutes after 00:00 UTC. `fee` is in gwei.
    struct Day {
        uint96 open;
        uint96 taken;
        uint64 fee;
    }

    /// @dev 256 bits. `fee` is what lies in escrow for it, in gwei. `hurried`: it was confirmed so late that leaving it is free.
    struct Visit {
        address patient;
        VisitState state;
        uint16 round;
        uint64 fee;
        bool hurried;
    }

    /// @dev 176 bits: what Appointments knows of an account. `balance` is in wei. `bookings` counts all there ever were, and so
    /// keeps the slot from becoming empty, and dear, between two requests.
    struct Account {
        uint128 balance;
        uint32 bookings;
        uint8 requests;
        bool succeeded;
    }

    /// @dev 248 bits. `vaultTag` is the first 20 bytes of the vault's digest.
    struct Versions {
        uint32 key;
        uint16 suite;
        uint32 vault;
        bytes20 vaultTag;
        bool succeeded;
    }

    /// @dev 200 bits. A proposal of a successor; `effective` is the first second at which it can be accepted.
    struct Proposal {
        address successor;
        uint40 effective;
    }

    /// @dev 256 bits: 8 medicines of 7 bits; medicine `i` occupies bits `7*i` to `7*i + 6`.
    struct Order {
        address prescriber;
        uint40 expiry;
        uint56 remaining;
    }
}
