import type { Address } from "viem";
import { type StoredReceipt, filesOf, parseRequest } from "../storage/receipt-list.ts";
import { fromScope } from "./consent.ts";
import { type ReceiptAnswer, type StoreFailure, askForReceipts, failuresOf, receiptCheck } from "./receipts.ts";
import { type Session, accountOf, sameAddress, signerOf } from "./session.ts";

/** That somebody else was handed files of a patient's chart, and since when. */
export interface FirstAccess {
  reader: Address;
  /** Unix seconds, by the store's clock: of the first delivery that he signed for, else of the first that a store tells of. */
  time: number;
  /** Whether the reader's wallet signed for that delivery; otherwise stores alone say so. */
  proven: boolean;
  /** Unix seconds: since when stores alone tell of deliveries, when that is before the first that he signed for. */
  told?: number;
  /** How many files he was handed in all, as stores say. */
  files: number;
  /** Whether there may be more than `files`: a store tells of the first 64 receipts alone. */
  more: boolean;
  /** The categories of those files that belong to one alone, as stores say: keys and lists of the chart belong to several. */
  categories: number[];
}

export interface FirstAccesses {
  /** One for each reader, newest first; those that are proven before all others. */
  accesses: FirstAccess[];
  /** Stores that did not say what they handed out, or had more than was looked at. */
  silent: StoreFailure[];
  /** Whether stores listed more than was looked at: a first access may be missing, or stand as not proven. */
  bounded: boolean;
}

/** Receipts of each store for a reader that are looked at, of up to 64 files each. */
const DELIVERIES = 64;
/** Receipts of a store that are checked until one of a reader's is proven: an honest store needs one. */
const CHECKS_OF_READER = 8;
/** Receipts of a store that are checked in all. */
const CHECKS_OF_STORE = 256;
/** Readers that are told of. */
const READERS = 100;

interface Told {
  readonly store: string;
  readonly receipt: StoredReceipt;
}

/** How many receipts may still be checked: what one store lists costs nothing of what another one has. */
class Checks {
  readonly #done = new Map<string, number>();
  bounded = false;

  /** False when those of the store, or of this reader at it, are used up. */
  take({ store, receipt: { reader } }: Told): boolean {
    const bounds = [
      [store, CHECKS_OF_STORE],
      [`${store} ${reader}`, CHECKS_OF_READER],
    ] as const;
    const done = (name: string) => this.#done.get(name) ?? 0;
    if (bounds.some(([name, bound]) => done(name) >= bound)) {
      this.bounded = true;
      return false;
    }
    for (const [name] of bounds) this.#done.set(name, done(name) + 1);
    return true;
  }
}

/** What stores tell of each reader, oldest first; without the patient's own, which may be most of it. */
function byReader(answers: readonly ReceiptAnswer[], own: readonly Address[]): Map<Address, Told[]> {
  const readers = new Map<Address, Told[]>();
  for (const { store, receipts } of answers)
    for (const receipt of receipts) {
      const { act, kind, reader } = receipt;
      if (act !== "delivery" || kind !== "chart" || own.some((account) => sameAddress(account, reader))) continue;
      const told = readers.get(reader) ?? [];
      readers.set(reader, told);
      told.push({ store, receipt });
    }
  for (const told of readers.values()) told.sort((left, right) => left.receipt.time - right.receipt.time);
  return readers;
}

/** A store that lists more than it was asked for is heard as if it had not. */
function firstOfEachStore(told: readonly Told[]): { first: Told[]; more: boolean } {
  const counts = new Map<string, number>();
  const first = told.filter(({ store }) => {
    const count = (counts.get(store) ?? 0) + 1;
    counts.set(store, count);
    return count <= DELIVERIES;
  });
  return { first, more: [...counts.values()].some((count) => count >= DELIVERIES) };
}

/** The place of the first that is proven; -1 when none is. */
async function placeOfProven(list: readonly Told[], isProven: (told: Told) => Promise<boolean>): Promise<number> {
  for (const [place, told] of list.entries()) if (await isProven(told)) return place;
  return -1;
}

/** The digests of a receipt's files; of one that cannot be read, its text, as if it were one file. */
function namesOf(receipt: StoredReceipt): string[] {
  const request = parseRequest(receipt.request);
  if (request === undefined) return [receipt.request];
  return filesOf(receipt, request).map(({ digest }) => digest.toLowerCase());
}

async function accessOf(
  reader: Address,
  list: readonly Told[],
  isProven: (told: Told) => Promise<boolean>,
): Promise<FirstAccess> {
  const { first, more } = firstOfEachStore(list);
  const place = await placeOfProven(first, isProven);
  const receipts = first.map(({ receipt }) => receipt);
  const since = ({ time }: StoredReceipt) => Math.floor(time / 1000);
  const time = since(receipts[Math.max(0, place)]!);
  const told = place > 0 ? { told: since(receipts[0]!) } : {};
  const files = new Set(receipts.flatMap(namesOf));
  const masks = receipts.map((receipt) => receipt.categories).filter((mask) => fromScope(mask).length === 1);
  const categories = fromScope(masks.reduce((all, mask) => all | mask, 0));
  return { reader, time, proven: place >= 0, ...told, files: files.size, more, categories };
}

/**
 * Since when, within a time, others than the patient were handed files of the session's chart, each reader once: quicker than
 * `readDeliveries`, since of each reader receipts are checked until one is proven and nothing is held against what stores published. Letters
 * and removals do not count. The number of checks is bounded for each store. Throws what the chain throws, and `WALLET_REJECTED`.
 * @param since UTC day, as `2026-01-31`: what was before it is not known.
 */
export async function readFirstAccesses(session: Session, since: string): Promise<FirstAccesses> {
  const patient = accountOf(session);
  const answers = await askForReceipts(session, patient, since, DELIVERIES);
  const readers = byReader(answers, [patient, signerOf(session)]);
  const check = receiptCheck(session, patient);
  const checks = new Checks();
  const isProven = async (told: Told) => checks.take(told) && check(told.receipt);
  const accesses: FirstAccess[] = [];
  for (const [reader, told] of readers) accesses.push(await accessOf(reader, told, isProven));
  accesses.sort((left, right) => Number(right.proven) - Number(left.proven) || right.time - left.time);
  const isCut = answers.some(({ cause }) => cause?.code === "STORE_TOO_LARGE");
  const bounded = checks.bounded || isCut || accesses.length > READERS;
  return { accesses: accesses.slice(0, READERS), silent: failuresOf(answers), bounded };
}
