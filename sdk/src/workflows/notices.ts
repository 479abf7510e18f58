import type { Hex } from "viem";
import { type Bytes, fromBase64Url, toBase64Url } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes, parseDocument } from "../json.ts";
import type { LedgerEntry } from "../chain/head.ts";
import type { ContentReference } from "../storage/cid.ts";
import type { RecordReference } from "./corrections.ts";
import type { OpenedRecord } from "./opened-record.ts";

/** Content type of what a patient writes about what he did with earlier records (docs/protocol.md, Notices). */
export const NOTICE_TYPE = "application/vnd.chartkey.notice+json";

/** What a notice says of one record. */
export type NoticeItem = RecordReference &
  (
    | { state: "hidden"; cover: ContentReference }
    | { state: "resealed"; cover: ContentReference; key: Bytes }
    | { state: "shown" }
    | { state: "erased" }
  );

/** What the patient did last with a record, and the entry of his ledger that says so. */
export interface Control {
  item: Exclude<NoticeItem, { state: "shown" }>;
  notice: LedgerEntry;
}

/** Controls by record. */
export type Controls = ReadonlyMap<string, Control>;

export const NO_CONTROLS: Controls = new Map();

export const recordKey = ({ recordId, index }: RecordReference): string => `${recordId.toLowerCase()}/${index}`;

/** The content of a notice. */
export function encodeNotice(items: readonly NoticeItem[]): Bytes {
  const records = items.map((item) => (item.state === "resealed" ? { ...item, key: toBase64Url(item.key) } : item));
  return canonicalBytes({ v: 1, records });
}

const isDigest = (value: unknown): value is Hex => typeof value === "string" && /^0x[0-9a-f]{64}$/.test(value);

function decodeCover(value: unknown): ContentReference | undefined {
  const { codec, digest } = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  return (codec === 0 || codec === 1) && isDigest(digest) ? { codec, digest } : undefined;
}

function decodeItem(value: unknown): NoticeItem[] {
  if (typeof value !== "object" || value === null) return [];
  const { recordId, index, state, cover: given, key } = value as Record<string, unknown>;
  if (!isDigest(recordId) || typeof index !== "number" || !Number.isSafeInteger(index)) return [];
  if (state === "erased" || state === "shown") return [{ recordId, index, state }];
  const cover = decodeCover(given);
  if (cover === undefined) return [];
  if (state === "hidden") return [{ recordId, index, state, cover }];
  return state === "resealed" ? [{ recordId, index, state, cover, key: fromBase64Url(key, 32) }] : [];
}

/** Reads a notice. One that is damaged, or of a version or state that is not known here, says nothing: it must not stop the chart. */
function decodeNotice(data: Uint8Array): NoticeItem[] {
  try {
    const { records } = parseDocument(data, "notice");
    return Array.isArray(records) ? records.flatMap(decodeItem) : [];
  } catch (error) {
    if (error instanceof ChartkeyError) return [];
    throw error;
  }
}

/** Content type of what a patient writes for himself about a record that he shared. */
export const SHARE_TYPE = "application/vnd.chartkey.share+json";

export const isNoticeType = (contentType: string) => contentType === NOTICE_TYPE || contentType === SHARE_TYPE;

/** Whether an opened record is a notice. Only the patient's own entries are: what another author claims of a record does not count. */
export function isNotice({ hospital, meta }: OpenedRecord): boolean {
  return hospital === 0 && isNoticeType(meta.contentType);
}

const isControl = (record: OpenedRecord) => isNotice(record) && record.meta.contentType === NOTICE_TYPE;

/**
 * What the patient did last with each record.
 * @param opened entries with what was opened of them, oldest first.
 */
export function controlsOf(opened: readonly { entry: LedgerEntry; records: readonly OpenedRecord[] }[]): Controls {
  const controls = new Map<string, Control>();
  for (const { entry, records } of opened)
    for (const item of records.filter(isControl).flatMap(({ data }) => decodeNotice(data))) {
      const key = recordKey(item);
      if (controls.get(key)?.item.state === "erased") continue;
      if (item.state === "shown") controls.delete(key);
      else controls.set(key, { item, notice: entry });
    }
  return controls;
}

/** Notices as they were opened, oldest first. */
type Opened = readonly { records: readonly OpenedRecord[] }[];

/** Everything that notices ever said of records. */
export const recordsOf = (opened: Opened): NoticeItem[] =>
  opened.flatMap(({ records }) => records.filter(isControl).flatMap(({ data }) => decodeNotice(data)));

const saidOf = (opened: Opened, record: RecordReference): NoticeItem[] =>
  recordsOf(opened).filter((item) => recordKey(item) === recordKey(record));

/** Every cover that notices ever named for a record. */
export const coversOf = (opened: Opened, record: RecordReference): ContentReference[] =>
  saidOf(opened, record).flatMap((item) => ("cover" in item ? [item.cover] : []));

/** Whether a strong revoke ever shut somebody out of a record's anchored bytes. */
export const wasResealed = (opened: Opened, record: RecordReference): boolean =>
  saidOf(opened, record).some(({ state }) => state === "resealed");
