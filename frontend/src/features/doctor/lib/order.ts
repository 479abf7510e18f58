import { utf8 } from "@chartkey/sdk";
import {
  buildBundle,
  buildPrescription,
  buildProvenance,
  canonicalJson,
  newFullUrl,
  type Actor,
} from "@chartkey/sdk/records";
import type { Conflict } from "./conflicts.ts";

/** One medicine of an order as the doctor enters it. */
export interface Medicine {
  readonly medicine: string;
  readonly dosage: string;
  /** How often it may be handed out. */
  readonly fills: number;
  /** Why it is kept although it conflicts; empty when it does not. */
  readonly reason: string;
}

interface Order {
  readonly medicines: readonly (Medicine & { readonly conflicts: readonly Conflict[] })[];
  readonly patient: Actor;
  readonly author: Actor;
  /** Instant. */
  readonly date: string;
}

/** The order as bytes of a FHIR Bundle: one MedicationRequest for each medicine, in their order, then who wrote them. */
export function encodeOrder({ medicines, patient, author, date }: Order): Uint8Array {
  const items = medicines.map(({ medicine, dosage, fills, reason, conflicts }) => ({
    fullUrl: newFullUrl(),
    resource: buildPrescription({
      patient,
      author,
      date,
      medicine,
      dosage,
      refills: fills - 1,
      ...(conflicts.length > 0 ? { note: `${conflicts.map(({ name }) => name).join(", ")}: ${reason.trim()}` } : {}),
    }),
  }));
  const provenance = buildProvenance({ targets: items.map(({ fullUrl }) => fullUrl), author, recorded: date });
  return utf8(canonicalJson(buildBundle([...items, { resource: provenance }], { timestamp: date })));
}
