import type { JsonPath } from "./json.ts";
import type { Notes } from "./notes.ts";
import { isJsonObject } from "./references.ts";

/** What stands in a file where a resource should. */
export interface Entry {
  readonly value: unknown;
  readonly fullUrl?: string | undefined;
  readonly path: string;
  readonly jsonPath: JsonPath;
  readonly line?: number | undefined;
  /** A reason to refuse it that lies outside its resource. */
  readonly refusal?: string;
}

/** Line of an object that was read; undefined for anything else. */
export type LineOf = (container: unknown) => number | undefined;

const bundleTypes =
  "document message transaction transaction-response batch batch-response history searchset collection".split(" ");

/** The entries of a Bundle, and of Bundles in it, or the one resource. */
export function entriesOf(entry: Entry, notes: Notes, lineOf: LineOf): Entry[] {
  const { value, path, jsonPath } = entry;
  if (!isJsonObject(value) || value["resourceType"] !== "Bundle") return [entry];
  const { type, entry: list } = value;
  if (type === undefined) notes.repair(`${path}.type`, "Missing: read as a collection.", entry.line);
  else if (typeof type !== "string" || !bundleTypes.includes(type))
    return [{ ...entry, refusal: "Bundle.type is not one that FHIR R4 knows." }];
  if (list === undefined) return [];
  if (!Array.isArray(list)) return [{ ...entry, refusal: "Bundle.entry is not an array." }];
  return list.flatMap((item: unknown, index) =>
    entriesOfItem(item, { path: `${path}.entry[${index}]`, jsonPath: [...jsonPath, "entry", index] }, notes, lineOf),
  );
}

/** What an element of `Bundle.entry` holds. */
export function entriesOfItem(
  item: unknown,
  at: Pick<Entry, "path" | "jsonPath">,
  notes: Notes,
  lineOf: LineOf,
): Entry[] {
  const place: Entry = { value: item, ...at, line: lineOf(item) };
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
    line: lineOf(resource),
  };
  return entriesOf(inner, notes, lineOf);
}
