import type * as Sdk from "@chartkey/sdk";
import type { Session } from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { CreateKey } from "./CreateKey.tsx";

const CODE = "VHC4-R92B-T2RF-SNCP-HFJ8-V8Z8-C2MN-DBRX";
const signTypedData = vi.fn<() => Promise<string>>();
const session = { chain: { id: 1 }, wallet: { account: { address: "0xA" }, signTypedData } } as unknown as Session;

vi.mock("@chartkey/sdk", async (original) => ({
  ...(await original<typeof Sdk>()),
  prepareVault: async ({ wallet }: Session) => {
    for (let time = 0; time < 2; time++) await wallet.signTypedData({} as never);
    return { recoveryCode: CODE, publish: vi.fn() };
  },
}));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const reloadAsks = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));

it("numbers the two signatures, and has the browser ask before a reload voids the code on paper", async () => {
  const signed: (() => void)[] = [];
  signTypedData.mockImplementation(() => new Promise((resolve) => signed.push(() => resolve("0x"))));
  const { unmount } = render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <CreateKey session={session} purpose="Step 1 of 2" />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  expect(screen.getByText("Step 1 of 2")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Create my key" }));
  await screen.findByText("Signature 1 of 2: sign in your wallet.");
  expect(reloadAsks()).toBe(false);
  signed[0]?.();
  await screen.findByText("Signature 2 of 2: sign in your wallet.");
  signed[1]?.();
  await screen.findByRole("list", { name: "Recovery code" });
  expect(screen.getByText(/Was another code shown to you here before/)).toBeTruthy();
  expect(reloadAsks()).toBe(true);
  unmount();
  expect(reloadAsks()).toBe(false);
});
