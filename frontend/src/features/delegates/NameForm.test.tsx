import type { Session, Vault } from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import OwnName from "../../components/OwnName.tsx";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { keepVault, lockVault } from "../../lib/session/vault.ts";
import { NameForm } from "./NameForm.tsx";

const [daughter, son] = ["0x00000000000000000000000000000000000000Da", "0x00000000000000000000000000000000000000Cc"];
const own = { chain: { id: 1 }, wallet: { account: { address: "0xAa" } } } as unknown as Session;
const notes = vi.hoisted(() => new Map<string, unknown>());

vi.mock("../../lib/session/session.ts", () => ({
  useSession: () => ({ ...own, account: daughter }),
}));
vi.mock("../../lib/session/device.ts", () => ({
  deviceNotes: () => ({
    read: (about: string) => Promise.resolve(notes.get(about)),
    keep: (about: string, note: unknown) => Promise.resolve(void notes.set(about, note)),
    drop: (about: string) => Promise.resolve(void notes.delete(about)),
  }),
}));

beforeAll(() => startTestI18n("en"));
afterEach(() => {
  cleanup();
  lockVault();
  notes.clear();
});

function open() {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <NameForm account={daughter} unlock={<button>Unlock</button>} />
      <p aria-label="daughter">
        <OwnName account={daughter} />
      </p>
      <p aria-label="son">
        <OwnName account={son} />
      </p>
    </QueryClientProvider>,
  );
}

it("tells one person whom somebody acts for from another by a name of his own, while his key is unlocked", async () => {
  keepVault(own, {} as Vault);
  open();
  fireEvent.change(await screen.findByLabelText("Your own name for this person"), { target: { value: " Mira " } });
  fireEvent.click(screen.getByRole("button", { name: "Keep the name" }));
  await expect.poll(() => screen.getByLabelText("daughter").textContent).toContain("Mira");
  expect(screen.getByLabelText("son").textContent).toBe("");
  expect([...notes]).toEqual([[`name|${daughter.toLowerCase()}`, "Mira"]]);
  act(lockVault);
  expect(screen.getByLabelText("daughter").textContent).toBe("");
  expect(screen.getByText(/A name of your own for this person is sealed to your own key/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Unlock" })).toBeTruthy();
});
