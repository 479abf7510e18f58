import { describe, expect, it } from "vitest";
import { findTest, localNow, observationOf, offeredTests, type MeasureValues } from "./measure.ts";

const offered = offeredTests((analyte) => analyte.toUpperCase());
const measurer = {
  people: { patient: { display: "Ananya" }, author: { display: "Dr Okafor" } },
  offered,
  nameOf: (analyte: string) => analyte,
};
const nothing = { value: "", low: "", high: "" };
const typed: MeasureValues = {
  ...{ test: "glucose (mg/dL)", value: "<5,4", unit: "mg/dL", low: "3.9", high: "" },
  ...{ date: "2026-11-26T09:00", note: "", diastolic: nothing },
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
    expect(observationOf(measurer, typed)).toMatchObject({
      code: { text: "GLUCOSE", coding: [{ code: "2345-7" }] },
      valueQuantity: { value: 5.4, comparator: "<", code: "mg/dL" },
      referenceRange: [{ low: { value: 3.9 } }],
      effectiveDateTime: new Date("2026-11-26T09:00").toISOString(),
    });
  });

  it("has no code when the unit was changed to one that the code does not stand for", () => {
    expect(observationOf(measurer, { ...typed, unit: "mmol/L" })?.code.coding).toBeUndefined();
  });

  it("becomes nothing while the value is no number", () => {
    expect(observationOf(measurer, { ...typed, value: "1,234" })).toBeUndefined();
  });
});

describe("a blood pressure that is typed", () => {
  const pressure = {
    ...{ ...typed, test: "bloodpressure", unit: "", value: "120", high: "140" },
    diastolic: { value: "80", low: "60", high: "" },
  };

  it("becomes one Observation, under its name alone", () => {
    const upper = { code: { text: "systolic" }, referenceRange: [{ low: { value: 3.9 }, high: { value: 140 } }] };
    const lower = {
      code: { text: "diastolic" },
      valueQuantity: { value: 80 },
      referenceRange: [{ low: { value: 60 } }],
    };
    expect(observationOf(measurer, pressure)).toMatchObject({
      code: { coding: [{ code: "85354-9" }] },
      component: [{ ...upper, valueQuantity: { value: 120 } }, lower],
    });
  });

  it.each([
    ["the systolic is not above", { ...pressure, value: "80" }],
    ["the systolic is a limit", { ...pressure, value: ">120" }],
    ["the diastolic is missing", { ...pressure, diastolic: nothing }],
    ["the diastolic is below zero", { ...pressure, diastolic: { ...nothing, value: "-5" } }],
    ["a range ends below its begin", { ...pressure, diastolic: { value: "80", low: "90", high: "60" } }],
  ])("becomes nothing while %s", (_, values) => {
    expect(observationOf(measurer, values)).toBeUndefined();
  });
});

it("a field's now is the browser's", () => {
  const now = new Date(2026, 10, 26, 9, 5);
  expect(localNow(now)).toBe("2026-11-26T09:05");
});
