import { ChartkeyError, type AnchoredEntry } from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { RehashButton } from "./RehashButton.tsx";

const get = vi.hoisted(() => vi.fn<() => Promise<Uint8Array>>());
vi.mock("../../lib/session/session.ts", () => ({ useSession: () => ({ store: { get } }) }));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const entry = { recordId: `0x${"1".padStart(64, "0")}`, codec: 0, payload: "0x" } as unknown as AnchoredEntry;

it("tells a damaged copy from a store that does not answer", async () => {
  get.mockResolvedValueOnce(new Uint8Array(3));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RehashButton entry={entry} />
    </QueryClientProvider>,
  );
  const ask = () => fireEvent.click(screen.getByRole("button"));
  ask();
  await screen.findByText("Matches, 3 bytes");
  get.mockRejectedValueOnce(new ChartkeyError("STORE_DAMAGED", ""));
  ask();
  await screen.findByText(/^Damaged/);
  get.mockRejectedValueOnce(new ChartkeyError("STORE_UNREACHABLE", ""));
  ask();
  await screen.findByText(/does not answer/);
  get.mockRejectedValueOnce(new ChartkeyError("STORE_FORBIDDEN", ""));
  ask();
  await screen.findByText(/Withheld/);
});
