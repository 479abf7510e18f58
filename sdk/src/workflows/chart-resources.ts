import { ChartkeyError } from "../errors.ts";
import type { ImportItem } from "../records/import.ts";
import { isJsonObject } from "../records/references.ts";
import { payloadJson } from "./payload-json.ts";
import type { OpenedRecord } from "./opened-record.ts";

/** Content type of a record that is a FHIR resource, or a Bundle of them. */
export const FHIR_JSON = "application/fhir+json";

/** A resource of a chart with the URL that its file gave it. */
export type ChartResource = Pick<ImportItem, "resource" | "fullUrl">;

function toResource(value: unknown, fullUrl: unknown): ChartResource[] {
  if (!isJsonObject(value) || typeof value["resourceType"] !== "string") return [];
  const resource = value as unknown as ChartResource["resource"];
  return [typeof fullUrl === "string" ? { resource, fullUrl } : { resource }];
}

/** Whether a record is FHIR and was opened, and not a file. */
export const isFhir = ({ meta, large }: OpenedRecord): boolean => meta.contentType === FHIR_JSON && large === undefined;

/** Whether a record is a file that was opened. */
export const isHeldFile = ({ meta, large }: OpenedRecord): boolean =>
  meta.contentType !== FHIR_JSON && large === undefined;

/**
 * The FHIR resources of an opened record: one, or those of a Bundle that a visit was written as. None when it is no FHIR.
 * Throws `PAYLOAD_MALFORMED`.
 */
export function resourcesOf(record: OpenedRecord): ChartResource[] {
  if (!isFhir(record)) return [];
  const value = payloadJson(record.data);
  if (!isJsonObject(value) || value["resourceType"] !== "Bundle") return toResource(value, record.meta["fullUrl"]);
  const entries: unknown = value["entry"];
  return Array.isArray(entries)
    ? entries.filter(isJsonObject).flatMap(({ resource, fullUrl }) => toResource(resource, fullUrl))
    : [];
}

/** The resources of a record; undefined when its content is not usable, or is FHIR that was too much to open. */
export function findResources(record: OpenedRecord): ChartResource[] | undefined {
  if (record.large !== undefined && record.meta.contentType === FHIR_JSON) return undefined;
  try {
    return resourcesOf(record);
  } catch (error) {
    if (error instanceof ChartkeyError) return undefined;
    throw error;
  }
}
