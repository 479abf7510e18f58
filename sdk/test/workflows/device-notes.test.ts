import { privateKeyToAccount } from "viem/accounts";
import { expect, it } from "vitest";
import type { Bytes } from "../../src/bytes.ts";
import { newVault } from "../../src/crypto/vault/change.ts";
import { sealVault } from "../../src/crypto/vault/vault.ts";
import { DeviceNotes, type NoteKeeper } from "../../src/workflows/device-notes.ts";
import type { UnlockedSession } from "../../src/workflows/session.ts";

const keyDirectory = "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512" as const;

/** Somebody whose vault was just made. */
async function somebody(id = 20265): Promise<UnlockedSession> {
  const account = privateKeyToAccount(`0x${"11".repeat(32)}`);
  const context = { chainId: id, directory: keyDirectory, account: account.address };
  const sign = account.signTypedData as never;
  const { open } = await newVault(context, [{ type: "wallet", address: account.address, sign }]);
  const { vault } = await sealVault(context, open);
  return { chain: { id, deployment: { keyDirectory } }, wallet: { account }, vault } as unknown as UnlockedSession;
}

const kept = new Map<string, Bytes>();
const keeper: NoteKeeper = {
  keep: async (name, sealed) => void kept.set(name, sealed),
  read: async (name) => kept.get(name),
  drop: async (name) => void kept.delete(name),
};

it("O07 notes of a device are kept sealed, under names that say nothing, and open for their vault alone", async () => {
  const owner = await somebody();
  const notes = new DeviceNotes(keeper, owner);
  await notes.keep("read|0x01", ["Dose"]);
  await notes.keep("reply|0x01", "With food?");
  expect(await notes.read("read|0x01")).toEqual(["Dose"]);
  const [name] = kept.keys();
  expect(name).toMatch(/^[0-9a-f]{32}$/);
  for (const sealed of kept.values()) expect(Buffer.from(sealed).toString("latin1")).not.toMatch(/Dose|food/);
  const other = new DeviceNotes(keeper, await somebody());
  expect(await other.read("read|0x01")).toBeUndefined();
  // Another chain, and a note that was put in another's place, open as little.
  const elsewhere = { ...owner, chain: { ...owner.chain, id: 1 } } as unknown as UnlockedSession;
  expect(await new DeviceNotes(keeper, elsewhere).read("read|0x01")).toBeUndefined();
  const [, reply] = kept.keys();
  kept.set(name!, kept.get(reply!)!);
  expect(await notes.read("read|0x01")).toBeUndefined();
  await notes.drop("reply|0x01");
  expect(await notes.read("reply|0x01")).toBeUndefined();
});
