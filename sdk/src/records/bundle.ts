import type { Bundle, Resource } from "@medplum/fhirtypes";
import { ChartkeyError } from "../errors.ts";
import { type Category, categoryOf } from "./categories.ts";
import {
  decodeJson,
  defaultJsonLimits,
  type JsonIssue,
  type JsonLimits,
  type JsonPath,
  parseJsonText,
} from "./json.ts";
import { selectPerson } from "./persons.ts";
import { isJsonObject } from "./references.ts";
import { loadValidator, type Validator } from "./validate.ts";
import { releaseOfResource, releaseOfType } from "./versions.ts";

/** A valid FHIR R4 resource exactly as the file has it. */
export interface ImportItem {
  resource: Resource;
  category: Category;
  fullUrl?: string;
  /** FHIRPath-like place in the file, such as `Bundle.entry[12].resource`; lines of NDJSON count as `[0]`, `[1]`, ... */
  path: string;
  /** How the file names the person whose record this is. */
  patientRef?: string;
}

/** Something that was changed or left out. `path` is `$` when it concerns the whole file; lines count from 1. */
export interface ImportNote {
  file: string;
  path: string;
  reason: string;
  line?: number;
}

export interface ImportResult {
  items: ImportItem[];
  repaired: ImportNote[];
  refused: ImportNote[];
  /** How many resources, entries or lines were refused: one may be refused for several reasons. */
  refusedPlaces: number;
  /** Whether it has to be said whose records to take, because the file is about several persons. */
  needsPerson: boolean;
}

export interface ReadOptions {
  /** Whose records to take from a file about several persons: a reference as the file writes it, such as `Patient/85`. */
  patient?: string;
  limits?: JsonLimits;
}

interface Entry {
  value: unknown;
  fullUrl?: string | undefined;
  path: string;
  jsonPath: JsonPath;
  line?: number | undefined;
  /** A reason to refuse the entry that lies outside its resource. */
  refusal?: string;
}

interface Valid extends Entry {
  resource: Resource;
}

/** Of one resource; the first ones tell what is wrong. */
const maxIssuesShown = 20;

const bundleTypes =
  "document message transaction transaction-response batch batch-response history searchset collection".split(" ");

/**
 * Reads a FHIR R4 Bundle of any type, a single resource, or NDJSON. Never throws for what is in the file: what cannot be taken is
 * named in `refused`, the rest goes on. Resources are not altered.
 */
export async function readBundle(bytes: Uint8Array, file: string, options: ReadOptions = {}): Promise<ImportResult> {
  const result: ImportResult = { items: [], repaired: [], refused: [], refusedPlaces: 0, needsPerson: false };
  const reader = new Reader(file, result, await loadValidator(), options.limits ?? defaultJsonLimits);
  const valid = reader.read(bytes);
  const selection = selectPerson(valid, options.patient);
  if (selection.ambiguous !== undefined) {
    reader.refuse("$", selection.ambiguous);
    result.needsPerson = true;
  }
  for (const { entry, reason } of selection.refused) reader.refuse(entry.path, reason, entry.line);
  for (const { resource, fullUrl, path } of selection.accepted) {
    const item: ImportItem = { resource, category: categoryOf(resource), path };
    if (fullUrl !== undefined) item.fullUrl = fullUrl;
    if (selection.person !== undefined) item.patientRef = selection.person;
    result.items.push(item);
  }
  return result;
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

class Reader {
  readonly #file: string;
  readonly #result: ImportResult;
  readonly #validator: Validator;
  readonly #limits: JsonLimits;
  readonly #refused = new Set<string>();

  constructor(file: string, result: ImportResult, validator: Validator, limits: JsonLimits) {
    this.#file = file;
    this.#result = result;
    this.#validator = validator;
    this.#limits = limits;
  }

  read(bytes: Uint8Array): Valid[] {
    let text: string;
    try {
      const decoded = decodeJson(bytes, this.#limits);
      text = decoded.text;
      if (decoded.byteOrderMark) this.#repair("$", "Removed the byte order mark at the beginning of the file.");
    } catch (error) {
      return this.#refuseError(error, "$");
    }
    if (/\.(ndjson|jsonl)$/i.test(this.#file)) return this.#lines(text);
    try {
      return this.#document(text, "");
    } catch (error) {
      const trailing = error instanceof ChartkeyError && error.details?.["trailing"] === true;
      return trailing && firstLineIsObject(text) ? this.#lines(text) : this.#refuseError(error, "$");
    }
  }

  #lines(text: string): Valid[] {
    return text.split("\n").flatMap((line, index) => {
      if (line.trim() === "") return [];
      try {
        return this.#document(line, `[${index}].`, index);
      } catch (error) {
        return this.#refuseError(error, `[${index}]`, index);
      }
    });
  }

  #document(text: string, prefix: string, linesBefore = 0): Valid[] {
    const { value, issues, lineOf } = parseJsonText(text, this.#limits);
    const line = (container: unknown) => {
      const found = isJsonObject(container) ? lineOf(container) : undefined;
      return found === undefined ? undefined : found + linesBefore;
    };
    const root = `${prefix}${isJsonObject(value) && typeof value["resourceType"] === "string" ? value["resourceType"] : "$"}`;
    const entries = this.#entries({ value, path: root, jsonPath: [], line: line(value) }, line);
    const left = new Set(issues);
    const valid: Valid[] = [];
    for (const entry of entries) {
      const own = issues.filter(({ path }) => entry.jsonPath.every((key, index) => key === path[index]));
      for (const issue of own) {
        left.delete(issue);
      }
      for (const issue of own.slice(0, maxIssuesShown)) {
        this.refuse(
          formatPath(entry.path, issue.path.slice(entry.jsonPath.length)),
          issue.reason,
          issue.line + linesBefore,
          entry.path,
        );
      }
      if (own.length === 0 && this.#isValid(entry)) valid.push(entry);
    }
    for (const issue of left) this.refuse(formatPath(root, issue.path), outside(issue), issue.line + linesBefore, root);
    return valid;
  }

  /** The entries of a Bundle, and of Bundles in it, or the one resource. */
  #entries(entry: Entry, line: (container: unknown) => number | undefined): Entry[] {
    const { value, path, jsonPath } = entry;
    if (!isJsonObject(value) || value["resourceType"] !== "Bundle") return [entry];
    const { type, entry: list } = value;
    if (type === undefined) this.#repair(`${path}.type`, "Missing: read as a collection.", entry.line);
    else if (typeof type !== "string" || !bundleTypes.includes(type))
      return [{ ...entry, refusal: "Bundle.type is not one that FHIR R4 knows." }];
    if (list === undefined) return [];
    if (!Array.isArray(list)) return [{ ...entry, refusal: "Bundle.entry is not an array." }];
    return list.flatMap((item: unknown, index) => {
      const place: Entry = {
        value: item,
        path: `${path}.entry[${index}]`,
        jsonPath: [...jsonPath, "entry", index],
        line: line(item),
      };
      if (!isJsonObject(item)) return [{ ...place, refusal: "Not an entry of a Bundle." }];
      const { resource, fullUrl, search, request } = item;
      if (isJsonObject(request) && request["method"] === "DELETE")
        return [{ ...place, refusal: "Asks for a deletion; nothing to import." }];
      if (resource === undefined) return [{ ...place, refusal: "Has no resource." }];
      if (isJsonObject(search) && search["mode"] === "outcome")
        return [{ ...place, refusal: "A message of the server, not a record." }];
      if (fullUrl !== undefined && typeof fullUrl !== "string") return [{ ...place, refusal: "fullUrl is not text." }];
      const inner: Entry = {
        value: resource,
        fullUrl,
        path: `${place.path}.resource`,
        jsonPath: [...place.jsonPath, "resource"],
        line: line(resource),
      };
      return this.#entries(inner, line);
    });
  }

  #isValid(entry: Entry): entry is Valid {
    const { value, path, line } = entry;
    if (entry.refusal !== undefined) return this.refuse(path, entry.refusal, line);
    if (!isJsonObject(value)) return this.refuse(path, "Not a FHIR resource: expected an object.", line);
    const type = value["resourceType"];
    if (typeof type !== "string") return this.refuse(path, "Not a FHIR resource: resourceType is missing.", line);
    if (!this.#validator.isResourceType(type)) {
      const release = releaseOfType(type);
      const name = type.slice(0, 60);
      return this.refuse(
        path,
        release
          ? `${name} is a resource of ${release}; this program takes FHIR R4.`
          : `Unknown resource type "${name}".`,
        line,
      );
    }
    const resource = value as unknown as Resource;
    const issues = this.#validator.validate(resource);
    const release = issues.length > 0 ? releaseOfResource(value) : undefined;
    for (const { path: at, reason } of issues.slice(0, maxIssuesShown))
      this.refuse(
        path + at.slice(type.length),
        release ? `${reason} (this looks like ${release}; this program takes FHIR R4)` : reason,
        line,
        path,
      );
    (entry as Valid).resource = resource;
    return issues.length === 0;
  }

  /** Refuses what is at `place` for what is at `path`, which may be a part of it. */
  refuse(path: string, reason: string, line?: number, place = path): false {
    this.#result.refused.push(note(this.#file, path, reason, line));
    this.#refused.add(place);
    this.#result.refusedPlaces = this.#refused.size;
    return false;
  }

  #repair(path: string, reason: string, line?: number): void {
    this.#result.repaired.push(note(this.#file, path, reason, line));
  }

  #refuseError(error: unknown, path: string, linesBefore = 0): [] {
    if (!(error instanceof ChartkeyError)) throw error;
    const { line, path: at } = error.details ?? {};
    this.refuse(
      Array.isArray(at) ? formatPath(path, at as JsonPath) : path,
      error.message,
      typeof line === "number" ? line + linesBefore : undefined,
      path,
    );
    return [];
  }
}

function note(file: string, path: string, reason: string, line: number | undefined): ImportNote {
  return line === undefined ? { file, path, reason } : { file, path, reason, line };
}

function formatPath(root: string, path: JsonPath): string {
  return root + path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key.slice(0, 80)}`)).join("");
}

/** An issue of the Bundle itself: its entries are still read. */
function outside({ code, reason }: JsonIssue): string {
  return code === "duplicate-key" ? `${reason} Only the first one was read.` : reason;
}

function firstLineIsObject(text: string): boolean {
  try {
    return isJsonObject(parseJsonText(text.slice(0, text.indexOf("\n"))).value);
  } catch {
    return false;
  }
}
