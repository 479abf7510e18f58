import type { Provenance, Reference } from "@medplum/fhirtypes";
import type { Address } from "viem";
import { accountIdentifier } from "./account-identifier.ts";
import { type RecordAnchor, anchorExtension } from "./anchor.ts";
import { hospitalIdentifier } from "./consents.ts";
import { exportMark } from "./export-marks.ts";

/** Who anchored a record, and where. */
export interface Origin {
  author: Address;
  /** In whose name: its number; 0 when the patient wrote it. */
  hospital: number;
  /** Instant of the record's block. */
  recorded: string;
  anchor: RecordAnchor;
}

const HL7 = "http://terminology.hl7.org/CodeSystem";

/**
 * Who wrote the resources of a record, and what on the chain proves it, as FHIR R4 Provenance (https://hl7.org/fhir/R4/provenance.html).
 * @param targets references to them in the same file
 * @param registry the contract that numbers hospitals
 */
export function buildRecordProvenance(
  targets: Reference<never>[],
  { author, hospital, recorded, anchor }: Origin,
  registry: Address,
): Provenance {
  const { chainId, cid } = anchor;
  const organization = { type: "Organization" as const, identifier: hospitalIdentifier(chainId, registry, hospital) };
  return {
    resourceType: "Provenance",
    meta: exportMark(),
    extension: [anchorExtension("anchor", anchor)],
    target: targets,
    recorded,
    activity: { coding: [{ system: `${HL7}/v3-DataOperation`, code: "CREATE", display: "create" }] },
    agent: [
      {
        type: {
          coding: [{ system: `${HL7}/provenance-participant-type`, code: "author", display: "Author" }],
        },
        who: { identifier: accountIdentifier(chainId, author) },
        ...(hospital === 0 ? {} : { onBehalfOf: organization }),
      },
    ],
    entity: [{ role: "source", what: { identifier: { system: "urn:ietf:rfc:3986", value: `ipfs://${cid}` } } }],
  };
}
