import { summarize } from "@chartkey/sdk/records";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { SummaryView } from "./SummaryView.tsx";

afterEach(cleanup);

it("says in the reader's language how each value of several compares", async () => {
  await startTestI18n("es");
  const quantity = (value: number) => ({ value, unit: "mmol/L" });
  const summary = summarize({
    ...{ resourceType: "Observation", status: "final", code: { text: "Lipid panel" } },
    component: [
      {
        ...{ code: { text: "LDL" }, valueQuantity: quantity(4.1) },
        interpretation: [{ coding: [{ code: "H" }] }],
      },
      { code: { text: "HDL" }, valueQuantity: quantity(1.2) },
    ],
  });
  render(<SummaryView summary={summary} />);
  const [low, high] = ["LDL", "HDL"].map((name) => screen.getByText(name).closest("dd")!.textContent);
  expect(low).toMatch(/^LDL: 4\.1 mmol\/L Alto$/);
  expect(high?.trim()).toBe("HDL: 1.2 mmol/L");
});

it("says vital signs and interpretations in the reader's language, and leaves what somebody wrote", async () => {
  await startTestI18n("es");
  const part = (text: string, value: number) => ({ code: { text }, valueQuantity: { value, unit: "mmHg" } });
  const summary = summarize({
    ...{ resourceType: "Observation", status: "registered", code: { text: "Blood pressure" } },
    component: [part("Systolic blood pressure", 128), part("Cuff pressure", 200)],
    interpretation: [{ coding: [{ code: "HH" }] }],
    method: { text: "N" },
  });
  render(<SummaryView summary={summary} />);
  expect(screen.getByText("Presión arterial sistólica").closest("dd")?.textContent).toContain("128 mmHg");
  for (const said of ["Cuff pressure", "Críticamente alto", "Registrado", "N"]) screen.getByText(said);
});
