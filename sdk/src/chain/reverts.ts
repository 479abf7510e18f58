import {
  BaseError,
  ContractFunctionRevertedError,
  type Hash,
  InsufficientFundsError,
  UserRejectedRequestError,
  WaitForTransactionReceiptTimeoutError,
} from "viem";
import { ChartkeyError } from "../errors.ts";

/** One sentence for each custom error: what happened and what to do. */
export const REVERT_SENTENCES: Readonly<Record<string, string>> = {
  HospitalRegistry_UnknownHospital: "There is no such hospital on this chain. Check its number.",
  HospitalRegistry_OnlyHospital: "Only the hospital's own contract may do this.",
  HospitalRegistry_OtherHospital: "This number is another hospital's now. Read the register again.",
  HospitalRegistry_InvalidAccreditation: "The hospital is already in that state. Reload to see it.",
  HospitalRegistry_ProfileChanged: "The hospital changed its public profile since you read it. Read it again.",
  HospitalRegistry_EmptyProfile: "A hospital needs a public profile. Store it first.",
  HospitalRegistry_InvalidAuditor: "This account cannot become or stop being an auditor.",
  OwnableUnauthorizedAccount: "Only the registrar may do this. Connect the registrar's wallet.",
  Hospital_OnlyAdmin: "Only an admin of this hospital may do this. Connect an admin's wallet.",
  Hospital_InvalidAdmin: "This account cannot become or stop being an admin here.",
  Hospital_LastAdmin: "A hospital always keeps one admin. Appoint another first.",
  Hospital_NotProposed: "You were not proposed as admin of this hospital.",
  Hospital_InvalidRole: "This role cannot be given here.",
  Hospital_InvalidSpeciality: "A doctor needs a speciality, and nobody else has one.",
  Hospital_VoucherExpired: "This invitation has expired. Ask the hospital for a new one.",
  Hospital_VoucherOutdated: "This invitation was withdrawn. Ask the hospital for a new one.",
  Hospital_VoucherUsed: "This invitation was already used. Ask the hospital for a new one.",
  Hospital_VoucherUnbound: "This invitation names nobody. Ask the hospital for a new one.",
  Hospital_WrongClaimer: "This invitation is for another account. Connect the wallet it names.",
  Hospital_InvalidVoucherSignature: "This invitation was not signed by an admin of the hospital. Ask for a new one.",
  Hospital_InvalidClaimSignature: "This invitation's key does not match. Use the whole link that you were given.",
  Hospital_NotActor: "This wallet does not act for this account. Connect the account's own wallet or its successor's.",
  Hospital_SignatureExpired: "This signed request came too late. Sign it again.",
  Hospital_InvalidSignature: "The signature is not by whoever acts for this account. Nothing was changed.",
  Hospital_AlreadyMember: "This account is already known to the hospital.",
  Hospital_Succeeded: "This account has a successor, and staff act with their own wallet. Admit another account.",
  Hospital_RequestChanged: "This account asks for something else now. Read its request again.",
  Hospital_CannotLeave: "This account is not at this hospital, or is suspended staff. There is nothing to leave.",
  Hospital_NotRequested: "Nothing waits for confirmation for this account.",
  Hospital_NotActive: "This account is not active at the hospital.",
  Hospital_InvalidReviewer: "This account cannot become or stop being a reviewer here.",
  Hospital_NotSuspended: "This account is not suspended.",
  KeyDirectory_UnknownSuite: "This kind of encryption key is not known here. Update Chartkey.",
  KeyDirectory_MalformedKey: "This encryption key is not valid. Make a new one.",
  KeyDirectory_StaleVersion: "Your keys were changed on another device. Reload, then try again.",
  KeyDirectory_EmptyVault: "The vault was not stored. Try again.",
  KeyDirectory_NotActor: "This wallet does not act for this account. Connect its own wallet or its successor's.",
  KeyDirectory_SignatureExpired: "This signed key came too late. Sign it again.",
  KeyDirectory_InvalidSignature: "The signature is not by whoever acts for this account. Nothing was changed.",
  Succession_NotEntitled: "Only whoever acts for this account, or its recovery address, may do this.",
  Succession_InvalidRecovery: "This is the recovery address already, or the account's own. Choose another.",
  Succession_InvalidSuccessor: "This account is the same, or acts for it already. Choose another successor.",
  Succession_NotProposed: "You are not proposed as successor of this account, or no longer. Ask for a proposal.",
  Succession_TooEarly: "The time in which the proposal can be vetoed is not over. Accept it later.",
  ConsentRegistry_InvalidGrantee: "Access cannot be given to this account.",
  ConsentRegistry_InvalidScope: "Choose at least one category to read or to add to.",
  ConsentRegistry_InvalidExpiry: "Choose an end in the future, at most five years ahead.",
  ConsentRegistry_InvalidHospital: "Choose the hospital where the doctor works.",
  ConsentRegistry_StaleHead:
    "Your consent list changed on another device. Nothing was changed. Load it and sign again.",
  ConsentRegistry_SignatureExpired: "This signed consent came too late. Sign it again.",
  ConsentRegistry_SignedInFuture: "This signed consent carries a time in the future. Check the device's clock.",
  ConsentRegistry_InvalidSignature: "The signature is not the patient's. Nothing was changed.",
  ConsentRegistry_SignatureUsed: "This signed end of an access was used already. Sign another.",
  ConsentRegistry_SignedBeforeGrant: "Access was given after this end was signed. Sign it again.",
  BreakGlass_NotActor: "This wallet does not act for this patient. Connect the patient's wallet or the successor's.",
  BreakGlass_NoJustification: "Say why you need emergency access. The patient and a reviewer will read it.",
  BreakGlass_InvalidScope: "Choose at least one category to read.",
  BreakGlass_NotDoctor: "Only an active doctor of this hospital may open an emergency access.",
  BreakGlass_NotEnrolled: "This person is not a patient of this hospital. Ask for a grant.",
  BreakGlass_AppointedTooRecently: "You were appointed too recently for an emergency access. Ask a colleague.",
  BreakGlass_Succeeded: "This account was handed over to another. Use the new one.",
  BreakGlass_SelfAppointed: "You confirmed your own appointment. Another admin has to confirm it first.",
  BreakGlass_TooSoon: "You had an emergency access to this chart in the last 24 hours. Ask the patient for a grant.",
  BreakGlass_HospitalCap:
    "This hospital had three emergency accesses to this chart in 24 hours. Ask the patient for a grant.",
  BreakGlass_NotReviewer: "Only a reviewer of this hospital may do this, and never about himself.",
  BreakGlass_UnknownEmergency: "There is no such emergency access at this hospital.",
  BreakGlass_StillOpen: "This emergency access has not ended yet. Review it afterwards.",
  BreakGlass_AlreadyReviewed: "This emergency access was already reviewed.",
  BreakGlass_NoOutcome: "Choose an outcome of the review.",
  Delegates_NotActor: "This wallet does not act for this patient. Connect the patient's wallet or the successor's.",
  Delegates_InvalidDelegate: "This account cannot act for you.",
  Delegates_InvalidActions: "Choose at least one thing that the delegate may do.",
  Delegates_InvalidExpiry: "Choose an end in the future, at most two years ahead.",
  Delegates_NotMandated: "You have no mandate for this now. Ask the patient.",
  Delegates_BeyondMandate: "What you give cannot outlast your own mandate. Choose an earlier end.",
  RecordRegistry_NoAccess: "You may not add to this category of the chart now. Ask the patient for access.",
  RecordRegistry_EmptyDigest: "The record was not stored. Try again.",
  RecordRegistry_UnknownCategory: "This category does not exist.",
  RecordRegistry_UnknownCodec: "The record was stored in an unknown way. Update Chartkey.",
  RecordRegistry_InvalidCount: "This batch has no records or too many. Split it.",
  Appointments_NotActive: "This account is not active at an accredited hospital.",
  Appointments_TooManyDays: "Publish at most 31 days at once.",
  Appointments_SlotUnavailable:
    "This time is not free: the doctor does not offer it, or somebody was faster. Choose another.",
  Appointments_SlotPast: "This time has passed. Choose another.",
  Appointments_WrongFee: "The doctor asks for another fee than was agreed to. Read the free times again.",
  Appointments_TooManyRequests: "Twelve visits wait for an answer. Withdraw one, or wait.",
  Appointments_NotPatient: "Only the patient, the successor or a delegate who may book can do this.",
  Appointments_NotActor: "This wallet does not act for this account. Connect its own wallet or its successor's.",
  Appointments_WrongTime: "This cannot be done with the visit at this time. Look at when it begins.",
  Appointments_SignatureExpired: "This signed booking came too late. Sign it again.",
  Appointments_InvalidSignature: "The signature is not by whoever acts for this patient. Nothing was booked.",
  Appointments_WrongRound:
    "This time was booked anew in between. Read it again, and sign for the booking that is there now.",
  Appointments_InvalidReceiver: "Fees cannot be sent to this address. Name another.",
  FailedCall: "The receiver refused the fees. They stay credited; name another address.",
  Appointments_OnlyPatientOrDoctor: "Only the patient or the doctor of this visit may do this.",
  Appointments_WrongState: "The visit is no longer in that state. Reload to see it.",
  Prescriptions_OwnChart: "A doctor does not prescribe in his own chart. Ask a colleague.",
  Prescriptions_InvalidCounts: "Prescribe one to eight medicines, each at most 127 times.",
  Prescriptions_InvalidExpiry: "Choose an end in the future, at most 366 days ahead.",
  Prescriptions_EmptyDispenseKey: "The prescription lacks its dispensing key. Try again.",
  Prescriptions_UnknownOrder: "There is no such prescription on this chain.",
  Prescriptions_Expired: "This prescription has expired. Nothing may be handed out.",
  Prescriptions_Cancelled: "This prescription was cancelled. Nothing may be handed out.",
  Prescriptions_TooMuch: "This is more than remains on the prescription.",
  Prescriptions_NotPharmacist: "Only an active pharmacist of an accredited hospital may dispense.",
  Prescriptions_OwnOrder: "You prescribed this order yourself. Another pharmacist has to hand it out.",
  Prescriptions_InvalidCapability: "The code does not allow this. Scan the patient's QR again.",
  Prescriptions_OnlyPrescriber: "Only the prescriber may cancel this prescription.",
  AccessLog_EmptyDigest: "The receipts were not stored. Try again.",
  AccessLog_InvalidCount: "This batch has no receipts or too many. Split it.",
};

/** Makes an error of ours of whatever viem or a wallet threw. Codes: `WALLET_REJECTED`, `REVERT_<error name>`, `CHAIN_NO_FUNDS`, `CHAIN_FAILED`. */
export function toChainError(cause: unknown): ChartkeyError {
  if (cause instanceof ChartkeyError) return cause;
  if (isRejection(cause)) return new ChartkeyError("WALLET_REJECTED", "You declined. Nothing was sent.", { cause });
  if (cause instanceof BaseError) {
    const revert = cause.walk((error) => error instanceof ContractFunctionRevertedError);
    if (revert instanceof ContractFunctionRevertedError) return fromRevert(revert);
    if (cause.walk((error) => error instanceof InsufficientFundsError))
      return new ChartkeyError("CHAIN_NO_FUNDS", "This account cannot pay the network fee. Send it some ether first.", {
        cause,
      });
    if (cause.walk((error) => error instanceof WaitForTransactionReceiptTimeoutError)) return stillPending(cause);
    return new ChartkeyError("CHAIN_FAILED", `The blockchain node refused: ${cause.shortMessage}`, { cause });
  }
  return new ChartkeyError(
    "CHAIN_FAILED",
    "The blockchain node or the wallet failed. Nothing was changed as far as is known.",
    { cause },
  );
}

/** The error for a call in whose place another transaction was mined. */
export function takenPlaceOf(by?: Hash): ChartkeyError {
  return new ChartkeyError(
    "CHAIN_TX_REPLACED",
    "The wallet cancelled this transaction or put another in its place: what you signed is not on the chain. It can be signed again.",
    { details: { hash: by } },
  );
}

/** The error for a transaction that was sent and is in no block yet. */
export function stillPending(cause?: unknown): ChartkeyError {
  return new ChartkeyError(
    "CHAIN_TX_PENDING",
    "The transaction was sent and is in no block yet. It may still get there, so do not write the same again: look later.",
    { cause },
  );
}

function isRejection(cause: unknown): boolean {
  if (cause instanceof BaseError && cause.walk((error) => error instanceof UserRejectedRequestError) !== null)
    return true;
  return typeof cause === "object" && cause !== null && (cause as { code?: unknown }).code === 4001;
}

function fromRevert(revert: ContractFunctionRevertedError): ChartkeyError {
  const name = revert.data?.errorName;
  if (name === undefined)
    return new ChartkeyError(
      "REVERT",
      `The contract refused: ${revert.reason ?? revert.signature ?? "no reason given"}.`,
      { cause: revert },
    );
  const message = REVERT_SENTENCES[name] ?? `The contract refused: ${name}.`;
  return new ChartkeyError(`REVERT_${name}`, message, { cause: revert, details: { args: revert.data?.args ?? [] } });
}
