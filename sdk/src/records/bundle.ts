import type { Resource } from "@medplum/fhirtypes";
import type { Bytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { decodeBase64Text } from "./base64-text.ts";
import type { Entry } from "./bundle-entries.ts";
import { type Category, categoryOf } from "./categories.ts";
import type { CutText } from "./capture.ts";
import { detach } from "./detached.ts";
import { isOfExport } from "./export-marks.ts";
import { type FileEntry, modeAfter, modeOf, readEntries } from "./file-entries.ts";
import type { FhirSource, ImportItem, ImportResult, ReadOptions, ScannedFile } from "./import.ts";
import { defaultJsonLimits } from "./json.ts";
import { actingProse } from "./narratives.ts";
import { formatPath, Notes } from "./notes.ts";
import { selectPerson } from "./persons.ts";
import { isJsonObject } from "./references.ts";
import { skeletonOf } from "./skeleton.ts";
import { loadValidator, type Validator } from "./validate.ts";
import { releaseOfResource, releaseOfType } from "./versions.ts";

/** A resource that can be taken: itself, or what tells whose it is. */
interface Valid extends Pick<Entry, "path" | "fullUrl" | "line"> {
  readonly resource: Resource;
  readonly category: Category;
  /** How many entries stand before it. */
  readonly place: number;
}

const ACTING = "This narrative would act or load something. It is kept as written, and always shown without that.";

/** Of one resource; the first ones tell what is wrong. */
const maxIssuesShown = 20;

/**
 * Reads a FHIR R4 Bundle of any type, a single resource, or NDJSON, of any size: of each resource it keeps what tells whose it is. Never
 * throws for what is in the file: what cannot be taken is named in `refused`, the rest goes on. Throws what the source throws.
 */
export async function scanFhir(source: FhirSource, options: ReadOptions = {}): Promise<ScannedFile> {
  const { accepted, person, mode, ...report } = await scan(source, options, skeletonOf);
  const categories = accepted.map(({ category }) => category);
  const places = new Set(accepted.map(({ place }) => place));
  const items = async function* () {
    const validator = await loadValidator();
    let place = 0;
    let left = places.size;
    try {
      if (left > 0)
        for await (const entry of readEntries(mode, source, limitsOf(options), new Notes(source.name))) {
          if (!places.has(place++)) continue;
          if (!isTakable(entry, validator)) break;
          yield detachedItem(source, entry, person);
          if (--left === 0) return;
        }
    } catch (cause) {
      throw cause instanceof ChartkeyError ? changed(source.name, cause) : cause;
    }
    if (left > 0) throw changed(source.name);
  };
  return { ...report, categories, items };
}

/** `scanFhir` of bytes in memory, with the resources of the file. They are not altered. */
export async function readBundle(bytes: Uint8Array, file: string, options: ReadOptions = {}): Promise<ImportResult> {
  const open = async function* () {
    yield bytes;
  };
  const { accepted, person, mode: _, ...report } = await scan({ name: file, open }, options, (resource) => resource);
  return { items: accepted.map((valid) => itemOf(valid, person)), ...report };
}

const limitsOf = ({ limits = defaultJsonLimits }: ReadOptions) => limits;

function itemOf(
  { resource, fullUrl, path }: Pick<Valid, "resource" | "fullUrl" | "path">,
  person?: string,
): ImportItem {
  const item: ImportItem = { resource, category: categoryOf(resource), path };
  if (fullUrl !== undefined) item.fullUrl = fullUrl;
  if (person !== undefined) item.patientRef = person;
  return item;
}

/** With the long texts that stayed in the file as files beside the resource. */
function detachedItem(source: FhirSource, entry: FileEntry, person?: string): ImportItem {
  const { resource, detached } = detach(entry.value as Resource, entry.texts);
  const item = itemOf({ ...entry, resource }, person);
  if (detached.length === 0) return item;
  return {
    ...item,
    detached: detached.map(({ at, what }) => ({ at, size: what.size, open: () => cut(source, what) })),
  };
}

async function* cut({ name, slice }: FhirSource, { from, to, size }: CutText): AsyncGenerator<Bytes> {
  let left = size;
  try {
    for await (const part of decodeBase64Text(slice!(from, to))) {
      left -= part.length;
      yield part;
    }
  } catch (cause) {
    throw cause instanceof ChartkeyError ? changed(name, cause) : cause;
  }
  if (left !== 0) throw changed(name);
}

const changed = (name: string, cause?: ChartkeyError) =>
  new ChartkeyError(
    "IMPORT_FILE_CHANGED",
    `${name} was changed while it was read. What was imported stays; run the import again when nothing writes to the file.`,
    { cause },
  );

const isTakable = ({ refusal, issues, value }: FileEntry, validator: Validator) =>
  refusal === undefined &&
  issues.length === 0 &&
  isJsonObject(value) &&
  validator.isResourceType(value["resourceType"]) &&
  validator.validate(value as unknown as Resource).length === 0;

/** Reads a file in the mode that fits it, keeping of each resource what `keep` does. */
async function scan(source: FhirSource, options: ReadOptions, keep: (resource: Resource) => Resource) {
  const [validator, limits] = [await loadValidator(), limitsOf(options)];
  let mode = modeOf(source);
  for (;;) {
    const notes = new Notes(source.name);
    const reader = new Reader(notes, validator, keep);
    const failed = await reader.read(readEntries(mode, source, limits, notes, options.onBytes));
    const next = failed && (await modeAfter(failed.error, mode, source, limits));
    if (next === undefined) {
      reader.tellLeftOut();
      return { ...select(reader.valid, notes, options.patient), mode };
    }
    mode = next;
  }
}

function select(valid: Valid[], notes: Notes, wanted: string | undefined) {
  const { accepted, refused, ambiguous, person } = selectPerson(valid, wanted);
  if (ambiguous !== undefined) notes.refuse("$", ambiguous);
  for (const { entry, reason } of refused) notes.refuse(entry.path, reason, entry.line);
  return { accepted, person, ...notes.report(ambiguous !== undefined) };
}

class Reader {
  valid: Valid[] = [];
  /** How many resources were left out that say where another chart stands. */
  #leftOut = 0;
  readonly #notes: Notes;
  readonly #validator: Validator;
  readonly #keep: (resource: Resource) => Resource;

  constructor(notes: Notes, validator: Validator, keep: (resource: Resource) => Resource) {
    this.#notes = notes;
    this.#validator = validator;
    this.#keep = keep;
  }

  /** Why the file as a whole cannot be read, which is told; throws what is not the file's fault. */
  async read(entries: AsyncIterable<FileEntry>): Promise<{ error: unknown } | undefined> {
    let place = 0;
    try {
      for await (const entry of entries) this.#take(entry, place++);
    } catch (error) {
      this.#startOver();
      if (error instanceof ChartkeyError) this.#notes.refuseUnread(error, "$");
      return { error };
    }
    return undefined;
  }

  #startOver(): void {
    this.valid = [];
    this.#leftOut = 0;
    this.#notes.startOver();
  }

  /** What an export says of its chart is no record of anybody's, and of another chart it would not be true. */
  tellLeftOut(): void {
    if (this.#leftOut > 0)
      this.#notes.repair(
        "$",
        `Left out: ${this.#leftOut} resources (Consent, Provenance, AuditEvent) by which an export of Chartkey says who might read that chart and where its records stand on a chain. They are no records.`,
      );
  }

  #take(entry: FileEntry, place: number): void {
    const { refusal, jsonPath, path, line, issues, lineIn, fullUrl } = entry;
    // A Bundle that is none takes its entries with it.
    if (refusal !== undefined && jsonPath.length === 0) this.#startOver();
    for (const issue of issues.slice(0, maxIssuesShown))
      this.#notes.refuse(formatPath(path, issue.path.slice(jsonPath.length)), issue.reason, lineIn(issue.line), path);
    const resource = issues.length === 0 ? this.#resourceOf(entry) : undefined;
    if (resource !== undefined && isOfExport(resource)) this.#leftOut++;
    else if (resource !== undefined)
      this.valid.push({ resource: this.#keep(resource), category: categoryOf(resource), path, fullUrl, line, place });
  }

  /** The resource of an entry; undefined, and told why, when it is none. */
  #resourceOf({ value, path, line, refusal }: FileEntry): Resource | undefined {
    const refuse = (reason: string, at = path): undefined => this.#notes.refuse(at, reason, line, path) as undefined;
    if (refusal !== undefined) return refuse(refusal);
    if (!isJsonObject(value)) return refuse("Not a FHIR resource: expected an object.");
    const type = value["resourceType"];
    if (type === undefined && Array.isArray(value["verifiableCredential"]))
      return refuse("A file of SMART Health Cards: add it as a file, and it stays as its issuer signed it.");
    if (typeof type !== "string") return refuse("Not a FHIR resource: resourceType is missing.");
    if (!this.#validator.isResourceType(type)) {
      const release = releaseOfType(type);
      const name = type.slice(0, 60);
      return refuse(
        release
          ? `${name} is a resource of ${release}; this program takes FHIR R4.`
          : `Unknown resource type "${name}".`,
      );
    }
    const resource = value as unknown as Resource;
    const issues = this.#validator.validate(resource);
    const release = issues.length > 0 ? releaseOfResource(value) : undefined;
    for (const { path: at, reason } of issues.slice(0, maxIssuesShown))
      refuse(
        release ? `${reason} (this looks like ${release}; this program takes FHIR R4)` : reason,
        path + at.slice(type.length),
      );
    if (issues.length > 0) return undefined;
    for (const at of actingProse(resource)) this.#notes.repair(path + at, ACTING, line);
    return resource;
  }
}
