import { ChartkeyError, HeadMemory, connectChain } from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import NodeState from "./NodeState.tsx";

const chain = { id: 20265, client: {}, heads: new HeadMemory() };
vi.mock("../../lib/chain/useChartkeyChain.ts", () => ({ useChartkeyChain: () => chain }));
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<object>()), connectChain: vi.fn() }));

beforeAll(() => startTestI18n("en"));
beforeEach(() => void vi.mocked(connectChain).mockReset());
afterEach(cleanup);

const fails = (code: string) =>
  vi.mocked(connectChain).mockImplementation(() => Promise.reject(new ChartkeyError(code, "")));

async function show(): Promise<void> {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <NodeState />
    </QueryClientProvider>,
  );
  await expect.poll(() => vi.mocked(connectChain).mock.calls.length).toBe(1);
}

describe("the state of the node", () => {
  it("O14 is said when the node is not to be believed, with what to do", async () => {
    fails("CHAIN_DISAGREES");
    await show();
    await screen.findByText("Two nodes do not tell the same");
    expect(screen.queryByRole("button", { name: /begun anew/ })).toBeNull();
  });

  it("O14 another history is forgotten only when the user knows that the chain was begun anew", async () => {
    const forget = vi.spyOn(chain.heads, "forget");
    fails("CHAIN_STALE");
    await show();
    const button = await screen.findByRole("button", { name: /begun anew/ });
    expect(forget).not.toHaveBeenCalled();
    vi.mocked(connectChain).mockResolvedValue({ id: chain.id } as never);
    act(() => button.click());
    await expect.poll(() => screen.queryByRole("alert")).toBeNull();
    expect(forget).toHaveBeenCalledWith(chain.id);
  });

  it("is not said here when the node is silent", async () => {
    fails("CHAIN_UNREACHABLE");
    await show();
    await act(() => Promise.resolve());
    expect(screen.queryByRole("alert")).toBeNull();
  });
});
