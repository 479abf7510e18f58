import type { Bundle, Resource } from "@medplum/fhirtypes";
import type { Category } from "./categories.ts";
import type { JsonLimits } from "./json.ts";

/** A valid FHIR R4 resource exactly as the file has it. */
export interface ImportItem {
  resource: Resource;
  category: Category;
  fullUrl?: string;
  /** FHIRPath-like place in the file, such as `Bundle.entry[12].resource`; lines of NDJSON count as `[0]`, `[1]`, ... */
  path: string;
  /** How the file names the person whose record this is. */
  patientRef?: string;
  /** Large files in the resource, which lacks their `data`; in the order of canonical JSON. Absent when there are none. */
  detached?: readonly DetachedFile[];
}

/** A file in a resource, to be read from where the resource comes from. */
export interface DetachedFile {
  /** Where its base64 belongs in the resource: a JSON Pointer (RFC 6901). */
  readonly at: string;
  /** Bytes. */
  readonly size: number;
  /** Its bytes, from their beginning each time. Throws `IMPORT_FILE_CHANGED`. */
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** Something that was changed or left out. `path` is `$` when it concerns the whole file; lines count from 1. */
export interface ImportNote {
  file: string;
  path: string;
  reason: string;
  line?: number;
}

/** How many notes have a reason in common; what they quote from the file stands as "…" in it. */
export interface NoteCount {
  reason: string;
  count: number;
}

/** What is told of a file: the first `MAX_NOTES` notes, and of those after them how many there are, the most frequent reason first. */
export interface ImportReport {
  repaired: ImportNote[];
  refused: ImportNote[];
  unlisted: { repaired: NoteCount[]; refused: NoteCount[] };
  /** How many resources, entries or lines were refused: one may be refused for several reasons. */
  refusedPlaces: number;
  /** Whether it has to be said whose records to take, because the file is about several persons. */
  needsPerson: boolean;
}

export interface ImportResult extends ImportReport {
  items: ImportItem[];
}

export interface ReadOptions {
  /** Whose records to take from a file about several persons: a reference as the file writes it, such as `Patient/85`. */
  patient?: string;
  limits?: JsonLimits;
  /** Is told how many bytes were read. */
  onBytes?: (done: number) => void;
}

/** A file that can be read from its beginning more than once. */
export interface FhirSource {
  readonly name: string;
  readonly open: () => AsyncIterable<Uint8Array>;
  /** Its bytes between two places. Without it, all that a resource carries is read with the resource. */
  readonly slice?: (from: number, to: number) => AsyncIterable<Uint8Array>;
}

/** What a file holds, without holding it. */
export interface ScannedFile extends ImportReport {
  /** Of each resource that can be taken, in their order. */
  readonly categories: readonly Category[];
  /**
   * Reads the file again and gives these resources one by one, in their order. Throws `IMPORT_FILE_CHANGED` when the file is another one
   * by now.
   */
  readonly items: () => AsyncGenerator<ImportItem>;
}

/** Puts resources into a Bundle of type collection, with the URLs they had. `timestamp` is an instant with a time zone. */
export function buildBundle(
  items: readonly Pick<ImportItem, "resource" | "fullUrl">[],
  { timestamp }: { timestamp: string },
): Bundle {
  const entry = items.map(({ resource, fullUrl }) => (fullUrl === undefined ? { resource } : { fullUrl, resource }));
  return { resourceType: "Bundle", type: "collection", timestamp, ...(entry.length > 0 ? { entry } : {}) };
}

/** Resources as NDJSON: one a line, each ended by a line feed, as FHIR's Bulk Data has them. The URLs that they had are not in it. */
export function toNdjson(items: readonly Pick<ImportItem, "resource">[]): string {
  return items.map(({ resource }) => `${JSON.stringify(resource)}\n`).join("");
}
