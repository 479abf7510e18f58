import { buildBloodPressure, buildMeasurement, COMMON_TESTS, summarize, type Measurement } from "@chartkey/sdk/records";
import { describe, expect, it } from "vitest";
import type { ChartItem } from "./items.ts";
import { seriesOf } from "./series.ts";

const potassium = COMMON_TESTS.find(({ loinc }) => loinc === "2823-3");

function item(when: number, more: Partial<Measurement> & { of?: Partial<ChartItem> } = {}): ChartItem {
  const actor = { display: "A" };
  const { of, ...measured } = more;
  const resource = buildMeasurement({
    ...{ patient: actor, author: actor, date: new Date(when * 1000).toISOString() },
    ...{ title: "Potassium", test: potassium, value: 4, unit: "mmol/L" },
    ...measured,
  });
  const standing = { state: "current" as const };
  const base = { key: `${when}`, when, integrity: "verified" as const, standing };
  return { ...base, resource, summary: summarize(resource), ...of } as unknown as ChartItem;
}

const values = (items: ChartItem[], of = items[0]!) =>
  seriesOf(items, of).map(({ unit, points }) => [unit, ...points.map(({ parts }) => parts[0].value)]);

describe("values of one test", () => {
  it("stand in the order of time, from two on", () => {
    expect(values([item(3, { value: 5 })])).toEqual([]);
    expect(values([item(3, { value: 5 }), item(1), item(2, { value: 4.5 })])).toEqual([["mmol/L", 4, 4.5, 5]]);
  });

  it("stand in the order in which they were added when they are of the same moment", () => {
    const [newer, older] = [item(3, { value: 5 }), item(3, { value: 4.5 })];
    expect(values([newer, older])).toEqual([["mmol/L", 4.5, 5]]);
  });

  it("are of the same code, whatever they are called, or of the same words", () => {
    const other = COMMON_TESTS.find(({ analyte }) => analyte === "sodium");
    expect(values([item(1), item(2, { title: "Kalium" }), item(3, { test: other, title: "Potassium" })])).toEqual([
      ["mmol/L", 4, 4],
    ]);
    const grip = { title: "Grip", test: undefined, unit: "points" };
    expect(values([item(1, grip), item(2, { ...grip, title: " grip " }), item(3)])).toEqual([["points", 4, 4]]);
  });

  it("are apart where their units are: the entry's own first", () => {
    const words = { test: undefined, title: "Potassium" };
    const items = [item(1, { ...words, unit: "mg/dL", value: 16 }), item(2, words), item(3, { ...words, value: 5 })];
    expect(values(items, items[2])).toEqual([
      ["mmol/L", 4, 5],
      ["mg/dL", 16],
    ]);
  });

  it.each([
    ["a limit", item(2, { comparator: "<" })],
    ["what was replaced", item(2, { of: { standing: { state: "superseded" } as ChartItem["standing"] } })],
    ["what was not opened", item(2, { of: { integrity: "damaged" } })],
    [
      "what was entered in error",
      item(2, {
        of: { resource: { ...item(2).resource, status: "entered-in-error" } as ChartItem["resource"] } as never,
      }),
    ],
  ])("leave out %s", (_, left) => {
    expect(values([item(1), left, item(3, { value: 6 })])).toEqual([["mmol/L", 4, 6]]);
  });

  it("are no pressures of one panel in two units", () => {
    const pressure = (when: number): ChartItem => {
      const date = new Date(when * 1000).toISOString();
      const resource = buildBloodPressure({
        ...{ patient: { display: "A" }, author: { display: "A" }, date, title: "Blood pressure" },
        systolic: { title: "Systolic", value: 120 },
        diastolic: { title: "Diastolic", value: 80 },
      });
      resource.component![1]!.valueQuantity = { value: 10.7, unit: "kPa", code: "kPa" };
      return item(when, { of: { resource } as Partial<ChartItem> });
    };
    expect(seriesOf([pressure(1), pressure(2)], pressure(1))).toEqual([]);
  });

  it("are both pressures of a panel, whatever it is called, and never one of them alone", () => {
    const actor = { display: "A" };
    const pressure = (when: number, systolic: number, code?: object): ChartItem => {
      const date = new Date(when * 1000).toISOString();
      const title = "Blood pressure";
      const resource = buildBloodPressure({
        ...{ patient: actor, author: actor, date, title },
        systolic: { title: "Systolic", value: systolic, high: 140 },
        diastolic: { title: "Diastolic", value: 80 },
      });
      return item(when, { of: { resource: { ...resource, ...code } } as Partial<ChartItem> });
    };
    const alone = item(4, {
      title: "Systolic",
      unit: "mm[Hg]",
      test: COMMON_TESTS.find(({ loinc }) => loinc === "8480-6"),
    });
    const [series, ...others] = seriesOf(
      [pressure(1, 120), alone, pressure(2, 130, { code: { text: "Presión arterial" } })],
      pressure(1, 120),
    );
    expect(others).toEqual([]);
    expect(series).toMatchObject({
      unit: "mmHg",
      points: [
        { parts: [{ value: 120, high: 140 }, { value: 80 }] },
        { parts: [{ value: 130, high: 140 }, { value: 80 }] },
      ],
    });
  });
});
