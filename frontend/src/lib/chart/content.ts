import { ChartkeyError, payloadJson } from "@chartkey/sdk";
import { summarize, type Summary, type Validator } from "@chartkey/sdk/records";

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

/** What a FHIR record says, checked. */
export interface FhirContent {
  /** Code of what is wrong with its JSON. */
  readonly problem?: string;
  /** A resource, or those of a collection. */
  readonly parts: readonly (Part & Understood)[];
}

/** Reads the bytes of a FHIR record. `url` names its resource, when it is one. */
export function readFhir(data: Uint8Array, url: unknown, validator: Validator): FhirContent {
  const { json, ...problem } = jsonOf(data);
  return { ...problem, parts: partsOf(json, url).map((part) => ({ ...part, ...shown(part.json, validator) })) };
}

function jsonOf(data: Uint8Array): { json?: unknown; problem?: string } {
  try {
    return { json: payloadJson(data) };
  } catch (error) {
    if (error instanceof ChartkeyError) return { problem: error.code };
    throw error;
  }
}
