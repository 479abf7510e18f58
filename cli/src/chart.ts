import { ChartkeyError, type OpenedRecord, type Timeline, payloadJson } from "@chartkey/sdk";
import { type ImportItem, resourceKey } from "@chartkey/sdk/records";

/** A resource of a chart with the URL that its file gave it. */
export type ChartResource = Pick<ImportItem, "resource" | "fullUrl">;

export const FHIR_JSON = "application/fhir+json";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function toResource(value: unknown, fullUrl: unknown): ChartResource[] {
  if (!isObject(value) || typeof value["resourceType"] !== "string") return [];
  const resource = value as unknown as ChartResource["resource"];
  return [typeof fullUrl === "string" ? { resource, fullUrl } : { resource }];
}

/**
 * The FHIR resources of an opened record: one, or those of a Bundle that a visit was written as. None when it is no FHIR.
 * Throws `PAYLOAD_MALFORMED`.
 */
export function resourcesOf({ meta, data, large }: OpenedRecord): ChartResource[] {
  if (meta.contentType !== FHIR_JSON || large !== undefined) return [];
  const value = payloadJson(data);
  if (!isObject(value) || value["resourceType"] !== "Bundle") return toResource(value, meta["fullUrl"]);
  const entries: unknown = value["entry"];
  return Array.isArray(entries)
    ? entries.filter(isObject).flatMap(({ resource, fullUrl }) => toResource(resource, fullUrl))
    : [];
}

/** What can be read of a chart as FHIR, oldest first, and how many entries or records could not be. */
export function readable(timeline: Timeline): { resources: ChartResource[]; unreadable: number } {
  const resources: ChartResource[] = [];
  let unreadable = 0;
  for (const { records, problem } of timeline.entries.toReversed()) {
    if (problem !== undefined) unreadable++;
    for (const record of records) {
      try {
        resources.push(...resourcesOf(record));
      } catch (error) {
        if (!(error instanceof ChartkeyError)) throw error;
        unreadable++;
      }
    }
  }
  return { resources, unreadable };
}

/** Recognizes the same version of a resource under the same URL. */
export async function keyOf({ resource, fullUrl }: ChartResource): Promise<string> {
  return `${await resourceKey(resource)}|${fullUrl ?? ""}`;
}
