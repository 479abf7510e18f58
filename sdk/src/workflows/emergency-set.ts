import { type Address, type Hex, hashTypedData, isAddress, isHex, sha256 as digestOf } from "viem";
import { type Bytes, fromBase64Url, randomBytes, toBase64Url } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes, parseDocument } from "../json.ts";
import { HPKE_SUITE, type Identity } from "../crypto/hpke.ts";
import { openPayload, sealPayload } from "../crypto/payload.ts";
import { type Reader, type WrapTarget, type Wraps, decodeWraps, unwrapKey, wrapKey } from "../crypto/wraps.ts";
import { readCard, readSequence, setTypedData } from "../chain/emergency-cards.ts";
import { toChainError } from "../chain/reverts.ts";
import { isHashSignedBy } from "../chain/signed.ts";
import { readActor } from "../chain/succession.ts";
import { payloadJson } from "./payload-json.ts";
import { type ReadSession, type Session, chartContext, payloadContext, sameAddress } from "./session.ts";

/** History: what a set shows above all. */
export const SET_CATEGORY = 3;
/** Largest document of a set, in bytes: a letter that hands it over holds it whole, and a store takes letters of 64 KiB. */
const MAX_SET = 40_000;

/** How far a set knows the chart. */
export interface ChartState {
  /** Number of the newest ledger entry that it was made from. */
  sequence: number;
  /** Block at which the ledger was read. */
  block: number;
}

/** A set before it is sealed. */
export interface SetContent {
  /** A FHIR document, from `buildEmergencySet`. */
  bundle: unknown;
  asOf: ChartState;
}

/** A sealed set, as a store keeps it (docs/protocol.md, Emergency set). */
export interface SetDocument {
  bytes: Bytes;
  patient: Address;
  card: Address;
  /** Which of the patient's cards opens it. */
  number: number;
  signature: Hex;
  payload: Bytes;
  wraps: Wraps;
}

/** A set that was opened: in force, and signed by whoever acts for its patient. */
export interface OpenedSet extends SetContent {
  patient: Address;
  /** Entries that the chart got since. */
  newer: number;
}

const malformed = () =>
  new ChartkeyError(
    "EMERGENCY_SET_MALFORMED",
    "This emergency set is damaged: the program that wrote it wrote it wrongly. Do not rely on it.",
  );

function targetOf(session: ReadSession, patient: Address, payload: Hex): WrapTarget {
  return { context: { ...chartContext(session, patient), author: patient }, payload };
}

/**
 * Seals a set to its readers, signed by the wallet of whoever acts for the patient for the publication of `version`. Throws `EMERGENCY_SET_TOO_LARGE`, `WALLET_REJECTED`,
 * `CRYPTO_BAD_PUBLIC_KEY`.
 */
export async function sealSet(
  session: Session,
  of: Pick<SetDocument, "patient" | "card" | "number">,
  version: number,
  { bundle, asOf }: SetContent,
  readers: Reader[],
): Promise<Bytes> {
  const { chain, wallet } = session;
  const key = randomBytes(32);
  const context = payloadContext(session, of.patient, of.patient, SET_CATEGORY);
  const meta = { contentType: "application/fhir+json", asOf };
  const payload = await sealPayload(key, context, meta, canonicalBytes(bundle));
  const digest = digestOf(payload);
  const target = targetOf(session, of.patient, digest);
  const wraps = await Promise.all(readers.map((reader) => wrapKey(target, { category: SET_CATEGORY, key }, reader)));
  const typed = setTypedData(chain, { ...of, version, payload: digest });
  const signature = await wallet.signTypedData({ ...typed, account: wallet.account }).catch((cause: unknown) => {
    throw toChainError(cause);
  });
  const kind = "emergency-set";
  const bytes = canonicalBytes({
    ...{ v: 1, kind, suite: HPKE_SUITE, ...of, signature, payload: toBase64Url(payload), wraps },
  });
  if (bytes.length > MAX_SET)
    throw new ChartkeyError(
      "EMERGENCY_SET_TOO_LARGE",
      "This is too much for an emergency set. Nothing was stored: leave out what does not matter in the first hour.",
    );
  return bytes;
}

/** Parses a set's document. Throws `DOCUMENT_MALFORMED`, `EMERGENCY_SET_MALFORMED`. */
export function decodeSet(bytes: Bytes): SetDocument {
  const { kind, patient, card, number, signature, payload } = parseDocument(bytes, "emergency set");
  const whole =
    kind === "emergency-set" &&
    [patient, card].every((address) => typeof address === "string" && isAddress(address, { strict: false })) &&
    Number.isSafeInteger(number) &&
    isHex(signature);
  if (!whole) throw malformed();
  return {
    ...{ bytes, patient: patient as Address, card: card as Address, number: number as number, signature },
    ...{ payload: fromBase64Url(payload), wraps: decodeWraps(bytes) },
  };
}

/**
 * Holds a set against the chain: it is the one that its account published last, and the wallet that acts for its patient signed it for
 * that publication: a set that was replaced is not in force again because somebody publishes it again.
 * Throws `EMERGENCY_SET_REPLACED`, `EMERGENCY_SET_UNSIGNED`, and what `readCard` throws.
 */
export async function requireCurrent({ chain }: ReadSession, set: SetDocument): Promise<void> {
  const { patient, card, number, signature } = set;
  const [published, actor] = await Promise.all([readCard(chain, card), readActor(chain, patient)]);
  if (published?.digest !== digestOf(set.bytes))
    throw new ChartkeyError(
      "EMERGENCY_SET_REPLACED",
      "The patient has replaced or withdrawn this emergency set. It is not shown: ask for the one that is in force.",
    );
  const hash = hashTypedData(
    setTypedData(chain, { patient, card, number, version: published.version, payload: digestOf(set.payload) }),
  );
  if (!(await isHashSignedBy(chain, actor, hash, signature)))
    throw new ChartkeyError(
      "EMERGENCY_SET_UNSIGNED",
      "This emergency set is not signed by whoever acts for this patient now. Do not rely on it.",
    );
}

/** The content key of a set, as `to`. Throws `NO_ACCESS` when it was not sealed to him, `CRYPTO_OPEN_FAILED`. */
export async function keyOfSet(
  session: ReadSession,
  { patient, payload, wraps }: SetDocument,
  to: Address,
  identity: Identity,
): Promise<Bytes> {
  const key = await unwrapKey(wraps, targetOf(session, patient, digestOf(payload)), SET_CATEGORY, to, identity);
  if (key === undefined) throw new ChartkeyError("NO_ACCESS", "This was not written for you.");
  return key;
}

/** Seals the content key of a set to one more reader. */
export function wrapSetKey(session: ReadSession, { patient, payload }: SetDocument, key: Bytes, reader: Reader) {
  return wrapKey(targetOf(session, patient, digestOf(payload)), { category: SET_CATEGORY, key }, reader);
}

/** Opens a set that `requireCurrent` let pass. Throws `EMERGENCY_SET_MALFORMED`, and what `openPayload` throws. */
export async function openSet(session: ReadSession, { patient, payload }: SetDocument, key: Bytes): Promise<OpenedSet> {
  const context = payloadContext(session, patient, patient, SET_CATEGORY);
  const { meta, data } = await openPayload(key, context, payload);
  const { sequence, block } = (meta["asOf"] ?? {}) as Record<string, unknown>;
  if (!Number.isSafeInteger(sequence) || !Number.isSafeInteger(block)) throw malformed();
  const asOf = { sequence: sequence as number, block: block as number };
  const newer = Math.max(0, (await readSequence(session.chain, patient)) - asOf.sequence);
  return { patient, bundle: payloadJson(data), asOf, newer };
}

/** Accounts and hospitals that a set is sealed to, beside its card. */
export function readersOfSet({ wraps: { wraps }, card }: SetDocument): string[] {
  return wraps.map(({ to }) => to).filter((to) => !sameAddress(to, card));
}
