import { type Address, type Hex, bytesToHex, getAddress, isAddress } from "viem";
import { concat, fromBase64Url, fromUtf8, sha256, toBase64Url, utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { type ContentReference, parseCid } from "./cid.ts";
import { type StoreCertificate, isSessionSignature } from "./session-key.ts";

/** What a store was asked for. */
export type StoreAct = "delivery" | "removal";

/** A line of a store's receipts: what a reader's session signed, and what the store says of it. */
export interface StoredReceipt {
  act: StoreAct;
  reader: Address;
  kind: string;
  /** Mask of the categories that the file belongs to; 0 for a letter. */
  categories: number;
  /** Milliseconds since 1970, by the store's clock. */
  time: number;
  /** Of a request for several files: the places, in its list, of those that this is about. */
  files: readonly number[] | undefined;
  /** Base64url of the signed text. */
  request: string;
  /** The session key's signature, base64url. */
  signature: string;
  /** What names that key, when the store gave it. */
  certificate: StoreCertificate | undefined;
  /** Its leaf in the tree of the store's receipts: SHA-256 of 0x00 and its line. */
  leaf: Hex;
  /** Under which account the store publishes that tree; undefined for a store that publishes none. */
  anchoredBy: Address | undefined;
}

/** What a session asked for, as it signed it. */
export interface SignedRequest {
  /** The file, or the files, in the order in which it names them. */
  references: ContentReference[];
  /** Unix seconds, by the reader's clock. */
  time: number;
  owner: string;
  /** What the reader believed the file to belong to: a mask. */
  categories: number;
}

/** What a store told of its receipts. */
export interface ReceiptList {
  /** Page by page, those of the newest days first; when only the first of each reader were asked for, the oldest. */
  receipts: StoredReceipt[];
  /** Whether the store has more behind them, or may have: no more was asked for than can be looked at. */
  more: boolean;
}

/** Largest page of a list of receipts, in bytes: a store begins another one at half of that. */
export const MAX_RECEIPT_PAGE = 1 << 24;
/** Pages of one list that are asked for. */
const MAX_PAGES = 4;
/** How many days a store looks back, in milliseconds. */
const LONGEST = 400 * 86_400_000;
/** Where the next page begins, as the store says. */
const PLACE = /^[0-9A-Za-z.-]{1,64}$/;

const refused = () =>
  new ChartkeyError("STORE_REFUSED", "The store answered in a way that Chartkey does not know. Ask another one.");

/** What a store's failure to list says: one without such a page, as a plain Kubo, keeps no receipts. Throws in every case. */
export function asWithoutReceipts(error: unknown): never {
  if (!(error instanceof ChartkeyError && error.code === "STORE_NOT_FOUND")) throw error;
  throw new ChartkeyError("STORE_WITHOUT_RECEIPTS", "This store keeps no receipts of what it hands out.", {
    cause: error,
  });
}

/** Whether a UTC day is before those that stores list. */
export function isBeforeLists(day: string): boolean {
  return day < new Date(Date.now() - LONGEST).toISOString().slice(0, 10);
}

type Fields = Record<string, unknown>;

/**
 * Reads a store's receipts, one JSON a line, each certificate before the first receipt of its page that names it. Throws `STORE_REFUSED`, and
 * what the pages throw.
 * @param read gives a page's lines: the first, or that which begins at `after`
 */
export async function toReceipts(read: (after: string | undefined) => Promise<Uint8Array>): Promise<ReceiptList> {
  const receipts: StoredReceipt[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = await toPage(await read(after));
    for (const receipt of page.receipts) receipts.push(receipt);
    after = page.next;
    if (after === undefined) return { receipts, more: false };
  }
  return { receipts, more: true };
}

async function toPage(lines: Uint8Array): Promise<{ receipts: StoredReceipt[]; next: string | undefined }> {
  const certificates = new Map<string, StoreCertificate>();
  const receipts: StoredReceipt[] = [];
  let anchoredBy: Address | undefined;
  let next: string | undefined;
  for (const line of fromUtf8(lines).split("\n").filter(Boolean)) {
    const { certificate, receipt, anchoredBy: account, next: place } = parseLine(line);
    if (isAccount(account)) anchoredBy = getAddress(account);
    if (typeof place === "string" && PLACE.test(place)) next = place;
    if (isCertificate(certificate))
      certificates.set(toBase64Url(await sha256(utf8(certificate.signature))), certificate);
    if (receipt === undefined) continue;
    const leaf = bytesToHex(await sha256(concat(Uint8Array.of(0), utf8(line))));
    receipts.push({ ...toReceipt(receipt, certificates), leaf, anchoredBy });
  }
  return { receipts, next };
}

function parseLine(line: string): Fields {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === "object" && value !== null) return value as Fields;
  } catch {
    // Said below.
  }
  throw refused();
}

const CERTIFICATE_TEXTS = [
  "address",
  "domain",
  "uri",
  "nonce",
  "issuedAt",
  "expirationTime",
  "signature",
  "key",
] as const satisfies readonly (keyof StoreCertificate)[];

function isCertificate(value: unknown): value is StoreCertificate {
  if (typeof value !== "object" || value === null) return false;
  const fields = value as Fields;
  return CERTIFICATE_TEXTS.every((name) => typeof fields[name] === "string") && typeof fields["chainId"] === "number";
}

const isAccount = (value: unknown): value is Address =>
  typeof value === "string" && isAddress(value, { strict: false });
const LAST = 8.64e15;
const isMask = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
/** Milliseconds that a date can hold (ECMA-262, Time Values). */
const isTime = (value: unknown): value is number => isMask(value) && value <= LAST;

/** Most files of one request. */
const MAX_FILES = 64;

/** Places in a list, ascending. */
const isPlaces = (value: unknown): value is number[] =>
  Array.isArray(value) &&
  value.length <= MAX_FILES &&
  value.every(
    (place: unknown, at) => isMask(place) && place < MAX_FILES && (at === 0 || place > Number(value[at - 1])),
  );

function toReceipt(
  value: unknown,
  certificates: ReadonlyMap<string, StoreCertificate>,
): Omit<StoredReceipt, "leaf" | "anchoredBy"> {
  if (typeof value !== "object" || value === null) throw refused();
  const { act, reader, kind, categories, time, files, request, signature, certificate } = value as Fields;
  if ((act !== "delivery" && act !== "removal") || !isAccount(reader)) throw refused();
  if (typeof kind !== "string" || !isMask(categories) || !isTime(time)) throw refused();
  if (typeof request !== "string" || typeof signature !== "string") throw refused();
  if (files !== undefined && !isPlaces(files)) throw refused();
  return {
    ...{ act, reader: getAddress(reader), kind, categories, time, files, request, signature },
    certificate: certificates.get(String(certificate)),
  };
}

/** Which of its files a receipt is about, without those that its request does not name. */
export function filesOf({ files = [0] }: StoredReceipt, { references }: SignedRequest): ContentReference[] {
  return files.flatMap((place) => references[place] ?? []);
}

/** The signed text in its parts; undefined when it is none of ours. */
export function parseRequest(request: string): SignedRequest | undefined {
  try {
    const { v, cid, cids, time, owner, categories = 0 } = JSON.parse(fromUtf8(fromBase64Url(request))) as Fields;
    if (typeof time !== "number" || typeof owner !== "string" || !isMask(categories)) return undefined;
    const named: unknown = v === 2 ? cids : [cid];
    if (!Array.isArray(named) || named.length > MAX_FILES) return undefined;
    const references = named.map((each: unknown) => parseCid(String(each)));
    return { references, time, owner: owner.toLowerCase(), categories };
  } catch {
    return undefined;
  }
}

/** Whether the key that a certificate names signed a receipt's text. */
export async function isSignedBySession({ act, request, signature, certificate }: StoredReceipt): Promise<boolean> {
  if (certificate === undefined) return false;
  return isSessionSignature(certificate, `chartkey/${act}/1|${request}`, signature);
}
