import { type Address, type Hex, hashMessage, isHex } from "viem";
import { ChartkeyError } from "../errors.ts";
import { isHashSignedBy } from "../chain/signed.ts";
import { type StoredReceipt, isSignedBySession, parseRequest } from "../storage/receipt-list.ts";
import { originOf, storesOf } from "../storage/replicated-store.ts";
import type { StoreCertificate } from "../storage/session-key.ts";
import { type ReadSession, sameAddress } from "./session.ts";
import { sessionMessage } from "./store-session.ts";

/** What a store answered that was asked for its receipts of a chart. */
export interface ReceiptAnswer {
  /** Origin of the store. */
  store: string;
  /** None of a store that did not say. */
  receipts: readonly StoredReceipt[];
  /** Why it did not say; `STORE_TOO_LARGE` with receipts when it has more. */
  cause?: ChartkeyError;
}

/** A store that did not answer as it should, and why. */
export interface StoreFailure {
  store: string;
  cause: ChartkeyError;
}

/** That a store has more than is looked at. */
export const tooMany = () =>
  new ChartkeyError("STORE_TOO_LARGE", "The store has more receipts than are looked at together. Ask for fewer days.");

/**
 * Asks every store of a session for its receipts of a chart. Throws `WALLET_REJECTED`; any other failure is that store's answer.
 * @param since UTC day, as `2026-01-31`.
 * @param first of each reader only so many deliveries of the chart's files.
 */
export function askForReceipts(
  { store: stores }: ReadSession,
  patient: Address,
  since: string,
  first?: number,
): Promise<ReceiptAnswer[]> {
  const asked = storesOf(stores).map(async (store) => {
    try {
      const { receipts, more } = await store.receiptsOf(patient, since, first);
      return { store: originOf(store), receipts, ...(more && { cause: tooMany() }) };
    } catch (error) {
      if (!(error instanceof ChartkeyError) || error.code === "WALLET_REJECTED") throw error;
      return { store: originOf(store), receipts: [], cause: error };
    }
  });
  return Promise.all(asked);
}

/** Those of some answers that failed. */
export function failuresOf(answers: Iterable<{ store: string; cause?: ChartkeyError }>): StoreFailure[] {
  return [...answers].flatMap(({ store, cause }) => (cause === undefined ? [] : [{ store, cause }]));
}

/** How far the clocks of a store and a reader may differ, in milliseconds. */
const CLOCK_SKEW = 60_000;

/** How many certificates may still be checked: each may cost a request of the chain. */
export class CertificateChecks {
  readonly #ofReader: number;
  readonly #done = new Map<string, number>();
  #left: number;
  /** Whether there were more. */
  bounded = false;

  /** @param ofReader of each reader. */
  constructor(inAll: number, ofReader: number) {
    this.#left = inAll;
    this.#ofReader = ofReader;
  }

  /** False when those of the reader, or all, are used up. */
  take(reader: Address): boolean {
    const done = this.#done.get(reader.toLowerCase()) ?? 0;
    if (this.#left <= 0 || done >= this.#ofReader) {
      this.bounded = true;
      return false;
    }
    this.#left -= 1;
    this.#done.set(reader.toLowerCase(), done + 1);
    return true;
  }
}

/**
 * Tells of receipts of a patient's chart whether their reader's wallet signed for them; otherwise the store alone says so. Each certificate
 * is checked once, and as many as `checks` allows: it says of those beyond that they prove nothing. Throws what the chain throws.
 */
export function receiptCheck(
  session: ReadSession,
  patient: Address,
  checks = new CertificateChecks(Infinity, Infinity),
): (receipt: StoredReceipt) => Promise<boolean> {
  const certified = new Map<string, Promise<boolean>>();
  return async (receipt) => {
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
    let known = certified.get(whole);
    if (known === undefined) {
      if (!checks.take(reader)) return false;
      known = isCertified(session, certificate);
      certified.set(whole, known);
    }
    return (await known) && isSignedBySession(receipt);
  };
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
