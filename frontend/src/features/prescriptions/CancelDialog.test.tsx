import { ChartkeyError, type Order } from "@chartkey/sdk";
import type * as Sdk from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestDialogs } from "../../components/testing.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { CancelDialog } from "./CancelDialog.tsx";

const sdk = vi.hoisted(() => ({ cancelOwnOrder: vi.fn() }));
const session = vi.hoisted(() => ({ chain: { id: 1 } }));
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), ...sdk }));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => session }));

const order = { id: `0x${"ab".repeat(32)}` } as unknown as Order;

beforeAll(async () => {
  await startTestI18n("en");
  startTestDialogs();
});
afterEach(cleanup);

it("says what is cancelled and that nothing brings it back, stays open when it fails, and closes when it is done", async () => {
  const closed = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <CancelDialog order={order} medicines="Metformin" onClose={closed} />
    </QueryClientProvider>,
  );
  expect(screen.getByRole("group").textContent).toContain("I cancel the prescription of Metformin.");
  expect(screen.getByText(/It cannot be undone/)).toBeTruthy();
  sdk.cancelOwnOrder.mockRejectedValueOnce(new ChartkeyError("CHAIN_UNREACHABLE", ""));
  fireEvent.click(screen.getByRole("button", { name: "Sign and cancel" }));
  await screen.findByRole("alert");
  expect(closed).not.toHaveBeenCalled();
  sdk.cancelOwnOrder.mockResolvedValueOnce(undefined);
  fireEvent.click(screen.getByRole("button", { name: "Sign and cancel" }));
  await waitFor(() => expect(closed).toHaveBeenCalledOnce());
  expect(sdk.cancelOwnOrder).toHaveBeenLastCalledWith(session, order, expect.any(Function));
});
