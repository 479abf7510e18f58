import type { Address } from "viem";
import { type Bytes, fromBase64Url, toBase64Url } from "../bytes.ts";
import { ChartkeyError, isConnectionError } from "../errors.ts";
import { canonicalBytes, parseDocument } from "../json.ts";
import { HPKE_SUITE } from "../crypto/hpke.ts";
import { decodeWraps } from "../crypto/wraps.ts";
import { canRead } from "../chain/consent.ts";
import { requireKey } from "../chain/directory.ts";
import { type Emergency, isOpen, readEmergency } from "../chain/emergencies.ts";
import { isAdmin, readHospital } from "../chain/hospitals.ts";
import { readActor } from "../chain/succession.ts";
import type { StoredLetter } from "../storage/letter-list.ts";
import { letterTo } from "../storage/scope.ts";
import { fromScope } from "./consent.ts";
import {
  type OpenedSet,
  type SetDocument,
  decodeSet,
  keyOfSet,
  openSet,
  requireCurrent,
  wrapSetKey,
} from "./emergency-set.ts";
import { findHospitalKey, openHospitalKey } from "./hospital-key.ts";
import { type OnPhase, type Session, type UnlockedSession, accountOf, sameAddress } from "./session.ts";

/** Newest letters of one sender that are looked at. */
const MAX_TRIES = 40;

type Named = Pick<Emergency, "hospital" | "number">;

/** The emergency as the chain has it now, if its doctor may read by it. Throws `EMERGENCY_NOT_OPEN`, and what `readEmergency` throws. */
async function requireOpen({ chain }: Session, { hospital, number }: Named): Promise<Emergency> {
  const emergency = await readEmergency(chain, hospital, number);
  const { patient, doctor, categories } = emergency;
  const may = fromScope(categories).map((category) => canRead(chain, patient, doctor, category));
  // A grant lets the doctor read as well: the emergency's own end counts, and that he is active.
  if (isOpen(emergency, Math.floor(Date.now() / 1000)) && (await Promise.all(may)).every(Boolean)) return emergency;
  throw new ChartkeyError(
    "EMERGENCY_NOT_OPEN",
    "This emergency access is not open now: it has ended, or its doctor is not active. Nothing is handed over.",
  );
}

/** The first of the letters that `use` can do something with; what it throws is that letter's own problem. */
async function firstOf<T>(
  { store }: Session,
  owner: Address,
  letters: readonly StoredLetter[],
  use: (document: Bytes) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const { digest } of letters) {
    try {
      const found = await use(await store.getDocument(digest, letterTo(owner)));
      if (found !== undefined) return found;
    } catch (error) {
      if (isConnectionError(error) || !(error instanceof ChartkeyError)) throw error;
    }
  }
  return undefined;
}

/** Newest letters first, as many as are looked at. */
async function newestTo({ store }: Session, owner: Address, from?: Address): Promise<StoredLetter[]> {
  return (await store.lettersTo(owner, from)).slice(-MAX_TRIES).reverse();
}

/** Those who keep a hospital's emergency key come first: whatever others send cannot hide what they hand over. */
async function newestFromKeepers(session: Session, hospitalId: number, owner: Address): Promise<StoredLetter[]> {
  const hospital = await readHospital(session.chain, hospitalId);
  const key = await findHospitalKey(session, hospital).catch((error: unknown) => {
    if (isConnectionError(error) || !(error instanceof ChartkeyError)) throw error;
    return undefined;
  });
  const senders = [...(key?.keepers ?? []), undefined];
  return (await Promise.all(senders.map((from) => newestTo(session, owner, from)))).flat();
}

/**
 * The set that a patient left at a hospital and that is in force, sealed to the hospital's emergency key; undefined when there is none.
 * For the hospital's admins and keepers. Throws what the store throws.
 */
export async function findSetAt(
  session: Session,
  { hospital, patient }: Pick<Emergency, "hospital" | "patient">,
): Promise<SetDocument | undefined> {
  const { chain } = session;
  const own = accountOf(session);
  const { address } = await readHospital(chain, hospital);
  const [actor, admin] = await Promise.all([readActor(chain, patient), isAdmin(chain, address, own)]);
  const owner = admin ? address : own;
  return firstOf(session, owner, await newestTo(session, owner, actor), async (document) => {
    const set = decodeSet(document);
    if (!sameAddress(set.patient, patient) || !set.wraps.wraps.some(({ to }) => sameAddress(to, address)))
      return undefined;
    await requireCurrent(session, set);
    return set;
  });
}

function asRenewed(error: unknown): never {
  if (!(error instanceof ChartkeyError && error.code === "CRYPTO_OPEN_FAILED")) throw error;
  throw new ChartkeyError(
    "EMERGENCY_KEY_RENEWED",
    "This patient sealed the set to a key that the hospital has renewed since. Nothing is handed over: ask for the card, or for a new set.",
    { cause: error },
  );
}

/**
 * Hands a patient's emergency set to the doctor whose emergency access is open, as a keeper of the hospital's emergency key: the set as
 * the patient signed it, and its key sealed to that doctor.
 * Throws `EMERGENCY_NOT_OPEN`, `EMERGENCY_NOT_KEEPER`, `EMERGENCY_SET_NONE`, `EMERGENCY_KEY_RENEWED`, `KEY_MISSING`, and what the store
 * throws.
 */
export async function handOver(session: UnlockedSession, named: Named, onPhase?: OnPhase): Promise<void> {
  onPhase?.("checking");
  const { chain, store } = session;
  const emergency = await requireOpen(session, named);
  const hospital = await readHospital(chain, emergency.hospital);
  const emergencyKey = await openHospitalKey(session, hospital);
  const set = await findSetAt(session, emergency);
  if (set === undefined)
    throw new ChartkeyError(
      "EMERGENCY_SET_NONE",
      "This patient has left no emergency set with the hospital, so the emergency access opens nothing.",
    );
  onPhase?.("encrypting");
  const key = await keyOfSet(session, set, hospital.address, emergencyKey).catch(asRenewed);
  const wrap = await wrapSetKey(session, set, key, await requireKey(chain, emergency.doctor));
  const document = canonicalBytes({
    ...{ v: 1, kind: "emergency-hand-over", suite: HPKE_SUITE, ...named, set: toBase64Url(set.bytes), wraps: [wrap] },
  });
  onPhase?.("uploading");
  // Asked as late as possible: the patient may have ended it meanwhile.
  await requireOpen(session, named);
  await store.put(document, letterTo(emergency.doctor));
  onPhase?.("done");
}

/**
 * The emergency set that a hospital handed to a doctor for his open emergency, as that doctor; undefined when there is none yet.
 * Throws `EMERGENCY_NOT_OPEN`, and what `openSet` and the store throw.
 */
export async function readHandedOver(session: UnlockedSession, named: Named): Promise<OpenedSet | undefined> {
  const { patient } = await requireOpen(session, named);
  const own = accountOf(session);
  return firstOf(session, own, await newestFromKeepers(session, named.hospital, own), async (document) => {
    const { kind, hospital, number, set: bytes } = parseDocument(document, "letter");
    if (kind !== "emergency-hand-over" || hospital !== named.hospital || number !== named.number) return undefined;
    const set = decodeSet(fromBase64Url(bytes));
    if (!sameAddress(set.patient, patient)) return undefined;
    await requireCurrent(session, set);
    const handed = { ...set, wraps: decodeWraps(document) };
    return openSet(session, handed, await keyOfSet(session, handed, own, session.vault.identity));
  });
}
