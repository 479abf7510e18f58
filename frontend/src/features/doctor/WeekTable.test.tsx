import type { Visit } from "@chartkey/sdk";
import { cleanup, render, screen, within } from "@testing-library/react";
import type { ReactNode } from "react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { localDay } from "./lib/days.ts";
import { WeekList, WeekTable, type WeekProps } from "./WeekTable.tsx";

vi.mock("./PatientName.tsx", () => ({ PatientName: ({ patient }: { patient: string }) => patient }));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const days = [23, 24, 25, 26, 27, 28, 29].map((day) => `2026-11-${day}`);
const visit = (id: number, day: number, hour: number, patient: string, state: Visit["state"]) =>
  ({ id, round: 1, start: new Date(2026, 10, day, hour, 30).getTime() / 1000, patient, state }) as unknown as Visit;
const visits = [visit(1, 24, 9, "Ananya", "confirmed"), visit(2, 26, 11, "Ravi", "requested")];
const week: WeekProps = { days, today: "2026-11-26", visits };
const show = (page: ReactNode) => render(<MemoryRouter>{page}</MemoryRouter>);

it("puts each visit under its day and beside its hour, and marks today", () => {
  show(<WeekTable {...week} />);
  const table = screen.getByRole("table", { name: "Visits of the week" });
  const [header, ...rows] = within(table).getAllByRole("row");
  expect(within(header!).getAllByRole("columnheader")).toHaveLength(8);
  expect(rows).toHaveLength(3);
  const place = (row: number, day: number) => within(rows[row]!).getAllByRole("cell")[day]!;
  expect(place(0, 1).textContent).toContain("Ananya");
  expect(place(2, 3).textContent).toContain("Ravi");
  expect(table.textContent!.match(/Ananya|Ravi/g)).toHaveLength(2);
  expect(within(header!).getAllByRole("columnheader")[4]!.getAttribute("aria-current")).toBe("date");
});

it("leads to the day of a visit, and says in words where it stands", () => {
  show(<WeekTable {...week} />);
  const link = screen.getByRole("link", { name: /Ravi/ });
  expect(link.getAttribute("href")).toBe(`/doctor?day=${localDay(visits[1]!.start)}`);
  expect(link.textContent!.length).toBeGreaterThan("11:30 Ravi".length);
});

it("is a list of the days that have visits on a telephone", () => {
  show(<WeekList {...week} />);
  expect(screen.getAllByRole("heading")).toHaveLength(2);
  expect(screen.getAllByRole("listitem")).toHaveLength(2);
  expect(screen.getAllByRole("heading")[1]!.getAttribute("aria-current")).toBe("date");
});
