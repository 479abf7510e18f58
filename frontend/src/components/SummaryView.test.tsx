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
