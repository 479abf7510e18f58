import {
  correctionsOf,
  fromScope,
  type AnchoredEntry,
  type OpenedRecord,
  type RecordReference,
  type Standing,
  type Timeline,
  type TimelineEntry,
} from "@chartkey/sdk";
import type { Address, Hex } from "viem";
import { fhirSeconds } from "../format/fhirDate.ts";
import type { Resource, Summary } from "./content.ts";
import type { ContentReader, RecordContent } from "./ContentReader.ts";

/** Where the bytes of an entry stand. Only a verified one has content. */
export type Integrity =
  | "verified"
  | "notDelivered"
  | "damaged"
  | "altered"
  | "noAccess"
  | "unreachable"
  | "withheld"
  | "unusable"
  /** The patient keeps it to himself, or had it removed. */
  | "hidden"
  | "erased";

/** One line of a chart: a resource, or an entry that could not be opened. */
export interface ChartItem {
  /** Record id, place in a batch, place in a Bundle. */
  readonly key: string;
  readonly recordId: Hex;
  /** Place in a batch; 0 for a single entry. */
  readonly index: number;
  /** Place in the Bundle of an order; 0 for everything else. */
  readonly part: number;
  readonly categories: readonly number[];
  readonly author: Address;
  readonly hospital: number;
  /** Unix seconds at which it was anchored. */
  readonly time: number;
  /** Unix seconds by which it is ordered: the date that it is about, else that of its anchoring. */
  readonly when: number;
  readonly integrity: Integrity;
  /** Code of the problem. */
  readonly problem?: string;
  /** By which other records may name it, besides by type and id. */
  readonly fullUrl?: string;
  /** Missing when the content is no valid FHIR. */
  readonly resource?: Resource;
  readonly summary?: Summary;
  /** A record that is no FHIR: a scan, a letter, anything. */
  readonly file?: NonNullable<RecordContent["file"]>;
  /** Large files of the resource, which lie beside it. */
  readonly attachments?: NonNullable<OpenedRecord["attachments"]>;
  /** What was decrypted, as JSON; undefined for an entry that was not opened or is no JSON. */
  readonly json?: unknown;
  /** Unix seconds since which the patient hides it, or at which he erased it. He himself opens what he hid. */
  readonly withheldSince?: number;
  /** What later records say of it. */
  readonly standing: Standing;
  readonly entry: AnchoredEntry;
}

const states: Readonly<Record<string, Integrity>> = {
  NO_ACCESS: "noAccess",
  STORE_NOT_FOUND: "notDelivered",
  // An honest store says so of a block that was damaged on its disk.
  STORE_DAMAGED: "damaged",
  STORE_WRONG_BYTES: "altered",
  STORE_WRONG_CID: "altered",
  PAYLOAD_ALTERED: "altered",
  STORE_UNREACHABLE: "unreachable",
  STORE_REFUSED: "withheld",
  RECORD_HIDDEN: "hidden",
  RECORD_ERASED: "erased",
};

const WITHHELD = ["RECORD_HIDDEN", "RECORD_ERASED"];

const CURRENT: Standing = { state: "current" };

/** Key of the first line of a record. */
export const keyOf = ({ recordId, index }: RecordReference) => `${recordId}.${index}.0`;

/** The state that an entry is in for the code of its problem. */
export function integrityOf(code: string): Integrity {
  return states[code] ?? "unusable";
}

/** The lines of one opened record. */
export function itemsOf(
  entry: AnchoredEntry,
  record: OpenedRecord,
  { file, problem, parts }: RecordContent,
  standing = CURRENT,
): ChartItem[] {
  const { recordId, index, category, author, hospital, time, control } = record;
  const lines = parts.map(({ json, url, resource, summary }, part): ChartItem => {
    return {
      key: `${recordId}.${index}.${part}`,
      recordId,
      index,
      part,
      categories: [category],
      author,
      hospital,
      time,
      when: fhirSeconds(summary?.date) ?? time,
      integrity: problem === undefined ? "verified" : "unusable",
      standing,
      entry,
      ...(problem === undefined ? { json } : { problem }),
      ...(file ? { file } : {}),
      ...(record.attachments ? { attachments: record.attachments } : {}),
      ...(typeof url === "string" ? { fullUrl: url } : {}),
      ...(resource && summary ? { resource, summary } : {}),
      ...(control?.state === "hidden" ? { withheldSince: control.time } : {}),
    };
  });
  // Who wrote an order is on the chain: the Provenance inside it is no line of its own.
  return lines.filter(({ resource }, _, { length }) => length === 1 || resource?.resourceType !== "Provenance");
}

/** A line for what could not be opened. */
function unopened(entry: AnchoredEntry, index: number, problem: string, withheldSince?: number): ChartItem {
  const { recordId, author, hospital, time } = entry;
  const categories = entry.kind === "batch" ? fromScope(entry.categories) : [entry.categories];
  const place = { key: keyOf({ recordId, index }), recordId, index, part: 0 };
  const since = withheldSince === undefined ? {} : { withheldSince };
  const state = { integrity: integrityOf(problem), problem, standing: CURRENT, ...since };
  return { ...place, categories, author, hospital, time, when: time, ...state, entry };
}

/** The lines of what the patient withholds and the account does not open; of a batch it may be some records among others. */
function withheldItems({ entry, records, withheld = [] }: TimelineEntry): ChartItem[] {
  return withheld
    .filter(({ index }) => !records.some((record) => record.index === index))
    .map(({ index, state, time }) => unopened(entry, index, `RECORD_${state.toUpperCase()}`, time));
}

/**
 * The lines of a chart, newest first.
 * @param isWanted which records have lines; what the others say of these counts all the same
 */
export async function chartItems(
  { entries }: Pick<Timeline, "entries">,
  reader: Pick<ContentReader, "contentOf">,
  isWanted: (record: OpenedRecord) => boolean = () => true,
): Promise<ChartItem[]> {
  const standingOf = correctionsOf(entries.toReversed().flatMap(({ records }) => records));
  const lines = entries.map(async (opened): Promise<ChartItem[]> => {
    const { entry, records, problem } = opened;
    // A patient whose store is silent is told so, also of what he hid.
    if (problem !== undefined && !WITHHELD.includes(problem.code)) return [unopened(entry, 0, problem.code)];
    const wanted = records.filter(isWanted);
    const contents = await Promise.all(wanted.map((record) => reader.contentOf(record)));
    const read = wanted.flatMap((record, place) => itemsOf(entry, record, contents[place]!, standingOf(record)));
    return [...read, ...withheldItems(opened)];
  });
  return (await Promise.all(lines)).flat().sort((left, right) => right.when - left.when);
}

/** The patient's own profile: the newest Patient resource that the patient wrote here; one inside an import describes the file. */
export function ownProfile(items: readonly ChartItem[], patient: string) {
  return items
    .filter(({ entry, author }) => entry.kind === "entry" && author.toLowerCase() === patient.toLowerCase())
    .sort((left, right) => right.time - left.time)
    .map(({ resource }) => resource)
    .find((resource) => resource?.resourceType === "Patient");
}

/** The one record that a URL or a reference such as `Binary/1` means; undefined when there is none, or more than one. */
export function itemNamed(items: readonly ChartItem[], url: string): ChartItem | undefined {
  const only = (named: readonly ChartItem[]) => (named.length === 1 ? named[0] : undefined);
  const name = /(?:^|\/)([A-Z]\w+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[^/]+)?$/.exec(url)?.[1];
  return (
    only(items.filter(({ fullUrl }) => fullUrl === url)) ??
    only(
      items.filter(({ resource }) => resource?.id !== undefined && `${resource.resourceType}/${resource.id}` === name),
    )
  );
}
