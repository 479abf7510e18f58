import type { Address, Hex } from "viem";
import { ChartkeyError } from "../errors.ts";
import {
  type SignedRequest,
  type StoreAct,
  type StoredReceipt,
  filesOf,
  parseRequest,
} from "../storage/receipt-list.ts";
import { fromScope } from "./consent.ts";
import { PublishedReceipts, type ReceiptAnchoring } from "./receipt-roots.ts";
import { type DeliveredFile, deliveredFiles } from "./delivered-files.ts";
import { CertificateChecks, type StoreFailure, askForReceipts, failuresOf, receiptCheck, tooMany } from "./receipts.ts";
import type { ReadSession, UnlockedSession } from "./session.ts";

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
  /** Stores that did not say what they handed out, or more than was looked at: `STORE_TOO_LARGE`. */
  silent: StoreFailure[];
  /** Stores whose published receipts could not be held against the chain. */
  unchecked: StoreFailure[];
}

/** Certificates of a reader that are checked of each store: of a year, three sessions a day. */
const CERTIFICATES_OF_READER = 1_024;
/** Certificates of a store that are checked in all: whoever signs in again and again takes nothing of what others have. */
const CERTIFICATES = 8_192;

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
  const [files, answers] = await Promise.all([
    deliveredFiles(session, patient),
    askForReceipts(session, patient, since),
  ]);
  const from = Date.parse(since) / 1000;
  const published = new Map<string, Published>();
  for (const { store, receipts } of answers) published.set(store, await publishedBy(session, receipts, from));
  const deliveries: Delivery[] = [];
  const silent = new Map(failuresOf(answers).map(({ store, cause }) => [store, cause]));
  const seen = new Set<string>();
  for (const { store, receipts } of answers) {
    const checks = new CertificateChecks(CERTIFICATES, CERTIFICATES_OF_READER);
    const isProven = receiptCheck(session, patient, checks);
    for (const receipt of receipts) {
      const { act, reader, categories, time } = receipt;
      const proven = await isProven(receipt);
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
    if (checks.bounded && !silent.has(store)) silent.set(store, tooMany());
  }
  deliveries.sort((left, right) => right.time - left.time);
  const unchecked = failuresOf([...published].map(([store, { cause }]) => ({ store, ...(cause && { cause }) })));
  return { deliveries, silent: [...silent].map(([store, cause]) => ({ store, cause })), unchecked };
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
