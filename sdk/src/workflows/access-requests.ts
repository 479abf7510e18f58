import { type Address, type Hex, hashTypedData, isAddress, isHex, sha256 as digestOf } from "viem";
import { type Bytes, fromBase64Url, randomBytes, toBase64Url } from "../bytes.ts";
import { ChartkeyError, isConnectionError } from "../errors.ts";
import { canonicalBytes, parseDocument } from "../json.ts";
import type { Chain } from "../chain/connection.ts";
import { requireKey } from "../chain/directory.ts";
import { readActiveSince } from "../chain/hospitals.ts";
import { toChainError } from "../chain/reverts.ts";
import { isHashSignedBy } from "../chain/signed.ts";
import { HPKE_SUITE } from "../crypto/hpke.ts";
import { openPayload, sealPayload } from "../crypto/payload.ts";
import { decodeWraps, unwrapKey, wrapKey } from "../crypto/wraps.ts";
import { isJsonObject } from "../records/references.ts";
import { rawReference } from "../storage/cid.ts";
import type { StoredLetter } from "../storage/letter-list.ts";
import { type FileScope, letterTo } from "../storage/scope.ts";
import { payloadJson } from "./payload-json.ts";
import { lettersOfDoctors } from "./request-senders.ts";
import {
  ALL_CATEGORIES,
  type OnPhase,
  type ReadSession,
  type Session,
  type UnlockedSession,
  accountOf,
  chartContext,
  payloadContext,
  sameAddress,
  signerOf,
} from "./session.ts";

/** Correspondence. */
const CATEGORY = 9;
/** Longest reason, in UTF-16 code units. */
export const MAX_REASON = 1000;
/** Days in which a request is shown. */
export const REQUEST_DAYS = 30;
/** Newest letters of a sender that are looked through when he is answered. */
const MAX_FORGOTTEN = 100;

const KIND = "access-request";

/** What a doctor asks a patient for. */
export interface AccessRequestTerms {
  patient: Address;
  /** Where the doctor is active. */
  hospital: number;
  /** Masks of categories: bit `n` for category `n`. */
  read: number;
  write: number;
  /** In the doctor's words; at most 1,000 characters. */
  reason: string;
}

/** A request as its patient reads it: signed by the doctor, who is active at that hospital now. */
export interface AccessRequest extends AccessRequestTerms {
  doctor: Address;
  /** When it was signed, in Unix seconds. */
  time: number;
}

const TYPES = {
  AccessRequest: [
    { name: "patient", type: "address" },
    { name: "doctor", type: "address" },
    { name: "hospital", type: "uint32" },
    { name: "read", type: "uint16" },
    { name: "write", type: "uint16" },
    { name: "reason", type: "string" },
    { name: "time", type: "uint40" },
  ],
} as const;

function typedData({ id: chainId, deployment }: Chain, message: AccessRequest) {
  const domain = { name: "Chartkey Access Request", version: "1", chainId, verifyingContract: deployment.consent };
  return { domain, types: TYPES, primaryType: "AccessRequest", message } as const;
}

function targetOf(session: ReadSession, patient: Address, author: Address, payload: Uint8Array) {
  return { context: { ...chartContext(session, patient), author }, payload: digestOf(payload) };
}

async function requireDoctor({ chain }: ReadSession, hospital: number, doctor: Address): Promise<void> {
  if ((await readActiveSince(chain, hospital, doctor, "doctor")) === 0)
    throw new ChartkeyError(
      "REQUEST_NOT_ACTIVE",
      "Only a doctor who is active at an accredited hospital can ask for access. Nothing was sent.",
    );
}

/**
 * Asks a patient for access, as a doctor: a letter that the patient alone can open, signed by the doctor's wallet. It grants nothing.
 * Throws `REQUEST_NOT_ACTIVE`, `REQUEST_REASON`, `KEY_MISSING`, `WALLET_REJECTED`, and what the store throws.
 */
export async function requestAccess(session: Session, terms: AccessRequestTerms, onPhase?: OnPhase): Promise<void> {
  const { chain, store, wallet } = session;
  const reason = terms.reason.trim();
  if (reason === "" || reason.length > MAX_REASON)
    throw new ChartkeyError(
      "REQUEST_REASON",
      `Say why you ask, in at most ${MAX_REASON} characters. Nothing was sent.`,
    );
  onPhase?.("checking");
  const doctor = signerOf(session);
  await requireDoctor(session, terms.hospital, doctor);
  const reader = await requireKey(chain, terms.patient);
  onPhase?.("confirming");
  const message = { ...terms, reason, doctor, time: Math.floor(Date.now() / 1000) };
  const signature = await wallet
    .signTypedData({ ...typedData(chain, message), account: wallet.account })
    .catch((cause: unknown) => {
      throw toChainError(cause);
    });
  onPhase?.("encrypting");
  const { patient, ...content } = message;
  const key = randomBytes(32);
  const context = payloadContext(session, patient, doctor, CATEGORY);
  const payload = await sealPayload(
    key,
    context,
    { contentType: "application/json" },
    canonicalBytes({ ...content, signature }),
  );
  const wrap = await wrapKey(targetOf(session, patient, doctor, payload), { category: CATEGORY, key }, reader);
  onPhase?.("uploading");
  const document = { v: 1, kind: KIND, suite: HPKE_SUITE, doctor, wraps: [wrap], payload: toBase64Url(payload) };
  await store.put(canonicalBytes(document), letterTo(patient));
  onPhase?.("done");
}

const isMask = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= ALL_CATEGORIES && value % 2 === 0;

const isUint = (value: unknown, bits: number): boolean =>
  typeof value === "number" && Number.isInteger(value) && value > 0 && value < 2 ** bits;

function decodeContent(content: unknown): (Omit<AccessRequest, "patient"> & { signature: Hex }) | undefined {
  if (!isJsonObject(content)) return undefined;
  const { doctor, hospital, read, write, reason, time, signature } = content;
  const whole =
    typeof doctor === "string" &&
    isAddress(doctor) &&
    isUint(hospital, 32) &&
    isUint(time, 40) &&
    isMask(read) &&
    isMask(write) &&
    typeof reason === "string" &&
    reason.length <= MAX_REASON &&
    isHex(signature);
  return whole ? (content as unknown as Omit<AccessRequest, "patient"> & { signature: Hex }) : undefined;
}

/** Undefined for a letter of another kind, one that is too old, and one that its doctor did not sign, or somebody else sent. */
async function openRequest(
  session: UnlockedSession,
  document: Bytes,
  author: Address,
  now: number,
): Promise<AccessRequest | undefined> {
  const { kind, doctor, payload: sealed } = parseDocument(document, "letter");
  if (kind !== KIND || typeof doctor !== "string" || !sameAddress(doctor, author)) return undefined;
  const patient = accountOf(session);
  const payload = fromBase64Url(sealed);
  const target = targetOf(session, patient, author, payload);
  const key = await unwrapKey(decodeWraps(document), target, CATEGORY, patient, session.vault.identity);
  if (key === undefined) return undefined;
  const context = payloadContext(session, patient, author, CATEGORY);
  const content = decodeContent(payloadJson((await openPayload(key, context, payload)).data));
  if (content === undefined || !sameAddress(content.doctor, author)) return undefined;
  const { signature, ...rest } = content;
  const age = now - content.time;
  if (age > REQUEST_DAYS * 86_400 || age < -3600) return undefined;
  if ((await readActiveSince(session.chain, content.hospital, content.doctor, "doctor")) === 0) return undefined;
  const request = { ...rest, patient };
  const hash = hashTypedData(typedData(session.chain, request));
  return (await isHashSignedBy(session.chain, content.doctor, hash, signature)) ? request : undefined;
}

async function newestOf(session: UnlockedSession, letters: readonly StoredLetter[], now: number) {
  for (const { digest, from } of letters) {
    try {
      const bytes = await session.store.getDocument(digest, letterTo(accountOf(session)));
      const request = await openRequest(session, bytes, from, now);
      if (request !== undefined) return request;
    } catch (error) {
      // A letter that is damaged or nonsense is its sender's problem.
      if (isConnectionError(error) || !(error instanceof ChartkeyError)) throw error;
    }
  }
  return undefined;
}

/**
 * What doctors ask the patient for: of each the newest request of the last 30 days whose signature holds, if the doctor is active now. Those
 * of doctors at the patient's own hospitals come first, then the newest. `now` is in Unix seconds. Throws what the store throws.
 */
export async function readAccessRequests(session: UnlockedSession, now = Date.now() / 1000): Promise<AccessRequest[]> {
  const letters = await session.store.lettersTo(accountOf(session));
  const others = letters.filter(({ from }) => !sameAddress(from, signerOf(session)));
  const found = await Promise.all(
    (await lettersOfDoctors(session, others)).map(async ({ letters: own, isNear }) => {
      const request = await newestOf(session, own, now);
      return request === undefined ? [] : [{ request, isNear }];
    }),
  );
  return found
    .flat()
    .sort((left, right) => Number(right.isNear) - Number(left.isNear) || right.request.time - left.request.time)
    .map(({ request }) => request);
}

/** Of a letter that nobody can have, or that is nonsense, it is not. */
async function isRequest({ store }: Session, digest: Hex, scope: FileScope): Promise<boolean> {
  try {
    return parseDocument(await store.getDocument(digest, scope), "letter")["kind"] === KIND;
  } catch (error) {
    if (isConnectionError(error) || !(error instanceof ChartkeyError)) throw error;
    return false;
  }
}

/** Removes a doctor's requests from the stores, as their patient who answered: the newest and those before it. Throws what the store throws. */
export async function forgetAccessRequests(session: Session, doctor: Address): Promise<void> {
  const { store } = session;
  const scope = letterTo(accountOf(session));
  const letters = await store.lettersTo(accountOf(session), doctor);
  for (const { digest } of letters.slice(-MAX_FORGOTTEN))
    if (await isRequest(session, digest, scope)) await store.remove(rawReference(digest), scope);
}
