import type { Address, Hex } from "viem";
import { ChartkeyError } from "../errors.ts";
import { decodeKeyring } from "../crypto/keyring.ts";
import { decodeWraps } from "../crypto/wraps.ts";
import type { Chain } from "../chain/connection.ts";
import { readConsent } from "../chain/consent.ts";
import { ZERO_HEAD } from "../chain/head.ts";
import { type AnchoredEntry, readLedger } from "../chain/ledger.ts";
import { leafHash } from "../chain/merkle.ts";
import { readVisits } from "../chain/visits.ts";
import { type Manifest, decodeManifest } from "./batch-manifest.ts";
import { fromScope } from "./consent.ts";
import { sameAddress } from "./session.ts";

/** A file that a store keeps for a chart. */
export interface StoredFile {
  codec: 0 | 1;
  /** SHA-256 of its root block, 0x-prefixed. */
  digest: string;
  /** Mask of the categories it was stored for, and by whom. */
  categories: number;
  uploader: string;
  /** When it was stored last, in Unix seconds. */
  since: number;
}

/** The bytes of a document of one block; undefined when the store does not have it. */
export type ReadDocument = (digest: string) => Promise<Uint8Array | undefined>;

/** A list of a later version may be read by a later program; one that is wrong, by none. */
const NEVER_READ = new Set(["DOCUMENT_MALFORMED", "BATCH_MALFORMED"]);

function notKnown(digest: Hex): ChartkeyError {
  return new ChartkeyError(
    "STORE_NOT_FOUND",
    "A document that lists files of this chart is not here, so it is not known which files are. Repair the store.",
    { details: { digest } },
  );
}

async function readOrFail(read: ReadDocument, digest: Hex): Promise<Uint8Array> {
  const bytes = await read(digest);
  if (bytes === undefined) throw notKnown(digest);
  return bytes;
}

/**
 * What the wraps documents of a patient's own entries list: covers that his notices bring, and documents that he erased. Of an erased
 * one nothing is to be known. Throws `STORE_NOT_FOUND` when another one is not there.
 */
async function readLists(read: ReadDocument, entries: readonly AnchoredEntry[]) {
  const [brought, erased] = [new Set<string>(), new Set<string>()];
  const missing: Hex[] = [];
  for (const { wraps } of entries.filter(({ hospital }) => hospital === 0)) {
    const bytes = await read(wraps);
    if (bytes === undefined) {
      missing.push(wraps);
      continue;
    }
    const lists = decodeWraps(bytes);
    for (const digest of lists.files ?? []) brought.add(digest);
    for (const digest of lists.erased ?? []) erased.add(digest);
  }
  const lost = missing.find((digest) => !erased.has(digest));
  if (lost !== undefined) throw notKnown(lost);
  return { brought, erased };
}

/** Whether a file is a record of this batch: a batch keeps the digests of its records to itself, but each can be tried. */
function isLeaf(chain: Chain, entry: AnchoredEntry, { leaves }: Manifest, file: StoredFile): boolean {
  const context = { chainId: chain.id, registry: chain.deployment.records };
  const { patient, author } = entry;
  const item = { patient, author, codec: file.codec, payload: file.digest as Hex };
  return fromScope(file.categories & entry.categories).some((category) =>
    leaves.some((leaf, index) => leaf === leafHash(context, { ...item, index, category })),
  );
}

/** Undefined when it lists nothing that anybody could ever read: its author cannot keep the chart's other files from being swept by that. */
function readManifest({ recordId, batch }: AnchoredEntry, bytes: Uint8Array): Manifest | undefined {
  try {
    return decodeManifest(bytes, recordId, batch!);
  } catch (error) {
    if (error instanceof ChartkeyError && NEVER_READ.has(error.code)) return undefined;
    throw error;
  }
}

/** How far the clocks of a store and of the chain may be apart, in seconds. */
const CLOCK_MARGIN = 3600;

/** By whom and when it was stored it may well be of this batch: then it need not be tried, which takes as many hashes as there are records. */
function isLikely({ author, categories, time }: AnchoredEntry, file: StoredFile): boolean {
  return (
    sameAddress(author, file.uploader) && time + CLOCK_MARGIN >= file.since && (categories & file.categories) !== 0
  );
}

/**
 * Which files of a patient's chart the chain names: in its ledger, its consent or its visits, or through a keyring or the manifest of a
 * batch that these name, or through the wraps document of an entry of the patient's own, as far as he did not erase those. The ledger and the consent are recomputed first,
 * so that a node that withholds something makes nobody forget it. A new kind of chart file has to be named here as well: stores sweep what
 * is not.
 * A file that was stored by the author of a batch and before it counts as one of it. Throws what `readLedger` and `readConsent` throw,
 * and `STORE_NOT_FOUND` when it cannot be known.
 */
export async function namedFiles(
  chain: Chain,
  patient: Address,
  files: readonly StoredFile[],
  read: ReadDocument,
): Promise<boolean[]> {
  const [{ entries }, { changes }, visits] = await Promise.all([
    readLedger(chain, patient),
    readConsent(chain, patient),
    readVisits(chain, { patient }),
  ]);
  const keyrings = [...new Set(changes.map(({ keyring }) => keyring))].filter((digest) => digest !== ZERO_HEAD);
  const named = new Set<string>([
    ...entries.flatMap(({ payload, wraps }) => [payload, wraps]),
    ...visits.flatMap(({ request, wraps }) => [request, wraps]),
    ...keyrings,
  ]);
  const batches = entries.filter(({ batch }) => batch !== undefined);
  const isNamed = (file: StoredFile) => named.has(file.digest) || batches.some((batch) => isLikely(batch, file));
  if (files.every(isNamed)) return files.map(() => true);
  for (const digest of keyrings)
    for (const page of decodeKeyring(await readOrFail(read, digest)).pages) named.add(page.digest);
  const { brought, erased } = await readLists(read, entries);
  for (const digest of brought) named.add(digest);
  for (const entry of batches) {
    const bytes = await read(entry.payload);
    // A manifest is erased with the last record that it lists.
    if (bytes === undefined && erased.has(entry.payload)) continue;
    if (bytes === undefined) throw notKnown(entry.payload);
    const manifest = readManifest(entry, bytes);
    for (const file of files) {
      if (manifest && !isNamed(file) && isLeaf(chain, entry, manifest, file)) named.add(file.digest);
      // The store that asks goes on answering meanwhile.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  return files.map(isNamed);
}
