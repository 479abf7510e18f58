import { ChartkeyError, type HealthLinkFile } from "@chartkey/sdk";
import { categoryOf, parseJson, summarize, type Summary, type Validator } from "@chartkey/sdk/records";

type Resource = Parameters<typeof summarize>[0];

/** A resource that is shown. */
export interface ShownResource {
  readonly resource: Resource;
  readonly summary: Summary;
  readonly category: number;
}

/** What is shown of a file that a link opened. */
export interface ShownFile {
  readonly kind: "fhir" | "card" | "unreadable" | "foreign";
  /** By category, in the order of the file. */
  readonly resources: readonly ShownResource[];
  /** What is no valid FHIR R4, and so not shown. */
  readonly unusable: number;
}

const FHIR = "application/fhir+json";
const CARD = "application/smart-health-card";
/** The frame of a document, and who made it: they say nothing of anybody's health. */
const FRAME = ["Composition", "Device", "Provenance"];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The resources of a Bundle, else itself. */
function partsOf(json: unknown): unknown[] {
  if (!isObject(json) || json["resourceType"] !== "Bundle") return [json];
  const { entry } = json;
  return Array.isArray(entry) ? entry.map((one: unknown) => (isObject(one) ? one["resource"] : undefined)) : [];
}

function shown(value: unknown, validator: Validator): ShownResource | undefined {
  if (!isObject(value) || !validator.isResourceType(value["resourceType"])) return undefined;
  const resource = value as unknown as Resource;
  if (validator.validate(resource).length > 0) return undefined;
  return { resource, summary: summarize(resource), category: categoryOf(resource) };
}

/** Undefined for what is no JSON, or holds what programs read in different ways. */
function jsonOf(data: HealthLinkFile["data"]): unknown {
  try {
    const { value, issues } = parseJson(data);
    return issues.length > 0 ? undefined : value;
  } catch (error) {
    if (error instanceof ChartkeyError) return undefined;
    throw error;
  }
}

/** Reads what a link opened: whoever made it may have put anything into it. */
export function showFile({ contentType, data }: HealthLinkFile, validator: Validator): ShownFile {
  const none = { resources: [], unusable: 0 };
  const [type] = contentType.split(";");
  if (type !== FHIR) return { kind: type === CARD ? "card" : "foreign", ...none };
  const json = jsonOf(data);
  if (json === undefined) return { kind: "unreadable", ...none };
  const found = partsOf(json).map((part) => shown(part, validator));
  const valid = found.filter((each) => each !== undefined);
  const resources = valid
    .filter(({ resource }) => !FRAME.includes(resource.resourceType))
    .sort((left, right) => left.category - right.category);
  return { kind: "fhir", resources, unusable: found.length - valid.length };
}
