import {
  type Address,
  type Hex,
  concatHex,
  encodeAbiParameters,
  keccak256,
  numberToHex,
  parseAbiParameters,
  sha256,
  slice,
} from "viem";

/** A ledger entry of either kind, as its event tells it. */
export interface LedgerEntry {
  kind: "entry" | "batch";
  recordId: Hex;
  patient: Address;
  author: Address;
  /** 0 when the patient, or his successor, wrote it. */
  hospital: number;
  /** Category of an entry; mask of the categories of a batch. */
  categories: number;
  /** Unix seconds. */
  time: number;
  /** Digest of the payload, or of the batch's manifest. */
  payload: Hex;
  /** Codec of the payload's root block; 0 for a manifest. */
  codec: 0 | 1;
  wraps: Hex;
  /** Of a batch. */
  batch?: { root: Hex; count: number };
}

/** Which ledger an entry belongs to. */
export interface LedgerContext {
  chainId: number;
  /** Address of RecordRegistry. */
  registry: Address;
}

export const ZERO_HEAD: Hex = `0x${"00".repeat(32)}`;

const ENTRY = parseAbiParameters(
  "uint8, uint256, address, bytes32, uint32, address, address, uint32, uint8, uint8, uint40, bytes32, bytes32",
);
const BATCH = parseAbiParameters(
  "uint8, uint256, address, bytes32, uint32, address, address, uint32, uint16, uint32, uint40, bytes32, bytes32, bytes32",
);

/** Sequence number in a head or record id. */
export function sequenceOf(recordId: Hex): number {
  return Number(BigInt(slice(recordId, 28)));
}

/** The record id that an entry has on top of `previous` (docs/protocol.md, Ledger). */
export function nextHead(
  { chainId, registry }: LedgerContext,
  previous: Hex,
  entry: Omit<LedgerEntry, "recordId">,
): Hex {
  const sequence = sequenceOf(previous) + 1;
  const { patient, author, hospital, categories, time, payload, wraps, codec, batch } = entry;
  const where = [BigInt(chainId), registry, previous, sequence, patient, author, hospital] as const;
  const preimage =
    batch === undefined
      ? encodeAbiParameters(ENTRY, [0, ...where, categories, codec, time, payload, wraps])
      : encodeAbiParameters(BATCH, [1, ...where, categories, batch.count, time, batch.root, payload, wraps]);
  return concatHex([slice(sha256(preimage), 0, 28), numberToHex(sequence, { size: 4 })]);
}

/** The first entry that does not follow from the ones before it, or undefined. */
export function findBreak(context: LedgerContext, entries: LedgerEntry[]): LedgerEntry | undefined {
  let head = ZERO_HEAD;
  for (const entry of entries) {
    head = nextHead(context, head, entry);
    if (head !== entry.recordId) return entry;
  }
  return undefined;
}

/** Receipts that a store published, as the event tells it. */
export interface ReceiptBatch {
  entryId: Hex;
  store: Address;
  count: number;
  /** Unix seconds. */
  time: number;
  /** Of the tree over their leaves. */
  root: Hex;
  /** Digest of the list of their leaves. */
  manifest: Hex;
}

const RECEIPTS = parseAbiParameters(
  "uint8, uint256, address, bytes32, uint32, address, uint32, uint40, bytes32, bytes32",
);

/** The id that a batch of receipts has on top of `previous` (docs/protocol.md, Receipts). */
export function nextReceiptHead(
  { chainId, accessLog }: { chainId: number; accessLog: Address },
  previous: Hex,
  { store, count, time, root, manifest }: Omit<ReceiptBatch, "entryId">,
): Hex {
  const sequence = sequenceOf(previous) + 1;
  const where = [BigInt(chainId), accessLog, previous, sequence, store] as const;
  const preimage = encodeAbiParameters(RECEIPTS, [2, ...where, count, time, root, manifest]);
  return concatHex([slice(sha256(preimage), 0, 28), numberToHex(sequence, { size: 4 })]);
}

/** A change of a patient's consent, as its event tells it. */
export interface ConsentChange {
  kind: "grant" | "revoke" | "succession";
  /** Whom it concerns: the doctor, or the successor. */
  grantee: Address;
  hospital: number;
  read: number;
  write: number;
  expiry: number;
  /** Unix seconds from which a grant counts. */
  since: number;
  keyring: Hex;
  head: Hex;
  blockNumber: bigint;
}

const GRANT = parseAbiParameters("uint8, address, uint32, uint16, uint16, uint40");
const OTHER_CHANGE = parseAbiParameters("uint8, address");
const CONSENT = parseAbiParameters("bytes32, bytes32, bytes32");

/** How often the patient of a consent head was succeeded. */
export function generationOf(consentHead: Hex): number {
  return Number(BigInt(slice(consentHead, 31)));
}

/** The consent head after a change (docs/protocol.md, Consent head). */
export function nextConsentHead(
  previous: Hex,
  { kind, grantee, hospital, read, write, expiry, keyring }: ConsentChange,
): Hex {
  const change =
    kind === "grant"
      ? encodeAbiParameters(GRANT, [1, grantee, hospital, read, write, expiry])
      : encodeAbiParameters(OTHER_CHANGE, [kind === "revoke" ? 2 : 3, grantee]);
  const digest = sha256(encodeAbiParameters(CONSENT, [previous, sha256(change), keyring]));
  const generation = generationOf(previous) + (kind === "succession" ? 1 : 0);
  return concatHex([slice(digest, 0, 31), numberToHex(generation, { size: 1 })]);
}

/** Id of a visit: the same for every booking of one quarter of an hour. */
export function visitId(hospital: number, doctor: Address, day: number, slot: number): Hex {
  return keccak256(
    encodeAbiParameters(parseAbiParameters("uint32, address, uint32, uint8"), [hospital, doctor, day, slot]),
  );
}
