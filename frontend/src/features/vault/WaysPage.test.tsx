import type * as Sdk from "@chartkey/sdk";
import type { Session, UnlockWay, Vault } from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestDialogs } from "../../components/testing.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { Ways } from "./WaysPage.tsx";

const sdk = vi.hoisted(() => ({
  readUnlockWays: vi.fn(),
  addUnlockWay: vi.fn(),
  removeUnlockWay: vi.fn(),
  rotateKey: vi.fn(),
  prepareRecoveryCode: vi.fn(),
}));
const kept = vi.hoisted(() => vi.fn());
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), ...sdk }));
vi.mock("../../lib/session/vault.ts", async (original) => ({
  ...(await original<object>()),
  keepVault: kept,
  lockVault: vi.fn(),
}));

const address = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const session = { chain: { id: 1 }, wallet: { account: { address } } } as unknown as Session;
const vault = { document: new Uint8Array() } as unknown as Vault;
const wallet: UnlockWay = { type: "wallet", wallet: address.toLowerCase(), passcode: false };
const passkey: UnlockWay = { type: "passkey", credential: new Uint8Array([1, 2]), salt: new Uint8Array(32) };
const CODE = "VHC4-R92B-T2RF-SNCP-HFJ8-V8Z8-C2MN-DBRX";

beforeAll(async () => {
  await startTestI18n("en");
  startTestDialogs();
});
afterEach(() => {
  cleanup();
  vi.resetAllMocks();
});

async function open(...ways: UnlockWay[]) {
  sdk.readUnlockWays.mockResolvedValue([...ways, { type: "recovery" }]);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <Ways session={session} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  await screen.findByRole("list");
}

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const inDialog = () => within(screen.getByRole("dialog"));

it("lists the ways in words, and offers no removal of the recovery code", async () => {
  await open(wallet, passkey);
  const items = screen.getAllByRole("listitem");
  const removals = items.map((item) =>
    within(item)
      .queryAllByRole("button", { name: /^Remove/ })
      .map(({ textContent }) => textContent),
  );
  expect(removals).toEqual([["Remove the wallet"], ["Remove the passkey"], []]);
  expect(items[2]!.textContent).toContain("Recovery code");
});

it("sets a passcode of eight characters, keeps the new vault, and closes", async () => {
  sdk.addUnlockWay.mockResolvedValue(vault);
  await open(wallet);
  press("Set a passcode");
  const field = inDialog().getByLabelText<HTMLInputElement>("New passcode");
  expect(field.type).toBe("password");
  fireEvent.change(field, { target: { value: "short" } });
  fireEvent.click(inDialog().getByRole("button", { name: "Set a passcode" }));
  await inDialog().findByText("A passcode has at least 8 characters.");
  expect(sdk.addUnlockWay).not.toHaveBeenCalled();
  fireEvent.change(field, { target: { value: "correct horse" } });
  fireEvent.click(inDialog().getByRole("button", { name: "Set a passcode" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  const added = { type: "wallet", passcode: "correct horse" };
  expect(sdk.addUnlockWay).toHaveBeenCalledExactlyOnceWith(session, { type: "wallet" }, added, expect.anything());
  expect(kept).toHaveBeenCalledWith(session, vault);
  expect(screen.getByText("Done: “Set a passcode”.")).toBeTruthy();
});

it("says how often the wallet signs for a change before it is made", async () => {
  await open(wallet);
  const said = { "Set a passcode": /signs 3 times without cost/, "Replace the key": /signs once without cost/ };
  for (const [name, words] of Object.entries(said)) {
    press(name);
    expect(inDialog().getByText(words)).toBeTruthy();
    fireEvent.click(inDialog().getByRole("button", { name: "Close" }));
  }
});

it("asks for the recovery code when the connected wallet opens nothing, and says when another device was faster", async () => {
  sdk.rotateKey.mockRejectedValue(Object.assign(new Error("stale"), { code: "VAULT_CONFLICT" }));
  await open();
  expect(screen.getByRole("button", { name: "Add this wallet" })).toBeTruthy();
  press("Replace the key");
  fireEvent.change(inDialog().getByLabelText("Recovery code"), { target: { value: CODE } });
  fireEvent.click(inDialog().getByRole("button", { name: "Replace the key" }));
  await inDialog().findByText("Your sealed key changed on another device");
  expect(sdk.rotateKey).toHaveBeenCalledWith(session, { type: "recovery", code: CODE }, expect.anything());
  expect(kept).not.toHaveBeenCalled();
});

it("publishes a new recovery code once its last group was typed from paper", async () => {
  const publish = vi.fn().mockResolvedValue(vault);
  sdk.prepareRecoveryCode.mockResolvedValue({ vault, recoveryCode: CODE, publish });
  await open({ ...wallet, passcode: true });
  press("Make a new recovery code");
  fireEvent.change(screen.getByLabelText("Your passcode"), { target: { value: "correct horse" } });
  press("Unlock");
  await screen.findByText("VHC4");
  expect(sdk.prepareRecoveryCode).toHaveBeenCalledWith(session, { type: "wallet", passcode: "correct horse" });
  press("I wrote it down");
  fireEvent.change(screen.getByLabelText("Last group of the recovery code"), { target: { value: "DBRY" } });
  press("Publish the new code");
  await screen.findByText("This is not the last group. Look at your paper again.");
  expect(publish).not.toHaveBeenCalled();
  fireEvent.change(screen.getByLabelText("Last group of the recovery code"), { target: { value: "dbrx" } });
  press("Publish the new code");
  await waitFor(() => expect(kept).toHaveBeenCalledWith(session, vault));
  await screen.findByRole("list", { name: "Ways to open your records" });
});
