import { describe, expect, it } from "vitest";
import { buildBundle, buildPrescription, buildProvenance } from "../../src/records/index.ts";
import { pharmacyCopy, readOrderContent } from "../../src/records/order-content.ts";
import { loadValidator } from "../../src/records/validate.ts";

const date = "2026-11-24T08:00:00Z";
const author = { display: "Dr Amara Okafor" };
const prescription = buildPrescription({
  ...{ patient: { display: "Ananya Sharma" }, author, date, medicine: "Metformin 500 mg", dosage: "1 with food" },
  ...{ quantity: { value: 60, unit: "tablets" }, reason: "Type 2 diabetes", note: "Penicillin: refuted" },
});
const order = buildBundle(
  [{ resource: prescription }, { resource: buildProvenance({ targets: ["urn:uuid:1"], author, recorded: date }) }],
  { timestamp: date },
);

describe("the content of an order", () => {
  it("is read in the words of its prescriber", () => {
    expect(readOrderContent(order)).toEqual({
      ...{ patient: { name: "Ananya Sharma" }, prescriber: "Dr Amara Okafor", date },
      medicines: [
        {
          ...{ medicine: "Metformin 500 mg", dosage: "1 with food", reason: "Type 2 diabetes" },
          quantity: { value: 60, unit: "tablets" },
        },
      ],
    });
  });

  it("P43 goes to the pharmacy without reasons, notes and whatever else the order holds, as valid FHIR", async () => {
    const content = readOrderContent(order);
    const copy = pharmacyCopy({ ...content, patient: { name: "Ananya Sharma", birthDate: "1984-02-29" } });
    expect(JSON.stringify(copy)).not.toMatch(/diabetes|Penicillin|Provenance/);
    expect((await loadValidator()).validate(copy)).toEqual([]);
    const { reason: _, ...medicine } = content.medicines[0]!;
    expect(readOrderContent(copy)).toEqual({
      ...content,
      patient: { name: "Ananya Sharma", birthDate: "1984-02-29" },
      medicines: [medicine],
    });
  });

  it("O12 is refused when a medicine has no name, and takes nothing but text of limited length from hostile fields", () => {
    const nameless = { resourceType: "MedicationRequest", medicationCodeableConcept: { text: " " } };
    for (const wrong of [undefined, null, [], {}, { entry: [{ resource: nameless }] }, { entry: [null, 7] }])
      expect(() => readOrderContent(wrong)).toThrow(expect.objectContaining({ code: "ORDER_UNREADABLE" }));
    const hostile = {
      resourceType: "MedicationRequest",
      medicationCodeableConcept: { coding: [{ display: "x".repeat(5000) }] },
      dosageInstruction: { text: "not a list" },
      subject: { display: { toString: "x" } },
      dispenseRequest: { quantity: { value: "60" } },
    };
    expect(readOrderContent({ entry: [{ resource: hostile }] })).toEqual({
      medicines: [{ medicine: "x".repeat(1000) }],
    });
  });
});
