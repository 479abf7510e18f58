import { buildBloodPressure, buildMeasurement, COMMON_TESTS, summarize } from "@chartkey/sdk/records";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import type { ChartItem } from "../../lib/chart/items.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { Trend } from "./Trend.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const actor = { display: "A" };
const written = (day: number) => ({ patient: actor, author: actor, date: `2026-11-0${day}T09:00:00Z` });

function item(day: number, resource: Parameters<typeof summarize>[0]): ChartItem {
  const standing = { state: "current" };
  const when = Date.UTC(2026, 10, day) / 1000;
  return { key: `${day}`, when, integrity: "verified", standing, resource, summary: summarize(resource) } as ChartItem;
}
const test = COMMON_TESTS.find(({ loinc }) => loinc === "2823-3");
const potassium = (day: number, value: number, unit = "mmol/L") =>
  item(day, buildMeasurement({ ...written(day), title: "Potassium", test, value, unit, low: 3.5, high: 5.1 }));
const pressure = (day: number, systolic: number, diastolic: number) =>
  item(
    day,
    buildBloodPressure({
      ...{ ...written(day), title: "Blood pressure" },
      systolic: { title: "Systolic", value: systolic, low: 90, high: 140 },
      diastolic: { title: "Diastolic", value: diastolic, low: 60, high: 90 },
    }),
  );
const show = (items: ChartItem[], title: string) => render(<Trend item={items[0]!} items={items} title={title} />);
const lines = () => document.querySelectorAll("polyline").length;

it("shows nothing of a single value", () => {
  show([potassium(1, 4)], "Potassium");
  expect(document.body.textContent).toBe("");
});

it("draws the values of a test, says the picture in words, and lists them newest first", () => {
  show([potassium(1, 4.4), potassium(2, 5.9)], "Potassium");
  const picture = screen.getByRole("img").getAttribute("aria-label");
  expect(picture).toMatch(/^Potassium in mmol\/L: 2 values .* lowest 4\.4, highest 5\.9, newest 5\.9\.$/);
  expect(lines()).toBe(1);
  expect(screen.getByText("The grey band is the usual range: 3.5 – 5.1.")).toBeTruthy();
  const [, first, second] = screen.getAllByRole("row");
  expect(first!.textContent).toMatch(/5\.9.*High/);
  expect(second!.textContent).toMatch(/4\.4.*Usual/);
  expect(second!.className).toContain("ck-now");
});

it("never draws two units on one axis", () => {
  show(
    [potassium(1, 4.4), potassium(2, 16, "mg/dL"), potassium(3, 5)].map((each, index) => {
      const { code, ...rest } = each.resource as { code: { text: string } };
      return { ...each, key: `${index}`, resource: { ...rest, code: { text: code.text } } } as unknown as ChartItem;
    }),
    "Potassium",
  );
  expect(screen.getAllByRole("table")).toHaveLength(2);
  expect(lines()).toBe(1);
  expect(screen.getByText(/Each unit stands for itself/)).toBeTruthy();
});

it("draws a blood pressure as two lines and says which is which", () => {
  show([pressure(1, 120, 80), pressure(2, 150, 85)], "Blood pressure");
  expect(lines()).toBe(2);
  expect(screen.getByRole("img").getAttribute("aria-label")).toMatch(
    /^Blood pressure in mmHg: 2 results .* Systolic: lowest 120, highest 150\. Diastolic: lowest 80, highest 85\. Newest 150\/85\.$/,
  );
  expect(
    screen.getByText(
      "The solid line is the systolic pressure, the dashed one the diastolic. The grey bands are the usual ranges: 90 – 140, 60 – 90.",
    ),
  ).toBeTruthy();
  const [, newest] = screen.getAllByRole("row");
  expect(newest!.textContent).toContain("150/85 mmHg");
  expect(newest!.textContent).toContain("High");
});
