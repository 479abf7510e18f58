import type {
  Address,
  Annotation,
  CodeableConcept,
  Coding,
  ContactPoint,
  HumanName,
  Identifier,
  Money,
  Period,
  Quantity,
  Range,
  Ratio,
  Reference,
} from "@medplum/fhirtypes";
import { amountText } from "../money.ts";

type Text = string | undefined;

/** The texts that are there, joined; undefined when there are none. */
export function join(separator: string, texts: (Text | null)[]): Text {
  return texts.filter((text) => text !== undefined && text !== null && text !== "").join(separator) || undefined;
}

/** Display of a coding, else its code. */
export function codingText(coding: Coding | undefined): Text {
  return coding?.display || coding?.code;
}

/** Text of a concept, else the display of the coding a person chose, else of any coding, else a bare code. */
export function conceptText(concept: CodeableConcept | undefined): Text {
  const codings = concept?.coding ?? [];
  const chosen = codings.find(({ userSelected, display }) => userSelected && display);
  return (
    concept?.text ||
    chosen?.display ||
    codings.find(({ display }) => display)?.display ||
    codings.find(({ code }) => code)?.code
  );
}

export function conceptTexts(concepts: CodeableConcept[] | undefined): Text {
  return join(", ", (concepts ?? []).map(conceptText));
}

/** The codes of a concept with the last part of their system, such as `ICD-10 E11.9`, as a clinician quotes them. */
export function codeText(concept: CodeableConcept | undefined): Text {
  return join(
    ", ",
    (concept?.coding ?? []).map(({ system, code }) =>
      code === undefined ? undefined : join(" ", [systemName(system), code]),
    ),
  );
}

const systemNames: Record<string, string> = {
  "http://snomed.info/sct": "SNOMED CT",
  "http://loinc.org": "LOINC",
  "http://hl7.org/fhir/sid/icd-10": "ICD-10",
  "http://hl7.org/fhir/sid/icd-10-cm": "ICD-10-CM",
  "http://www.nlm.nih.gov/research/umls/rxnorm": "RxNorm",
  "http://hl7.org/fhir/sid/cvx": "CVX",
};

/** The usual name of a code system; undefined for one that is not among the usual ones. */
export function systemName(system: Text): Text {
  return system === undefined ? undefined : systemNames[system];
}

/** The text of the name if it has one, else prefix, given and family names in this order. */
export function humanNameText(name: HumanName | undefined): Text {
  return (
    name?.text || join(" ", [...(name?.prefix ?? []), ...(name?.given ?? []), name?.family, ...(name?.suffix ?? [])])
  );
}

const nameUses = ["official", "usual", undefined, "nickname", "anonymous", "temp", "maiden", "old"];

/** The name to address a person by. */
export function preferredName(names: HumanName[] | undefined): Text {
  const sorted = [...(names ?? [])].sort((a, b) => nameUses.indexOf(a.use) - nameUses.indexOf(b.use));
  return sorted.map(humanNameText).find((text) => text !== undefined);
}

export function quantityUnit(quantity: Quantity | undefined): Text {
  return quantity?.unit || (quantity?.code === "1" ? undefined : quantity?.code);
}

/** Six significant digits at most: devices and simulations write 136.3233687691286, which nobody can read. */
export function numberText(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(6)));
}

/** Number with its comparator: `<0.1`. */
export function quantityNumber(quantity: Quantity | undefined): Text {
  return quantity?.value === undefined ? undefined : `${quantity.comparator ?? ""}${numberText(quantity.value)}`;
}

export function quantityText(quantity: Quantity | undefined): Text {
  return join(" ", [quantityNumber(quantity), quantityUnit(quantity)]);
}

/** `3.5 - 5 mmol/L`, `>= 3.5 mmol/L`, `<= 5 mmol/L`. */
export function rangeText(range: Range | undefined): Text {
  const { low, high } = range ?? {};
  if (low?.value !== undefined && high?.value !== undefined)
    return join(" ", [`${numberText(low.value)} - ${numberText(high.value)}`, quantityUnit(high) ?? quantityUnit(low)]);
  if (low?.value !== undefined) return `>= ${quantityText(low)}`;
  return high?.value === undefined ? undefined : `<= ${quantityText(high)}`;
}

export function ratioText(ratio: Ratio | undefined): Text {
  return join(" / ", [quantityText(ratio?.numerator), quantityText(ratio?.denominator)]);
}

export function moneyText(money: Money | undefined): Text {
  return money?.value === undefined ? undefined : join(" ", [amountText(money.value, money.currency), money.currency]);
}

/** `2024-01 - 2024-03`, `2024-01 -`, `- 2024-03`; the dates as written. */
export function periodText(period: Period | undefined): Text {
  if (period?.start && period.end)
    return period.start === period.end ? period.start : `${period.start} - ${period.end}`;
  if (period?.start) return `${period.start} -`;
  return period?.end ? `- ${period.end}` : undefined;
}

/** Display of a reference, else its identifier, else a relative reference such as `Practitioner/7`. */
export function referenceText(reference: Reference | undefined): Text {
  const literal = reference?.reference;
  const relative = literal !== undefined && /^[A-Z]\w+\/[\w.-]+$/.test(literal) ? literal : undefined;
  return reference?.display || identifierText(reference?.identifier) || relative;
}

export function referenceTexts(references: Reference[] | undefined): Text {
  return join(", ", (references ?? []).map(referenceText));
}

export function identifierText(identifier: Identifier | undefined): Text {
  return identifier?.value === undefined ? undefined : join(" ", [conceptText(identifier.type), identifier.value]);
}

export function addressText(address: Address | undefined): Text {
  if (address?.text) return address.text;
  const place = join(" ", [address?.postalCode, address?.city]);
  return join(", ", [...(address?.line ?? []), place, address?.district, address?.state, address?.country]);
}

export function contactText(contact: ContactPoint | undefined): Text {
  return contact?.value;
}

export function noteTexts(notes: Annotation[] | undefined): Text[] {
  return (notes ?? []).map(({ text }) => text);
}
