import { readFileSync } from "node:fs";
import { privateKeyToAccount } from "viem/accounts";
import { describe, expect, it } from "vitest";
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../../src/bytes.ts";
import type { VaultContext } from "../../src/crypto/vault/context.ts";
import { decodeVault, encodeVault } from "../../src/crypto/vault/document.ts";
import type { Opener } from "../../src/crypto/vault/methods.ts";
import { openVault, unlockVault } from "../../src/crypto/vault/vault.ts";

/** Vaults that were sealed when the format was fixed: whatever changes, they have to open. */

interface Vectors {
  context: VaultContext;
  walletPrivateKey: `0x${string}`;
  vectors: {
    name: string;
    openers: { passcode?: string; passkey?: { credential: string; output: string }; recoveryCode: string };
    document: string;
    identities: string[];
    chartSecret: string;
    publicKey: string;
    reception: string;
  }[];
}

const FILE = new URL("fixtures/vault-v1.json", import.meta.url);
const { context, walletPrivateKey, vectors } = JSON.parse(readFileSync(FILE, "utf8")) as Vectors;
const account = privateKeyToAccount(walletPrivateKey);

function openersOf({ passcode, passkey, recoveryCode }: Vectors["vectors"][number]["openers"]): Opener[] {
  const wallet: Opener = {
    type: "wallet",
    address: account.address,
    sign: (typedData) => account.signTypedData(typedData),
    ...(passcode === undefined ? {} : { passcode }),
  };
  const recovery: Opener = { type: "recovery", code: recoveryCode };
  if (passkey === undefined) return [wallet, recovery];
  const [credential, output] = [fromBase64Url(passkey.credential), fromBase64Url(passkey.output, 32)];
  return [wallet, recovery, { type: "passkey", credential, output }];
}

describe("frozen vaults of format 1", () => {
  it.each(vectors)("open in every way: $name", async ({ openers, document, ...expected }) => {
    const bytes = utf8(document);
    const ways = openersOf(openers);
    expect(decodeVault(bytes).methods).toHaveLength(ways.length);
    for (const opener of ways) {
      const { secrets } = await openVault(context, bytes, opener);
      expect(secrets.identities.map(toBase64Url)).toEqual(expected.identities);
      expect(toBase64Url(secrets.chartSecret)).toBe(expected.chartSecret);
      const vault = await unlockVault(context, bytes, opener);
      expect(toBase64Url(vault.identity.publicBytes)).toBe(expected.publicKey);
      expect(toBase64Url(vault.reception.publicBytes)).toBe(expected.reception);
    }
  });

  it.each(vectors)("are written as they are read: $name", ({ document }) => {
    expect(fromUtf8(encodeVault(decodeVault(utf8(document))))).toBe(document);
  });
});
