import { sequenceOf } from "../chain/head.ts";
import type { Validator } from "../records/validate.ts";
import { type EmergencyItem, emergencyKind } from "../records/emergency-set.ts";
import { placeOfUrl, recordUrl } from "../records/record-url.ts";
import { isJsonObject } from "../records/references.ts";
import { correctionsOf } from "./corrections.ts";
import type { ChartState } from "./emergency-set.ts";
import { payloadJson } from "./payload-json.ts";
import type { OpenedRecord } from "./opened-record.ts";
import type { TimelineEntry } from "./opening.ts";
import type { Timeline } from "./timeline.ts";

/** What of a chart an emergency set can show. */
export interface EmergencyCandidates {
  /** Newest first. */
  items: EmergencyItem[];
  asOf: ChartState;
  /** Entries that could not be opened: what they hold is not offered. */
  unopened: number;
  /** Records that the patient keeps to himself: not offered either. */
  hidden: number;
}

/** The resources of a payload: those of a collection, else itself. */
function partsOf({ data }: OpenedRecord): unknown[] {
  const json = payloadJson(data);
  if (!isJsonObject(json) || json["resourceType"] !== "Bundle" || !Array.isArray(json["entry"])) return [json];
  return json["entry"].map((entry: unknown) => (isJsonObject(entry) ? entry["resource"] : undefined));
}

function itemsOf(record: OpenedRecord, validator: Validator): EmergencyItem[] {
  const { recordId, index } = record;
  return partsOf(record).flatMap((part, place) => {
    if (!isJsonObject(part) || !validator.isResourceType(part["resourceType"])) return [];
    const resource = part as unknown as EmergencyItem["resource"];
    const kind = validator.validate(resource).length > 0 ? undefined : emergencyKind(resource);
    return kind === undefined ? [] : [{ url: recordUrl({ recordId, index, part: place }), kind, resource }];
  });
}

/** Whether a record is FHIR at all: only such is offered. */
const isFhir = ({ meta }: OpenedRecord) => meta.contentType.startsWith("application/fhir+json");

const isHidden = ({ control }: OpenedRecord) => control?.state === "hidden";
const isErased = ({ problem }: TimelineEntry) => problem?.code === "RECORD_ERASED";

/**
 * What is current of a chart and of help in an emergency; a record that a correction replaced is left out, a disputed one stays. What the
 * patient hid is left out: others would read it.
 */
export function emergencyCandidates(
  { entries, notices, blockNumber }: Timeline,
  validator: Validator,
): EmergencyCandidates {
  const oldestFirst = entries.flatMap(({ records }) => [...records].reverse()).reverse();
  const standingOf = correctionsOf(oldestFirst);
  const current = oldestFirst
    .filter((record) => isFhir(record) && !isHidden(record) && standingOf(record).state !== "superseded")
    .reverse();
  return {
    items: current.flatMap((record) => itemsOf(record, validator)),
    asOf: { sequence: entries.length + notices.length, block: Number(blockNumber) },
    unopened: entries.filter((entry) => entry.problem !== undefined && !isErased(entry)).length,
    hidden: oldestFirst.filter(isHidden).length,
  };
}

/** Number in the ledger of the entry that an item comes from; 0 for one that names none. */
export function sequenceOfItem({ url }: Pick<EmergencyItem, "url">): number {
  const place = placeOfUrl(url);
  return place === undefined ? 0 : sequenceOf(place.recordId);
}
