import type { Draft } from "@chartkey/sdk";
import type * as Sdk from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import i18next from "i18next";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import spanish from "../../locales/es/doctor.json" with { type: "json" };
import spanishRecords from "../../locales/es/records.json" with { type: "json" };
import { offeredTests, type MeasureValues } from "./lib/measure.ts";
import { MeasureForm } from "./MeasureForm.tsx";
import { restoreMeasure } from "./useTestName.ts";

const publish = vi.hoisted(() => vi.fn<(session: unknown, patient: string, draft: Draft) => Promise<string>>());
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), publishRecord: publish }));
vi.mock("../../lib/session/outbox.ts", () => ({ useWritingSession: () => ({}) }));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => null }));
vi.mock("../../lib/chart/useChart.ts", () => ({ useRefreshChart: () => () => Promise.resolve() }));
vi.mock("./useAuthor.ts", () => ({ useAuthor: () => ({ display: "Dr Okafor" }) }));

beforeAll(() => startTestI18n("en"));
beforeEach(() => void publish.mockReset().mockResolvedValue("0x"));
afterEach(cleanup);

const field = (label: string, nth = 0) => screen.getAllByLabelText<HTMLInputElement>(label)[nth]!;
const type = (label: string, value: string, nth = 0) => fireEvent.change(field(label, nth), { target: { value } });
const sign = () => fireEvent.click(screen.getByRole("button", { name: "Sign result" }));
const sentence = () => screen.getByRole("group", { name: "What your signature will mean" }).textContent;
const sent = () => JSON.parse(new TextDecoder().decode(publish.mock.calls[0]![2].data as Uint8Array<ArrayBuffer>));

function show(name = "Ananya Sharma") {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <MeasureForm patient="0x01" name={name} chartPath="/chart" />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

it("brings the unit of a test of the list, says how its value compares, and signs once", async () => {
  show();
  type("Test", "Potassium (mmol/L)");
  expect(field("Unit").value).toBe("mmol/L");
  type("Value", "5,9");
  type("Usual to (optional)", "5.1");
  expect(screen.getByRole("status").textContent).toMatch(/^High, .*Recorded as LOINC 2823-3/);
  expect(sentence()).toContain("Potassium: 5.9 mmol/L to the chart of Ananya Sharma");
  sign();
  await waitFor(() => expect(publish).toHaveBeenCalledOnce());
  expect(sent()).toMatchObject({ valueQuantity: { value: 5.9, code: "mmol/L" } });
});

it("asks for both values of a blood pressure, and writes them as one result", async () => {
  show();
  type("Test", "Blood pressure");
  expect(screen.queryByLabelText("Unit")).toBeNull();
  type("mmHg", "150");
  type("mmHg", "85", 1);
  type("Usual from (optional)", "90");
  type("Usual to (optional)", "140");
  type("Usual from (optional)", "60", 1);
  type("Usual to (optional)", "90", 1);
  expect(screen.getByRole("status").textContent).toMatch(/^High, .*Recorded as LOINC 85354-9/);
  expect(sentence()).toContain("Blood pressure: 150/85 mmHg");
  sign();
  await waitFor(() => expect(publish).toHaveBeenCalledOnce());
  expect(
    sent().component.map(({ valueQuantity }: { valueQuantity: { value: number } }) => valueQuantity.value),
  ).toEqual([150, 85]);
});

it("signs no blood pressure whose values are exchanged, or no numbers", async () => {
  show();
  type("Test", "Blood pressure (mm[Hg])");
  type("mmHg", "80");
  type("mmHg", "120", 1);
  sign();
  expect((await screen.findByRole("alert")).textContent).toContain("must be below the systolic");
  type("mmHg", "a lot");
  type("mmHg", "", 1);
  await waitFor(() => expect(screen.getAllByRole("alert")).toHaveLength(2));
  expect(publish).not.toHaveBeenCalled();
});

it("signs no amount below zero, and takes an excess that is", async () => {
  show();
  type("Test", "C-reactive protein (mg/L)");
  type("Value", "-5");
  expect(sentence()).toContain("C-reactive protein: […]");
  sign();
  expect((await screen.findByRole("alert")).textContent).toContain("cannot be below zero");
  expect(publish).not.toHaveBeenCalled();
  type("Test", "Base excess");
  type("Unit", "mmol/L");
  sign();
  await waitFor(() => expect(publish).toHaveBeenCalledOnce());
});

it("shows tags that somebody wrote as text, in the sentence that is signed", () => {
  show("Eve <img src=x>");
  type("Test", "</b>Potassium<b>");
  type("Value", "4");
  expect(sentence()).toContain("</b>Potassium<b>: 4 to the chart of Eve <img src=x>.");
  expect(document.querySelector("blockquote img")).toBeNull();
});

it("knows a test of the list when the language is switched, and when it was typed in another one", async () => {
  i18next.addResourceBundle("es", "doctor", spanish);
  i18next.addResourceBundle("es", "records", spanishRecords);
  show();
  type("Test", "Potassium (mmol/L)");
  type("Value", "4.4");
  await act(() => i18next.changeLanguage("es"));
  const test = screen.getByDisplayValue<HTMLInputElement>("Potasio (mmol/L)");
  expect(screen.getByText(/2823-3/)).toBeTruthy();
  fireEvent.change(test, { target: { value: "Exceso de base" } });
  await act(() => i18next.changeLanguage("en"));
  expect(test.value).toBe("Exceso de base");
  const offered = offeredTests((analyte) => (analyte === "potassium" ? "Kalium" : analyte));
  const typed = { test: "Potasio (mmol/L)" } as MeasureValues;
  expect(restoreMeasure(offered, { typed, loinc: "2823-3" }).test).toBe("Kalium (mmol/L)");
  expect(restoreMeasure(offered, { typed, loinc: undefined }).test).toBe("Potasio (mmol/L)");
});
