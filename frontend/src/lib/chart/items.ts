import {
  ChartkeyError,
  correctionsOf,
  fromScope,
  payloadJson,
  type AnchoredEntry,
  type OpenedRecord,
  type RecordReference,
  type Standing,
  type Timeline,
  type TimelineEntry,
} from "@chartkey/sdk";
import { summarize, type Summary, type Validator } from "@chartkey/sdk/records";
import type { Address, Hex } from "viem";
import { fhirSeconds } from "../format/fhirDate.ts";

type Resource = Parameters<typeof summarize>[0];

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
  readonly file?: { readonly title: string; readonly contentType: string; readonly size: number };
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

/** Media type of a resource. */
export const FHIR_JSON = "application/fhir+json";

const CURRENT: Standing = { state: "current" };

/** Key of the first line of a record. */
export const keyOf = ({ recordId, index }: RecordReference) => `${recordId}.${index}.0`;

/** The state that an entry is in for the code of its problem. */
export function integrityOf(code: string): Integrity {
  return states[code] ?? "unusable";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Part {
  readonly json: unknown;
  readonly url: unknown;
}

/** The resources of a payload: those of a collection, else itself, which is named beside it. */
function partsOf(json: unknown, url: unknown): Part[] {
  if (!isObject(json) || json["resourceType"] !== "Bundle" || !Array.isArray(json["entry"])) return [{ json, url }];
  return json["entry"].map((entry: unknown) => {
    const { resource, fullUrl } = isObject(entry) ? entry : {};
    return { json: resource, url: fullUrl };
  });
}

/** Shown only when it is valid: an author may write anything, and a page must not take it for what it is not. */
function shown(json: unknown, validator: Validator): Pick<ChartItem, "resource" | "summary"> {
  if (!isObject(json) || !validator.isResourceType(json["resourceType"])) return {};
  const resource = json as unknown as Resource;
  return validator.validate(resource).length > 0 ? {} : { resource, summary: summarize(resource) };
}

/** Valid resources of a payload's JSON, with what they say. */
export function resourcesOf(json: unknown, validator: Validator): { resource: Resource; summary: Summary }[] {
  return partsOf(json, undefined).flatMap((part) => {
    const { resource, summary } = shown(part.json, validator);
    return resource && summary ? [{ resource, summary }] : [];
  });
}

function jsonOf({ data }: OpenedRecord): { json?: unknown; problem?: string } {
  try {
    return { json: payloadJson(data) };
  } catch (error) {
    if (error instanceof ChartkeyError) return { problem: error.code };
    throw error;
  }
}

function fileOf({ meta, data, large }: OpenedRecord): ChartItem["file"] {
  const { contentType, title } = meta;
  if (contentType === FHIR_JSON && large === undefined) return undefined;
  return { title: typeof title === "string" ? title : "", contentType, size: large?.size ?? data.length };
}

/** The lines of one opened record. */
export function itemsOf(
  entry: AnchoredEntry,
  record: OpenedRecord,
  validator: Validator,
  standing = CURRENT,
): ChartItem[] {
  const { recordId, index, category, author, hospital, time, control } = record;
  const file = fileOf(record);
  const { json: whole, problem } = file ? {} : jsonOf(record);
  const lines = partsOf(whole, record.meta["fullUrl"]).map(({ json, url }, part): ChartItem => {
    const { resource, summary } = shown(json, validator);
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

/** The lines of a chart, newest first. */
export function chartItems({ entries }: Pick<Timeline, "entries">, validator: Validator): ChartItem[] {
  const standingOf = correctionsOf(entries.toReversed().flatMap(({ records }) => records));
  const items = entries.flatMap((opened): ChartItem[] => {
    const { entry, records, problem } = opened;
    // A patient whose store is silent is told so, also of what he hid.
    if (problem !== undefined && !WITHHELD.includes(problem.code)) return [unopened(entry, 0, problem.code)];
    const lines = records.flatMap((record) => itemsOf(entry, record, validator, standingOf(record)));
    return [...lines, ...withheldItems(opened)];
  });
  return items.sort((left, right) => right.when - left.when);
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
