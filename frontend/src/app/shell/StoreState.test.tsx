import { ChartkeyError, referenceOf } from "@chartkey/sdk";
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, it } from "vitest";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { forgetFaults, noteFault } from "../../lib/session/faults.ts";
import { StoreState } from "./StoreState.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(() => {
  act(forgetFaults);
  cleanup();
});

async function fault(step: "put" | "get", store: string) {
  const reference = await referenceOf(new Uint8Array(1));
  act(() => noteFault({ step, store, reference, cause: new ChartkeyError("STORE_UNREACHABLE", "") }));
}

it("names the stores that lack something, once each, until it is dismissed", async () => {
  render(<StoreState />);
  expect(screen.queryByRole("status")).toBeNull();
  await fault("get", "https://one.example");
  expect(screen.queryByRole("status")).toBeNull();
  await fault("put", "https://one.example");
  await fault("put", "https://two.example");
  await fault("put", "https://one.example");
  expect(screen.getByRole("status").textContent).toContain("https://one.example, https://two.example did not take");
  act(() => screen.getByRole("button").click());
  expect(screen.queryByRole("status")).toBeNull();
});
