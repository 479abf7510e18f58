import { type Carrier, ChartkeyError, type Outbox } from "@chartkey/sdk";
import { expect, it, vi } from "vitest";
import { isKept } from "../errors/kept.ts";
import { keepingCarrier } from "./outbox.ts";

type Carried = Parameters<Carrier["carry"]>;
const session = {} as Carried[0];
const parcel = { payload: { digest: "0x01" } } as unknown as Carried[1];

/** What a carrier does when its outbox fails with a code, and whether it could give the draft up. */
async function carry(code: string, discard: () => Promise<void> = () => Promise.resolve()) {
  const outbox = { carry: () => Promise.reject(new ChartkeyError(code, "")), discard: vi.fn(discard) };
  const onChange = vi.fn();
  const carrier = keepingCarrier(outbox as unknown as Outbox, onChange);
  const error: unknown = await carrier.carry(session, parcel, {}).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(onChange).toHaveBeenCalledOnce();
  return { error, discard: outbox.discard };
}

it.each(["STORE_UNREACHABLE", "CHAIN_TX_PENDING", "CHAIN_TX_REPLACED"])(
  "O18 a write that meets %s is kept, and says what it met",
  async (code) => {
    const { error, discard } = await carry(code);
    expect(isKept(error)).toBe(true);
    expect((error as Error).cause).toMatchObject({ code });
    expect(discard).not.toHaveBeenCalled();
  },
);

it("gives up what was declined, since its form is still there", async () => {
  const { error, discard } = await carry("WALLET_REJECTED");
  expect(error).toMatchObject({ code: "WALLET_REJECTED" });
  expect(discard).toHaveBeenCalledWith(session, "0x01");
});

it("says that a declined write is kept when it cannot be given up", async () => {
  const { error } = await carry("WALLET_REJECTED", () => Promise.reject(new ChartkeyError("CHAIN_UNREACHABLE", "")));
  expect(isKept(error)).toBe(true);
});

it("does not say that something is kept when the browser keeps nothing", async () => {
  const full = () => Promise.reject(new ChartkeyError("OUTBOX_UNAVAILABLE", ""));
  for (const discard of [undefined, full]) {
    const { error, discard: asked } = await carry("OUTBOX_UNAVAILABLE", discard);
    expect(error).toMatchObject({ code: "OUTBOX_UNAVAILABLE" });
    // It may have been kept before the browser failed: signed from the form again, it would be a second entry.
    expect(asked).toHaveBeenCalledWith(session, "0x01");
  }
});
