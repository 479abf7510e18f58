import { privateKeyToAccount } from "viem/accounts";
import { describe, expect, it } from "vitest";
import { randomBytes } from "../../src/bytes.ts";
import { epochKey } from "../../src/crypto/epoch.ts";
import { generateIdentitySecret, hpkeOpen, hpkeSeal, importIdentity } from "../../src/crypto/hpke.ts";
import { openGrant, openPage, sealGrant, sealPage } from "../../src/crypto/keyring.ts";
import { newVault } from "../../src/crypto/vault/change.ts";
import { sealVault } from "../../src/crypto/vault/vault.ts";
import { decodeWraps, encodeWraps, openForPatient, sealToPatient, unwrapKey, wrapKey } from "../../src/crypto/wraps.ts";

const account = privateKeyToAccount(`0x${"11".repeat(32)}`);
const other = privateKeyToAccount(`0x${"22".repeat(32)}`);
const directory = "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512" as const;
const registry = "0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9";
const context = { chainId: 20265, directory, account: account.address };
const code = (expected: string) => expect.objectContaining({ code: expected });

describe("sealing to readers", async () => {
  const [mine, theirs] = await Promise.all([
    generateIdentitySecret().then(importIdentity),
    generateIdentitySecret().then(importIdentity),
  ]);
  const target = {
    context: { chainId: 20265, registry, patient: account.address, author: other.address },
    payload: `0x${"ab".repeat(32)}`,
  };
  const me = { account: account.address, keyVersion: 1, publicKey: mine.publicBytes };
  const them = { account: other.address, keyVersion: 1, publicKey: theirs.publicBytes };

  it("O05 refuses public keys of low order", async () => {
    for (const point of [new Uint8Array(32), Uint8Array.of(1, ...new Uint8Array(31))])
      await expect(hpkeSeal(point, randomBytes(32), randomBytes(4))).rejects.toEqual(code("CRYPTO_BAD_PUBLIC_KEY"));
  });

  it("O06 opens a wrap for its reader, category and payload alone", async () => {
    const key = randomBytes(32);
    const wraps = decodeWraps(
      encodeWraps({
        wraps: [await wrapKey(target, { category: 7, key }, me), await wrapKey(target, { category: 7, key }, them)],
      }),
    );
    expect(await unwrapKey(wraps, target, 7, account.address, mine)).toEqual(key);
    expect(await unwrapKey(wraps, target, 6, account.address, mine)).toBeUndefined();
    await expect(unwrapKey(wraps, target, 7, other.address, mine)).rejects.toEqual(code("CRYPTO_OPEN_FAILED"));
    const moved = { ...target, payload: `0x${"cd".repeat(32)}` };
    await expect(unwrapKey(wraps, moved, 7, account.address, mine)).rejects.toEqual(code("CRYPTO_OPEN_FAILED"));
    const renamed = { wraps: wraps.wraps.map((wrap) => ({ ...wrap, category: 6 })) };
    await expect(unwrapKey(renamed, target, 6, account.address, mine)).rejects.toEqual(code("CRYPTO_OPEN_FAILED"));
  });

  it("opens what is for the patient alone with no reader's key", async () => {
    const secret = randomBytes(32);
    const wraps = decodeWraps(encodeWraps({ wraps: [], patientOnly: await sealToPatient(target, 4, me, secret) }));
    expect(await openForPatient(wraps, target, 4, account.address, mine)).toEqual(secret);
    await expect(openForPatient(wraps, target, 4, account.address, theirs)).rejects.toEqual(code("CRYPTO_OPEN_FAILED"));
  });

  it("derives a key for each epoch and category, and opens a page under its own alone", async () => {
    const { vault } = await sealVault(context, (await newVault(context, [])).open);
    const chart = { chainId: 20265, registry, patient: account.address };
    const keys = await Promise.all([0, 1].map((epoch) => epochKey(vault.chartKey, chart, 7, epoch)));
    expect(keys[0]).not.toEqual(keys[1]);
    expect(await epochKey(vault.chartKey, { ...chart, patient: other.address }, 7, 0)).not.toEqual(keys[0]);
    const content = new Map([[`0x${"01".repeat(32)}`, randomBytes(32)]]);
    const page = await sealPage(chart, { category: 7, epoch: 0, key: keys[0]! }, content);
    expect(await openPage(chart, { category: 7, epoch: 0, key: keys[0]! }, page)).toEqual(content);
    await expect(openPage(chart, { category: 7, epoch: 1, key: keys[0]! }, page)).rejects.toEqual(
      code("KEYRING_WRONG_PAGE"),
    );
    await expect(openPage(chart, { category: 7, epoch: 1, key: keys[1]! }, page)).rejects.toEqual(
      code("PAYLOAD_WRONG_KEY"),
    );
    const grant = await sealGrant(chart, them, { hospital: 1, expiry: 9 }, [{ category: 7, epoch: 0, key: keys[0]! }]);
    expect(await openGrant(chart, grant, theirs)).toEqual([{ category: 7, epoch: 0, key: keys[0] }]);
    await expect(openGrant({ ...chart, patient: other.address }, grant, theirs)).rejects.toEqual(
      code("CRYPTO_OPEN_FAILED"),
    );
  });

  it("opens what was sealed to a key that this one replaced", async () => {
    const info = randomBytes(4);
    const sealed = await hpkeSeal(theirs.publicBytes, randomBytes(8), info);
    await expect(hpkeOpen(mine, sealed, info)).rejects.toEqual(code("CRYPTO_OPEN_FAILED"));
    expect(await hpkeOpen({ ...mine, earlier: [theirs] }, sealed, info)).toHaveLength(8);
  });

  it("seals to a key that was exported and imported again", async () => {
    const sealed = await hpkeSeal(mine.publicBytes, randomBytes(8), randomBytes(4)).then((value) => value.enc.length);
    expect(sealed).toBe(32);
    const info = randomBytes(4);
    const text = randomBytes(8);
    expect(await hpkeOpen(mine, await hpkeSeal(mine.publicBytes, text, info), info)).toEqual(text);
  });
});
