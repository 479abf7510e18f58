import type { Session, Vault } from "@chartkey/sdk";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { IDLE_LIMIT, isUnlocked, keepVault, lockVault, useVault } from "./vault.ts";

const session = (address: string, chainId = 1) =>
  ({ chain: { id: chainId }, wallet: { account: { address } } }) as unknown as Session;
const [PATIENT, OTHER] = [session("0x00000000000000000000000000000000000000Aa"), session("0xbb")];
const vault = {} as Vault;

function Chart({ of }: { of: Session }) {
  return <p>{useVault(of) === vault ? "open" : "locked"}</p>;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  lockVault();
  vi.useRealTimers();
});

describe("the unlocked vault", () => {
  it("O16 locks itself when nobody has moved for fifteen minutes", () => {
    keepVault(PATIENT, vault);
    vi.advanceTimersByTime(IDLE_LIMIT - 1);
    expect(isUnlocked()).toBe(true);
    vi.advanceTimersByTime(1);
    expect(isUnlocked()).toBe(false);
  });

  it.each(["pointerdown", "keydown", "touchstart"])("O16 counts anew from each %s", (sign) => {
    keepVault(PATIENT, vault);
    vi.advanceTimersByTime(IDLE_LIMIT - 1);
    fireEvent(window, new Event(sign));
    vi.advanceTimersByTime(IDLE_LIMIT - 1);
    expect(isUnlocked()).toBe(true);
    vi.advanceTimersByTime(1);
    expect(isUnlocked()).toBe(false);
  });

  it.each([
    ["account", OTHER],
    ["chain", session(PATIENT.wallet.account.address, 2)],
  ])("O15 is dropped when another %s looks, and does not come back", (_, other) => {
    keepVault(PATIENT, vault);
    const { rerender } = render(<Chart of={PATIENT} />);
    expect(screen.getByText("open")).toBeTruthy();
    rerender(<Chart of={other} />);
    expect(screen.getByText("locked")).toBeTruthy();
    expect(isUnlocked()).toBe(false);
    rerender(<Chart of={PATIENT} />);
    expect(screen.getByText("locked")).toBeTruthy();
  });

  it("O15 opens nothing while its wallet acts for somebody else, and is there again afterwards", () => {
    keepVault(PATIENT, vault);
    const { rerender } = render(<Chart of={{ ...PATIENT, account: "0x00000000000000000000000000000000000000cc" }} />);
    expect(screen.getByText("locked")).toBeTruthy();
    rerender(<Chart of={PATIENT} />);
    expect(screen.getByText("open")).toBeTruthy();
  });
});
