import type { Order } from "@chartkey/sdk";
import type * as Sdk from "@chartkey/sdk";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestDialogs } from "../../components/testing.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { PharmacyCodeDialog, SHOWN_FOR } from "./PharmacyCodeDialog.tsx";

vi.mock("@chartkey/sdk", async (original) => ({
  ...(await original<typeof Sdk>()),
  showOrder: () => Promise.resolve("chartkey-rx:1:secret"),
}));
const session = vi.hoisted(() => ({}));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => session }));

beforeAll(async () => {
  await startTestI18n("en");
  startTestDialogs();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const order = { id: "0xab", patient: "0x01" } as unknown as Order;

it("O07 shows the code as a picture alone, never as text or in an address", async () => {
  render(<PharmacyCodeDialog order={order} onClose={() => {}} />);
  await screen.findByRole("img", { name: "Private code of this prescription" });
  expect(document.documentElement.outerHTML).not.toContain("secret");
  expect(window.location.href).not.toContain("secret");
  expect(JSON.stringify([{ ...localStorage }, { ...sessionStorage }, window.history.state])).not.toContain("secret");
});

it("goes away when it is closed, and by itself after five minutes", async () => {
  vi.useFakeTimers();
  const onClose = vi.fn();
  render(<PharmacyCodeDialog order={order} onClose={onClose} />);
  await act(() => vi.advanceTimersByTimeAsync(SHOWN_FOR - 1));
  expect(onClose).not.toHaveBeenCalled();
  await act(() => vi.advanceTimersByTimeAsync(1));
  expect(onClose).toHaveBeenCalledOnce();
  fireEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(onClose).toHaveBeenCalledTimes(2);
});
