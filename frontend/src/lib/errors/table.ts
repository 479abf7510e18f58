/** The one thing to do about an error. The screen gives the handler; without one the button is left out. */
export type ErrorAction = "retry" | "reload" | "back" | "switchNetwork" | "connect" | "unlock" | "signAgain";

/** How loud: neutral for what the user chose, warn for what passes, bad for what went wrong. */
export type ErrorTone = "neutral" | "warn" | "bad";

/** A code's sentence (key of `errors:<message>`) and its one action. */
export interface ErrorEntry {
  readonly message: string;
  readonly action: ErrorAction;
  readonly tone: ErrorTone;
}

const entry = (message: string, action: ErrorAction, tone: ErrorTone = "bad"): ErrorEntry => ({
  message,
  action,
  tone,
});

const notAllowed = entry("notAllowed", "back");
const malformed = entry("malformed", "reload");
const notActor = entry("notActor", "connect");
const signatureExpired = entry("signatureExpired", "signAgain", "warn");
const invalidSignature = entry("invalidSignature", "signAgain");

/** Codes of the app and the sdk; then the custom errors of the contracts by their name. */
export const errorTable: Readonly<Record<string, ErrorEntry>> = {
  UNKNOWN: entry("unknown", "retry"),
  CONFIG_INVALID: entry("config", "reload"),
  APP_CHUNK: entry("chunk", "reload", "warn"),
  WALLET_REJECTED: entry("declined", "back", "neutral"),
  WALLET_PENDING: entry("walletPending", "back", "neutral"),
  WALLET_DISCONNECTED: entry("walletDisconnected", "connect", "warn"),
  WALLET_UNSUPPORTED: entry("walletUnsupported", "connect", "warn"),
  CHAIN_WRONG_NETWORK: entry("chainMismatch", "switchNetwork", "warn"),
  CHAIN_UNREACHABLE: entry("chainUnreachable", "retry", "warn"),
  CHAIN_TIMEOUT: entry("chainTimeout", "retry", "warn"),
  CHAIN_NOT_FOUND: entry("chainNotFound", "back", "neutral"),
  CHAIN_NO_CONTRACT: entry("noContract", "reload", "warn"),
  CHAIN_UNKNOWN: entry("noContract", "reload", "warn"),
  CHAIN_FAILED: entry("chainFailed", "retry"),
  CHAIN_NO_FUNDS: entry("funds", "back"),
  TX_REPLACED: entry("replaced", "reload", "warn"),
  REVERT: entry("reverted", "retry"),
  STORE_UNREACHABLE: entry("storeUnreachable", "retry", "warn"),
  STORE_NOT_FOUND: entry("storeNotFound", "retry", "warn"),
  STORE_DAMAGED: entry("storeDamaged", "retry"),
  STORE_WRONG_BYTES: entry("storeWrongBytes", "retry"),
  STORE_WRONG_CID: entry("storeWrongBytes", "retry"),
  STORE_UNAUTHORIZED: entry("storeSignIn", "retry", "warn"),
  STORE_FORBIDDEN: entry("storeForbidden", "back", "warn"),
  STORE_BUSY: entry("storeBusy", "retry", "warn"),
  STORE_CHAIN_UNREACHABLE: entry("storeChain", "retry", "warn"),
  STORE_QUOTA: entry("storeQuota", "back"),
  STORE_REFUSED: entry("storeRefused", "retry", "warn"),
  STORE_TOO_LARGE: entry("storeTooLarge", "back"),
  UNLOCK_NOT_DETERMINISTIC: entry("unlockNotDeterministic", "connect"),
  UNLOCK_UNSUPPORTED_WALLET: entry("unlockUnsupported", "connect"),
  CRYPTO_OPEN_FAILED: entry("openFailed", "retry"),
  RECOVERY_CODE_MALFORMED: entry("recoveryMalformed", "back", "warn"),
  VAULT_EXISTS: entry("vaultExists", "reload", "warn"),
  VAULT_MISSING: entry("vaultMissing", "reload", "warn"),
  VAULT_EVENT_MISSING: entry("vaultFalse", "retry", "warn"),
  VAULT_WRONG_DIGEST: entry("vaultFalse", "retry"),
  VAULT_METHOD_MISSING: entry("vaultMethodMissing", "back", "warn"),
  VAULT_CONFLICT: entry("staleVault", "reload", "warn"),
  VAULT_LOST: entry("vaultLost", "retry"),
  VAULT_KEY_MISMATCH: entry("vaultMismatch", "reload", "warn"),
  VAULT_PASSCODE_NEEDED: entry("passcodeNeeded", "back", "warn"),
  VAULT_TOO_MANY_METHODS: entry("vaultWays", "back", "warn"),
  PASSCODE_TOO_SHORT: entry("passcodeShort", "back", "warn"),
  PASSKEY_DECLINED: entry("declined", "back", "neutral"),
  PASSKEY_UNSUPPORTED: entry("passkeyUnsupported", "back", "warn"),
  DOCUMENT_MALFORMED: entry("documentMalformed", "retry"),
  KEY_MISSING: entry("keyMissing", "back", "warn"),
  NO_ACCESS: entry("noKey", "back", "warn"),
  NOTHING_TO_END: entry("nothingToEnd", "back", "neutral"),
  GRANTEE_NOT_ACTIVE: entry("granteeNotActive", "back", "warn"),
  LEDGER_BROKEN: entry("ledgerBroken", "retry"),
  LEDGER_INCOMPLETE: entry("ledgerIncomplete", "retry", "warn"),
  LEDGER_FOREIGN_AUTHOR: entry("ledgerForeign", "retry"),
  BATCH_SIZE: entry("batchSize", "back", "warn"),
  BATCH_MALFORMED: entry("documentMalformed", "retry"),
  PAYLOAD_TOO_LARGE: entry("storeTooLarge", "back"),
  INVITATION_MALFORMED: entry("invitationMalformed", "back", "warn"),
  INVITATION_WRONG_CHAIN: entry("invitationChain", "back", "warn"),
  INVITATION_WRONG_HOSPITAL: entry("invitationHospital", "back"),
  HOSPITAL_NOT_ADMIN: entry("onlyAdmin", "back"),
  ORDER_INVALID: entry("orderCounts", "back"),
  ORDER_UNKNOWN: entry("orderUnknown", "back"),
  ORDER_CODE_MALFORMED: entry("orderCode", "back", "warn"),
  ORDER_CODE_ALTERED: entry("orderAltered", "back"),
  ORDER_WRONG_CHAIN: entry("orderChain", "back", "warn"),
  ORDER_UNFOUNDED: entry("orderUnfounded", "retry"),
  ORDER_UNREADABLE: entry("orderUnreadable", "back"),
  ORDER_OUTRUN: entry("orderOutrun", "back"),
  ORDER_WITHOUT_CODE: entry("orderNoCode", "back", "warn"),

  Appointments_NotActive: entry("notActive", "back"),
  Appointments_TooManyDays: entry("tooManyDays", "back"),
  Appointments_SlotUnavailable: entry("slotUnavailable", "back", "warn"),
  Appointments_SlotPast: entry("slotPast", "back", "warn"),
  Appointments_OnlyPatientOrDoctor: notAllowed,
  Appointments_WrongState: entry("visitChanged", "reload", "warn"),
  Appointments_WrongTime: entry("wrongTime", "back", "warn"),
  Appointments_WrongFee: entry("wrongFee", "back", "warn"),
  Appointments_TooManyRequests: entry("tooManyRequests", "back", "warn"),
  Appointments_NotPatient: entry("notMandated", "back"),
  Appointments_NotActor: notActor,
  Appointments_SignatureExpired: signatureExpired,
  Appointments_InvalidSignature: invalidSignature,
  Appointments_WrongRound: entry("bookedAnew", "reload", "warn"),
  Appointments_InvalidReceiver: entry("invalidReceiver", "back"),
  FailedCall: entry("invalidReceiver", "back"),

  AccessLog_EmptyDigest: malformed,
  AccessLog_InvalidCount: malformed,

  BreakGlass_NoJustification: entry("emergencyReason", "back", "warn"),
  BreakGlass_InvalidScope: entry("invalidScope", "back"),
  BreakGlass_NotDoctor: entry("notActive", "back"),
  BreakGlass_NotEnrolled: entry("emergencyNotEnrolled", "back"),
  BreakGlass_AppointedTooRecently: entry("emergencyAppointed", "back", "warn"),
  BreakGlass_Succeeded: entry("accountHandedOver", "switchAccount", "warn"),
  BreakGlass_SelfAppointed: entry("emergencyAppointed", "back", "warn"),
  BreakGlass_TooSoon: entry("emergencyTooSoon", "back", "warn"),
  BreakGlass_HospitalCap: entry("emergencyTooSoon", "back", "warn"),
  BreakGlass_NotActor: notActor,
  BreakGlass_NotReviewer: entry("onlyReviewer", "back"),
  BreakGlass_UnknownEmergency: entry("emergencyState", "reload"),
  BreakGlass_StillOpen: entry("emergencyState", "reload", "warn"),
  BreakGlass_AlreadyReviewed: entry("emergencyState", "reload", "warn"),
  BreakGlass_NoOutcome: entry("noOutcome", "back", "warn"),

  Delegates_NotActor: notActor,
  Delegates_InvalidDelegate: entry("delegateInvalid", "back"),
  Delegates_InvalidActions: entry("mandateInvalid", "back"),
  Delegates_InvalidExpiry: entry("mandateInvalid", "back"),
  Delegates_NotMandated: entry("notMandated", "back"),
  Delegates_BeyondMandate: entry("beyondMandate", "back", "warn"),

  ConsentRegistry_InvalidGrantee: entry("invalidGrantee", "back"),
  ConsentRegistry_InvalidScope: entry("invalidScope", "back"),
  ConsentRegistry_InvalidExpiry: entry("invalidExpiry", "back"),
  ConsentRegistry_InvalidHospital: entry("invalidHospital", "back"),
  ConsentRegistry_StaleHead: entry("staleConsent", "signAgain", "warn"),
  ConsentRegistry_SignatureExpired: signatureExpired,
  ConsentRegistry_SignedInFuture: entry("clock", "signAgain", "warn"),
  ConsentRegistry_InvalidSignature: invalidSignature,
  ConsentRegistry_SignatureUsed: entry("signatureUsed", "reload", "warn"),
  ConsentRegistry_SignedBeforeGrant: entry("signedBeforeGrant", "signAgain", "warn"),

  Hospital_OnlyRegistry: notAllowed,
  Hospital_AlreadyInitialized: notAllowed,
  Hospital_OnlyAdmin: entry("onlyAdmin", "back"),
  Hospital_InvalidAdmin: entry("invalidAdmin", "back"),
  Hospital_LastAdmin: entry("lastAdmin", "back"),
  Hospital_NotProposed: entry("notProposed", "reload"),
  Hospital_InvalidRole: entry("invalidRole", "back"),
  Hospital_InvalidSpeciality: entry("invalidRole", "back"),
  Hospital_VoucherExpired: entry("voucherExpired", "back", "warn"),
  Hospital_VoucherOutdated: entry("voucherOutdated", "back", "warn"),
  Hospital_VoucherUsed: entry("voucherUsed", "back", "warn"),
  Hospital_VoucherUnbound: entry("voucherInvalid", "back"),
  Hospital_WrongClaimer: entry("voucherOther", "connect", "warn"),
  Hospital_InvalidVoucherSignature: entry("voucherInvalid", "back"),
  Hospital_InvalidClaimSignature: entry("voucherInvalid", "back"),
  Hospital_AlreadyMember: entry("alreadyMember", "reload", "neutral"),
  Hospital_Succeeded: entry("staffSucceeded", "back"),
  Hospital_RequestChanged: entry("requestChanged", "reload", "warn"),
  Hospital_CannotLeave: entry("memberChanged", "reload", "warn"),
  Hospital_NotRequested: entry("memberChanged", "reload", "warn"),
  Hospital_NotActive: entry("memberChanged", "reload", "warn"),
  Hospital_NotSuspended: entry("memberChanged", "reload", "warn"),
  Hospital_NotActor: notActor,
  Hospital_SignatureExpired: signatureExpired,
  Hospital_InvalidSignature: invalidSignature,
  Hospital_InvalidReviewer: entry("reviewerUnchanged", "back"),
  Hospital_EmptyKey: malformed,

  HospitalRegistry_UnknownHospital: entry("unknownHospital", "back"),
  HospitalRegistry_OnlyHospital: notAllowed,
  HospitalRegistry_InvalidAccreditation: entry("accreditation", "reload", "warn"),
  HospitalRegistry_OtherHospital: entry("otherHospital", "reload", "warn"),
  HospitalRegistry_ProfileChanged: entry("profileChanged", "reload", "warn"),
  HospitalRegistry_EmptyProfile: malformed,
  HospitalRegistry_InvalidAuditor: entry("reviewerUnchanged", "back"),

  KeyDirectory_UnknownSuite: malformed,
  KeyDirectory_MalformedKey: malformed,
  KeyDirectory_StaleVersion: entry("staleVault", "reload", "warn"),
  KeyDirectory_EmptyVault: malformed,
  KeyDirectory_NotActor: notActor,
  KeyDirectory_SignatureExpired: signatureExpired,
  KeyDirectory_InvalidSignature: invalidSignature,

  Succession_NotEntitled: notActor,
  Succession_InvalidRecovery: entry("recoveryInvalid", "back"),
  Succession_InvalidSuccessor: entry("successorInvalid", "back"),
  Succession_NotProposed: entry("successionNotProposed", "reload", "warn"),
  Succession_TooEarly: entry("successionTooEarly", "back", "warn"),
  Succession_OnlyDeployer: notAllowed,
  Succession_AlreadyWired: notAllowed,
  SuccessionObserver_OnlyDirectory: notAllowed,

  Prescriptions_OwnChart: entry("ownChart", "back"),
  Prescriptions_InvalidCounts: entry("orderCounts", "back"),
  Prescriptions_InvalidExpiry: entry("orderExpiry", "back"),
  Prescriptions_EmptyDispenseKey: malformed,
  Prescriptions_UnknownOrder: entry("orderUnknown", "back"),
  Prescriptions_Expired: entry("orderExpired", "back", "warn"),
  Prescriptions_Cancelled: entry("orderCancelled", "back", "warn"),
  Prescriptions_TooMuch: entry("orderTooMuch", "reload", "warn"),
  Prescriptions_NotPharmacist: entry("notActive", "back"),
  Prescriptions_OwnOrder: entry("orderOwn", "back"),
  Prescriptions_InvalidCapability: entry("orderCapability", "retry"),
  Prescriptions_OnlyPrescriber: notAllowed,

  RecordRegistry_NoAccess: entry("noAccess", "back"),
  RecordRegistry_EmptyDigest: malformed,
  RecordRegistry_UnknownCategory: malformed,
  RecordRegistry_UnknownCodec: malformed,
  RecordRegistry_InvalidCount: malformed,
  RecordRegistry_OnlyPrescriptions: notAllowed,
  RecordRegistry_OnlyDeployer: notAllowed,
  RecordRegistry_AlreadyWired: notAllowed,

  OwnableUnauthorizedAccount: entry("onlyRegistrar", "back"),
};

/** The table's row for a code; the sdk's `REVERT_<error name>` means the contract's error. */
export function findEntry(code: string): ErrorEntry | undefined {
  const name = code.replace(/^REVERT_/, "");
  return Object.hasOwn(errorTable, name) ? errorTable[name] : undefined;
}

/** The sentence and action of a code; those of UNKNOWN when the table does not have it. */
export function errorEntry(code: string): ErrorEntry {
  return findEntry(code) ?? entry("unknown", "retry");
}
