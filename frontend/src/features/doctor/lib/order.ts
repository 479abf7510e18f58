import { utf8 } from "@chartkey/sdk";
import {
  buildBundle,
  buildPrescription,
  buildProvenance,
  canonicalJson,
  newFullUrl,
  type Actor,
  type ListedCode,
} from "@chartkey/sdk/records";
import { latinDigits } from "../../../lib/format/decimal.ts";
import type { Conflict } from "./conflicts.ts";

/** One medicine of an order as the doctor enters it. */
export interface Medicine {
  readonly medicine: string;
  /** What it was chosen as; null when it is in words alone. */
  readonly coding: ListedCode | null;
  readonly dosage: string;
  /** How much is handed out each time, as "60 tablets"; empty when it is not said. */
  readonly quantity: string;
  /** How often it may be handed out. */
  readonly fills: number;
  /** Why it is kept although it conflicts; empty when it does not. */
  readonly reason: string;
}

/** Whether a medicine names its strength, by a digit of any script in its name or its directions: "500 mg" in one, "10 ml" in the other. */
export function namesStrength({ medicine, dosage }: Pick<Medicine, "medicine" | "dosage">): boolean {
  return /\p{Nd}/u.test(medicine) || /\p{Nd}\s*\p{L}*(g|l|iu|ui|units?|unidades)\b/iu.test(dosage);
}

/** A medicine as it stands in the form, taken over or not. */
export type TypedMedicine = Readonly<Record<"medicine" | "dosage" | "quantity" | "fills", string>> &
  Pick<Medicine, "coding">;

interface Order {
  readonly medicines: readonly (Medicine & { readonly conflicts: readonly Conflict[] })[];
  readonly patient: Actor;
  readonly author: Actor;
  /** Instant. */
  readonly date: string;
}

const QUANTITY = /^(\d{1,6}(?:[.,]\d{1,3})?)\s*(\p{L}.*)$/u;

/** A number and its unit, such as "60 tablets"; null for anything else. */
export function parseQuantity(text: string): { value: number; unit: string } | null {
  const [, value = "", unit = ""] = QUANTITY.exec(latinDigits(text)) ?? [];
  const number = Number(value.replace(",", "."));
  return number > 0 ? { value: number, unit: unit.trim() } : null;
}

/** The order as bytes of a FHIR Bundle: one MedicationRequest for each medicine, in their order, then who wrote them. */
export function encodeOrder({ medicines, patient, author, date }: Order): Uint8Array {
  const items = medicines.map(({ medicine, coding, dosage, quantity: amount, fills, reason, conflicts }) => {
    const quantity = parseQuantity(amount);
    const note = `${conflicts.map(({ name }) => name).join(", ")}: ${reason.trim()}`;
    const resource = buildPrescription({
      ...{ patient, author, date, medicine, dosage, refills: fills - 1 },
      ...(coding ? { coding: [coding] } : {}),
      ...(quantity ? { quantity } : {}),
      ...(conflicts.length > 0 ? { note } : {}),
    });
    return { fullUrl: newFullUrl(), resource };
  });
  const provenance = buildProvenance({ targets: items.map(({ fullUrl }) => fullUrl), author, recorded: date });
  return utf8(canonicalJson(buildBundle([...items, { resource: provenance }], { timestamp: date })));
}
