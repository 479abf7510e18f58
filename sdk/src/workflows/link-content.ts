import type { Bundle, Resource } from "@medplum/fhirtypes";
import { utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import type { HealthLinkFile } from "../crypto/health-link.ts";
import { isFrame } from "../records/frame.ts";
import type { Validator } from "../records/validate.ts";
import { FHIR_JSON } from "./chart-resources.ts";
import { type RecordReference, correctionsOf } from "./corrections.ts";
import { type ExportedChart, type FileLimits, exportChart } from "./export-chart.ts";
import { exportedText } from "./exported-text.ts";
import type { OpenedRecord } from "./opened-record.ts";
import { recordKey } from "./notices.ts";
import type { UnlockedSession } from "./session.ts";
import type { Timeline } from "./timeline.ts";

/** What a health link is to open: a summary or what is current of some categories, or single records. */
export type LinkChoice =
  | { format: "ips" | "bundle"; categories: readonly number[] }
  | { format: "records"; records: readonly RecordReference[] };

/** Records that may leave the chart by a link: never what the patient hides, and nothing that was written anew since. */
export function linkableRecords({ entries }: Pick<Timeline, "entries">): OpenedRecord[] {
  const records = entries.toReversed().flatMap((entry) => entry.records);
  const standingOf = correctionsOf(records);
  return records
    .filter((record) => record.control?.state !== "hidden" && standingOf(record).state !== "superseded")
    .reverse();
}

/** Bytes of files that a link may open: with what sealing makes of them, a store takes them (docs/protocol.md, Health links). */
export const MAX_LINK_FILES = 4_000_000;
const LINK_FILES: FileLimits = { each: MAX_LINK_FILES, together: MAX_LINK_FILES };

/** What a link opens. */
export interface LinkContent {
  file: HealthLinkFile;
  made: ExportedChart;
  /** Records in it that a viewer shows: valid, and not the frame of the document. */
  shown: number;
}

/**
 * The file that a link opens, as FHIR; files that are no FHIR are in it up to 4 MB together, and as much of the large files of resources. Throws `HEALTH_LINK_EMPTY` when nothing of the choice
 * opens, and what `exportedText` throws.
 * @param date an instant
 */
export async function linkContent(
  session: UnlockedSession,
  timeline: Timeline,
  validator: Validator,
  choice: LinkChoice,
  date: string,
): Promise<LinkContent> {
  const made =
    choice.format === "ips"
      ? exportChart(timeline, validator, { ...choice, date, attachments: LINK_FILES })
      : bundleOf(timeline, validator, choice, date);
  if (made.resources === 0)
    throw new ChartkeyError(
      "HEALTH_LINK_EMPTY",
      "There is nothing of this in your chart that a link can open. Nothing was sent. Choose more.",
    );
  const parts: string[] = [];
  for await (const part of exportedText(session, timeline.patient, made)) parts.push(part);
  const text = parts.join("");
  const { entry = [] } = JSON.parse(text) as Bundle;
  const shown = entry.filter(({ resource }) => resource && !isFrame(resource) && isValid(resource, validator)).length;
  return { file: { contentType: FHIR_JSON, data: utf8(text) }, made, shown };
}

const isValid = (resource: Resource, validator: Validator): boolean =>
  validator.isResourceType(resource.resourceType) && validator.validate(resource).length === 0;

function bundleOf(
  timeline: Timeline,
  validator: Validator,
  choice: Exclude<LinkChoice, { format: "ips" }>,
  date: string,
): ExportedChart {
  const chosen = choice.format === "records" ? new Set(choice.records.map(recordKey)) : undefined;
  const linkable = linkableRecords(timeline).map(recordKey);
  const kept = new Set(linkable.filter((key) => chosen?.has(key) ?? true));
  const entries = timeline.entries.map((entry) => ({
    ...entry,
    records: entry.records.filter((record) => kept.has(recordKey(record))),
  }));
  // Of what was not chosen, nothing is missing.
  const taken = chosen === undefined ? entries : entries.filter(({ records }) => records.length > 0);
  const narrowed = choice.format === "records" ? {} : { categories: choice.categories };
  return exportChart({ ...timeline, entries: taken }, validator, {
    ...{ format: "bundle", ...narrowed, date, files: LINK_FILES, attachments: LINK_FILES },
  });
}
