import { type Hex, slice } from "viem";
import { describe, expect, it } from "vitest";
import type { Chain } from "../../src/chain/connection.ts";
import { readVault } from "../../src/chain/directory.ts";

const ACCOUNT = "0x00000000000000000000000000000000000000a1";
const VAULT: Hex = `0x${"ab".repeat(32)}`;
const OTHER: Hex = `0x${"cd".repeat(32)}`;

/** A node that answers with a version and tag, and with the vaults of the events that it is asked for. */
function nodeWith(version: number, tag: Hex, published: (version: number) => Hex[]): Chain {
  const client = {
    readContract: async () => [version, tag],
    getBlockNumber: async () => 5n,
    getLogs: async ({ args }: { args: { account: string; version: number } }) => {
      expect(args.account).toBe(ACCOUNT);
      return published(args.version).map((vault) => ({ args: { version: args.version, vault } }));
    },
  };
  return { id: 1, client, deployment: { keyDirectory: ACCOUNT, fromBlock: 0n } } as unknown as Chain;
}

describe("readVault", () => {
  it("takes the digest from the event of the version, when the contract's tag is its beginning", async () => {
    const node = nodeWith(3, slice(VAULT, 0, 20), (version) => (version === 3 ? [VAULT] : [OTHER]));
    expect(await readVault(node, ACCOUNT)).toEqual({ version: 3, digest: VAULT });
  });

  it("knows of none before the first, and asks for no event then", async () => {
    const node = nodeWith(0, slice(VAULT, 0, 20), () => [VAULT]);
    expect(await readVault(node, ACCOUNT)).toBeUndefined();
  });

  it("says so when the event is withheld, or is another", async () => {
    const tag = slice(VAULT, 0, 20);
    const silent = nodeWith(3, tag, () => []);
    await expect(readVault(silent, ACCOUNT)).rejects.toMatchObject({ code: "VAULT_EVENT_MISSING" });
    const almost: Hex = `0x${"ab".repeat(19)}cd${"ab".repeat(12)}`;
    for (const wrong of [OTHER, almost])
      await expect(
        readVault(
          nodeWith(3, tag, () => [wrong]),
          ACCOUNT,
        ),
      ).rejects.toMatchObject({ code: "VAULT_WRONG_DIGEST" });
  });
});
