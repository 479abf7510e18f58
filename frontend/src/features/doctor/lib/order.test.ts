import { payloadJson } from "@chartkey/sdk";
import { loadValidator } from "@chartkey/sdk/records";
import { describe, expect, it } from "vitest";
import { encodeOrder, parseQuantity } from "./order.ts";

const validator = await loadValidator();
const amoxicillin = { system: "http://www.nlm.nih.gov/research/umls/rxnorm", code: "723", display: "amoxicillin" };

describe("encodeOrder", () => {
  it("writes valid FHIR: the medicines in order, the kept conflict with its reason, the author", () => {
    const bundle = payloadJson(
      encodeOrder({
        patient: { display: "Ananya Sharma" },
        author: { display: "Dr Amara Okafor" },
        date: "2026-11-24T08:00:00Z",
        medicines: [
          {
            medicine: "Metformin 500 mg",
            coding: null,
            dosage: "1 twice a day",
            quantity: "60 tablets",
            fills: 3,
            reason: "",
            conflicts: [],
          },
          {
            medicine: "Amoxicillin 500 mg",
            coding: amoxicillin,
            dosage: "1 three times a day",
            quantity: "",
            fills: 1,
            reason: "Allergy was refuted by test",
            conflicts: [{ kind: "allergy", name: "Penicillin" }],
          },
        ],
      }),
    );
    expect(validator.validate(bundle as never)).toEqual([]);
    const { entry } = bundle as { entry: { fullUrl?: string; resource: Record<string, unknown> }[] };
    expect(entry.map(({ resource }) => resource["resourceType"])).toEqual([
      "MedicationRequest",
      "MedicationRequest",
      "Provenance",
    ]);
    expect(entry[0]!.resource).not.toHaveProperty("note");
    expect(entry[0]!.resource["medicationCodeableConcept"]).toEqual({ text: "Metformin 500 mg" });
    expect(entry[1]!.resource["medicationCodeableConcept"]).toEqual({
      coding: [amoxicillin],
      text: "Amoxicillin 500 mg",
    });
    expect(entry[0]!.resource["dispenseRequest"]).toEqual({
      numberOfRepeatsAllowed: 2,
      quantity: { value: 60, unit: "tablets" },
    });
    expect(entry[1]!.resource["note"]).toEqual([{ text: "Penicillin: Allergy was refuted by test" }]);
    expect(entry[2]!.resource["target"]).toEqual([{ reference: entry[0]!.fullUrl }, { reference: entry[1]!.fullUrl }]);
  });
});

it("takes a quantity only with its unit", () => {
  expect(parseQuantity(" 2,5 ml ")).toEqual({ value: 2.5, unit: "ml" });
  for (const text of ["", "60", "0 tablets", "some tablets", "1.2345 ml"]) expect(parseQuantity(text), text).toBeNull();
});
