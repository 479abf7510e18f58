import type { Address } from "viem";
import { ChartkeyError } from "../errors.ts";
import { encodeKeyring } from "../crypto/keyring.ts";
import { type Consent, readConsent } from "../chain/consent.ts";
import { readActiveSince } from "../chain/hospitals.ts";
import { ZERO_HEAD } from "../chain/head.ts";
import { readLedger } from "../chain/ledger.ts";
import { transact } from "../chain/transact.ts";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import { currentKeyring, fileKeys, resealOthers, sealTo, withoutEnded, withoutReader } from "./keyring-update.ts";
import { type OnPhase, type Session, type UnlockedSession, accountOf, sameAddress, watch } from "./session.ts";

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
async function waitUntilActive({ chain }: Session, { hospital, grantee }: GrantTerms): Promise<void> {
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
  const patient = accountOf(session);
  const before = await currentKeyring(session, consent);
  const kept = withoutReader(await withoutEnded(session, patient, before), terms.grantee, terms.read);
  const ledger = await readLedger(session.chain, patient);
  let filed = kept;
  for (const category of terms.read) filed = await fileKeys(session, filed, ledger, category);
  const others = await resealOthers(session, before, filed, terms.grantee);
  const { grantee: account, hospital, expiry, read: categories } = terms;
  const own = categories.length === 0 ? [] : [await sealTo(session, filed, { account, hospital, expiry, categories })];
  return { ...filed, number: before.number + 1, previous: consent.keyring ?? null, grants: [...others, ...own] };
}

/**
 * Gives a doctor access: files the keys of the chart, seals the epochs granted to him once, and signs one transaction.
 * Throws `GRANTEE_NOT_ACTIVE`, `KEY_MISSING`, `REVERT_ConsentRegistry_StaleHead` (another device was faster), and what `transact` throws.
 */
export async function grantAccess(session: UnlockedSession, terms: GrantTerms, onPhase?: OnPhase): Promise<void> {
  onPhase?.("checking");
  const { chain } = session;
  await waitUntilActive(session, terms);
  const consent = await readConsent(chain, accountOf(session));
  onPhase?.("encrypting");
  const keyring = await buildKeyring(session, consent, terms);
  onPhase?.("uploading");
  const { digest } = await session.store.put(encodeKeyring(keyring));
  const { grantee, hospital, expiry } = terms;
  const onChain = {
    grantee,
    hospital,
    read: toScope(terms.read),
    write: toScope(terms.write),
    expiry,
    keyring: digest,
  };
  const call = {
    address: chain.deployment.consent,
    abi: consentRegistryAbi,
    functionName: "grant",
    args: [onChain, consent.head],
  } as const;
  await transact(chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}

/**
 * Ends a doctor's access. Needs no unlocked vault: nothing is opened, the doctor is taken out of the keyring, and his categories go on
 * under new keys. If the store does not answer, the grant ends all the same and the keyring follows with the next grant.
 */
export async function revokeAccess(session: Session, grantee: Address, onPhase?: OnPhase): Promise<void> {
  onPhase?.("checking");
  const { chain } = session;
  const keyring = await keyringWithout(session, grantee);
  const call = {
    address: chain.deployment.consent,
    abi: consentRegistryAbi,
    functionName: "revoke",
    args: [grantee, keyring],
  } as const;
  await transact(chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}

async function keyringWithout(session: Session, grantee: Address): Promise<`0x${string}`> {
  const consent = await readConsent(session.chain, accountOf(session));
  if (consent.keyring === undefined) return ZERO_HEAD;
  try {
    const before = await currentKeyring(session, consent);
    if (!before.grants.some(({ to }) => sameAddress(to, grantee))) return ZERO_HEAD;
    const after = { ...withoutReader(before, grantee), number: before.number + 1, previous: consent.keyring };
    return (await session.store.put(encodeKeyring(after))).digest;
  } catch (error) {
    if (error instanceof ChartkeyError && error.code.startsWith("STORE_")) return ZERO_HEAD;
    throw error;
  }
}
