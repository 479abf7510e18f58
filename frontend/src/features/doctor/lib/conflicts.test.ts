import { describe, expect, it } from "vitest";
import type { ChartItem } from "../../../lib/chart/items.ts";
import { conflictsOf } from "./conflicts.ts";

function item(resourceType: string, title: string, status = "active"): ChartItem {
  return { resource: { resourceType }, summary: { title, status, lines: [] } } as unknown as ChartItem;
}

const chart = [
  item("AllergyIntolerance", "Penicillin allergy"),
  item("AllergyIntolerance", "Latex", "resolved"),
  item("MedicationRequest", "Metformin 500 mg tablets"),
  item("MedicationRequest", "Ibuprofen 400 mg", "stopped"),
];

describe("conflictsOf", () => {
  it("finds an allergy by the family of the medicine", () => {
    expect(conflictsOf("Amoxicillin 500 mg capsule", chart, [])).toEqual([
      { kind: "allergy", name: "Penicillin allergy" },
    ]);
  });

  it("finds the same medicine in the chart and in the order, whatever strength and form", () => {
    expect(conflictsOf("METFORMIN 850 mg", chart, [])).toEqual([
      { kind: "duplicate", name: "Metformin 500 mg tablets" },
    ]);
    expect(conflictsOf("Paracetamol 500 mg", chart, ["Paracetamol 1 g tablet"])).toEqual([
      { kind: "basket", name: "Paracetamol 1 g tablet" },
    ]);
  });

  it("keeps quiet about what is settled or unrelated, and about common words", () => {
    expect(conflictsOf("Ibuprofen 400 mg tablet", chart, ["Paracetamol tablet"])).toEqual([]);
    expect(conflictsOf("Latex", chart, [])).toEqual([]);
  });
});
