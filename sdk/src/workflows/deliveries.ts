import { type Address, type Hex, hashMessage, isHex } from "viem";
import { ChartkeyError } from "../errors.ts";
import { readLedger } from "../chain/ledger.ts";
import { isHashSignedBy } from "../chain/signed.ts";
import { type StoreAct, type StoredReceipt, isSignedBySession, parseRequest } from "../storage/receipt-list.ts";
import { originOf, storesOf } from "../storage/replicated-store.ts";
import type { StoreCertificate } from "../storage/session-key.ts";
import { fromScope } from "./consent.ts";
import { type ReadSession, sameAddress } from "./session.ts";
import { sessionMessage } from "./store-session.ts";

/** What of an entry was handed out: its content, its keys, or another document of the chart. */
export type DeliveredFile = "content" | "keys" | "document";

/** That a store handed a file of a chart to somebody, or removed one for him. */
export interface Delivery {
  act: StoreAct;
  /** Origin of the store. */
  store: string;
  reader: Address;
  /** Unix seconds, by the store's clock. */
  time: number;
  /** The categories that the file belongs to. */
  categories: number[];
  file: DeliveredFile;
  /** The ledger's entry whose content or keys it is. */
  recordId?: Hex;
  /** Whether the reader's wallet signed for it; otherwise the store alone says so. */
  proven: boolean;
}

export interface Deliveries {
  /** Newest first. */
  deliveries: Delivery[];
  /** Stores that did not say what they handed out. */
  silent: { store: string; cause: ChartkeyError }[];
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
export async function readDeliveries(session: ReadSession, patient: Address, since: string): Promise<Deliveries> {
  const [files, ...answers] = await Promise.all([
    filesOf(session, patient),
    ...storesOf(session.store).map(async (store) => {
      try {
        return { store: originOf(store), receipts: await store.receiptsOf(patient, since) };
      } catch (error) {
        if (!(error instanceof ChartkeyError) || error.code === "WALLET_REJECTED") throw error;
        return { store: originOf(store), cause: error };
      }
    }),
  ]);
  const certified = new Map<string, Promise<boolean>>();
  const deliveries: Delivery[] = [];
  const seen = new Set<string>();
  for (const { store, receipts = [] } of answers)
    for (const receipt of receipts) {
      const { act, reader, categories, time } = receipt;
      const proven = await isProven(session, patient, receipt, certified);
      // One request is one delivery, however often it is listed; a false copy of it hides no true one.
      const signed = `${act} ${receipt.request}`;
      if (proven && seen.has(signed)) continue;
      if (proven) seen.add(signed);
      const request = parseRequest(receipt.request);
      const file = files.get(request?.reference.digest.toLowerCase() ?? "") ?? { file: "document" };
      const about = { act, store, reader, time: Math.floor(time / 1000), categories: fromScope(categories) };
      deliveries.push({ ...about, ...file, proven });
    }
  deliveries.sort((left, right) => right.time - left.time);
  return { deliveries, silent: answers.flatMap(({ store, cause }) => (cause === undefined ? [] : [{ store, cause }])) };
}

async function filesOf({ chain }: ReadSession, patient: Address) {
  const { entries } = await readLedger(chain, patient);
  return new Map<string, Pick<Delivery, "file" | "recordId">>(
    // Of two that name the same file, the first has it.
    entries.toReversed().flatMap(({ recordId, payload, wraps }) => [
      [wraps.toLowerCase(), { file: "keys", recordId }],
      [payload.toLowerCase(), { file: "content", recordId }],
    ]),
  );
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
