import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter, Route, Routes, useLocation } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { useNameCheck } from "../lib/chart/useNameCheck.ts";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { comeBackIn } from "../lib/patient/comeBack.ts";
import { NamelessNotice } from "./NamelessNotice.tsx";

const patient = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const state = vi.hoisted(() => ({ chart: {} as { data?: object; isLoading: boolean } }));
vi.mock("../lib/acting/acting.ts", () => ({ usePatientAccount: () => patient }));
vi.mock("../lib/chart/useChart.ts", () => ({ useChart: () => state.chart }));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const profile = (name: object[]) => ({
  ...{ author: patient, time: 1, entry: { kind: "entry" } },
  resource: { resourceType: "Patient", name },
});

function Form() {
  const check = useNameCheck();
  return (
    <>
      <NamelessNotice check={check} form="/patient/access/new" />
      <p aria-label="blocked">{check.blocked ?? "free"}</p>
    </>
  );
}
const Details = () => <p>{JSON.stringify(comeBackIn(useLocation().state, patient))}</p>;

function show(chart: typeof state.chart) {
  state.chart = chart;
  render(
    <MemoryRouter initialEntries={[{ pathname: "/patient/access/new", state: { request: 7 } }]}>
      <Routes>
        <Route path="/patient/access/new" element={<Form />} />
        <Route path="/patient/profile" element={<Details />} />
      </Routes>
    </MemoryRouter>,
  );
}
const said = () => screen.getByLabelText("blocked").textContent;

it.each([
  ["no details", []],
  ["details without a name", [profile([])]],
])("warns whoever wrote %s, until he goes on all the same", (_, items) => {
  show({ data: { items }, isLoading: false });
  expect(screen.getByText("The doctor will see only an address.")).toBeTruthy();
  expect(screen.getByTitle(patient)).toBeTruthy();
  expect(said()).toBe("nameless");
  fireEvent.click(screen.getByLabelText("Go on without my name"));
  expect(said()).toBe("free");
});

it("leads to the details and from there back to the form, with what it was opened for", () => {
  show({ data: { items: [] }, isLoading: false });
  fireEvent.click(screen.getByRole("link", { name: "Say who you are" }));
  expect(screen.getByText(/"to":"\/patient\/access\/new"/).textContent).toContain('"state":{"request":7}');
});

it.each([
  ["whose name is in the chart", { data: { items: [profile([{ text: "Ananya" }])] }, isLoading: false }, "free"],
  ["whose chart cannot be read here", { isLoading: false }, "free"],
  ["whose chart is still being read, but lets nobody sign before", { isLoading: true }, "reading"],
])("says nothing to somebody %s", (_, chart, blocked) => {
  show(chart);
  expect(screen.queryByRole("checkbox")).toBeNull();
  expect(said()).toBe(blocked);
});
