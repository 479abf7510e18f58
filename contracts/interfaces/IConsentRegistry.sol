// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Who may read or add what in a patient's chart, and until when
/// @notice Only the patient (or his successor, {ISuccession}) makes or ends a grant, by transaction, signature or delegate
/// ({IDelegates}); see {IBreakGlass} for emergencies. Confidentiality comes from encryption: the views here tell clients and
/// contracts what was agreed, and keep no secret.
interface IConsentRegistry {
    /// @param grantee The doctor.
    /// @param hospital Where the doctor acts.
    /// @param read Categories that may be read, bit `n` for category `n`.
    /// @param write Categories that may be added to.
    /// @param expiry First second without access.
    /// @param keyring SHA-256 of the keyring document that goes with this grant.
    struct Terms {
        address grantee;
        uint32 hospital;
        uint16 read;
        uint16 write;
        uint40 expiry;
        bytes32 keyring;
    }

    event Granted(
        address indexed patient,
        address indexed grantee,
        uint32 indexed hospital,
        uint16 read,
        uint16 write,
        uint40 expiry,
        uint40 since,
        bytes32 keyring,
        bytes32 head
    );
    event Revoked(address indexed patient, address indexed grantee, bytes32 keyring, bytes32 head);
    /// @dev Also ends the grant that the successor had himself, if any: whoever acts for the patient holds none.
    event ConsentSucceeded(address indexed patient, address indexed successor, bytes32 head);

    error ConsentRegistry_InvalidGrantee(address grantee);
    error ConsentRegistry_InvalidScope(uint16 read, uint16 write);
    error ConsentRegistry_InvalidExpiry(uint40 expiry, uint256 earliest, uint256 latest);
    error ConsentRegistry_InvalidHospital();
    error ConsentRegistry_StaleHead(bytes32 current, bytes32 expected);
    error ConsentRegistry_SignatureExpired(uint40 deadline, uint256 time);
    error ConsentRegistry_SignedInFuture(uint40 signedAt, uint256 time);
    error ConsentRegistry_InvalidSignature(address patient);
    error ConsentRegistry_SignatureUsed(bytes32 digest);
    error ConsentRegistry_SignedBeforeGrant(uint40 signedAt, uint40 since);

    /// @notice Grants, replacing any earlier grant to the same grantee. At most 5 years of 365 days ahead.
    /// A grant to somebody who became active in this very second does not count: it has to come a second later.
    /// @dev The caller acts for the patient, or is a delegate with a mandate for it: who grants never to himself, and never for
    /// longer than his own mandate; to replace a grant that has not ended, his mandate must be for revoking too. Whoever acts for
    /// the patient is no grantee.
    /// @param expectedHead The consent head this builds on; another one reverts, so that no device overwrites another's change.
    function grant(address patient, Terms calldata terms, bytes32 expectedHead) external;

    /// @notice The same, signed by whoever acts for the patient (EOA, ERC-1271 or ERC-7702) and sent by anybody.
    /// @dev EIP-712 domain {name: "Chartkey Consent", version: "1", chainId, verifyingContract}, type Grant(address patient,
    /// address grantee,uint32 hospital,uint16 read,uint16 write,uint40 expiry,bytes32 keyring,bytes32 expectedHead,
    /// uint40 signedAt,uint40 deadline). The expected head makes it work once.
    /// @param signedAt When it was signed; the grant counts from then.
    /// @param deadline First second at which the signature no longer works.
    function grantBySig(
        address patient,
        Terms calldata terms,
        bytes32 expectedHead,
        uint40 signedAt,
        uint40 deadline,
        bytes calldata signature
    ) external;

    /// @notice Ends the grant to `grantee`. Never reverts for the patient, his successor or a delegate with a mandate for it,
    /// whether or not there is a grant, and whatever the consent head is.
    /// @param keyring Digest of the keyring without the grantee, or zero to leave it as it is.
    function revoke(address patient, address grantee, bytes32 keyring) external;

    /// @notice The same, signed by whoever acts for the patient and sent by anybody.
    /// @dev EIP-712 type Revoke(address patient,address grantee,bytes32 keyring,uint40 signedAt,uint40 deadline). It works once, on
    /// any consent head; and it never ends a grant that was made after it was signed, also by a delegate.
    function revokeBySig(
        address patient,
        address grantee,
        bytes32 keyring,
        uint40 signedAt,
        uint40 deadline,
        bytes calldata signature
    ) external;

    /// @notice Whether `reader` may read `category` now. Whoever acts for the patient always may, a doctor by a
    /// grant or in an emergency. False for a category that does not exist.
    function canRead(address patient, address reader, uint8 category) external view returns (bool);

    /// @notice The hospital in whose name `author` may add to every category of the mask now; 0 if he may not.
    /// An emergency never lets anybody write.
    function writableAs(address patient, address author, uint16 categories) external view returns (uint32 hospital);

    function grantOf(
        address patient,
        address grantee
    ) external view returns (uint16 read, uint16 write, uint40 expiry, uint32 hospital, uint40 since);

    /// @notice 31 bytes of the hash over all changes, then the number of successions (docs/protocol.md, Consent head).
    function consentHead(address patient) external view returns (bytes32);
}
