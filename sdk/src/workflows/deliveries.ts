import { type Address, type Hex, hashMessage, isHex } from "viem";
import { ChartkeyError } from "../errors.ts";
import { isHashSignedBy } from "../chain/signed.ts";
import {
  type SignedRequest,
  type StoreAct,
  type StoredReceipt,
  filesOf,
  isSignedBySession,
  parseRequest,
} from "../storage/receipt-list.ts";
import { originOf, storesOf } from "../storage/replicated-store.ts";
import type { StoreCertificate } from "../storage/session-key.ts";
import { fromScope } from "./consent.ts";
import { PublishedReceipts, type ReceiptAnchoring } from "./receipt-roots.ts";
import { type DeliveredFile, deliveredFiles } from "./delivered-files.ts";
import { type ReadSession, type UnlockedSession, sameAddress } from "./session.ts";
import { sessionMessage } from "./store-session.ts";

/** That a store handed a file of a chart to somebody, or removed one for him. */
export interface Delivery extends DeliveredFile {
  act: StoreAct;
  /** Origin of the store. */
  store: string;
  reader: Address;
  /** Unix seconds, by the store's clock. */
  time: number;
  /** The categories that the file belongs to. */
  categories: number[];
  /** Whether the reader's wallet signed for it; otherwise the store alone says so. */
  proven: boolean;
  /** Whether it is among the receipts that the store published. */
  anchoring: ReceiptAnchoring;
}

export interface Deliveries {
  /** Newest first. */
  deliveries: Delivery[];
  /** Stores that did not say what they handed out. */
  silent: { store: string; cause: ChartkeyError }[];
  /** Stores whose published receipts could not be held against the chain. */
  unchecked: { store: string; cause: ChartkeyError }[];
}

/** How far the clocks of a store and a reader may differ, in milliseconds. */
const CLOCK_SKEW = 60_000;

/**
 * Who was handed what of a chart, by every store that the session knows, each delivery checked against the signature of whoever fetched
 * it. A store may keep silent about a delivery, but cannot invent one that is `proven`: at most it shows a request that it
 * refused, or one to another store. Bytes are ciphertext: who was handed the keys too
 * could read them. For the patient and auditors; throws what the chain throws, and `WALLET_REJECTED`.
 * @param since UTC day, as `2026-01-31`.
 */
export async function readDeliveries(
  session: ReadSession | UnlockedSession,
  patient: Address,
  since: string,
): Promise<Deliveries> {
  const [files, ...answers] = await Promise.all([
    deliveredFiles(session, patient),
    ...storesOf(session.store).map(async (store) => {
      try {
        return { store: originOf(store), receipts: await store.receiptsOf(patient, since) };
      } catch (error) {
        if (!(error instanceof ChartkeyError) || error.code === "WALLET_REJECTED") throw error;
        return { store: originOf(store), cause: error };
      }
    }),
  ]);
  const from = Date.parse(since) / 1000;
  const published = new Map<string, Published>();
  for (const { store, receipts = [] } of answers) published.set(store, await publishedBy(session, receipts, from));
  const certified = new Map<string, Promise<boolean>>();
  const deliveries: Delivery[] = [];
  const seen = new Set<string>();
  for (const { store, receipts = [] } of answers)
    for (const receipt of receipts) {
      const { act, reader, categories, time } = receipt;
      const proven = await isProven(session, patient, receipt, certified);
      const request = parseRequest(receipt.request);
      const seconds = Math.floor(time / 1000);
      const about = { act, store, reader, time: seconds, categories: fromScope(categories) };
      const anchoring = published.get(store)?.receipts?.anchoringOf(receipt.leaf, seconds) ?? UNKNOWN;
      for (const digest of request === undefined ? [undefined] : digestsOf(receipt, request)) {
        // One request is one delivery of each of its files, however often it is listed; a false copy of it hides no true one.
        const signed = `${act} ${receipt.request} ${digest}`;
        if (proven && seen.has(signed)) continue;
        if (proven) seen.add(signed);
        const file: DeliveredFile = (digest && files.get(digest)) ?? { file: "document" };
        deliveries.push({ ...about, ...file, proven, anchoring });
      }
    }
  deliveries.sort((left, right) => right.time - left.time);
  const failed = (list: Iterable<{ store: string; cause?: ChartkeyError }>) =>
    [...list].flatMap(({ store, cause }) => (cause === undefined ? [] : [{ store, cause }]));
  const unchecked = failed([...published].map(([store, { cause }]) => ({ store, ...(cause && { cause }) })));
  return { deliveries, silent: failed(answers), unchecked };
}

/** The files of a receipt; it is listed as one of an unknown file when it is of none that its request names. */
function digestsOf(receipt: StoredReceipt, request: SignedRequest): (Hex | undefined)[] {
  const digests = filesOf(receipt, request).map(({ digest }) => digest.toLowerCase() as Hex);
  return digests.length === 0 ? [undefined] : digests;
}

const UNKNOWN: ReceiptAnchoring = { state: "unknown" };

interface Published {
  /** Undefined for a store that publishes none, and with `cause`. */
  receipts?: PublishedReceipts;
  cause?: ChartkeyError;
}

/** What the store of a list published of its receipts. */
async function publishedBy(session: ReadSession, listed: readonly StoredReceipt[], from: number): Promise<Published> {
  const account = listed[0]?.anchoredBy;
  if (account === undefined) return {};
  try {
    return { receipts: await PublishedReceipts.read(session, account, from) };
  } catch (cause) {
    if (!(cause instanceof ChartkeyError)) throw cause;
    return { cause };
  }
}

async function isProven(
  session: ReadSession,
  patient: Address,
  receipt: StoredReceipt,
  certified: Map<string, Promise<boolean>>,
): Promise<boolean> {
  const { certificate, reader, time } = receipt;
  const request = parseRequest(receipt.request);
  if (certificate === undefined || request === undefined || !sameAddress(certificate.address, reader)) return false;
  // A store has more than one name: which of them the reader used does not matter.
  if (request.owner !== patient.toLowerCase() || request.categories !== receipt.categories) return false;
  const at = request.time * 1000;
  const isOf = (limit: string, sign: 1 | -1) => sign * (Date.parse(limit) - at) <= CLOCK_SKEW;
  if (!(Math.abs(time - at) <= 2 * CLOCK_SKEW)) return false;
  if (!isOf(certificate.issuedAt, 1) || !isOf(certificate.expirationTime, -1)) return false;
  const whole = JSON.stringify(certificate);
  const known = certified.get(whole) ?? isCertified(session, certificate);
  certified.set(whole, known);
  return (await known) && isSignedBySession(receipt);
}

/** A certificate is what a store says: one without the form of one is nobody's. Throws what the chain throws. */
async function isCertified({ chain }: ReadSession, certificate: StoreCertificate): Promise<boolean> {
  const { chainId, address, signature } = certificate;
  if (chainId !== chain.id || !isHex(signature) || signature.length % 2 !== 0) return false;
  let hash: Hex;
  try {
    hash = hashMessage(sessionMessage(certificate));
  } catch {
    return false;
  }
  return isHashSignedBy(chain, address as Address, hash, signature);
}
