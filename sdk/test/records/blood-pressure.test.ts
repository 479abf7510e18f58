import { describe, expect, it } from "vitest";
import {
  BLOOD_PRESSURE,
  type Pressure,
  buildBloodPressure,
  loadValidator,
  pressuresOf,
  summarize,
} from "../../src/records/index.ts";

const validator = await loadValidator();
const actor = { display: "Dr Amara Okafor" };
const build = (upper: Partial<Pressure> = {}, lower: Partial<Pressure> = {}) =>
  buildBloodPressure({
    ...{ patient: { display: "Ananya Sharma" }, author: actor, date: "2026-11-26T09:00:00Z", title: "Blood pressure" },
    systolic: { title: "Systolic", value: 120, ...upper },
    diastolic: { title: "Diastolic", value: 80, ...lower },
  });
const usual = [
  { low: 90, high: 140 },
  { low: 60, high: 90 },
] as const;

describe("a blood pressure", () => {
  it("is one valid Observation of two coded components", () => {
    const resource = build();
    expect(validator.validate(resource)).toEqual([]);
    expect(resource).toMatchObject({
      code: { coding: [{ system: "http://loinc.org", code: "85354-9" }] },
      component: [
        { code: { coding: [{ code: "8480-6" }] }, valueQuantity: { value: 120, code: "mm[Hg]" } },
        { code: { coding: [{ code: "8462-4" }] }, valueQuantity: { value: 80, code: "mm[Hg]" } },
      ],
    });
    expect(resource.code.coding![0]!.display).toBe(BLOOD_PRESSURE.display);
    expect(pressuresOf({ ...resource, component: resource.component!.toReversed() })?.[0]).toBe(resource.component![0]);
  });

  it.each([
    [120, 80, "normal"],
    [150, 80, "high"],
    [120, 95, "high"],
    [85, 70, "low"],
    [85, 50, "low"],
    [150, 50, "abnormal"],
  ])("%i/%i is said as one value, and judged by both: %s", (systolic, diastolic, interpretation) => {
    expect(summarize(build({ value: systolic, ...usual[0] }, { value: diastolic, ...usual[1] })).value).toEqual({
      text: `${systolic}/${diastolic}`,
      unit: "mmHg",
      interpretation,
      range: "90 - 140 mmHg / 60 - 90 mmHg",
    });
  });

  it("is not called normal when only one of its values can be judged", () => {
    const { value } = summarize(build({ value: 120, ...usual[0] }));
    expect([value?.interpretation, value?.range]).toEqual([undefined, undefined]);
  });

  it("has a line of each value, in one text and in its parts", () => {
    const [systolic] = summarize(build()).lines.filter(({ label }) => label === "component");
    expect(systolic).toMatchObject({ text: expect.stringContaining("120 mmHg") as string });
    expect(systolic?.measured).toMatchObject({
      title: expect.any(String) as string,
      value: { text: "120", unit: "mmHg" },
    });
  });

  it.each([
    ["HH", "H", "critical"],
    ["H", "HH", "critical"],
    ["N", "LL", "critical"],
    [undefined, "AA", "critical"],
    ["H", "L", "abnormal"],
    ["H", "N", "high"],
    ["H", undefined, "high"],
    ["N", undefined, undefined],
  ])("judged %s and %s by its author is %s", (systolic, diastolic, interpretation) => {
    const resource = build();
    resource.component!.forEach((part, index) => {
      const code = [systolic, diastolic][index];
      if (code !== undefined) part.interpretation = [{ coding: [{ code }] }];
    });
    expect(summarize(resource).value?.interpretation).toBe(interpretation);
  });

  it.each([
    [{ unit: "kPa", code: "kPa" }, false],
    [{ unit: "kPa" }, false],
    [{ code: "kPa" }, false],
    [{}, false],
    [{ unit: "mmHg" }, true],
    [{ code: "mm[Hg]" }, true],
  ])("whose diastolic pressure is in %j is one value: %s", (unit, isPair) => {
    const resource = build();
    const [systolic, diastolic] = resource.component!;
    diastolic!.valueQuantity = { value: 10.7, ...unit };
    expect(pressuresOf(resource) !== undefined).toBe(isPair);
    expect(summarize(resource).value?.text).toBe(isPair ? "120/10.7" : undefined);
    expect(pressuresOf({ ...resource, component: [diastolic!, systolic!] }) !== undefined).toBe(isPair);
  });

  it("is one value when neither part has a unit", () => {
    const resource = build();
    for (const part of resource.component!) part.valueQuantity = { value: part.valueQuantity!.value! };
    expect(summarize(resource).value).toEqual({ text: "120/80" });
  });

  it.each([["http://example.org/codes"], [undefined]])("is none by codes of %s", (system) => {
    const resource = build();
    for (const coding of resource.component!.flatMap(({ code }) => code.coding ?? [])) {
      if (system === undefined) delete coding.system;
      else coding.system = system;
    }
    expect(pressuresOf(resource)).toBeUndefined();
    expect(summarize(resource).value).toBeUndefined();
  });

  it.each([
    [{ value: 80 }, {}],
    [{ value: 70 }, {}],
    [{ value: Number.NaN }, {}],
    [{}, { value: -5 }],
    [{ low: 140, high: 90 }, {}],
  ])("of %j and %j is refused", (upper, lower) => {
    expect(() => build(upper, lower)).toThrow(expect.objectContaining({ code: "RECORD_NUMBER_INVALID" }));
  });
});
