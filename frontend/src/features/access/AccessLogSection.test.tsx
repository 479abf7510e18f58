import type * as Sdk from "@chartkey/sdk";
import { ChartkeyError } from "@chartkey/sdk";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { AccessLogSection } from "./AccessLogSection.tsx";

const patient = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const readAccessLog = vi.hoisted(() => vi.fn());
const saved = vi.hoisted(() => vi.fn());
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), readAccessLog }));
vi.mock("../../lib/session/session.ts", () => ({
  useUnlockedSession: () => ({ chain: { id: 1 }, wallet: { account: { address: patient } } }),
}));
vi.mock("../../lib/download.ts", () => ({
  saveText: async (name: string, make: () => Promise<string>) => saved(name, await make()),
}));

const line = {
  ...{
    recorded: "2026-01-31T10:00:00.000Z",
    act: "delivered",
    agent: "eip155:1:0x2",
    patient: "eip155:1:0x1",
    hospital: 0,
  },
  ...{ categories: ["results"], entity: "content", source: "https://a.example", proof: "signature" },
};

beforeAll(() => startTestI18n("en"));
beforeEach(() => {
  saved.mockReset();
  readAccessLog.mockReset().mockResolvedValue({ lines: [line], silent: [] });
});
afterEach(cleanup);

const press = (name: RegExp) => {
  render(
    <MemoryRouter>
      <AccessLogSection since="2026-01-01" />
    </MemoryRouter>,
  );
  fireEvent.click(screen.getByRole("button", { name }));
};

it("saves a table with a line for each", async () => {
  press(/CSV/);
  expect(await screen.findByText("Saved, with 1 line.")).toBeDefined();
  expect(saved).toHaveBeenCalledWith(
    expect.stringMatching(/^access-log-\d{4}-\d\d-\d\d\.csv$/),
    expect.stringContaining("https://a.example"),
  );
  expect(readAccessLog).toHaveBeenCalledWith(expect.anything(), patient, { since: "2026-01-01" });
});

it("saves FHIR, and says which store did not answer", async () => {
  const silent = [{ store: "https://b.example", cause: new ChartkeyError("STORE_UNREACHABLE", "gone") }];
  readAccessLog.mockResolvedValue({ lines: [line], silent });
  press(/FHIR/);
  expect(await screen.findByText(/b\.example did not say what it handed out/)).toBeDefined();
  const [name, text] = saved.mock.calls[0] as [string, string];
  expect(name).toMatch(/\.json$/);
  expect(JSON.parse(text)).toMatchObject({
    resourceType: "Bundle",
    entry: [{ resource: { resourceType: "AuditEvent" } }],
  });
});

it("says what went wrong, and that nothing was saved as made", async () => {
  readAccessLog.mockRejectedValue(new ChartkeyError("CONSENT_INCOMPLETE", "withheld"));
  press(/CSV/);
  expect(await screen.findByRole("alert")).toBeDefined();
  expect(screen.queryByText(/^Saved/)).toBeNull();
});
