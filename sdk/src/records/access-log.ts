import type { AuditEvent, Bundle, Coding } from "@medplum/fhirtypes";
import { newFullUrl } from "./builders.ts";
import type { CategoryName } from "./categories.ts";
import { toCsv } from "./csv.ts";
import { exportMark } from "./export-marks.ts";

/** What was done with a chart. */
export const ACCESS_ACTS = ["granted", "revoked", "succeeded", "emergency", "added", "delivered", "removed"] as const;
export type AccessAct = (typeof ACCESS_ACTS)[number];

/** One line of an access log. Accounts are CAIP-10 identifiers: `eip155:<chain id>:<address>`. */
export interface AccessLine {
  /** Instant. */
  recorded: string;
  act: AccessAct;
  /** Who did it. */
  agent: string;
  /** Whose chart. */
  patient: string;
  /** In whose name; 0 for none. */
  hospital: number;
  categories: readonly CategoryName[];
  /** What or whom it was done with: an account, a record id, the kind of a file, or the number of an emergency. */
  entity: string;
  /** Who says so: the chain (`eip155:<chain id>`), or a store by its origin. */
  source: string;
  /** Why it is believed: by the chain, by the agent's signature, or by the store's word alone. */
  proof: "chain" | "signature" | "store";
}

const DICOM = "http://dicom.nema.org/resources/ontology/DCM";
const coding = (code: string, display: string): Coding => ({ system: DICOM, code, display });

const PATIENT_RECORD = coding("110110", "Patient Record");
const SECURITY_ALERT = coding("110113", "Security Alert");
const ATTRIBUTES_CHANGED = coding("110137", "User security Attributes Changed");
const OVERRIDE_STARTED = coding("110127", "Emergency Override Started");

/** Type, subtype and action (create, read, update, delete, execute) of each act. */
const MEANING: Readonly<
  Record<AccessAct, { type: Coding; subtype?: Coding; action: NonNullable<AuditEvent["action"]> }>
> = {
  granted: { type: SECURITY_ALERT, subtype: ATTRIBUTES_CHANGED, action: "C" },
  revoked: { type: SECURITY_ALERT, subtype: ATTRIBUTES_CHANGED, action: "D" },
  succeeded: { type: SECURITY_ALERT, subtype: ATTRIBUTES_CHANGED, action: "U" },
  emergency: { type: SECURITY_ALERT, subtype: OVERRIDE_STARTED, action: "E" },
  added: { type: PATIENT_RECORD, action: "C" },
  delivered: { type: PATIENT_RECORD, action: "R" },
  removed: { type: PATIENT_RECORD, action: "D" },
};

const named = (value: string) => ({ identifier: { value } });

/** A line as FHIR R4 AuditEvent. */
export function toAuditEvent({
  recorded,
  act,
  agent,
  patient,
  hospital,
  categories,
  entity,
  source,
  proof,
}: AccessLine): AuditEvent {
  const { type, subtype, action } = MEANING[act];
  const detail = [
    ...(hospital === 0 ? [] : [{ type: "hospital", valueString: String(hospital) }]),
    ...categories.map((category) => ({ type: "category", valueString: category })),
    { type: "proof", valueString: proof },
  ];
  return {
    resourceType: "AuditEvent",
    meta: exportMark(),
    type,
    ...(subtype ? { subtype: [subtype] } : {}),
    action,
    recorded,
    outcome: "0",
    agent: [{ who: named(agent), requestor: true }],
    source: { observer: named(source) },
    entity: [
      { what: named(patient), role: { system: "http://terminology.hl7.org/CodeSystem/object-role", code: "1" } },
      { what: named(entity), detail },
    ],
  };
}

/** An access log as a Bundle of AuditEvents, in the order that it has. */
export function buildAuditBundle(lines: readonly AccessLine[], { timestamp }: { timestamp: string }): Bundle {
  const entry = lines.map((line) => ({ fullUrl: newFullUrl(), resource: toAuditEvent(line) }));
  return { resourceType: "Bundle", type: "collection", timestamp, ...(entry.length > 0 ? { entry } : {}) };
}

const COLUMNS = ["recorded", "act", "agent", "patient", "hospital", "categories", "entity", "source", "proof"] as const;

/** An access log as CSV (RFC 4180), with a header. */
export function accessLogCsv(lines: readonly AccessLine[]): string {
  const rows = lines.map((line) =>
    COLUMNS.map((column) => {
      const value = line[column];
      return typeof value === "object" ? value.join(" ") : String(value);
    }),
  );
  return toCsv(COLUMNS, rows);
}
