import type { Hex } from "viem";

/** Where a resource stands in its chart. */
export interface RecordPlace {
  /** Id of the ledger entry. */
  recordId: Hex;
  /** Place in the entry's batch; 0 for a single entry. */
  index: number;
  /** Place in the record's Bundle; 0 when it is none. */
  part: number;
}

/** The URL by which one record of a chart names another (docs/protocol.md, References between records). */
export function recordUrl({ recordId, index, part }: RecordPlace): string {
  return `urn:chartkey:${recordId}:${index}:${part}`;
}

/** The place that such a URL names; undefined for anything else. */
export function placeOfUrl(url: string): RecordPlace | undefined {
  const found = /^urn:chartkey:(0x[0-9a-f]{64}):(0|[1-9]\d{0,5}):(0|[1-9]\d{0,5})$/.exec(url);
  return found ? { recordId: found[1] as Hex, index: Number(found[2]), part: Number(found[3]) } : undefined;
}
