import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { ChartItem } from "../lib/chart/items.ts";
import { Title } from "./Title.tsx";

afterEach(cleanup);

const RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";
const order = (system: string) => {
  const coding = [{ system, code: "1", display: "Amoxicillin 500 MG Oral Capsule" }];
  return { resourceType: "MedicationRequest", medicationCodeableConcept: { coding } } as ChartItem["resource"];
};
const shown = (system: string, title: string) => {
  render(<Title resource={order(system)}>{title}</Title>);
  return screen.getByText(title);
};

it("marks the name of an English terminology as English, read from left to right", () => {
  const name = shown(RXNORM, "Amoxicillin 500 MG Oral Capsule");
  expect([name.lang, name.dir]).toEqual(["en", "ltr"]);
});

it("leaves what somebody wrote, and what a terminology of several languages says, to itself", () => {
  for (const [system, title] of [
    [RXNORM, "Amoxicilina 500 mg"],
    ["http://snomed.info/sct", "Amoxicillin 500 MG Oral Capsule"],
  ] as const) {
    const name = shown(system, title);
    expect([name.lang, name.dir]).toEqual(["", ""]);
    cleanup();
  }
});
