import { type Address, type Hex, hexToBytes, parseEventLogs } from "viem";
import { ChartkeyError, isConnectionError } from "../errors.ts";
import type { Identity } from "../crypto/hpke.ts";
import type { Reader } from "../crypto/wraps.ts";
import { findKey } from "../chain/directory.ts";
import { type Emergency, OUTCOMES, type Outcome } from "../chain/emergencies.ts";
import { ZERO_HEAD } from "../chain/head.ts";
import { isAdmin, readHospital } from "../chain/hospitals.ts";
import { readReviewers } from "../chain/reviewers.ts";
import { transact } from "../chain/transact.ts";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import { hospitalAbi } from "../generated/abi/Hospital.ts";
import { letterTo } from "../storage/scope.ts";
import { toScope } from "./consent.ts";
import { openLetter, sealLetter } from "./letters.ts";
import { type OnPhase, type Session, type UnlockedSession, accountOf, signerOf, watch } from "./session.ts";

/** A store takes one file for at most 16 readers from one account; the newest reviewers come first. */
const MAX_REVIEWERS = 12;

/** What a doctor opens, and why. */
export interface EmergencyTerms {
  patient: Address;
  hospital: number;
  /** Categories, 1 to 9. */
  categories: number[];
  /** Read by the patient and the hospital's reviewers. */
  reason: string;
}

function consentOf({ chain }: Session) {
  return { address: chain.deployment.consent, abi: consentRegistryAbi } as const;
}

/** Whom letters about an emergency go to: the patient, the hospital's reception, its reviewers and the author; whoever has a key. */
async function readersOf({ chain }: Session, hospital: number, patient: Address, author: Address): Promise<Reader[]> {
  const { address } = await readHospital(chain, hospital);
  const reception = { address, abi: hospitalAbi, functionName: "receptionKey" } as const;
  const [key, reviewers] = await Promise.all([chain.client.readContract(reception), readReviewers(chain, address)]);
  const accounts = [patient, author, ...reviewers.slice(-MAX_REVIEWERS)];
  const distinct = [...new Map(accounts.map((account) => [account.toLowerCase(), account])).values()];
  const found = await Promise.all(distinct.map((account) => findKey(chain, account)));
  return [
    ...found.filter((each) => each !== undefined),
    { account: address, keyVersion: 0, publicKey: hexToBytes(key) },
  ];
}

/** Seals a letter and stores it for each of its readers. Throws `LETTER_EMPTY`, `LETTER_TOO_LONG`, and what the store throws. */
async function send(
  session: Session,
  { hospital, patient }: { hospital: number; patient: Address },
  text: string,
  onPhase: OnPhase | undefined,
): Promise<Hex> {
  onPhase?.("encrypting");
  const author = signerOf(session);
  const readers = await readersOf(session, hospital, patient, author);
  const document = await sealLetter(session, { patient, author }, text, readers);
  onPhase?.("uploading");
  let digest = ZERO_HEAD;
  // One after the other: a store files one content under several readers.
  for (const { account } of readers) ({ digest } = await session.store.put(document, letterTo(account as Address)));
  return digest;
}

/**
 * Opens an emergency access as a doctor: seals the reason, then one transaction. It opens no key.
 * Throws `LETTER_EMPTY`, `LETTER_TOO_LONG`, `REVERT_BreakGlass_...`, and what the store and `transact` throw.
 * @returns its number at the hospital, and its end in Unix seconds
 */
export async function openEmergency(
  session: Session,
  { patient, hospital, categories, reason }: EmergencyTerms,
  onPhase?: OnPhase,
): Promise<{ number: number; end: number }> {
  onPhase?.("checking");
  const justification = await send(session, { hospital, patient }, reason, onPhase);
  const args = [patient, hospital, toScope(categories), justification] as const;
  const call = { ...consentOf(session), functionName: "openEmergency", args } as const;
  const { logs } = await transact(session.chain, session.wallet, call, watch(onPhase));
  const [opened] = parseEventLogs({ abi: consentRegistryAbi, eventName: "EmergencyOpened", logs });
  if (opened === undefined)
    throw new ChartkeyError("CHAIN_FAILED", "The node mined the transaction but shows no emergency. Ask another node.");
  onPhase?.("done");
  return { number: opened.args.number, end: opened.args.end };
}

/** Ends a doctor's emergency access, as whoever acts for the patient. The trail stays. Throws what `transact` throws. */
export async function endEmergency(session: Session, doctor: Address, onPhase?: OnPhase): Promise<void> {
  onPhase?.("checking");
  const call = { ...consentOf(session), functionName: "endEmergency", args: [accountOf(session), doctor] } as const;
  await transact(session.chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}

/**
 * Says, once and for good, what a hospital makes of an emergency that has ended, as its reviewer.
 * Throws `REVERT_BreakGlass_...`, and what the store and `transact` throw.
 * @param report read by the patient and the reviewers; nothing when empty
 */
export async function reviewEmergency(
  session: Session,
  emergency: Pick<Emergency, "hospital" | "number" | "patient">,
  outcome: Exclude<Outcome, "none">,
  report: string,
  onPhase?: OnPhase,
): Promise<void> {
  onPhase?.("checking");
  const digest = report.trim() === "" ? ZERO_HEAD : await send(session, emergency, report, onPhase);
  const args = [emergency.hospital, emergency.number, OUTCOMES.indexOf(outcome), digest] as const;
  const call = { ...consentOf(session), functionName: "reviewEmergency", args } as const;
  await transact(session.chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}

/** As a store filed it for its reader: under the hospital for its admins, else under the account itself. */
async function openAs(session: UnlockedSession, emergency: Emergency, author: Address, digest: Hex): Promise<string> {
  const { chain, store, vault } = session;
  const own = accountOf(session);
  const context = { patient: emergency.patient, author };
  const { address } = await readHospital(chain, emergency.hospital);
  const openTo = async (to: Address, key: Identity) =>
    openLetter(session, context, await store.getDocument(digest, letterTo(to)), to, key);
  if (!(await isAdmin(chain, address, own))) return openTo(own, vault.identity);
  try {
    return await openTo(address, vault.reception);
  } catch (error) {
    if (!(error instanceof ChartkeyError) || isConnectionError(error)) throw error;
    // An admin may be the patient, the author or a reviewer as well, and so have a letter of his own.
    return openTo(own, vault.identity).catch((failed: unknown) => {
      throw isConnectionError(failed) ? failed : error;
    });
  }
}

/** Why an emergency was opened, for the patient, the hospital's reception and its reviewers. Throws `NO_ACCESS`, and what the store and `openLetter` throw. */
export function readJustification(session: UnlockedSession, emergency: Emergency): Promise<string> {
  return openAs(session, emergency, emergency.doctor, emergency.justification);
}

/** What the reviewer wrote; undefined when nothing. Throws what `readJustification` throws. */
export async function readReport(session: UnlockedSession, emergency: Emergency): Promise<string | undefined> {
  const { review } = emergency;
  return review?.report === undefined ? undefined : openAs(session, emergency, review.reviewer, review.report);
}

/** Appoints or dismisses somebody who reviews a hospital's emergencies, as its admin. Throws what `transact` throws. */
export async function setReviewer(
  session: Session,
  hospital: number,
  reviewer: { account: Address; appointed: boolean },
  onPhase?: OnPhase,
): Promise<void> {
  onPhase?.("checking");
  const { address } = await readHospital(session.chain, hospital);
  const args = [reviewer.account, reviewer.appointed] as const;
  const call = { address, abi: hospitalAbi, functionName: "setReviewer", args } as const;
  await transact(session.chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}
