import { ChartkeyError, type VerifiedOrder } from "@chartkey/sdk";
import type * as Sdk from "@chartkey/sdk";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { BrowserRouter } from "react-router";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import VerifyPage from "./VerifyPage.tsx";

const state = vi.hoisted(() => ({ verify: vi.fn() }));
const session = vi.hoisted(() => ({ chain: { id: 1 } }));
vi.mock("@chartkey/sdk", async (original) => ({ ...(await original<typeof Sdk>()), verifyOrder: state.verify }));
vi.mock("../../lib/session/session.ts", () => ({ useReadSession: () => session }));

beforeAll(() => startTestI18n("en"));
afterEach(() => {
  cleanup();
  state.verify.mockReset();
});

const verified: VerifiedOrder = {
  ...{ state: "valid", issued: 1_764_000_000, expiry: 1_772_000_000, blockNumber: 9n },
  prescriber: {
    account: "0x0000000000000000000000000000000000000001",
    name: "Dr Amara Okafor",
    ...{ speciality: 2, isActive: false },
  },
  hospital: { id: 1, name: "Ridgeway", accreditation: "accredited" },
  counts: [{ prescribed: 3, remaining: 2 }],
};

function open(path: string) {
  window.history.pushState(null, "", path);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <BrowserRouter>
        <VerifyPage />
      </BrowserRouter>
    </QueryClientProvider>,
  );
}

it("verifies the code of a link, which is taken out of the address first, and says by whom and what is left", async () => {
  state.verify.mockImplementation(() => {
    expect(window.location.href).not.toContain("#");
    return Promise.resolve(verified);
  });
  open("/verify#chartkey-verify:1:AAAA");
  await screen.findByText("Genuine, and something is left");
  expect(state.verify).toHaveBeenCalledWith(session, "chartkey-verify:1:AAAA");
  for (const words of [/Dr Amara Okafor/, /Not active at this hospital any more/, "Medicine 1: 2 of 3"])
    expect(screen.getByText(words)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Check another" }));
  await screen.findByLabelText("Text or link of the code");
});

it("O07 takes no private pharmacy code: it warns, and asks nobody", async () => {
  open("/verify#chartkey-rx:1:secret");
  await screen.findByText(/This is a private pharmacy code/);
  expect(state.verify).not.toHaveBeenCalled();
  expect(document.documentElement.outerHTML + window.location.href).not.toContain("secret");
  fireEvent.change(screen.getByLabelText("Text or link of the code"), { target: { value: "chartkey-verify:1:B" } });
  state.verify.mockRejectedValue(new ChartkeyError("ORDER_UNKNOWN", "none"));
  fireEvent.click(screen.getByRole("button", { name: "Check" }));
  await screen.findByText("There is no such prescription");
});
