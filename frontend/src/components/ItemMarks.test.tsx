import { buildDiagnosis, summarize } from "@chartkey/sdk/records";
import { cleanup, render } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import type { ChartItem } from "../lib/chart/items.ts";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { ItemMarks } from "./ItemMarks.tsx";

beforeAll(() => startTestI18n("es"));
afterEach(cleanup);

const person = { display: "Ananya" };
const written = { patient: person, author: person, date: "2026-11-26T09:00:00Z", text: "Acute bronchitis" };

function marksOf(resource: ReturnType<typeof buildDiagnosis>): string {
  const item = { integrity: "verified", standing: { state: "current" }, resource, summary: summarize(resource) };
  return render(<ItemMarks item={item as unknown as ChartItem} />).container.textContent?.trim() ?? "";
}

it("says of a suspicion that it is one, in the reader's language, and nothing of what is confirmed or not said", () => {
  expect(marksOf(buildDiagnosis({ ...written, certainty: "provisional" }))).toBe("Provisional");
  expect(marksOf(buildDiagnosis({ ...written, certainty: "confirmed" }))).toBe("");
  expect(marksOf(buildDiagnosis(written))).toBe("");
  const refuted = { coding: [{ code: "refuted", display: "Refuted" }] };
  expect(marksOf({ ...buildDiagnosis(written), verificationStatus: refuted })).toBe("Descartado");
});
