import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startTestDialogs } from "../../components/testing.ts";
import { DEVELOPMENT_WALLET } from "../../lib/devwallet/connector.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import ConnectDialog from "./ConnectDialog.tsx";

const connectors = vi.hoisted(() => ({ announced: [] as { id: string; uid: string; name: string }[] }));
vi.mock("wagmi", async (original) => ({
  ...(await original<object>()),
  useConnectors: () => connectors.announced,
  useConnection: () => ({}),
  useConnect: () => ({ isPending: false, error: null }),
  useDisconnect: () => ({}),
}));

beforeAll(async () => {
  startTestDialogs();
  await startTestI18n("en");
});
beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const none = () => screen.queryByRole("heading", { name: "No wallet found" });

it("says that there is no wallet once one has had the time to announce itself, after what practice offers", () => {
  connectors.announced = [{ id: DEVELOPMENT_WALLET, uid: "1", name: "Development wallet" }];
  render(<ConnectDialog view="wallets" />);
  expect(none()).toBeNull();
  act(() => void vi.advanceTimersByTime(1000));
  const offer = screen.getByRole("button", { name: "Use the development wallet" });
  expect(offer.compareDocumentPosition(none()!)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
});

it("says nothing of the kind to whoever has a wallet", () => {
  connectors.announced = [{ id: "io.example", uid: "2", name: "Example" }];
  render(<ConnectDialog view="wallets" />);
  act(() => void vi.advanceTimersByTime(1000));
  expect(none()).toBeNull();
});
