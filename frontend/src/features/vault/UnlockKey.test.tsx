import type * as Sdk from "@chartkey/sdk";
import { ChartkeyError, type Session, type UnlockWay, type Vault } from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { once } from "../../lib/errors/once.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { UnlockKey } from "./UnlockKey.tsx";

const sdk = vi.hoisted(() => ({ readUnlockWays: vi.fn(), unlock: vi.fn() }));
const kept = vi.hoisted(() => vi.fn());
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), ...sdk }));
vi.mock("../../lib/session/vault.ts", async (original) => ({ ...(await original<object>()), keepVault: kept }));
vi.mock("../../lib/session/unfinished.ts", () => ({ useUnfinished: () => false }));
vi.mock("./passkey.ts", () => ({ hasPasskeys: () => true, askPasskey: vi.fn() }));

const address = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const session = { chain: { id: 1 }, wallet: { account: { address } } } as unknown as Session;
const vault = { document: new Uint8Array() } as unknown as Vault;
const wallet: UnlockWay = { type: "wallet", wallet: address.toLowerCase(), passcode: false };
const CODE = "VHC4-R92B-T2RF-SNCP-HFJ8-V8Z8-C2MN-DBRX";

beforeAll(() => startTestI18n("en"));
afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

function open(...ways: UnlockWay[]) {
  sdk.readUnlockWays.mockResolvedValue([...ways, { type: "recovery" }]);
  sdk.unlock.mockResolvedValue(vault);
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: once, retryDelay: 0 } } })}>
      <MemoryRouter>
        <UnlockKey session={session} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
}

const press = async (name: string) => fireEvent.click(await screen.findByRole("button", { name }));

it("O17 asks the wallet for nothing before a button is pressed", async () => {
  open(wallet);
  await screen.findByRole("button", { name: "Unlock" });
  expect(sdk.readUnlockWays).not.toHaveBeenCalled();
  await press("Unlock");
  await waitFor(() => expect(kept).toHaveBeenCalledWith(session, vault));
  expect(sdk.unlock).toHaveBeenCalledExactlyOnceWith(session, { type: "wallet" });
});

it("asks once, and keeps its buttons when the sign-in is declined", async () => {
  open(wallet);
  sdk.readUnlockWays.mockRejectedValue(new ChartkeyError("WALLET_REJECTED", ""));
  await press("Unlock");
  await screen.findByText("You declined. Nothing was sent.");
  expect(sdk.readUnlockWays).toHaveBeenCalledOnce();
  expect(screen.getByRole("button", { name: "Use recovery code" })).toBeTruthy();
  sdk.readUnlockWays.mockResolvedValue([wallet, { type: "recovery" }]);
  await press("Unlock");
  await waitFor(() => expect(kept).toHaveBeenCalledWith(session, vault));
});

it("takes the recovery code at once, and signs in when it is sent", async () => {
  open(wallet);
  await press("Use recovery code");
  expect(sdk.readUnlockWays).not.toHaveBeenCalled();
  fireEvent.change(screen.getByLabelText("Recovery code"), { target: { value: CODE } });
  await press("Unlock with the code");
  await waitFor(() => expect(sdk.unlock).toHaveBeenCalledWith(session, { type: "recovery", code: CODE }));
});

it("asks for what the vault turns out to need: a passcode, or another way than a passkey", async () => {
  open({ ...wallet, passcode: true });
  await press("Unlock");
  await screen.findByLabelText("Your passcode");
  expect(sdk.unlock).not.toHaveBeenCalled();
  cleanup();
  open(wallet);
  await press("Use a passkey");
  await press("Use the passkey");
  await screen.findByText(/No passkey opens this key yet/);
  expect(sdk.unlock).not.toHaveBeenCalled();
  await press("Unlock");
  await waitFor(() => expect(sdk.unlock).toHaveBeenCalledWith(session, { type: "wallet" }));
});
