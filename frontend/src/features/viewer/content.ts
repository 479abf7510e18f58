import { ChartkeyError, type HealthLinkFile } from "@chartkey/sdk";
import { categoryOf, isFrame, parseJson, summarize, type Summary, type Validator } from "@chartkey/sdk/records";

type Resource = Parameters<typeof summarize>[0];

/** A resource that is shown. */
export interface ShownResource {
  readonly resource: Resource;
  readonly summary: Summary;
  readonly category: number;
}

/** What is shown of a file that a link opened. */
export interface ShownFile {
  /** `beyond`: the files before it hold as much as is shown. */
  readonly kind: "fhir" | "card" | "unreadable" | "foreign" | "beyond";
  /** By category, in the order of the file. */
  readonly resources: readonly ShownResource[];
  /** What is no valid FHIR R4, and so not shown. */
  readonly unusable: number;
  /** Records that were looked at, and those after them. */
  readonly looked: number;
  readonly rest: number;
}

const FHIR = "application/fhir+json";
const CARD = "application/smart-health-card";
/** Records of a link that are looked at: a few sealed bytes may unpack to any number. */
export const MAX_SHOWN = 2_000;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The entries of a Bundle, else what is one itself. */
function entriesOf(json: unknown): unknown[] {
  if (!isObject(json) || json["resourceType"] !== "Bundle") return [{ resource: json }];
  const { entry } = json;
  return Array.isArray(entry) ? entry : [];
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
export function showFiles(files: readonly HealthLinkFile[], validator: Validator): ShownFile[] {
  let left = MAX_SHOWN;
  return files.map((file) => {
    const shown = showFile(file, validator, left);
    left -= shown.looked;
    return shown;
  });
}

function showFile({ contentType, data }: HealthLinkFile, validator: Validator, most: number): ShownFile {
  const none = { resources: [], unusable: 0, looked: 0, rest: 0 };
  const [type] = contentType.split(";");
  if (type !== FHIR) return { kind: type === CARD ? "card" : "foreign", ...none };
  if (most === 0) return { kind: "beyond", ...none };
  const json = jsonOf(data);
  if (json === undefined) return { kind: "unreadable", ...none };
  const entries = entriesOf(json);
  const found = entries.slice(0, most).map((one) => shown(isObject(one) ? one["resource"] : undefined, validator));
  const valid = found.filter((each) => each !== undefined);
  const resources = valid
    .filter(({ resource }) => !isFrame(resource))
    .sort((left, right) => left.category - right.category);
  const looked = found.length;
  return { kind: "fhir", resources, unusable: looked - valid.length, looked, rest: entries.length - looked };
}
