import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ENTRY_KEPT } from "../errors/kept.ts";
import { useDraft } from "./drafts.ts";
import { useUnfinished } from "./unfinished.ts";
import type { ActionState } from "./useAction.ts";
import { vaultOwner } from "./vault.ts";

const [doctor, other] = ["0x0000000000000000000000000000000000000002", "0x0000000000000000000000000000000000000003"];
/** The browser's database, what it was ever given, and whether it takes anything. */
const disk = vi.hoisted(() => ({ now: new Map<string, Uint8Array>(), ever: [] as Uint8Array[], full: false }));
const state = vi.hoisted(() => ({ session: null as unknown }));
vi.mock("./session.ts", () => ({ useUnlockedSession: () => state.session }));
vi.mock("./database.ts", () => ({
  database: () => ({
    async ask(_: string, question: (store: unknown) => unknown) {
      if (disk.full) throw new Error("QuotaExceededError");
      return question({
        put: (sealed: Uint8Array, name: string) => {
          disk.ever.push(sealed);
          disk.now.set(name, sealed);
        },
        get: (name: string) => disk.now.get(name),
        delete: (name: string) => disk.now.delete(name),
      });
    },
  }),
}));

const chartKeys = new Map<string, CryptoKey>();

/** A new session, as after every unlocking, with the vault of the account. */
async function unlock(account: string) {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const chartKey =
    chartKeys.get(account) ?? (await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]));
  chartKeys.set(account, chartKey);
  const deployment = { keyDirectory: "0x0000000000000000000000000000000000000001" };
  state.session = { chain: { id: 1, deployment }, wallet: { account: { address: account } }, vault: { chartKey } };
}

const idle: ActionState = { phase: null, running: false, error: null };

function Form({ writing = idle }: { readonly writing?: ActionState }) {
  const [text, setText] = useState("");
  const { restored, forget } = useDraft("note", text === "" ? null : text, setText, writing);
  return (
    <>
      <input aria-label="Note" value={text} onChange={({ target }) => setText(target.value)} />
      <button onClick={forget}>Signed</button>
      {restored && <p>restored</p>}
    </>
  );
}

const note = () => screen.getByLabelText<HTMLInputElement>("Note");
const type = (value: string) => fireEvent.change(note(), { target: { value } });
const reloadAsks = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
/** Until what was typed is on the disk. */
const stored = (count: number) => waitFor(() => expect(disk.now.size).toBe(count));

/** A form that has looked for what was typed before. */
async function open(writing?: ActionState) {
  const { rerender } = render(<Form {...(writing ? { writing } : {})} />);
  await pause(50);
  return (next: ActionState) => rerender(<Form writing={next} />);
}

beforeEach(() => unlock(doctor!));
afterEach(async () => {
  cleanup();
  disk.full = false;
  // Nothing is left for the next test.
  await unlock(doctor!);
  await open();
  fireEvent.click(screen.getByText("Signed"));
  cleanup();
  await stored(0);
  disk.ever = [];
});

function Locked() {
  return <p>{useUnfinished(vaultOwner(1, doctor!)) ? "something waits" : "nothing waits"}</p>;
}

describe("useDraft", () => {
  it("tells the screen that takes the form's place that something waits", async () => {
    const { rerender } = render(<Form />);
    await pause(50);
    type("Half a note");
    rerender(<Locked />);
    await screen.findByText("something waits");
    rerender(<Form />);
    await screen.findByText("restored");
    fireEvent.click(screen.getByText("Signed"));
    rerender(<Locked />);
    await screen.findByText("nothing waits");
  });

  it("gives back what was typed when the same account unlocks again, and nothing to another", async () => {
    await open();
    type("Suspected pneumonia");
    cleanup(); // As a lock does, within the pause.
    await unlock(other!);
    await open();
    expect(note().value).toBe("");
    cleanup();
    await unlock(doctor!);
    render(<Form />);
    await screen.findByText("restored");
    expect(note().value).toBe("Suspected pneumonia");
  });

  it("keeps it on the disk while it is typed, sealed, and out of storage and address", async () => {
    await open();
    type("Suspected pneumonia");
    await stored(1);
    expect(reloadAsks()).toBe(false);
    const bytes = [...disk.ever, ...disk.now.values()].map((sealed) => new TextDecoder("latin1").decode(sealed));
    const visible = [bytes, [...disk.now.keys()], { ...sessionStorage }, { ...localStorage }, window.location.href];
    expect(JSON.stringify(visible)).not.toMatch(/pneumonia|note/);
  });

  it("forgets what was signed although the form still holds it, and what was cleared", async () => {
    await open();
    type("Signed note");
    await stored(1);
    fireEvent.click(screen.getByText("Signed"));
    await stored(0);
    await pause(500);
    cleanup();
    await open();
    expect(note().value).toBe("");
    type("Cleared note");
    type("");
    cleanup();
    await open();
    expect([disk.now.size, note().value]).toEqual([0, ""]);
  });

  it("keeps nothing that the outbox has, and keeps it again when the wallet declines", async () => {
    const show = await open();
    type("A finding");
    await stored(1);
    show({ phase: "encrypting", running: true, error: null });
    await pause(50);
    expect(disk.now.size).toBe(1);
    show({ phase: "uploading", running: true, error: null });
    await stored(0);
    show({ phase: "confirming", running: false, error: { code: "WALLET_REJECTED" } });
    await stored(1);
    show({ phase: "uploading", running: false, error: { code: ENTRY_KEPT } });
    await stored(0);
    expect(note().value).toBe("A finding");
  });

  it("has the browser ask before a reload where it keeps nothing, and gives it back after a lock all the same", async () => {
    disk.full = true;
    await open();
    expect(reloadAsks()).toBe(false);
    type("Half a note");
    await pause(500);
    expect(reloadAsks()).toBe(true);
    cleanup();
    await pause(50);
    expect(reloadAsks()).toBe(true);
    await unlock(doctor!);
    render(<Form />);
    await screen.findByText("restored");
    expect(note().value).toBe("Half a note");
    fireEvent.click(screen.getByText("Signed"));
    await waitFor(() => expect(reloadAsks()).toBe(false));
  });
});
