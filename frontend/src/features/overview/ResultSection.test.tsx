import { summarize } from "@chartkey/sdk/records";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import type { ChartItem } from "../../lib/chart/items.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { ResultSection } from "./ResultSection.tsx";

vi.mock("../../components/AccountName.tsx", () => ({ AccountName: () => null }));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

function result(text: string, status: "final" | "entered-in-error"): ChartItem {
  const resource = { resourceType: "Observation" as const, status, code: { text }, valueString: "12" };
  const read = { integrity: "verified", resource, summary: summarize(resource) };
  return { key: text, categories: [7], time: 0, standing: { state: "current" }, ...read } as unknown as ChartItem;
}

const closed = (category: number) =>
  ({ key: "closed", categories: [category], integrity: "unreachable" }) as unknown as ChartItem;

function shown(...items: ChartItem[]): string {
  const { container } = render(<ResultSection items={items} />, { wrapper: MemoryRouter });
  const text = container.textContent;
  cleanup();
  return text;
}

it("tells no results from results that could not be opened", () => {
  expect(shown()).toContain("No results yet.");
  expect(shown(closed(4))).toContain("No results yet.");
  expect(shown(closed(7))).toContain("Results exist that could not be opened.");
});

it("leaves out what was entered by mistake", () => {
  render(<ResultSection items={[result("Sodium", "entered-in-error"), result("Potassium", "final")]} />, {
    wrapper: MemoryRouter,
  });
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining("Potassium"),
  ]);
});
