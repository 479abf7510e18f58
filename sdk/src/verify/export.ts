import { type Address, type Hex, bytesToHex, toRlp } from "viem";
import { type Bytes, sha256, toBase64Url } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes, parseDocument } from "../json.ts";
import type { Deployment } from "../generated/addresses.ts";
import { type LedgerEntry, ZERO_HEAD } from "../chain/head.ts";
import { readLedger } from "../chain/ledger.ts";
import { merkleRoot } from "../chain/merkle.ts";
import { type ContentReference, rawReference } from "../storage/cid.ts";
import { type FileScope, categoryFile, chartFile } from "../storage/scope.ts";
import { ALL_CATEGORIES, type ReadSession, entryFile, sameAddress } from "../workflows/session.ts";
import { factsIn, isEntry, mayHoldFacts } from "./entries.ts";
import type { ExportDocument, ExportEntry, ExportItem, LedgerExport } from "./format.ts";
import { type HeaderFields, viewHeader } from "./header.ts";
import { readHeaders, readReceipts } from "./node.ts";

export interface ExportOptions {
  /** Puts the ciphertexts into the file; otherwise only what the chain says of them. */
  withPayloads?: boolean;
  /** Tells the records of a batch that the exporter can read, so that their ciphertexts are part of the export. */
  itemsOf?: (entry: LedgerEntry) => Promise<ExportItem[]>;
}

/** A ciphertext that no store has: the ledger names it all the same. */
const UNDELIVERED = ["STORE_NOT_FOUND", "STORE_DAMAGED", "STORE_WRONG_BYTES"];

/** What a store keeps from whoever exports. */
const WITHHELD = ["STORE_FORBIDDEN", "STORE_UNAUTHORIZED"];

async function orUndelivered<T>(reading: Promise<T>, withheld: readonly string[]): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ChartkeyError && [...UNDELIVERED, ...withheld].includes(error.code)) return undefined;
    throw error;
  }
}

/** Addresses in lower case: one spelling in a file that is hashed. */
export function exportedDeployment({
  fromBlock,
  codeHash: _code,
  ...addresses
}: Deployment): LedgerExport["deployment"] {
  const lower = Object.entries(addresses).map(([name, address]) => [name, address.toLowerCase()]);
  return { ...(Object.fromEntries(lower) as typeof addresses), fromBlock: Number(fromBlock) };
}

/** An entry as an export writes it. */
export function exportedEntry(entry: LedgerEntry, block: number): ExportEntry {
  const { kind, recordId, author, hospital, categories, time, payload, codec, wraps, batch } = entry;
  const own = { kind, recordId, hospital, categories, time, payload, codec, wraps, ...(batch ? { batch } : {}) };
  return { block, ...own, author: author.toLowerCase() as Address };
}

/** What an entry refers to, in the order of an export's documents. */
export function referencesOf({ payload, codec, wraps, items = [] }: ExportEntry): ContentReference[] {
  const own = items.map((item): ContentReference => ({ codec: item.codec, digest: item.payload }));
  return [{ codec, digest: payload }, rawReference(wraps), ...own];
}

/** References of all entries, each once. */
export function allReferences(entries: readonly ExportEntry[]): ContentReference[] {
  const all = entries.flatMap(referencesOf);
  return [...new Map(all.map((reference) => [`${reference.codec}|${reference.digest}`, reference])).values()];
}

/** Leaf hashes of a batch; none when its manifest is missing or does not hold what its author anchored. */
async function leavesOf({ store }: ReadSession, entry: LedgerEntry): Promise<{ leaves?: Hex[] }> {
  const { batch, payload } = entry;
  if (batch === undefined) return {};
  const manifest = await orUndelivered(store.getDocument(payload, entryFile(entry)), WITHHELD);
  if (manifest === undefined) return {};
  try {
    const { leaves } = parseDocument(manifest, "batch manifest");
    return fitsBatch(leaves, batch) ? { leaves } : {};
  } catch (error) {
    if (error instanceof ChartkeyError) return {};
    throw error;
  }
}

/** Whether a list is the leaf hashes that a batch's root stands for. */
export function fitsBatch(leaves: unknown, batch: { root: Hex; count: number }): leaves is Hex[] {
  if (!Array.isArray(leaves) || leaves.length !== batch.count || leaves.length === 0) return false;
  if (!leaves.every((leaf) => typeof leaf === "string" && /^0x[0-9a-f]{64}$/.test(leaf))) return false;
  return merkleRoot(leaves as Hex[]) === batch.root;
}

/** Which file of the chart a reference is, for the store. */
function filesOf(patient: Address, entries: readonly ExportEntry[]): (reference: ContentReference) => FileScope {
  const files = entries.flatMap((entry): [string, FileScope][] => [
    ...referencesOf(entry).map(({ digest }): [string, FileScope] => [digest, entryFile({ ...entry, patient })]),
    ...(entry.items ?? []).map(({ payload, category }): [string, FileScope] => [
      payload,
      categoryFile(patient, category),
    ]),
  ]);
  const known = new Map(files);
  return ({ digest }) => known.get(digest) ?? chartFile(patient, ALL_CATEGORIES);
}

async function exportDocument(
  { store }: ReadSession,
  reference: ContentReference,
  file: FileScope | undefined,
): Promise<ExportDocument> {
  // Whoever asks for the ciphertexts without saying who he is should hear it, rather than get a file without them.
  const bytes = file === undefined ? undefined : await orUndelivered(store.get(reference, file), ["STORE_FORBIDDEN"]);
  return bytes === undefined ? reference : { ...reference, data: toBase64Url(bytes) };
}

async function exportEntries(
  session: ReadSession,
  patient: Address,
  headers: readonly HeaderFields[],
  options: ExportOptions,
) {
  const { deployment } = session.chain;
  const held = headers.filter((fields) => mayHoldFacts(viewHeader(fields).logsBloom, deployment, patient));
  const encoded = await readReceipts(session.chain, held);
  const receipts = held.map((fields, index) => ({
    block: Number(viewHeader(fields).number),
    receipts: encoded[index]!,
  }));
  const entries: ExportEntry[] = [];
  for (const { block, receipts: list } of receipts)
    for (const entry of factsIn(list, deployment).filter(isEntry)) {
      if (!sameAddress(entry.patient, patient)) continue;
      const exported = exportedEntry(entry, block);
      const items = entry.batch === undefined ? [] : ((await options.itemsOf?.(entry)) ?? []);
      entries.push({
        ...exported,
        ...(await leavesOf(session, entry)),
        ...(items.length === 0 ? {} : { items }),
      });
    }
  return { receipts, entries };
}

/**
 * Writes a patient's ledger with everything that proves it, as canonical JSON (docs/export-format.md). Needs no key.
 * Throws `CHAIN_FALSE_ANSWER`, and what `readLedger`, chain and store throw.
 */
export async function exportLedger(
  session: ReadSession,
  patient: Address,
  options: ExportOptions = {},
): Promise<Bytes> {
  const { chain } = session;
  const ledger = await readLedger(chain, patient);
  const headers = await readHeaders(chain, chain.deployment.fromBlock, ledger.blockNumber);
  const { receipts, entries } = await exportEntries(session, patient, headers, options);
  if ((entries.at(-1)?.recordId ?? ZERO_HEAD) !== ledger.head)
    throw new ChartkeyError("LEDGER_INCOMPLETE", "The node's receipts do not reach the head in the contract.");
  const fileOf = filesOf(patient, entries);
  const documents: ExportDocument[] = [];
  for (const reference of allReferences(entries))
    documents.push(await exportDocument(session, reference, options.withPayloads ? fileOf(reference) : undefined));
  const content: Omit<LedgerExport, "digest"> = {
    v: 1,
    kind: "chartkey-ledger",
    chainId: chain.id,
    deployment: exportedDeployment(chain.deployment),
    patient: patient.toLowerCase() as Address,
    head: ledger.head,
    headers: headers.map((fields) => toRlp(fields)),
    receipts,
    entries,
    documents,
  };
  return canonicalBytes({ ...content, digest: await digestOf(content) });
}

/** SHA-256 of the canonical JSON of an export without its digest. */
export async function digestOf(content: Omit<LedgerExport, "digest">): Promise<Hex> {
  return bytesToHex(await sha256(canonicalBytes(content)));
}
