import type { Patient, Reference, Resource } from "@medplum/fhirtypes";
import { buildBundle, toNdjson } from "../records/import.ts";
import { newFullUrl } from "../records/builders.ts";
import { type Category, categoryName } from "../records/categories.ts";
import { buildFileResource } from "../records/file-resource.ts";
import { recordUrl } from "../records/record-url.ts";
import { referencesIn } from "../records/references.ts";
import { type PatientSummary, type SummaryGap, buildPatientSummary } from "../records/summary/document.ts";
import type { Validator } from "../records/validate.ts";
import type { ChartProof } from "./chart-proof.ts";
import { type ChartResource, FHIR_JSON, findResources, isHeldFile } from "./chart-resources.ts";
import { fromScope } from "./consent.ts";
import { correctionsOf } from "./corrections.ts";
import { type HeldOpen, type Places, placesIn, withPlaces } from "./exported-text.ts";
import { recordKey } from "./notices.ts";
import type { OpenedRecord } from "./opened-record.ts";
import type { TimelineEntry } from "./opening.ts";
import type { Timeline } from "./timeline.ts";

export const EXPORT_FORMATS = ["ips", "bundle", "ndjson"] as const;
/** A whole chart as a FHIR Bundle or as NDJSON, or what is current of it as an International Patient Summary. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions {
  format: ExportFormat;
  /** What may be in it; when absent, everything that the account can read. */
  categories?: readonly number[];
  /** When it is made: an instant. */
  date: string;
  /** What the chain says of the chart, for a Bundle and NDJSON: when absent, nothing. */
  proof?: ChartProof;
  /** Files that may be in a Bundle or NDJSON as resources: when absent, none. */
  files?: FileLimits;
  /** Large files of the resources themselves that may be in it, together with those files: when absent, all. */
  attachments?: FileLimits;
}

/** Bytes that files of an export may have; one that is larger, or that exceeds them together with the older ones, is left out. */
export interface FileLimits {
  each: number;
  together: number;
}

/** Of an export that is held in memory, and of one of its files, so that an import takes it back. */
export const EXPORT_FILES: FileLimits = { each: 20_000_000, together: 64_000_000 };

/** A chart as others read it: decrypted. */
export interface ExportedChart {
  /** With something else in place of the large files of its resources: `exportedText` gives it with them. */
  text: string;
  places: Places;
  mediaType: string;
  extension: "json" | "ndjson";
  /** How many resources are in it. */
  resources: number;
  /** How many entries or records could not be read, and are not in it. */
  unreadable: number;
  /** Records that are no FHIR, such as scans, and large files of resources, that are not in it. */
  files: number;
  /** Records that the patient keeps to himself: in a Bundle and NDJSON, never in a summary. */
  hidden: number;
}

const isHidden = ({ control }: OpenedRecord) => control?.state === "hidden";

const categoriesOf = ({ entry }: TimelineEntry): number[] =>
  entry.kind === "batch" ? fromScope(entry.categories) : [entry.categories];

const ALL = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const GAP_OF: Readonly<Record<string, SummaryGap | undefined>> = { NO_ACCESS: "noAccess", RECORD_HIDDEN: "withheld" };

interface Opened {
  record: OpenedRecord;
  /** Undefined when its content is not usable. */
  resources: ChartResource[] | undefined;
}

/** The resources as they came, with their own URLs; one without gets the URL by which another of them, or what the chain says, names it. */
function withUrls(opened: readonly Opened[], proof: readonly ChartResource[]): ChartResource[] {
  const all = [...opened.flatMap(({ resources = [] }) => resources), ...proof];
  const named = new Set(all.flatMap(({ resource }) => referencesIn(resource).map(({ reference }) => reference)));
  return opened.flatMap(({ record: { recordId, index }, resources = [] }) =>
    resources.map((each, part) => {
      const url = recordUrl({ recordId, index, part });
      return each.fullUrl === undefined && named.has(url) ? { ...each, fullUrl: url } : each;
    }),
  );
}

/** With the files that may be in the export, as resources, the oldest first. */
function withFiles(opened: readonly Opened[], limits: FileLimits = { each: 0, together: 0 }): readonly Opened[] {
  let left = limits.together;
  return opened.map((each) => {
    const { category, meta, data } = each.record;
    const name = categoryName(category);
    const fits = data.length <= Math.min(limits.each, left);
    if (!isHeldFile(each.record) || !fits || limits.each === 0 || name === undefined) return each;
    left -= data.length;
    const { contentType, title } = meta;
    const titled = typeof title === "string" ? { title } : {};
    const resource = buildFileResource({ contentType, ...titled, category: name, data });
    return { ...each, resources: [{ resource }] };
  });
}

/** How another resource of the file names one: NDJSON has no URLs, but ids. */
function targetOf({ resource, fullUrl }: ChartResource, url: string, format: ExportFormat): Reference<never> {
  const { resourceType: type, id } = resource;
  const named = format === "ndjson" ? id && `${type}/${id}` : (fullUrl ?? url);
  return { type, ...(named ? { reference: named } : {}), identifier: { system: "urn:ietf:rfc:3986", value: url } };
}

/** What the chain says of what is exported, as resources of the same file. */
function proofOf(opened: readonly Opened[], { proof, format }: ExportOptions): ChartResource[] {
  if (proof === undefined || format === "ips") return [];
  const provenances = opened.flatMap(({ record, resources = [] }) => {
    const { recordId, index } = record;
    const targets = resources.map((each, part) => targetOf(each, recordUrl({ recordId, index, part }), format));
    return (targets.length > 0 && proof.provenanceOf(record, targets)) || [];
  });
  return [...provenances, ...proof.consents, ...proof.events].map((resource) => ({ resource, fullUrl: newFullUrl() }));
}

/** What a chart holds of some categories, and what of it is missing. */
class Content {
  /** Oldest first. */
  readonly opened: Opened[] = [];
  readonly gaps = new Map<Category, Set<SummaryGap>>();
  unreadable = 0;
  /** Of large files of the resources. */
  readonly places: Places = new Map();
  readonly #timeline: Timeline;
  readonly #isWanted: (file: HeldOpen) => boolean;

  constructor(timeline: Timeline, categories: readonly number[], isWanted: (file: HeldOpen) => boolean) {
    this.#timeline = timeline;
    this.#isWanted = isWanted;
    for (const category of ALL) if (!categories.includes(category)) this.#miss([category], "withheld");
    for (const entry of timeline.entries.toReversed()) this.#take(entry, categories);
  }

  #take(opened: TimelineEntry, categories: readonly number[]): void {
    const { entry, records, withheld = [], problem } = opened;
    const about = categoriesOf(opened).filter((category) => categories.includes(category));
    if (about.length > 0 && problem !== undefined && problem.code !== "RECORD_ERASED") {
      this.unreadable++;
      this.#miss(about, GAP_OF[problem.code] ?? "unreadable");
    }
    const unopened = withheld.filter(({ index }) => !records.some((record) => record.index === index));
    if (unopened.some(({ state }) => state === "hidden")) this.#miss(about, "withheld");
    // Of a batch, an account opens the categories granted to it.
    const seen = new Set(records.map(({ category }) => category));
    if (records.length > 0 && records.length + unopened.length < (entry.batch?.count ?? 1))
      this.#miss(
        about.filter((category) => !seen.has(category)),
        "noAccess",
      );
    for (const record of records) {
      if (!categories.includes(record.category)) continue;
      if (isHidden(record)) this.#miss([record.category], "withheld");
      const resources = findResources(record)?.map((each) => withPlaces(record, each, this.places, this.#isWanted));
      if (resources === undefined) {
        this.unreadable++;
        this.#miss([record.category], "unreadable");
      }
      this.opened.push({ record, resources });
    }
  }

  #miss(categories: readonly number[], gap: SummaryGap): void {
    for (const category of categories as Category[])
      this.gaps.set(category, (this.gaps.get(category) ?? new Set()).add(gap));
  }

  /** What holds now, of what the patient does not keep to himself and is valid; newest first. */
  current(validator: Validator): ChartResource[] {
    const standingOf = correctionsOf(this.#timeline.entries.toReversed().flatMap(({ records }) => records));
    return this.opened
      .filter(({ record }) => !isHidden(record) && standingOf(record).state !== "superseded")
      .toReversed()
      .flatMap(({ record, resources = [] }) => {
        const valid = resources.filter(({ resource }) => isValid(resource, validator));
        if (valid.length < resources.length) this.#miss([record.category], "unreadable");
        return valid;
      });
  }
}

const isValid = (resource: Resource, validator: Validator) =>
  validator.isResourceType(resource.resourceType) && validator.validate(resource).length === 0;

/** The patient's own profile, else the newest description of him that came with an import. */
function personOf({ entries }: Timeline, validator: Validator): Patient | undefined {
  const found = entries.flatMap(({ entry, records }) =>
    records
      .filter((record) => !isHidden(record))
      .flatMap((record) => findResources(record) ?? [])
      .map(({ resource }) => ({ resource, own: entry.kind === "entry" && entry.hospital === 0 })),
  );
  const persons = found.filter(
    (each): each is { resource: Patient; own: boolean } =>
      each.resource.resourceType === "Patient" && isValid(each.resource, validator),
  );
  return (persons.find(({ own }) => own) ?? persons[0])?.resource;
}

function toSummary(timeline: Timeline, content: Content, validator: Validator, date: string): PatientSummary {
  // Reading what is current may find more that is missing.
  const items = content.current(validator);
  return { person: personOf(timeline, validator), items, gaps: content.gaps, date };
}

/** What a summary shows of a chart, as `exportChart` writes it. */
export function summarizeChart(
  timeline: Timeline,
  validator: Validator,
  { categories = ALL, date }: Omit<ExportOptions, "format">,
): PatientSummary {
  return toSummary(timeline, new Content(timeline, categories, () => false), validator, date);
}

/**
 * Writes what an account can read of a chart for other systems, decrypted. A Bundle and NDJSON hold each resource as it was written, also
 * what was corrected since and what the patient hid. A summary holds what is current, never what is hidden, and says where something is
 * missing.
 * With `proof`, a Bundle and NDJSON also say of each record who anchored it and where (Provenance), who may or might read (Consent) and, for
 * the patient, what was done with the chart (AuditEvent).
 * Large files of resources are not opened yet: `exportedText` does.
 */
export function exportChart(timeline: Timeline, validator: Validator, options: ExportOptions): ExportedChart {
  const { fileBytes, ...whole } = write(timeline, validator, options, () => true);
  if (options.attachments === undefined) return whole;
  const { each, together } = options.attachments;
  let left = together - fileBytes;
  const fitting = placesIn(whole.text, whole.places).map(({ file }) => {
    const fits = file.size <= Math.min(each, left);
    if (fits) left -= file.size;
    return { file, fits };
  });
  const leftOut = fitting.filter(({ fits }) => !fits).map(({ file }) => file);
  if (leftOut.length === 0) return whole;
  const { fileBytes: _, ...narrowed } = write(
    timeline,
    validator,
    options,
    (file) => !leftOut.some((one) => isSame(one, file)),
  );
  return { ...narrowed, files: narrowed.files + leftOut.length };
}

const isSame = (left: HeldOpen, right: HeldOpen) =>
  left.at === right.at && recordKey(left.record) === recordKey(right.record);

function write(
  timeline: Timeline,
  validator: Validator,
  options: ExportOptions,
  isWanted: (file: HeldOpen) => boolean,
): ExportedChart & { fileBytes: number } {
  const { format, categories = ALL, date } = options;
  const content = new Content(timeline, categories, isWanted);
  const { places } = content;
  const { unreadable } = content;
  const opened = format === "ips" ? content.opened : withFiles(content.opened, options.files);
  const isLeftOut = ({ record, resources = [] }: Opened) =>
    record.meta.contentType !== FHIR_JSON && resources.length === 0;
  const asResources = opened.filter((each, index) => each !== content.opened[index]);
  const counts = {
    fileBytes: asResources.reduce((sum, { record }) => sum + record.data.length, 0),
    unreadable,
    files: opened.filter(isLeftOut).length,
    hidden: opened.filter(({ record }) => isHidden(record)).length,
  };
  const proof = proofOf(opened, options);
  if (format === "ndjson") {
    const resources = [...opened.flatMap((each) => each.resources ?? []), ...proof];
    const mediaType = "application/fhir+ndjson";
    return {
      text: toNdjson(resources),
      mediaType,
      extension: "ndjson",
      resources: resources.length,
      places,
      ...counts,
    };
  }
  const bundle =
    format === "bundle"
      ? buildBundle([...withUrls(opened, proof), ...proof], { timestamp: date })
      : buildPatientSummary(toSummary(timeline, content, validator, date));
  const text = `${JSON.stringify(bundle, null, 2)}\n`;
  return { text, mediaType: FHIR_JSON, extension: "json", resources: bundle.entry?.length ?? 0, places, ...counts };
}
