import type { Address, Hex } from "viem";
import { ChartkeyError } from "../errors.ts";
import { encodeKeyring } from "../crypto/keyring.ts";
import { type Consent, isGranted, readConsent } from "../chain/consent.ts";
import { readActiveSince } from "../chain/hospitals.ts";
import { ZERO_HEAD } from "../chain/head.ts";
import { readLedger } from "../chain/ledger.ts";
import { transact } from "../chain/transact.ts";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import { chartFile } from "../storage/scope.ts";
import { fileKeys, raiseEpochs, readKeyringHistory, resealOthers, sealTo } from "./keyring-update.ts";
import {
  ALL_CATEGORIES,
  type OnPhase,
  type Session,
  type UnlockedSession,
  accountOf,
  sameAddress,
  watch,
} from "./session.ts";

/** What a patient grants. */
export interface GrantTerms {
  grantee: Address;
  hospital: number;
  /** Categories, 1 to 9. */
  read: number[];
  write: number[];
  /** Unix seconds: first second without access. */
  expiry: number;
}

/** Bit mask of categories. */
export function toScope(categories: number[]): number {
  return categories.reduce((scope, category) => scope | (1 << category), 0);
}

/** Categories of a bit mask, ascending. */
export function fromScope(scope: number): number[] {
  return Array.from({ length: 9 }, (_, index) => index + 1).filter((category) => ((scope >> category) & 1) === 1);
}

/**
 * A grant counts only if the doctor has been active since before it, to the second; right after an admission that second may
 * not have passed yet. Throws `GRANTEE_NOT_ACTIVE`.
 */
export async function waitUntilActive({ chain }: Session, { hospital, grantee }: GrantTerms): Promise<void> {
  const since = await readActiveSince(chain, hospital, grantee, "doctor");
  if (since === 0)
    throw new ChartkeyError(
      "GRANTEE_NOT_ACTIVE",
      "This doctor is not active at an accredited hospital now. Access cannot be given.",
    );
  const wait = since * 1000 - Date.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(wait, 5000)));
}

async function buildKeyring(session: UnlockedSession, consent: Consent, terms: GrantTerms) {
  const { chain } = session;
  const patient = accountOf(session);
  const history = await readKeyringHistory(session, consent);
  // The grantee keeps what these terms say, whatever an earlier grant still says on the chain.
  const raised = await raiseEpochs(history, async (account, category) =>
    sameAddress(account, terms.grantee) ? terms.read.includes(category) : isGranted(chain, patient, account, category),
  );
  const ledger = await readLedger(chain, patient);
  let filed = raised;
  for (const category of terms.read) filed = await fileKeys(session, filed, ledger, category);
  const others = await resealOthers(session, history.keyring, filed, terms.grantee);
  const { grantee: account, hospital, expiry, read: categories } = terms;
  const own = categories.length === 0 ? [] : [await sealTo(session, filed, { account, hospital, expiry, categories })];
  return { ...filed, number: filed.number + 1, previous: consent.keyring ?? null, grants: [...others, ...own] };
}

/**
 * Gives a doctor access: files the keys of the chart, seals the epochs granted to him once, and signs one transaction.
 * Throws `GRANTEE_NOT_ACTIVE`, `KEY_MISSING`, `REVERT_ConsentRegistry_StaleHead` (another device was faster), and what `transact` throws.
 */
export async function grantAccess(session: UnlockedSession, terms: GrantTerms, onPhase?: OnPhase): Promise<void> {
  onPhase?.("checking");
  const { chain } = session;
  const patient = accountOf(session);
  await waitUntilActive(session, terms);
  const consent = await readConsent(chain, patient);
  onPhase?.("encrypting");
  const keyring = await buildKeyring(session, consent, terms);
  onPhase?.("uploading");
  const { digest } = await session.store.put(encodeKeyring(keyring), chartFile(patient, ALL_CATEGORIES));
  await sendGrant(session, terms, { keyring: digest, head: consent.head }, onPhase);
}

/** Signs and sends a grant on a consent head, with the digest of its keyring; zero leaves the patient's keyring as it is. */
export async function sendGrant(
  session: Session,
  { grantee, hospital, read, write, expiry }: GrantTerms,
  { keyring, head }: { keyring: Hex; head: Hex },
  onPhase: OnPhase | undefined,
): Promise<void> {
  const { chain } = session;
  const terms = { grantee, hospital, read: toScope(read), write: toScope(write), expiry, keyring };
  const call = {
    address: chain.deployment.consent,
    abi: consentRegistryAbi,
    functionName: "grant",
    args: [accountOf(session), terms, head],
  } as const;
  await transact(chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}

/**
 * Ends a doctor's access. Needs neither an unlocked vault nor a store, so that nothing can hold it up: the keyring stays as it is, and the
 * next grant, which looks at everybody who ever held a key, goes on under new epochs (ADR 0003). Throws `NOTHING_TO_END` and what
 * `transact` throws.
 */
export async function revokeAccess(session: Session, grantee: Address, onPhase?: OnPhase): Promise<void> {
  onPhase?.("checking");
  const { chain } = session;
  const patient = accountOf(session);
  const registry = { address: chain.deployment.consent, abi: consentRegistryAbi } as const;
  const granted = await chain.client.readContract({ ...registry, functionName: "grantOf", args: [patient, grantee] });
  const [, , , , since] = granted;
  if (since === 0)
    throw new ChartkeyError("NOTHING_TO_END", "This account has no access that could be ended. Nothing was sent.");
  const call = { ...registry, functionName: "revoke", args: [patient, grantee, ZERO_HEAD] } as const;
  await transact(chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}
