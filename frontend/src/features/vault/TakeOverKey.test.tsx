import type * as Sdk from "@chartkey/sdk";
import { ChartkeyError, type Session } from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { TakeOverKey } from "./TakeOverKey.tsx";

const sdk = vi.hoisted(() => ({ readUnlockWays: vi.fn() }));
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), ...sdk }));

const address = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const session = { chain: { id: 1 }, wallet: { account: { address } } } as unknown as Session;

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

it("O17 asks a successor's wallet for nothing before a button is pressed, and goes on when it declined first", async () => {
  sdk.readUnlockWays.mockRejectedValueOnce(new ChartkeyError("WALLET_REJECTED", "Declined."));
  sdk.readUnlockWays.mockResolvedValue([{ type: "recovery" }]);
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <MemoryRouter>
        <TakeOverKey session={session} onDone={() => {}} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  const signIn = await screen.findByRole("button", { name: "Sign in to the store" });
  expect(sdk.readUnlockWays).not.toHaveBeenCalled();
  fireEvent.click(signIn);
  fireEvent.click(await screen.findByRole("button", { name: /again/i }));
  await screen.findByLabelText("Recovery code");
  expect(sdk.readUnlockWays).toHaveBeenCalledTimes(2);
});
