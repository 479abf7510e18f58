import type { Hex } from "viem";
import { type Bytes, equalBytes, fromUtf8 } from "../bytes.ts";
import { canonicalBytes } from "../json.ts";
import { deploymentOn } from "../chain/connection.ts";
import { digestOf, exportedDeployment } from "./export.ts";
import { type LedgerExport, readExport } from "./format.ts";
import { type LinkedHeaders, checkLinks, checkSeals, decodeHeaders } from "./headers-check.ts";
import { checkBatches, checkDocuments, checkEntries, checkHead, checkReceipts } from "./ledger-check.ts";
import { Checklist, type Report, fail } from "./report.ts";
import { type Work, toWork, workNotShown, workShown } from "./work.ts";

/** Largest file that is read, in bytes. */
const MAX_FILE = 400 * 2 ** 20;

export interface VerifyOptions {
  /** Tells the hash of a block on a chain that you trust: then a chain that somebody mined for himself is noticed. */
  blockHash?: (block: bigint) => Promise<Hex | undefined>;
}

/** What was checked of an export, and whose it is. */
export interface ExportReport extends Report {
  /** What the file is about, as it says; true when `ok`. Absent when the file is damaged. */
  subject?: { chainId: number; patient: Hex; head: Hex; entries: number; block: number; blockHash?: Hex; work?: Work };
}

function parse(bytes: Uint8Array): [string, LedgerExport] {
  if (bytes.length > MAX_FILE) fail(`The file is larger than ${MAX_FILE} bytes.`);
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(bytes));
  } catch {
    fail("The file is not JSON in UTF-8.");
  }
  if (!equalBytes(canonicalBytes(value), bytes)) fail("The file is not spelled as canonical JSON (RFC 8785).");
  return ["The file is an export of version 1 in canonical JSON.", readExport(value)];
}

async function checkDigest({ digest, ...content }: LedgerExport): Promise<[string, true]> {
  if ((await digestOf(content)) !== digest) fail("The digest is not that of the content: something was changed.");
  return [`The content has the digest ${digest}.`, true];
}

function checkDeployment({ chainId, deployment }: LedgerExport): [string, true] {
  const known = exportedDeployment(deploymentOn(chainId));
  const wrong = Object.entries(known).find(([name, value]) => deployment[name as keyof typeof known] !== value);
  if (wrong !== undefined) fail(`${wrong[0]} is not where this program knows it on chain ${chainId}.`);
  return [`The contracts are those that this program knows on chain ${chainId}.`, true];
}

async function checkAnchor(
  { views }: LinkedHeaders,
  blockHash: NonNullable<VerifyOptions["blockHash"]>,
): Promise<[string, true]> {
  const last = views.at(-1)!;
  if ((await blockHash(last.number)) !== last.hash) fail(`The chain that you trust has another block ${last.number}.`);
  return [`Block ${last.number} of the chain that you trust is the last block of the file.`, true];
}

async function checkLedger(list: Checklist, file: LedgerExport, linked: LinkedHeaders | undefined): Promise<void> {
  if (linked !== undefined) await list.run("receipts", () => checkReceipts(file, linked));
  const entries = await list.run("entries", () => checkEntries(file));
  if (entries !== undefined) await list.run("ledger", () => checkHead(file, entries));
  await list.run("batches", () => checkBatches(file));
  await list.run("documents", () => checkDocuments(file));
}

function sentences(file: LedgerExport, linked: LinkedHeaders, work: bigint, isAnchored: boolean) {
  const { number, hash } = linked.views.at(-1)!;
  const proved = [
    "No byte of the file was changed since its digest was written.",
    `Up to block ${number}, the ledger of ${file.patient} has exactly ${file.entries.length} entries; none is missing, altered or out of order in the blocks of this file.`,
    ...workShown(work),
    ...(isAnchored ? ["The blocks of this file are those of the chain that you trust."] : []),
  ];
  const notProved = [
    ...(isAnchored
      ? []
      : [
          `That these blocks are the ones that others have: ask a node that you trust for block ${number}, whose hash must be ${hash}.`,
          ...workNotShown(work),
        ]),
    `Anything after block ${number}.`,
    "What the encrypted records say, and that they are true.",
  ];
  return { proved, notProved };
}

/**
 * Checks an export without any network (docs/export-format.md). Never throws for what is in the file: what does not hold is a check that
 * is not ok. With `blockHash`, the file's last block is compared with a chain that the caller trusts.
 */
export async function verifyExport(
  bytes: Uint8Array | Bytes,
  { blockHash }: VerifyOptions = {},
): Promise<ExportReport> {
  const list = new Checklist();
  const file = await list.run("form", () => parse(bytes));
  if (file === undefined) return list.report([], []);
  // A changed file is not looked into any further: what it says would be a guess at what it said.
  if ((await list.run("digest", () => checkDigest(file))) === undefined) return list.report([], []);
  await list.run("deployment", () => checkDeployment(file));
  const first = BigInt(file.deployment.fromBlock);
  const linked = await list.run("links", () => checkLinks(decodeHeaders(file.headers), first));
  const work = linked && (await list.run("seals", () => checkSeals(linked, file.chainId)));
  await checkLedger(list, file, linked);
  if (linked !== undefined && blockHash !== undefined) await list.run("anchor", () => checkAnchor(linked, blockHash));
  const last = linked?.views.at(-1);
  const { chainId, patient, head, entries } = file;
  const block = file.deployment.fromBlock + file.headers.length - 1;
  const done = toWork(work ?? 0n);
  const subject = {
    ...{ chainId, patient, head, entries: entries.length, block },
    ...(last ? { blockHash: last.hash } : {}),
    ...(done ? { work: done } : {}),
  };
  const said = linked && sentences(file, linked, work ?? 0n, blockHash !== undefined);
  return { ...list.report(said?.proved ?? [], said?.notProved ?? []), subject };
}
