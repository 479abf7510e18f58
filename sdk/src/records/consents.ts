import type { CodeableConcept, Consent, ConsentProvision, Identifier } from "@medplum/fhirtypes";
import type { Address, Hex } from "viem";
import { accountIdentifier } from "./account-identifier.ts";
import { type Anchor, anchorExtension } from "./anchor.ts";
import type { CategoryName } from "./categories.ts";
import { BASE, CATEGORY_SYSTEM, exportMark } from "./export-marks.ts";

/** A grant as the chain has it. */
export interface GrantRecord {
  patient: Address;
  reader: Address;
  /** In whose name the reader was granted it: its number. */
  hospital: number;
  read: readonly CategoryName[];
  write: readonly CategoryName[];
  /** Instants: from when it counts, and when it ends or ended. */
  start: string;
  end: string;
  isActive: boolean;
  /** The patient's consent after this change (docs/protocol.md, Consent). */
  head: Hex;
  anchor: Anchor;
  /** Where it was revoked or replaced, if it was. */
  ended?: Anchor;
}

const HL7 = "http://terminology.hl7.org/CodeSystem";

const concept = (system: string, code: string, display?: string): CodeableConcept => ({
  coding: [{ system, code, ...(display === undefined ? {} : { display }) }],
});

/** A hospital by its number at the contract that numbers them. */
export function hospitalIdentifier(chainId: number, registry: Address, hospital: number): Identifier {
  return { system: `${BASE}:hospital:eip155:${chainId}:${registry.toLowerCase()}`, value: String(hospital) };
}

function permit(action: "access" | "collect", names: readonly CategoryName[]): ConsentProvision[] {
  if (names.length === 0) return [];
  const code = names.map((name) => ({ ...concept(CATEGORY_SYSTEM, name), text: name }));
  return [{ type: "permit", action: [concept(`${HL7}/consentaction`, action)], code }];
}

/**
 * A grant as FHIR R4 Consent (https://hl7.org/fhir/R4/consent.html): nothing is permitted but, to the reader and in the period, reading
 * (`access`) and adding (`collect`) in categories of the chart.
 */
export function buildConsent(grant: GrantRecord, registry: Address): Consent {
  const { patient, reader, hospital, read, write, start, end, isActive, head, anchor, ended } = grant;
  const { chainId } = anchor;
  const account = (address: Address) => ({ identifier: accountIdentifier(chainId, address) });
  return {
    resourceType: "Consent",
    meta: exportMark(),
    extension: [anchorExtension("anchor", anchor), ...(ended === undefined ? [] : [anchorExtension("ended", ended)])],
    identifier: [{ system: "urn:ietf:rfc:3986", value: `urn:chartkey:consent:${head}` }],
    status: isActive ? "active" : "inactive",
    scope: concept(`${HL7}/consentscope`, "patient-privacy", "Privacy Consent"),
    category: [concept("http://loinc.org", "59284-0", "Patient Consent")],
    patient: { type: "Patient", ...account(patient) },
    dateTime: start,
    performer: [{ type: "Patient", ...account(patient) }],
    ...(hospital === 0
      ? {}
      : { organization: [{ type: "Organization", identifier: hospitalIdentifier(chainId, registry, hospital) }] }),
    policyRule: concept(`${HL7}/v3-ActCode`, "OPTIN", "opt-in"),
    provision: {
      period: { start, end },
      actor: [
        {
          role: concept(`${HL7}/v3-ParticipationType`, "IRCP", "information recipient"),
          reference: { type: "Practitioner", ...account(reader) },
        },
      ],
      provision: [...permit("access", read), ...permit("collect", write)],
    },
  };
}
