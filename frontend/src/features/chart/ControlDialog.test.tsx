import { ChartkeyError, type RemovalReport } from "@chartkey/sdk";
import type * as Sdk from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestDialogs } from "../../components/testing.ts";
import type { ChartItem } from "../../lib/chart/items.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { ControlDialog } from "./ControlDialog.tsx";

const sdk = vi.hoisted(() => ({ hideRecord: vi.fn(), showRecord: vi.fn(), eraseRecord: vi.fn() }));
const session = vi.hoisted(() => ({ chain: { id: 1 } }));
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), ...sdk }));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => session }));

const recordId = `0x${"ab".repeat(32)}` as const;
const item = { recordId, index: 1, categories: [4], integrity: "verified" } as unknown as ChartItem;
const file = (store: string, more: Partial<RemovalReport>): RemovalReport => ({
  ...{ kind: "payload", digest: recordId, store, outcome: "removed" },
  ...more,
});

beforeAll(async () => {
  await startTestI18n("en");
  startTestDialogs();
});
afterEach(cleanup);

function open(act: "hide" | "show" | "erase", parts = 1) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ControlDialog act={act} item={item} title="Metformin" parts={parts} onClose={() => {}} />
    </QueryClientProvider>,
  );
}

it("hides exactly this record, says what that cannot do, and afterwards what each store did", async () => {
  sdk.hideRecord.mockResolvedValue({ notice: recordId, files: [file("https://a", {}), file("https://b", {})] });
  open("hide", 3);
  expect(screen.getByText(/Whoever read it keeps what they read/)).toBeTruthy();
  expect(screen.getByText(/this one record: 3/)).toBeTruthy();
  expect(screen.getByRole("group").textContent).toContain("I hide Metformin from everybody but me.");
  fireEvent.click(screen.getByRole("button", { name: "Sign and hide" }));
  const list = within(await screen.findByRole("list", { name: "What each store did" }));
  expect(list.getAllByRole("listitem").map(({ textContent }) => textContent?.replace(/\s+/g, " "))).toEqual([
    "https://aSealed entry (1): removed Done",
    "https://bSealed entry (1): removed Done",
  ]);
  expect(sdk.hideRecord).toHaveBeenCalledWith(session, { recordId, index: 1 }, expect.any(Function));
});

it("tells of the store that may still have a file, and counts files of the same kind", async () => {
  const files = [
    file("https://a", {}),
    file("https://a", { kind: "page" }),
    file("https://a", { kind: "page" }),
    file("https://b", { outcome: "failed", problem: new ChartkeyError("STORE_UNREACHABLE", "") }),
  ];
  sdk.eraseRecord.mockResolvedValue({ notice: recordId, files });
  open("erase");
  expect(screen.getByText(/cancel the prescription first/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Sign and erase" }));
  expect((await screen.findByRole("alert")).textContent).toMatch(/Asking it once more is safe/);
  expect(screen.queryByText(/No store of yours hands it out any more/)).toBeNull();
  expect(screen.getByText("Page of keys (2): removed")).toBeTruthy();
  expect(screen.getByText("Sealed entry (1): may still be there")).toBeTruthy();
});

it("takes a declined signature for a choice and stays as it was", async () => {
  sdk.showRecord.mockRejectedValue(new ChartkeyError("WALLET_REJECTED", "declined"));
  open("show");
  fireEvent.click(screen.getByRole("button", { name: "Sign and show" }));
  expect(await screen.findByText(/You declined/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Sign and show" })).toBeTruthy();
});
