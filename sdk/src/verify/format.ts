import type { Address, Hex } from "viem";
import type { Deployment } from "../generated/addresses.ts";
import type { LedgerEntry } from "../chain/head.ts";
import { ChartkeyError } from "../errors.ts";

/** A record of a batch, as its manifest tells those who can read its category. */
export interface ExportItem {
  index: number;
  category: number;
  codec: 0 | 1;
  payload: Hex;
}

/** A ledger entry of an export. */
export interface ExportEntry extends Omit<LedgerEntry, "patient"> {
  block: number;
  /** Leaf hashes of a batch, in order; absent when its manifest was not to be had. */
  leaves?: Hex[];
  /** Records of a batch that the exporter could read. */
  items?: ExportItem[];
}

/** A ciphertext: what the chain says of it, and its bytes (base64url) when they are in the file. */
export interface ExportDocument {
  codec: 0 | 1;
  digest: Hex;
  data?: string;
}

/** An export, version 1 (docs/export-format.md). */
export interface LedgerExport {
  v: 1;
  kind: "chartkey-ledger";
  chainId: number;
  deployment: Omit<Deployment, "codeHash" | "fromBlock"> & { fromBlock: number };
  patient: Address;
  /** Record id of the newest entry; zero when there is none. */
  head: Hex;
  /** RLP of every header from the deployment to the exported block. */
  headers: Hex[];
  /** Encoded receipts of the blocks that can hold an entry of this patient, or a succession of him. */
  receipts: { block: number; receipts: Hex[] }[];
  entries: ExportEntry[];
  documents: ExportDocument[];
  /** SHA-256 of the canonical JSON of everything else. */
  digest: Hex;
}

const malformed = (place: string, expected: string) =>
  new ChartkeyError("EXPORT_MALFORMED", `At ${place}: expected ${expected}.`);

type Fields = Record<string, unknown>;

function object(value: unknown, place: string, keys: string, optional = ""): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed(place, "an object");
  const [required, others] = [keys.split(" "), optional.split(" ")];
  const present = Object.keys(value);
  const unknown = present.find((key) => !required.includes(key) && !others.includes(key));
  if (unknown !== undefined) throw malformed(place, `no member "${unknown.slice(0, 40)}"`);
  const missing = required.find((key) => !Object.hasOwn(value, key));
  if (missing !== undefined) throw malformed(place, `a member "${missing}"`);
  return value as Fields;
}

function integer(value: unknown, place: string, max: number): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0 || (value as number) > max)
    throw malformed(place, `a whole number from 0 to ${max}`);
  return value as number;
}

/** Lower-case hex; of `size` bytes when given. */
function hex(value: unknown, place: string, size?: number): Hex {
  const right = typeof value === "string" && /^0x([0-9a-f]{2})*$/.test(value);
  if (!right || (size !== undefined && value.length !== 2 + 2 * size))
    throw malformed(place, size === undefined ? "bytes in lower-case hex" : `${size} bytes in lower-case hex`);
  return value as Hex;
}

function list<T>(value: unknown, place: string, read: (item: unknown, place: string) => T): T[] {
  if (!Array.isArray(value)) throw malformed(place, "an array");
  return value.map((item, index) => read(item, `${place}[${index}]`));
}

const hash = (value: unknown, place: string) => hex(value, place, 32);
const codec = (value: unknown, place: string) => (integer(value, place, 1) === 0 ? 0 : 1);
const UINT32 = 2 ** 32 - 1;

function readDeployment(value: unknown): LedgerExport["deployment"] {
  const names = [
    "registry",
    "keyDirectory",
    "consent",
    "records",
    "appointments",
    "prescriptions",
    "accessLog",
  ] as const;
  const fields = object(value, "deployment", `${names.join(" ")} fromBlock`);
  const addresses = names.map((name) => [name, hex(fields[name], `deployment.${name}`, 20)] as const);
  const fromBlock = integer(fields["fromBlock"], "deployment.fromBlock", UINT32);
  return { ...(Object.fromEntries(addresses) as Record<(typeof names)[number], Address>), fromBlock };
}

function readItem(value: unknown, place: string): ExportItem {
  const { index, category, ...rest } = object(value, place, "index category codec payload");
  return {
    index: integer(index, `${place}.index`, UINT32),
    category: integer(category, `${place}.category`, 9),
    codec: codec(rest["codec"], `${place}.codec`),
    payload: hash(rest["payload"], `${place}.payload`),
  };
}

function readBatch(value: unknown, place: string): { root: Hex; count: number } {
  const { root, count } = object(value, place, "root count");
  return { root: hash(root, `${place}.root`), count: integer(count, `${place}.count`, UINT32) };
}

function readEntry(value: unknown, place: string): ExportEntry {
  const required = "block kind recordId author hospital categories time payload codec wraps";
  const fields = object(value, place, required, "batch leaves items");
  const { kind, batch, leaves, items } = fields;
  if (kind !== "entry" && kind !== "batch") throw malformed(`${place}.kind`, '"entry" or "batch"');
  if ((kind === "batch") !== (batch !== undefined)) throw malformed(`${place}.batch`, "it in batches alone");
  return {
    block: integer(fields["block"], `${place}.block`, UINT32),
    kind,
    recordId: hash(fields["recordId"], `${place}.recordId`),
    author: hex(fields["author"], `${place}.author`, 20),
    hospital: integer(fields["hospital"], `${place}.hospital`, UINT32),
    categories: integer(fields["categories"], `${place}.categories`, 1023),
    time: integer(fields["time"], `${place}.time`, 2 ** 40 - 1),
    payload: hash(fields["payload"], `${place}.payload`),
    codec: codec(fields["codec"], `${place}.codec`),
    wraps: hash(fields["wraps"], `${place}.wraps`),
    ...(batch === undefined ? {} : { batch: readBatch(batch, `${place}.batch`) }),
    ...(leaves === undefined ? {} : { leaves: list(leaves, `${place}.leaves`, hash) }),
    ...(items === undefined ? {} : { items: list(items, `${place}.items`, readItem) }),
  };
}

function readDocument(value: unknown, place: string): ExportDocument {
  const { digest, data, ...rest } = object(value, place, "codec digest", "data");
  if (data !== undefined && typeof data !== "string") throw malformed(`${place}.data`, "text");
  return {
    codec: codec(rest["codec"], `${place}.codec`),
    digest: hash(digest, `${place}.digest`),
    ...(data === undefined ? {} : { data }),
  };
}

/** Reads the form of an export; whether it is true is another question. Throws `EXPORT_MALFORMED` with the place. */
export function readExport(value: unknown): LedgerExport {
  const members = "v kind chainId deployment patient head headers receipts entries documents digest";
  const fields = object(value, "$", members);
  if (fields["v"] !== 1 || fields["kind"] !== "chartkey-ledger") throw malformed("$", "a Chartkey export of version 1");
  return {
    v: 1,
    kind: "chartkey-ledger",
    chainId: integer(fields["chainId"], "chainId", Number.MAX_SAFE_INTEGER),
    deployment: readDeployment(fields["deployment"]),
    patient: hex(fields["patient"], "patient", 20),
    head: hash(fields["head"], "head"),
    headers: list(fields["headers"], "headers", (header, place) => hex(header, place)),
    receipts: list(fields["receipts"], "receipts", (item, place) => {
      const { block, receipts } = object(item, place, "block receipts");
      const number = integer(block, `${place}.block`, UINT32);
      return { block: number, receipts: list(receipts, `${place}.receipts`, (receipt, at) => hex(receipt, at)) };
    }),
    entries: list(fields["entries"], "entries", readEntry),
    documents: list(fields["documents"], "documents", readDocument),
    digest: hash(fields["digest"], "digest"),
  };
}
