import type {
  Dosage,
  Medication,
  MedicationAdministration,
  MedicationDispense,
  MedicationRequest,
  MedicationStatement,
} from "@medplum/fhirtypes";
import { type Summary, summary } from "./summary.ts";
import {
  codeText,
  conceptText,
  conceptTexts,
  join,
  noteTexts,
  periodText,
  quantityText,
  rangeText,
  ratioText,
  referenceText,
  referenceTexts,
} from "./text.ts";
import { timingText } from "./value.ts";

type Medicated = MedicationRequest | MedicationStatement | MedicationDispense | MedicationAdministration;

/** What is taken: the coded medicine, else the reference's display, else the Medication contained in the resource. */
function medicineText(resource: Medicated): string | undefined {
  const reference = resource.medicationReference;
  const contained = resource.contained?.find(
    (each) => each.resourceType === "Medication" && `#${each.id}` === reference?.reference,
  );
  const inside = contained?.resourceType === "Medication" ? conceptText(contained.code) : undefined;
  return conceptText(resource.medicationCodeableConcept) ?? reference?.display ?? inside ?? referenceText(reference);
}

/** One line of how to take a medicine: the text, else dose, timing and route. */
export function dosageText(dosage: Dosage): string | undefined {
  const { doseQuantity, doseRange, rateQuantity, rateRange, rateRatio } = dosage.doseAndRate?.[0] ?? {};
  const built = join(", ", [
    quantityText(doseQuantity) ?? rangeText(doseRange),
    quantityText(rateQuantity) ?? rangeText(rateRange) ?? ratioText(rateRatio),
    timingText(dosage.timing),
    conceptText(dosage.route),
    dosage.asNeededBoolean ? "as needed" : conceptText(dosage.asNeededCodeableConcept),
  ]);
  return dosage.text ?? dosage.patientInstruction ?? join(", ", [built, conceptTexts(dosage.additionalInstruction)]);
}

export function medicationRequest(resource: MedicationRequest): Summary {
  const { dispenseRequest } = resource;
  const refills = dispenseRequest?.numberOfRepeatsAllowed;
  const dosage = join("; ", (resource.dosageInstruction ?? []).map(dosageText));
  const quantity = quantityText(dispenseRequest?.quantity);
  return summary("MedicationRequest", {
    title: medicineText(resource),
    // How much is handed out is a line: beside the dosage it reads like one.
    subtitle: dosage,
    date: resource.authoredOn,
    status: resource.status,
    lines: [
      ["dosage", (resource.dosageInstruction ?? []).map(dosageText)],
      ["quantity", quantity],
      ["refills", refills === undefined ? undefined : String(refills)],
      ["validity", periodText(dispenseRequest?.validityPeriod)],
      ["supply", quantityText(dispenseRequest?.expectedSupplyDuration)],
      ["reason", join(", ", [conceptTexts(resource.reasonCode), referenceTexts(resource.reasonReference)])],
      ["statusReason", conceptText(resource.statusReason)],
      ["intent", resource.intent],
      ["requester", referenceText(resource.requester)],
      ["code", codeText(resource.medicationCodeableConcept)],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function medicationStatement(resource: MedicationStatement): Summary {
  return summary("MedicationStatement", {
    title: medicineText(resource),
    subtitle: join("; ", (resource.dosage ?? []).map(dosageText)),
    date: resource.effectiveDateTime ?? resource.effectivePeriod?.start ?? resource.dateAsserted,
    status: resource.status,
    lines: [
      ["dosage", (resource.dosage ?? []).map(dosageText)],
      ["period", periodText(resource.effectivePeriod)],
      ["reason", conceptTexts(resource.reasonCode)],
      ["source", referenceText(resource.informationSource)],
      ["code", codeText(resource.medicationCodeableConcept)],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function medicationDispense(resource: MedicationDispense): Summary {
  return summary("MedicationDispense", {
    title: medicineText(resource),
    subtitle: quantityText(resource.quantity),
    date: resource.whenHandedOver ?? resource.whenPrepared,
    status: resource.status,
    lines: [
      ["quantity", quantityText(resource.quantity)],
      ["supply", quantityText(resource.daysSupply)],
      ["dosage", (resource.dosageInstruction ?? []).map(dosageText)],
      ["performer", (resource.performer ?? []).map(({ actor }) => referenceText(actor))],
      ["location", referenceText(resource.location)],
      ["code", codeText(resource.medicationCodeableConcept)],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function medicationAdministration(resource: MedicationAdministration): Summary {
  const { dosage } = resource;
  return summary("MedicationAdministration", {
    title: medicineText(resource),
    subtitle: dosage?.text ?? join(", ", [quantityText(dosage?.dose), conceptText(dosage?.route)]),
    date: resource.effectiveDateTime ?? resource.effectivePeriod?.start,
    status: resource.status,
    lines: [
      ["reason", conceptTexts(resource.reasonCode)],
      ["performer", (resource.performer ?? []).map(({ actor }) => referenceText(actor))],
      ["note", noteTexts(resource.note)],
    ],
  });
}

export function medication(resource: Medication): Summary {
  return summary("Medication", {
    title: conceptText(resource.code),
    subtitle: conceptText(resource.form),
    status: resource.status,
    lines: [
      [
        "ingredient",
        (resource.ingredient ?? []).map((i) =>
          join(" ", [conceptText(i.itemCodeableConcept) ?? referenceText(i.itemReference), ratioText(i.strength)]),
        ),
      ],
      ["manufacturer", referenceText(resource.manufacturer)],
      ["code", codeText(resource.code)],
    ],
  });
}
