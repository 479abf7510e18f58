import type { ScannedFile } from "@chartkey/sdk/records";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { ImportReport } from "./ImportReport.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

it("lists some of very many findings, and says how many there are of the others and why", () => {
  const refused = Array.from({ length: 1_000 }, (_, line) => ({
    file: "f",
    path: `[${line}]`,
    reason: "Wrong.",
    line,
  }));
  const unlisted = {
    repaired: [{ reason: "Missing.", count: 5 }],
    refused: [{ reason: 'Unknown code "…".', count: 4_200 }],
  };
  const result = { categories: [], repaired: [], refused, unlisted, refusedPlaces: 5_100, needsPerson: false };
  render(<ImportReport result={{ ...result, items: async function* () {} } satisfies ScannedFile} />);
  expect(screen.getByText("Refused: 5,100")).toBeDefined();
  expect(screen.getByText("800 more are not listed.")).toBeDefined();
  expect(screen.getByText("4,200 more were counted by their reasons:")).toBeDefined();
  const counted = screen.getByText('Unknown code "…".').closest("li");
  expect(counted?.textContent.replaceAll(/\s+/g, " ")).toBe('4,200 × Unknown code "…".');
  // None is listed, so that the count is all there is.
  expect(screen.getByText("Repaired: 5")).toBeDefined();
  expect(screen.getByText("Missing.")).toBeDefined();
});
