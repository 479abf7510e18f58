import { summarize } from "@chartkey/sdk/records";
import type { Resource } from "@medplum/fhirtypes";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import type { ChartItem } from "../../lib/chart/items.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { ItemTable } from "./ItemTable.tsx";

vi.mock("../../components/AccountName.tsx", () => ({ AccountName: () => null, HospitalName: () => null }));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

function rowOf(resource: Resource) {
  const read = { integrity: "verified", resource, summary: summarize(resource), standing: { state: "current" } };
  const item = { key: "0", categories: [6], hospital: 0, time: 0, ...read } as unknown as ChartItem;
  render(<ItemTable caption="" items={[item]} pathOf={() => "/"} />, { wrapper: MemoryRouter });
  return screen.getByRole("rowheader").parentElement?.textContent.replaceAll(/\s+/g, " ");
}

const vaccination = { resourceType: "Immunization", patient: {}, vaccineCode: { text: "MMR" } } as const;

it("says of what was not done that it was not", () => {
  expect(rowOf({ ...vaccination, status: "not-done" })).toMatch(/MMR.*Not done/);
  cleanup();
  expect(rowOf({ ...vaccination, status: "completed" })).not.toMatch(/Not done|Completed/);
});

it("says why a measurement has no value", () => {
  const missing = { dataAbsentReason: { coding: [{ code: "masked", display: "Masked" }] } };
  expect(rowOf({ resourceType: "Observation", status: "final", code: { text: "HIV" }, ...missing })).toContain(
    "No value: Masked",
  );
});
