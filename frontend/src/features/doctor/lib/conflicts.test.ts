import { describe, expect, it } from "vitest";
import type { ChartItem } from "../../../lib/chart/items.ts";
import { conflictsOf } from "./conflicts.ts";

function item(resourceType: string, title: string, code = "active", more = {}): ChartItem {
  const state = resourceType === "AllergyIntolerance" ? { clinicalStatus: { coding: [{ code }] } } : { status: code };
  const resource = { resourceType, ...state, ...more };
  return { resource, summary: { title, lines: [] }, standing: { state: "current" } } as unknown as ChartItem;
}

const RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
const coding = (code: string, display: string) => ({ system: RXNORM, code, display });
const ordered = (medicine: string, listed: ReturnType<typeof coding> | null = null) => ({ medicine, coding: listed });
const conflicts = (medicine: string, items: ChartItem[], others: string[] = []) =>
  conflictsOf(
    ordered(medicine),
    items,
    others.map((other) => ordered(other)),
  );

const chart = [
  item("AllergyIntolerance", "Penicillin allergy"),
  item("AllergyIntolerance", "Latex", "resolved"),
  item("MedicationRequest", "Metformin 500 mg tablets"),
  item("MedicationRequest", "Ibuprofen 400 mg", "stopped"),
];

describe("conflictsOf", () => {
  it("finds an allergy by the family of the medicine", () => {
    expect(conflicts("Amoxicillin 500 mg capsule", chart)).toEqual([{ kind: "allergy", name: "Penicillin allergy" }]);
  });

  it("finds the same medicine in the chart and in the order, whatever strength and form", () => {
    expect(conflicts("METFORMIN 850 mg", chart)).toEqual([{ kind: "duplicate", name: "Metformin 500 mg tablets" }]);
    expect(conflicts("Paracetamol 500 mg", chart, ["acetaminophen 325 MG Oral Tablet"])).toEqual([
      { kind: "basket", name: "acetaminophen 325 MG Oral Tablet" },
    ]);
  });

  it("keeps quiet about what is settled or unrelated, and about common words", () => {
    expect(conflicts("Ibuprofen 400 mg tablet", chart, ["Paracetamol tablet"])).toEqual([]);
    expect(conflicts("Latex", chart)).toEqual([]);
    expect(
      conflicts("losartan potassium 50 MG Oral Tablet", [], ["Penicillin V Potassium 250 MG Oral Tablet"]),
    ).toEqual([]);
  });

  it("takes nothing that is refuted, replaced or said to be absent for an allergy or a medicine", () => {
    const refuted = item("AllergyIntolerance", "Penicillin", "active", {
      verificationStatus: { coding: [{ code: "refuted" }] },
    });
    const replaced = { ...item("AllergyIntolerance", "Amoxicillin"), standing: { state: "superseded" } as never };
    const absent = { coding: [{ system: "http://snomed.info/sct", code: "409137002" }] };
    const none = item("AllergyIntolerance", "No known penicillin allergy", "active", { code: absent });
    const untaken = item("MedicationStatement", "No amoxicillin", "not-taken");
    expect(conflicts("Amoxicillin", [refuted, replaced, none, untaken])).toEqual([]);
  });

  it("tells salts apart only when there is nothing else", () => {
    const duplicate = { kind: "basket", name: "Potassium chloride" };
    expect(conflicts("Potassium chloride 600 mg", [], ["Potassium chloride"])).toEqual([duplicate]);
  });

  it("compares the codes and their names, whatever language the words are in", () => {
    const arabic = { code: { coding: [coding("723", "amoxicillin")], text: "أموكسيسيلين" } };
    const allergies = [item("AllergyIntolerance", "أموكسيسيلين", "active", arabic)];
    const found = [{ kind: "allergy", name: "أموكسيسيلين" }];
    expect(conflictsOf(ordered("حبوب", coding("723", "")), allergies, [])).toEqual(found);
    expect(conflicts("Amoxicillin 500 mg", allergies)).toEqual(found);
    expect(conflicts("حبوب", allergies)).toEqual([]);
  });

  it("compares the code of a recorded medicine, and of what an allergic reaction was to", () => {
    const warfarin = coding("11289", "warfarin");
    const recorded = item("MedicationStatement", "Marcumar", "active", {
      medicationCodeableConcept: { coding: [warfarin] },
    });
    const reaction = item("AllergyIntolerance", "2019", "active", {
      reaction: [{ substance: { coding: [warfarin] } }],
    });
    expect(conflictsOf(ordered("Coumadin", warfarin), [recorded, reaction], [])).toEqual([
      { kind: "allergy", name: "2019" },
      { kind: "duplicate", name: "Marcumar" },
    ]);
    const other = { ...warfarin, system: "urn:other" };
    expect(conflictsOf({ medicine: "Coumadin", coding: { ...other, display: "" } }, [recorded], [])).toEqual([]);
  });
});
