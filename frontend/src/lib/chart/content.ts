import { ChartkeyError, payloadJson, type OpenedRecord } from "@chartkey/sdk";
import { loadValidator, summarize, type Summary, type Validator } from "@chartkey/sdk/records";

export type { Summary };
export type Resource = Parameters<typeof summarize>[0];

/** Media type of a resource. */
export const FHIR_JSON = "application/fhir+json";

/** Missing when the content is no valid FHIR. */
interface Understood {
  readonly resource?: Resource;
  readonly summary?: Summary;
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
function shown(json: unknown, validator: Validator): Understood {
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

function fileOf({ meta, data, large }: OpenedRecord): RecordContent["file"] {
  const { contentType, title } = meta;
  if (contentType === FHIR_JSON && large === undefined) return undefined;
  return { title: typeof title === "string" ? title : "", contentType, size: large?.size ?? data.length };
}

/** What a record says, checked. */
export interface RecordContent {
  /** A record that is no FHIR: a scan, a letter, anything. */
  readonly file: { readonly title: string; readonly contentType: string; readonly size: number } | undefined;
  /** Code of what is wrong with its JSON. */
  readonly problem: string | undefined;
  /** A resource, or those of a collection. */
  readonly parts: readonly (Part & Understood)[];
}

/** A reader, when the definitions of FHIR are loaded. */
export const loadContentReader = async () => new ContentReader(await loadValidator());

/** Reads records once, however often and early it is asked: to check a thousand takes as long as to fetch them. */
export class ContentReader {
  readonly #validator: Validator;
  readonly #read = new WeakMap<OpenedRecord, RecordContent>();

  constructor(validator: Validator) {
    this.#validator = validator;
  }

  contentOf(record: OpenedRecord): RecordContent {
    const known = this.#read.get(record) ?? this.#contentOf(record);
    this.#read.set(record, known);
    return known;
  }

  #contentOf(record: OpenedRecord): RecordContent {
    const file = fileOf(record);
    const { json: whole, problem } = file ? {} : jsonOf(record);
    const parts = partsOf(whole, record.meta["fullUrl"]);
    return { file, problem, parts: parts.map((part) => ({ ...part, ...shown(part.json, this.#validator) })) };
  }
}
