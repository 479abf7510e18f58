import type * as Sdk from "@chartkey/sdk";
import type { Emergency } from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestDialogs } from "../../components/testing.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { ReviewDialog } from "./ReviewDialog.tsx";

const sdk = vi.hoisted(() => ({ reviewEmergency: vi.fn() }));
const session = vi.hoisted(() => ({ chain: { id: 1 } }));
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), ...sdk }));
vi.mock("../../lib/session/session.ts", () => ({
  useSession: () => session,
  useReadSession: () => null,
  useUnlockedSession: () => null,
}));

const emergency: Emergency = {
  hospital: 1,
  number: 3,
  patient: "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
  doctor: "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
  categories: 1 << 4,
  openedAt: 1000,
  end: 2000,
  outcome: "none",
  justification: `0x${"11".repeat(32)}`,
  review: undefined,
  transactionHash: `0x${"22".repeat(32)}`,
};

beforeAll(async () => {
  await startTestI18n("en");
  startTestDialogs();
});
afterEach(cleanup);

it("P32 judges with the chosen outcome and the report, and not without an outcome", async () => {
  const closed = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <ReviewDialog emergency={emergency} onClose={closed} />
      </MemoryRouter>
    </QueryClientProvider>,
  );
  const button = screen.getByRole<HTMLButtonElement>("button", { name: "Sign and judge" });
  expect(button.disabled).toBe(true);
  fireEvent.change(screen.getByLabelText("Outcome"), { target: { value: "unjustified" } });
  fireEvent.change(screen.getByLabelText("Report"), { target: { value: "No call was made." } });
  expect(screen.getByRole("group").textContent).toContain("emergency access 3 of 0x3C44…93BC to be unjustified");
  fireEvent.click(button);
  await waitFor(() => expect(closed).toHaveBeenCalled());
  const asked: unknown[] = [session, emergency, "unjustified", "No call was made."];
  expect(sdk.reviewEmergency).toHaveBeenCalledWith(...asked, expect.any(Function));
});
