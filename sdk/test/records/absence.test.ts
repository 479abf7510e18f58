import type { Resource } from "@medplum/fhirtypes";
import { describe, expect, it } from "vitest";
import { absenceOf, voidCode, withoutNone } from "@chartkey/sdk/records";

const IPS = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";
const SNOMED = "http://snomed.info/sct";
const allergy = (code: string, system = SNOMED) =>
  ({ resourceType: "AllergyIntolerance", patient: {}, code: { coding: [{ system, code }] } }) as Resource;

describe("what a record says is not there", () => {
  it.each([
    ["716186003", SNOMED, "none"],
    ["409137002", SNOMED, "partial"],
    ["429625007", SNOMED, "partial"],
    ["no-known-allergies", IPS, "none"],
    ["no-known-food-allergies", IPS, "partial"],
    ["no-allergy-info", IPS, "unknown"],
    // Penicillin; and a code that means nothing outside of its system.
    ["764146007", SNOMED, undefined],
    ["716186003", "urn:other", undefined],
  ])("%s of %s: %s", (code, system, expected) => {
    expect(absenceOf(allergy(code, system))).toBe(expected);
  });

  it("is read of medicines and vaccines too", () => {
    const coded = (code: string) => ({ coding: [{ system: IPS, code }] });
    const subject = { reference: "Patient/1" };
    const medicine = { status: "unknown", subject, medicationCodeableConcept: coded("no-known-medications") } as const;
    expect(absenceOf({ resourceType: "MedicationStatement", ...medicine })).toBe("none");
    const vaccine = { status: "completed", patient: subject, vaccineCode: coded("no-immunization-info") } as const;
    expect(absenceOf({ resourceType: "Immunization", ...vaccine })).toBe("unknown");
  });

  it("is left out beside what is there, but for what is about a part", () => {
    const [none, partial, latex] = [allergy("716186003"), allergy("429625007"), allergy("1003755004")];
    const shown = (...records: Resource[]) => withoutNone(records, (record) => record);
    expect(shown(none, partial)).toEqual([none, partial]);
    expect(shown(none, partial, latex)).toEqual([partial, latex]);
  });
});

it("a record of what was not done or was refuted has the code that says so", () => {
  const vaccine = { resourceType: "Immunization", patient: {}, vaccineCode: { text: "MMR" } } as const;
  expect(voidCode({ ...vaccine, status: "not-done" })).toBe("not-done");
  expect(voidCode({ ...vaccine, status: "completed" })).toBeUndefined();
  const refuted = { coding: [{ code: "refuted" }] };
  expect(voidCode({ resourceType: "AllergyIntolerance", patient: {}, verificationStatus: refuted })).toBe("refuted");
});
