import type * as Sdk from "@chartkey/sdk";
import type { Visit } from "@chartkey/sdk";
import { buildSymptoms } from "@chartkey/sdk/records";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { OwnWords } from "./OwnWords.tsx";

const openRequest = vi.hoisted(() => vi.fn<() => Promise<unknown>>());
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), openRequest }));
vi.mock("../../lib/session/session.ts", () => ({
  useUnlockedSession: () => ({ chain: { id: 1 }, wallet: { account: { address: "0x" } } }),
}));

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

it("opens what the patient wrote only when it is asked for", async () => {
  const actor = { display: "Ananya" };
  const answers = [{ question: "What troubles you?", answer: "Thirst" }];
  openRequest.mockResolvedValue(
    buildSymptoms({ patient: actor, author: actor, date: "2026-11-24T08:00:00Z", answers }),
  );
  const { container } = render(
    <QueryClientProvider client={new QueryClient()}>
      <OwnWords visit={{ request: "0x01" } as unknown as Visit} when="Thursday" />
    </QueryClientProvider>,
  );
  expect(openRequest).not.toHaveBeenCalled();
  const details = container.querySelector("details");
  if (!details) throw new Error("no details");
  details.open = true;
  details.dispatchEvent(new Event("toggle"));
  await screen.findByText("Thirst");
  expect(openRequest).toHaveBeenCalledOnce();
});
