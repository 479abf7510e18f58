import { describe, expect, it } from "vitest";
import { findTest, localNow, observationOf, offeredTests, type MeasureValues } from "./measure.ts";

const offered = offeredTests((analyte) => analyte.toUpperCase());
const people = { patient: { display: "Ananya" }, author: { display: "Dr Okafor" } };
const typed: MeasureValues = {
  ...{ test: "glucose (mg/dL)", value: "<5,4", unit: "mg/dL", low: "3.9", high: "" },
  ...{ date: "2026-11-26T09:00", note: "" },
};

describe("a test that is offered", () => {
  it("is told from its namesakes by its unit", () => {
    expect(new Set(offered.map(({ label }) => label)).size).toBe(offered.length);
    expect(findTest(offered, " Glucose (mmol/L) ")?.test.loinc).toBe("14749-6");
    expect(findTest(offered, "glucose", "mg/dL")?.test.loinc).toBe("2345-7");
    expect(findTest(offered, "glucose", "g/L")).toBeUndefined();
    expect(findTest(offered, "glucose")).toBeUndefined();
    expect(findTest(offered, "")).toBeUndefined();
  });
});

describe("what is typed", () => {
  it("becomes an Observation", () => {
    expect(observationOf(people, typed, offered)).toMatchObject({
      code: { text: "GLUCOSE", coding: [{ code: "2345-7" }] },
      valueQuantity: { value: 5.4, comparator: "<", code: "mg/dL" },
      referenceRange: [{ low: { value: 3.9 } }],
      effectiveDateTime: new Date("2026-11-26T09:00").toISOString(),
    });
  });

  it("has no code when the unit was changed to one that the code does not stand for", () => {
    expect(observationOf(people, { ...typed, unit: "mmol/L" }, offered)?.code.coding).toBeUndefined();
  });

  it("becomes nothing while the value is no number", () => {
    expect(observationOf(people, { ...typed, value: "1,234" }, offered)).toBeUndefined();
  });
});

it("a field's now is the browser's", () => {
  const now = new Date(2026, 10, 26, 9, 5);
  expect(localNow(now)).toBe("2026-11-26T09:05");
});
