import { ChartkeyError } from "@chartkey/sdk";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { startTestI18n } from "../lib/i18n/testing.ts";
import { SignedAction } from "./SignedAction.tsx";

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

const phases = ["confirming", "mining"] as const;
const idle = { phase: null, running: false, error: null };

function show(props: Partial<Parameters<typeof SignedAction>[0]>) {
  const [onRun, onReset] = [vi.fn(), vi.fn()];
  render(
    <MemoryRouter>
      <SignedAction
        sentence="I sign this."
        label="Sign this"
        state={idle}
        phases={phases}
        onRun={onRun}
        onReset={onReset}
        {...props}
      />
    </MemoryRouter>,
  );
  return { onRun, onReset };
}

describe("SignedAction", () => {
  it("has the sentence beside the button", () => {
    const { onRun } = show({});
    expect(screen.getByText("I sign this.")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Sign this" }));
    expect(onRun).toHaveBeenCalledOnce();
  });

  it("says why it cannot be signed yet", () => {
    show({ blocked: "Add a medicine first." });
    const button = screen.getByRole<HTMLButtonElement>("button", { name: "Sign this" });
    expect(button.disabled).toBe(true);
    expect(document.getElementById(button.getAttribute("aria-describedby") ?? "")?.textContent).toBe(
      "Add a medicine first.",
    );
  });

  it("shows the first of its phases until the action tells one, without a button to sign twice", () => {
    show({ state: { phase: "checking", running: true, error: null } });
    expect(screen.queryByRole("button")).toBeNull();
    expect(screen.getByRole("status").textContent).toBe("Step 1 of 2: Confirm in your wallet");
  });

  it("O18 offers no second signature for an entry that is kept, but the way to where it waits", () => {
    const cause = new ChartkeyError("STORE_UNREACHABLE", "");
    const error = new ChartkeyError("ENTRY_KEPT", "", { cause });
    show({ state: { phase: "uploading", running: false, error } });
    expect(screen.getByRole("alert").textContent).toMatch(/The store does not answer.*nothing has to be written again/);
    expect(screen.getByRole("link", { name: "Waiting entries" }).getAttribute("href")).toBe("/waiting");
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("treats declining as no error and leaves the button", () => {
    const error = new ChartkeyError("WALLET_REJECTED", "declined");
    const { onReset } = show({ state: { phase: "confirming", running: false, error } });
    expect(screen.queryByRole("alert")).toBeNull();
    fireEvent.click(screen.getByRole("button", { name: /back/i }));
    expect(onReset).toHaveBeenCalledOnce();
    expect(screen.getByRole("button", { name: "Sign this" })).toBeTruthy();
  });
});
