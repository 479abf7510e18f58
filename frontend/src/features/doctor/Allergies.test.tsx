import { summarize } from "@chartkey/sdk/records";
import { cleanup, render } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import type { ChartItem, Integrity } from "../../lib/chart/items.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { Allergies } from "./Allergies.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const HISTORY = 3;
const line = { categories: [HISTORY], time: 0, standing: { state: "current" } };
let count = 0;

function recorded(text: string, code?: string, more = {}): ChartItem {
  const coding = code === undefined ? [] : [{ system: "http://snomed.info/sct", code }];
  const resource = {
    ...{ resourceType: "AllergyIntolerance" as const, patient: {}, recordedDate: "2025-05-25" },
    ...{ code: { coding, text }, ...more },
  };
  const read = { integrity: "verified", resource, summary: summarize(resource) };
  return { ...line, ...read, key: String(count++) } as unknown as ChartItem;
}

const closed = (integrity: Integrity) => ({ ...line, integrity, key: String(count++) }) as unknown as ChartItem;

function said(items: ChartItem[] | undefined, read = 1 << HISTORY): string[] {
  const { container } = render(<Allergies read={read} items={items} />);
  const lines = [...container.querySelectorAll("p")].map(({ textContent }) =>
    textContent.replaceAll(/\s+/g, " ").trim(),
  );
  cleanup();
  return lines;
}

const NONE = "No allergy is recorded in what is shared with you";

it("tells none recorded from no access, and says nothing before the chart is read", () => {
  expect(said([])).toEqual([NONE]);
  expect(said([recorded("Penicillin")], 1 << 4)).toEqual(["Allergies: not shared with you"]);
  expect(said(undefined)).toEqual([]);
});

it("tells what is known to be absent from an allergy, and keeps of it beside one only what is about a part", () => {
  const none = recorded("No known allergy", "716186003");
  const ofDrugs = recorded("No known drug allergy", "409137002");
  expect(said([none])).toEqual(["Recorded (May 25, 2025): No known allergy"]);
  expect(said([none, ofDrugs, recorded("Peanut")])).toEqual([
    "Allergies: Peanut",
    "Recorded (May 25, 2025): No known drug allergy",
  ]);
});

it("shows no allergy that was refuted, is over, or was replaced", () => {
  const over = { clinicalStatus: { coding: [{ code: "resolved" }] } };
  const wrong = { verificationStatus: { coding: [{ code: "refuted" }] } };
  const replaced = { ...recorded("Latex"), standing: { state: "superseded" } } as ChartItem;
  expect(said([recorded("Egg", undefined, over), recorded("Milk", undefined, wrong), replaced])).toEqual([NONE]);
});

it.each<[Integrity, string[]]>([
  ["hidden", ["The patient keeps some of the history back"]],
  ["noAccess", ["You have no access to some of the history"]],
  ["unreachable", ["Some of the history could not be opened"]],
  // Shown as read, without being FHIR.
  ["verified", ["Some of the history could not be opened"]],
  ["erased", []],
])("says why not all of the history is there: %s", (integrity, expected) => {
  expect(said([closed(integrity)])).toEqual([NONE, ...expected]);
  expect(said([recorded("Peanut"), closed(integrity)])).toEqual(["Allergies: Peanut", ...expected]);
  expect(said([{ ...closed(integrity), categories: [4] }])).toEqual([NONE]);
});
