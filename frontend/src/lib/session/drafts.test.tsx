import type * as Sdk from "@chartkey/sdk";
import { openDraft } from "@chartkey/sdk";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { hasDraft, useDraft, useHasDraft } from "./drafts.ts";
import { vaultOwner } from "./vault.ts";

const [doctor, other] = ["0x0000000000000000000000000000000000000002", "0x0000000000000000000000000000000000000003"];
const state = vi.hoisted(() => ({ session: null as unknown, sealed: [] as unknown[] }));
vi.mock("./session.ts", () => ({ useUnlockedSession: () => state.session }));
// Sealed drafts are looked at on their way, and are sealed as ever.
vi.mock("@chartkey/sdk", async (original) => {
  const sdk = await original<typeof Sdk>();
  const sealDraft: typeof sdk.sealDraft = async (...rest) => {
    const sealed = await sdk.sealDraft(...rest);
    state.sealed.push(sealed);
    return sealed;
  };
  return { ...sdk, sealDraft };
});

async function makeIdentity() {
  const { privateKey, publicKey } = (await crypto.subtle.generateKey({ name: "X25519" }, true, [
    "deriveBits",
  ])) as CryptoKeyPair;
  return { privateKey, publicKey, publicBytes: new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)) };
}

async function unlock(account: string | undefined) {
  const identity = identities.get(account) ?? (await makeIdentity());
  identities.set(account, identity);
  state.session = { chain: { id: 1 }, wallet: { account: { address: account } }, vault: { identity } };
}
const identities = new Map<string | undefined, Awaited<ReturnType<typeof makeIdentity>>>();

function Form() {
  const [text, setText] = useState("");
  const { restored, forget } = useDraft("note", text === "" ? null : text, setText);
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

afterEach(async () => {
  cleanup();
  // Nothing is left for the next test.
  for (const account of [doctor, other]) {
    await unlock(account);
    render(<Form />);
    if (hasDraft(vaultOwner(1, account ?? ""))) await screen.findByText("restored");
    type("");
    cleanup();
  }
});

function Locked() {
  return <p>{useHasDraft(vaultOwner(1, doctor ?? "")) ? "something waits" : "nothing waits"}</p>;
}

describe("useDraft", () => {
  it("tells the screen that takes the form's place that something waits", async () => {
    await unlock(doctor);
    const { rerender } = render(<Form />);
    type("Half a note");
    rerender(<Locked />);
    await screen.findByText("something waits");
  });

  it("gives back what was typed when the same account unlocks again, and nothing to another", async () => {
    await unlock(doctor);
    render(<Form />);
    type("Suspected pneumonia");
    cleanup(); // As a lock does.
    await unlock(other);
    render(<Form />);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(note().value).toBe("");
    cleanup();
    await unlock(doctor);
    render(<Form />);
    await screen.findByText("restored");
    expect(note().value).toBe("Suspected pneumonia");
  });

  it("keeps it sealed to the account's key, and out of storage and address", async () => {
    await unlock(doctor);
    render(<Form />);
    type("Suspected pneumonia");
    cleanup();
    await expect.poll(() => state.sealed.length).toBeGreaterThan(0);
    const sealed = state.sealed.at(-1) as Parameters<typeof openDraft>[1];
    expect(new TextDecoder().decode(sealed.ct)).not.toContain("pneumonia");
    const [own, foreign] = [identities.get(doctor)!, await makeIdentity()];
    await expect(openDraft({ identity: own }, sealed)).resolves.toBe("Suspected pneumonia");
    await expect(openDraft({ identity: foreign }, sealed)).rejects.toMatchObject({ code: "CRYPTO_OPEN_FAILED" });
    const visible = [{ ...sessionStorage }, { ...localStorage }, window.history.state, window.location.href];
    expect(JSON.stringify(visible)).not.toContain("pneumonia");
  });

  it("forgets what was signed, and what was cleared", async () => {
    await unlock(doctor);
    render(<Form />);
    type("Signed note");
    fireEvent.click(screen.getByText("Signed"));
    cleanup();
    expect(hasDraft(vaultOwner(1, doctor ?? ""))).toBe(false);
    render(<Form />);
    type("Cleared note");
    type("");
    cleanup();
    expect(hasDraft(vaultOwner(1, doctor ?? ""))).toBe(false);
  });

  it("has the browser ask before a reload while something is typed or kept, and not otherwise", async () => {
    await unlock(doctor);
    render(<Form />);
    expect(reloadAsks()).toBe(false);
    type("Half a note");
    expect(reloadAsks()).toBe(true);
    cleanup();
    expect(reloadAsks()).toBe(true);
    render(<Form />);
    await screen.findByText("restored");
    type("");
    cleanup();
    expect(reloadAsks()).toBe(false);
  });
});
