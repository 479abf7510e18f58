import type { Draft } from "@chartkey/sdk";
import type * as Sdk from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { BillForm } from "./BillForm.tsx";

const publish = vi.hoisted(() => vi.fn<(session: unknown, patient: string, draft: Draft) => Promise<string>>());
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), publishRecord: publish }));
vi.mock("../../lib/session/outbox.ts", () => ({ useWritingSession: () => ({}) }));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => null }));
vi.mock("../../lib/chart/useChart.ts", () => ({ useRefreshChart: () => () => Promise.resolve() }));
vi.mock("./useAuthor.ts", () => ({ useAuthor: () => ({ display: "Dr Okafor" }) }));

beforeAll(() => startTestI18n("en"));
beforeEach(() => void publish.mockReset().mockResolvedValue("0x"));
afterEach(cleanup);

const fill = (fields: Record<string, string>) => {
  for (const [label, value] of Object.entries(fields))
    fireEvent.change(screen.getByLabelText(label), { target: { value } });
};
const press = (name: RegExp | string) => fireEvent.click(screen.getByRole("button", { name }));
const sentence = () => screen.getByRole("group", { name: "What your signature will mean" }).textContent;
const alerts = () => screen.queryAllByRole("alert").map(({ textContent }) => textContent);

function show(name = "Ananya Sharma") {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <BillForm patient="0x01" name={name} chartPath="/chart" />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

it("adds services up, says the whole before it is signed, and signs once", async () => {
  show();
  press("Another service");
  fill({ "Service 1": "Consultation", "Amount 1": "80,10", "Service 2": "ECG", "Amount 2": "40.20" });
  fill({ Currency: "EUR", "Insurer (optional)": "Health Mutual", "Number at the insurer (optional)": "A 123" });
  expect(screen.getByRole("status").textContent).toMatch(/^Total: EUR\s120\.30$/);
  expect(sentence()).toMatch(/a bill of EUR\s120\.30 for Consultation and ECG .* Ananya Sharma, .* Health Mutual\./);
  press("Sign bill");
  await waitFor(() => expect(publish).toHaveBeenCalledOnce());
  const { category, data } = publish.mock.calls[0]![2];
  expect(category).toBe(1);
  const { entry } = JSON.parse(new TextDecoder().decode(data as Uint8Array<ArrayBuffer>));
  expect(entry[0].resource).toMatchObject({ resourceType: "Claim", total: { value: 120.3, currency: "EUR" } });
  expect(entry[1].resource).toMatchObject({ resourceType: "Coverage", subscriberId: "A 123" });
});

it("signs nothing while something is missing or cannot be read", async () => {
  show();
  fill({ "Amount 1": "1,234", "Number at the insurer (optional)": "A 123", "Done on": "2999-01-01" });
  press("Sign bill");
  await waitFor(() => expect(alerts()).toHaveLength(5));
  expect(alerts().join(" ")).toMatch(/what was done.*amount.*currency.*in the future.*the insurer/s);
  expect(publish).not.toHaveBeenCalled();
});

it("signs no amount that could be thousands, and says how to write it", async () => {
  show();
  fill({ "Service 1": "Consultation", "Amount 1": "1.000", Currency: "EUR" });
  expect(screen.getByRole("status").textContent).not.toMatch(/EUR/);
  press("Sign bill");
  await waitFor(() => expect(alerts().join(" ")).toMatch(/1000 or 1000\.00\./));
  fill({ Currency: "JPY" });
  press("Sign bill");
  await waitFor(() => expect(alerts().join(" ")).toMatch(/without decimals.*: 1000\./));
  expect(publish).not.toHaveBeenCalled();
});

it("takes the service away that was meant", () => {
  show();
  press("Another service");
  fill({ "Service 1": "Consultation", "Service 2": "ECG" });
  press(/Remove\s*Service 1/);
  expect(screen.getByLabelText<HTMLInputElement>("Service 1").value).toBe("ECG");
  expect(screen.queryByRole("button", { name: /Remove/ })).toBeNull();
});

it("shows tags that somebody wrote as text, in the sentence that is signed", () => {
  show("<b>Eve</b><img src=x onerror=alert(1)>");
  fill({ "Service 1": "</b> nothing <b>", "Insurer (optional)": "<i>0.00</i> &lt;b&gt;" });
  expect(sentence()).toContain("for </b> nothing <b> into the chart of <b>Eve</b><img src=x onerror=alert(1)>,");
  expect(sentence()).toContain("to be paid by <i>0.00</i> &lt;b&gt;.");
  expect([...document.querySelectorAll("strong")].map(({ textContent }) => textContent)).toContain("</b> nothing <b>");
  expect(document.querySelector("img, i:not([class])")).toBeNull();
});
