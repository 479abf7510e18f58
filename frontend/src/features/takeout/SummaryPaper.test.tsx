import type { PatientSummary } from "@chartkey/sdk/records";
import { cleanup, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { SummaryPaper } from "./SummaryPaper.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

type Resource = PatientSummary["items"][number]["resource"];

const subject = { display: "Ananya" };
const allergies = Array.from({ length: 8 }, (_, place) => ({
  resource: { resourceType: "AllergyIntolerance", code: { text: `Allergen ${place}` }, patient: subject } as const,
}));
const summary: PatientSummary = {
  items: allergies,
  gaps: new Map([[4, new Set(["withheld"] as const)]]),
  date: "2026-11-24T08:00:00Z",
};

/** What stands under a heading of the sheet. */
const section = (name: string) => within(screen.getByRole("heading", { name }).closest("section")!);

it("says of each section what is missing, and that nothing recorded does not mean that there is nothing", () => {
  render(<SummaryPaper summary={summary} />);
  expect(section("Medicines").getByText(/^Withheld/)).toBeDefined();
  expect(section("Problems").getByText(/^None recorded/)).toBeDefined();
  expect(section("Medicines").queryByText(/^None recorded/)).toBeNull();
  expect(screen.getByText("Name not known here")).toBeDefined();
});

it("shows six of a section, and says how many more there are", () => {
  render(<SummaryPaper summary={summary} />);
  expect(section("Allergies and intolerances").getAllByRole("listitem")).toHaveLength(6);
  expect(section("Allergies and intolerances").getByText("and 2 more in the file")).toBeDefined();
});

it("says how severe, how sure and in what state an entry is, as the file does", () => {
  const unsure = { coding: [{ code: "unconfirmed" }], text: "Unconfirmed" };
  const nuts: Resource = {
    ...{ resourceType: "AllergyIntolerance", code: { text: "Nuts" }, patient: subject },
    ...{ criticality: "high", verificationStatus: unsure, clinicalStatus: { coding: [{ code: "active" }] } },
  };
  const warfarin: Resource = {
    ...{ resourceType: "MedicationRequest", status: "on-hold", intent: "order", subject },
    medicationCodeableConcept: { text: "Warfarin" },
  };
  render(<SummaryPaper summary={{ ...summary, items: [nuts, warfarin].map((resource) => ({ resource })) }} />);
  const allergy = section("Allergies and intolerances").getByRole("listitem").textContent;
  for (const words of [/high/i, /not confirmed/i, /active/i]) expect(allergy).toMatch(words);
  expect(section("Medicines").getByRole("listitem").textContent).toMatch(/on hold/i);
});
