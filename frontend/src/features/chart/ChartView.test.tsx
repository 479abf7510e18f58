import { buildBill, summarize } from "@chartkey/sdk/records";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import type * as Hospitals from "../../lib/hospitals/useHospitals.ts";
import type { ChartItem } from "../../lib/chart/items.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { ChartView } from "./ChartView.tsx";

vi.mock("../../lib/hospitals/useHospitals.ts", async (original) => ({
  ...(await original<typeof Hospitals>()),
  useHospitals: () => ({ data: [] }),
}));
vi.mock("./ItemTable.tsx", () => ({ ItemTable: () => null }));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

function bill(text: string, amount: number): ChartItem {
  const { entry } = buildBill({
    ...{ patient: { display: "Ananya" }, author: { display: "Dr Okafor" }, date: "2026-11-26T09:00:00Z" },
    ...{ served: "2026-11-26", currency: "EUR", services: [{ text, amount }] },
  });
  const resource = entry![0]!.resource!;
  const item = { categories: [1], author: "0x01", integrity: "verified", standing: { state: "current" } };
  return { ...item, key: text, resource, summary: summarize(resource) } as unknown as ChartItem;
}

it("adds up the bills that a search found, and says so", () => {
  render(
    <MemoryRouter initialEntries={["/chart?category=1"]}>
      <ChartView items={[bill("X-ray", 80), bill("ECG", 40.5)]} isCurrent pathOf={() => "/"} whose="own" />
    </MemoryRouter>,
  );
  const sum = () => screen.getByRole("region", { name: "Sum of the bills" }).textContent.replaceAll("\u00a0", " ");
  expect(sum()).toContain("2 bills: EUR 120.50 in all");
  fireEvent.change(screen.getByLabelText("Search entries"), { target: { value: "ecg" } });
  expect(sum()).toMatch(/1 bill: EUR 40\.50.*Only of what the search found/);
});

it("of a part says no number of a whole, and of what it does not find that more follows", () => {
  const all = [bill("Visit", 10), bill("X-ray", 80)];
  const view = (isWhole: boolean) => (
    <MemoryRouter initialEntries={["/chart?category=1"]}>
      <ChartView items={isWhole ? all : all.slice(1)} isCurrent isWhole={isWhole} pathOf={() => "/"} whose="own" />
    </MemoryRouter>
  );
  const { rerender } = render(view(false));
  const search = screen.getByLabelText<HTMLInputElement>("Search entries");
  fireEvent.change(search, { target: { value: "ecg" } });
  expect(screen.getByRole("navigation", { name: "Categories" }).textContent).not.toMatch(/\d/);
  expect(screen.queryByRole("region", { name: "Sum of the bills" })).toBeNull();
  expect(document.body.textContent).toContain("None of the entries that are open so far holds these words.");
  expect(document.body.textContent).toContain("More entries follow");
  rerender(view(true));
  // What was typed stays.
  expect(screen.getByLabelText("Search entries")).toBe(search);
  expect(search.value).toBe("ecg");
  expect(screen.getByRole("navigation", { name: "Categories" }).textContent).toMatch(/All 2/);
  // The rest of the whole is no news.
  expect(screen.queryByText(/new entr/)).toBeNull();
  expect(document.body.textContent).toContain("No entry holds these words.");
  expect(document.body.textContent).not.toContain("More entries follow");
});

it("holds back what comes while it is read, says so, and shows it when asked, with the focus on the list", () => {
  const view = (isCurrent: boolean, ...items: ChartItem[]) => (
    <MemoryRouter initialEntries={["/chart?category=1"]}>
      <ChartView items={items} isCurrent={isCurrent} pathOf={() => "/"} whose="own" />
    </MemoryRouter>
  );
  const [first, second, third] = [bill("X-ray", 80), bill("ECG", 40.5), bill("Visit", 10)];
  const { rerender } = render(view(false, first));
  rerender(view(true, second, first));
  const sum = () => screen.getByRole("region", { name: "Sum of the bills" }).textContent;
  expect(sum()).toContain("2 bills");
  expect(screen.queryByText(/new entr/)).toBeNull();
  rerender(view(true, third, { ...second, standing: { state: "disputed" } } as unknown as ChartItem, first));
  expect(screen.getByRole("status").textContent).toContain("1 new entry");
  // What is known already changes in its place: a bill that is disputed counts no more.
  expect(sum()).toContain("1 bill");
  fireEvent.click(screen.getByRole("button", { name: "Show" }));
  expect(sum()).toContain("2 bills");
  expect(screen.queryByText(/new entr/)).toBeNull();
  expect(document.activeElement?.textContent).toBe("Administration and billing");
});
