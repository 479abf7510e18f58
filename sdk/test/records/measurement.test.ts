import { describe, expect, it } from "vitest";
import {
  COMMON_TESTS,
  COMMON_UNITS,
  type Measurement,
  buildMeasurement,
  loadValidator,
  summarize,
} from "../../src/records/index.ts";

const validator = await loadValidator();
const actor = { display: "Dr Amara Okafor" };
const written = { patient: { display: "Ananya Sharma" }, author: actor, date: "2026-11-26T09:00:00Z" };
const potassium = COMMON_TESTS.find(({ loinc }) => loinc === "2823-3")!;
const build = (more: Partial<Measurement> = {}) =>
  buildMeasurement({ ...written, title: "Potassium", test: potassium, value: 4.2, unit: "mmol/L", ...more });

/** Check digit of LOINC: the sum of the digits of every second digit doubled, from the right, up to the next ten. */
function checkDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + Math.floor(doubled / 10) + (doubled % 10);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

describe("common tests", () => {
  it("are some forty, each named once, with codes whose check digits are right", () => {
    expect(COMMON_TESTS.length).toBeGreaterThan(40);
    const codes = COMMON_TESTS.map(({ loinc }) => loinc);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) {
      const [number, check] = code.split("-") as [string, string];
      expect([code, Number(check)]).toEqual([code, checkDigit(number)]);
    }
  });

  it("tell amounts of mass from amounts of substance by their units", () => {
    for (const { display, units } of COMMON_TESTS) {
      if (display.includes("[Moles/volume]")) expect(units.every((unit) => /^[um]?mol\/L$/.test(unit))).toBe(true);
      if (display.includes("[Mass/volume]")) expect(units.every((unit) => /^[mun]?g\/d?[mu]?L$/.test(unit))).toBe(true);
    }
    expect(COMMON_UNITS).toEqual([...new Set(COMMON_UNITS)]);
  });
});

describe("a measurement", () => {
  it("is an Observation with a LOINC code and a UCUM unit, and valid", () => {
    const resource = build({ low: 3.5, high: 5.1, note: "haemolytic" });
    expect(validator.validate(resource)).toEqual([]);
    expect(resource).toMatchObject({
      category: [{ coding: [{ code: "laboratory" }] }],
      code: { coding: [{ system: "http://loinc.org", code: "2823-3" }], text: "Potassium" },
      valueQuantity: { value: 4.2, unit: "mmol/L", system: "http://unitsofmeasure.org", code: "mmol/L" },
    });
  });

  it.each([
    [3.4, "low"],
    [3.5, "normal"],
    [5.1, "normal"],
    [5.2, "high"],
  ])("of %f is %s by its range", (value, interpretation) => {
    const { value: shown } = summarize(build({ value, low: 3.5, high: 5.1 }));
    expect(shown).toMatchObject({ unit: "mmol/L", interpretation });
  });

  it("may be in words of one's own, without code, unit or range", () => {
    const resource = build({ title: " Grip ", test: undefined, unit: "points", value: 12 });
    expect(validator.validate(resource)).toEqual([]);
    expect(resource.code).toEqual({ text: "Grip" });
    expect(resource.valueQuantity).toEqual({ value: 12, unit: "points" });
    expect(build({ unit: undefined }).valueQuantity).toEqual({ value: 4.2 });
    expect(resource.referenceRange).toBeUndefined();
  });

  it("has no code when its unit is not one that the code stands for", () => {
    expect(build({ unit: "mg/dL" }).code).toEqual({ text: "Potassium" });
  });

  it("may lie below what could be measured", () => {
    const resource = build({ comparator: "<", value: 0.5, low: 1, high: 2 });
    expect(validator.validate(resource)).toEqual([]);
    expect(summarize(resource).value).toMatchObject({ text: "<0.5", interpretation: "low" });
  });

  it.each([
    ["no number", { value: Number.NaN }],
    ["an endless range", { low: Number.NEGATIVE_INFINITY }],
    ["less than nothing", { test: COMMON_TESTS.find(({ analyte }) => analyte === "crp"), value: -5, unit: "mg/L" }],
    ["less than nothing in a unit of amounts", { test: undefined, value: -5, unit: "mg/L" }],
    ["a range the wrong way round", { low: 5, high: 3 }],
  ])("with %s is refused", (_, more) => {
    expect(() => build(more)).toThrow(expect.objectContaining({ code: "RECORD_NUMBER_INVALID" }));
  });

  it("may be below zero as a temperature, an excess or a score", () => {
    const temperature = COMMON_TESTS.find(({ analyte }) => analyte === "temperature");
    for (const more of [{ test: temperature, unit: "Cel" }, { unit: "mmol/L" }, { unit: "" }])
      expect(build({ test: undefined, title: "Base excess", value: -2, ...more }).valueQuantity?.value).toBe(-2);
  });

  it("says of what it is", () => {
    expect(() => build({ title: " " })).toThrow(expect.objectContaining({ code: "RECORD_TEXT_MISSING" }));
  });
});
