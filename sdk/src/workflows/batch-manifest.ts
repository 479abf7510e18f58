import type { Hex } from "viem";
import { type Bytes, fromBase64Url } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { parseDocument } from "../json.ts";
import { merkleRoot } from "../chain/merkle.ts";

/** One record of a batch, as its section lists it. */
export interface BatchItem {
  index: number;
  category: number;
  codec: 0 | 1;
  payload: Hex;
  key: string;
  /** Names the meta and the resource of a payload with files behind it, so that they can be read without the files. */
  head?: Hex;
}

/** A batch's manifest whose leaves give the root in the ledger. */
export interface Manifest {
  leaves: Hex[];
  /** Category -> sealed section. */
  sections: Map<number, Bytes>;
}

export const malformedManifest = (recordId: Hex) =>
  new ChartkeyError(
    "BATCH_MALFORMED",
    "This import's list of records does not match the ledger. Its author's program wrote it wrongly.",
    { details: { recordId } },
  );

const isDigest = (value: unknown): value is Hex => typeof value === "string" && /^0x[0-9a-f]{64}$/.test(value);
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** Parses a manifest and checks it against the ledger. Throws `BATCH_MALFORMED`, `DOCUMENT_MALFORMED`, `DOCUMENT_VERSION`. */
export function decodeManifest(bytes: Uint8Array, recordId: Hex, batch: { root: Hex; count: number }): Manifest {
  const { leaves, sections } = parseDocument(bytes, "batch manifest");
  const whole = Array.isArray(leaves) && leaves.length === batch.count && leaves.every(isDigest);
  if (!whole || !Array.isArray(sections) || merkleRoot(leaves) !== batch.root) throw malformedManifest(recordId);
  const sealed = sections.map((section: unknown): [number, Bytes] => {
    if (!isRecord(section) || typeof section["category"] !== "number") throw malformedManifest(recordId);
    return [section["category"], fromBase64Url(section["payload"])];
  });
  return { leaves, sections: new Map(sealed) };
}

/**
 * Reads the items of an opened section. Each must be of the section's category: an author who may add to one category cannot pass a
 * record off as one of another. Throws `BATCH_MALFORMED`.
 */
export function decodeItems(content: unknown, recordId: Hex, category: number): BatchItem[] {
  const items = isRecord(content) ? content["items"] : undefined;
  const isItem = (item: unknown): item is BatchItem =>
    isRecord(item) &&
    Number.isSafeInteger(item["index"]) &&
    item["category"] === category &&
    (item["codec"] === 0 || item["codec"] === 1) &&
    isDigest(item["payload"]) &&
    typeof item["key"] === "string" &&
    (item["head"] === undefined || isDigest(item["head"]));
  if (!Array.isArray(items) || !items.every(isItem)) throw malformedManifest(recordId);
  return items;
}
