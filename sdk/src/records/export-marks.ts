import type { Coding, Meta, Resource } from "@medplum/fhirtypes";

/** Names in docs/fhir-export.md. */
export const BASE = "urn:chartkey:fhir";

/** Categories of a chart (docs/protocol.md). */
export const CATEGORY_SYSTEM = `${BASE}:category`;

const SYSTEM = `${BASE}:export`;

/** Of what an export says of a chart besides its records. */
const LEDGER = { system: SYSTEM, code: "ledger" } as const;
/** Of a file of the chart that an export wrote as a resource. */
export const EXPORTED_FILE = { system: SYSTEM, code: "file" } as const;

function hasTag({ meta }: Resource, { system, code }: Coding): boolean {
  return (meta?.tag ?? []).some((tag) => tag.system === system && tag.code === code);
}

export const exportMark = (): Meta => ({ tag: [{ ...LEDGER }] });

/** Whether a resource is what an export of Chartkey says of a chart besides its records: of another chart it would say nothing. */
export function isOfExport(resource: Resource): boolean {
  const { resourceType } = resource;
  const isOfKind = resourceType === "Consent" || resourceType === "Provenance" || resourceType === "AuditEvent";
  return isOfKind && hasTag(resource, LEDGER);
}

/** Name of the category of a file that an export wrote as a resource; undefined for anything else. */
export function exportedFileCategory(resource: Resource): string | undefined {
  if (resource.resourceType !== "DocumentReference" || !hasTag(resource, EXPORTED_FILE)) return undefined;
  const codings = (resource.category ?? []).flatMap(({ coding = [] }) => coding);
  return codings.find(({ system }) => system === CATEGORY_SYSTEM)?.code;
}
