import { bytesToHex } from "viem";
import { canonicalBytes } from "../json.ts";
import { fromBase64Url } from "../bytes.ts";
import { type LedgerContext, type LedgerEntry, ZERO_HEAD, findBreak } from "../chain/head.ts";
import { leafHash } from "../chain/merkle.ts";
import { findForeignEntry } from "../chain/succession.ts";
import { referenceOf } from "../storage/cid.ts";
import { sameAddress } from "../workflows/session.ts";
import { allReferences, exportedEntry, fitsBatch } from "./export.ts";
import { factsIn, isEntry, mayHoldFacts, patientOf } from "./entries.ts";
import type { ExportEntry, LedgerExport } from "./format.ts";
import type { LinkedHeaders } from "./headers-check.ts";
import { fail } from "./report.ts";
import { listRoot } from "./trie.ts";

const same = (left: unknown, right: unknown) => bytesToHex(canonicalBytes(left)) === bytesToHex(canonicalBytes(right));

/** Checks that the receipts are those of every block that can hold an entry or a succession of the patient, complete and unaltered. */
export function checkReceipts(file: LedgerExport, { views }: LinkedHeaders): [detail: string, value: true] {
  const { deployment, patient } = file;
  const needed = views.filter(({ logsBloom }) => mayHoldFacts(logsBloom, deployment, patient));
  const given = new Map(file.receipts.map(({ block, receipts }) => [BigInt(block), receipts]));
  if (given.size !== file.receipts.length) fail("The receipts of a block are there twice.");
  for (const { number, receiptsRoot } of needed) {
    const receipts =
      given.get(number) ?? fail(`Block ${number} can hold an entry of this patient; its receipts are missing.`);
    if (listRoot(receipts) !== receiptsRoot)
      fail(`The receipts of block ${number} are not those that its header names.`);
  }
  if (given.size !== needed.length) fail("There are receipts of blocks that cannot hold an entry of this patient.");
  return [
    `The receipts of ${needed.length} blocks give the roots in their headers; no other block can hold an entry.`,
    true,
  ];
}

/** Checks that the entries are those in the receipts, and that those without a hospital are by whoever acted for the patient. */
export function checkEntries({
  deployment,
  patient,
  receipts,
  entries,
}: LedgerExport): [detail: string, value: LedgerEntry[]] {
  // In the order of the blocks, whatever the file's: who acted for the patient at an entry depends on it.
  const facts = receipts
    .toSorted((left, right) => left.block - right.block)
    .flatMap(({ block, receipts: list }) => factsIn(list, deployment).map((fact) => ({ fact, block })))
    .filter(({ fact }) => sameAddress(patientOf(fact), patient));
  const foreign = findForeignEntry(facts.map(({ fact }) => fact));
  if (foreign !== undefined)
    fail(`Entry ${foreign.recordId} names no hospital, and its author did not act for the patient then.`);
  const found = facts.flatMap(({ fact, block }) =>
    isEntry(fact) ? [{ entry: fact, exported: exportedEntry(fact, block) }] : [],
  );
  const listed = entries.map((entry) => exportedEntry({ ...entry, patient }, entry.block));
  const wrong = found.findIndex(({ exported }, index) => !same(exported, listed[index] ?? null));
  if (wrong !== -1) fail(`entries[${wrong}] is not what the receipts say.`);
  if (found.length !== listed.length) fail("There are entries that no receipt holds.");
  return [`${found.length} entries, each an event of the contract in the receipts.`, found.map(({ entry }) => entry)];
}

/** Checks that the entries lead from nothing to the head. */
export function checkHead({ chainId, deployment, head }: LedgerExport, entries: LedgerEntry[]): [string, true] {
  const broken = findBreak({ chainId, registry: deployment.records }, entries);
  if (broken !== undefined) fail(`Entry ${broken.recordId} does not follow from the entries before it.`);
  if ((entries.at(-1)?.recordId ?? ZERO_HEAD) !== head) fail("The last entry is not the head.");
  return [`The entries, hashed one after the other, give the head ${head}.`, true];
}

function checkItems(
  context: LedgerContext,
  patient: LedgerExport["patient"],
  { recordId, author, leaves, items }: ExportEntry,
) {
  for (const item of items ?? [])
    if (leaves?.[item.index] !== leafHash(context, { patient, author, ...item }))
      fail(`A record that is listed under batch ${recordId} is not one of it.`);
  return items?.length ?? 0;
}

/** Checks the leaves of batches against their roots, and the records listed under them against the leaves. */
export function checkBatches({ chainId, deployment, patient, entries }: LedgerExport): [string, true] {
  const context = { chainId, registry: deployment.records };
  let [whole, without, listed] = [0, 0, 0];
  for (const entry of entries) {
    if (entry.batch === undefined) {
      if (entry.leaves !== undefined || entry.items !== undefined) fail(`Entry ${entry.recordId} is no batch.`);
      continue;
    }
    if (entry.leaves === undefined) without++;
    else if (fitsBatch(entry.leaves, entry.batch)) whole++;
    else fail(`The records of batch ${entry.recordId} do not give its root.`);
    listed += checkItems(context, patient, entry);
  }
  const missing = without === 0 ? "" : ` Batches without their list: ${without}.`;
  return [`Batches with all their leaves: ${whole}. Of their records, ${listed} named.${missing}`, true];
}

/** Checks that the documents are those that the entries name, and that the bytes that are there have their digests. */
export async function checkDocuments({ entries, documents }: LedgerExport): Promise<[string, number]> {
  const named = documents.map(({ codec, digest }) => ({ codec, digest }));
  if (!same(named, allReferences(entries))) fail("The documents are not those that the entries name.");
  let held = 0;
  for (const { codec, digest, data } of documents) {
    if (data === undefined) continue;
    const actual = await referenceOf(fromBase64Url(data));
    if (actual.codec !== codec || actual.digest !== digest)
      fail(`The bytes of document ${digest} are not those that were anchored.`);
    held++;
  }
  return [`${documents.length} ciphertexts named, ${held} of them in the file and unaltered.`, held];
}
