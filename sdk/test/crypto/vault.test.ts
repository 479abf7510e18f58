import { bytesToHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { describe, expect, it } from "vitest";
import { concat, equalBytes, randomBytes, toBase64Url, utf8 } from "../../src/bytes.ts";
import { canonicalBytes } from "../../src/json.ts";
import { hpkeOpen, hpkeSeal } from "../../src/crypto/hpke.ts";
import {
  type AddedMethod,
  addMethod,
  newVault,
  removeMethod,
  renewRecoveryCode,
  resealVault,
  rotateVault,
} from "../../src/crypto/vault/change.ts";
import { vaultText } from "../../src/crypto/vault/context.ts";
import { MAX_METHODS, decodeVault, describeMethod } from "../../src/crypto/vault/document.ts";
import { type Opener, openMethod } from "../../src/crypto/vault/methods.ts";
import { stretchPasscode } from "../../src/crypto/vault/passcode.ts";
import { generateRecoveryCode, normalizeRecoveryCode } from "../../src/crypto/vault/recovery-code.ts";
import { openVault, sealVault, unlockVault } from "../../src/crypto/vault/vault.ts";
import type { SignUnlock } from "../../src/crypto/vault/wallet.ts";
import { fromJson, toJson } from "./documents.ts";

const account = privateKeyToAccount(`0x${"11".repeat(32)}`);
const other = privateKeyToAccount(`0x${"22".repeat(32)}`);
const directory = "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512" as const;
const context = { chainId: 20265, directory, account: account.address };
const sign: SignUnlock = (typedData) => account.signTypedData(typedData);
const wallet = { type: "wallet", address: account.address, sign } as const;
const passkey = {
  type: "passkey",
  credential: randomBytes(20),
  output: randomBytes(32),
  salt: randomBytes(32),
} as const;
const code = (expected: string) => expect.objectContaining({ code: expected });
const failed = code("CRYPTO_OPEN_FAILED");

async function make(methods: readonly AddedMethod[] = [wallet]) {
  const { open, recoveryCode } = await newVault(context, methods);
  return { open, recovery: { type: "recovery", code: recoveryCode } as const, ...(await sealVault(context, open)) };
}

interface Json {
  methods: Record<string, unknown>[];
  ct: string;
}

describe("a vault", () => {
  it("opens with the wallet, a passkey, and the recovery code however it is typed", async () => {
    const { document, vault, recovery } = await make([wallet, passkey]);
    const typed = ` ${recovery.code.toLowerCase().replaceAll("-", " ").replaceAll("1", "l").replaceAll("0", "o")} `;
    for (const opener of [wallet, passkey, { type: "recovery", code: typed }] as const) {
      const opened = await unlockVault(context, document, opener);
      expect(opened.identity.publicBytes).toEqual(vault.identity.publicBytes);
      expect(opened.reception.publicBytes).toEqual(vault.reception.publicBytes);
      expect(opened.document).toEqual(document);
    }
  });

  it("opens with the recovery code alone when no wallet can", async () => {
    const { document, open, recovery } = await make([]);
    expect(open.methods.map(({ type }) => type)).toEqual(["recovery"]);
    await unlockVault(context, document, recovery);
    await expect(unlockVault(context, document, wallet)).rejects.toEqual(code("VAULT_METHOD_MISSING"));
  });

  it("O04 gives out no private key", async () => {
    const made = await make();
    const { vault } = await sealVault(context, await rotateVault(made.open));
    const identities = [vault.identity, vault.reception, ...(vault.identity.earlier ?? [])];
    expect(identities).toHaveLength(3);
    for (const key of [...identities.map(({ privateKey }) => privateKey), vault.chartKey]) {
      expect(key.extractable).toBe(false);
      for (const format of ["jwk", "pkcs8", "raw"] as const)
        await expect(crypto.subtle.exportKey(format, key)).rejects.toThrow();
    }
  });

  it("O01 opens on no other chain, directory or account, and for no other wallet, code or passkey", async () => {
    const { document } = await make([wallet, passkey]);
    for (const opener of [wallet, passkey] as Opener[])
      for (const foreign of [
        { ...context, chainId: 1 },
        { ...context, directory: other.address },
        { ...context, account: other.address },
      ])
        await expect(unlockVault(foreign, document, opener)).rejects.toEqual(failed);
    const others: Opener[] = [
      { ...wallet, sign: (typedData) => other.signTypedData(typedData) },
      { ...passkey, output: randomBytes(32) },
      { type: "recovery", code: generateRecoveryCode() },
    ];
    for (const opener of others) await expect(unlockVault(context, document, opener)).rejects.toEqual(failed);
    const unknown: Opener[] = [
      { ...wallet, address: other.address },
      { ...passkey, credential: randomBytes(20) },
    ];
    for (const opener of unknown)
      await expect(unlockVault(context, document, opener)).rejects.toEqual(code("VAULT_METHOD_MISSING"));
  });

  it("refuses a wallet that signs differently each time, and one that is a contract", async () => {
    let calls = 0;
    const random: SignUnlock = async (typedData) => (calls++ === 0 ? account : other).signTypedData(typedData);
    await expect(make([{ ...wallet, sign: random }])).rejects.toEqual(code("UNLOCK_NOT_DETERMINISTIC"));
    const contract: SignUnlock = async () => `0x${"ab".repeat(96)}`;
    await expect(make([{ ...wallet, sign: contract }])).rejects.toEqual(code("UNLOCK_UNSUPPORTED_WALLET"));
  });

  it("says what is wrong with a recovery code", () => {
    expect(() => normalizeRecoveryCode("ABCD")).toThrow(code("RECOVERY_CODE_MALFORMED"));
    expect(() => normalizeRecoveryCode("U".repeat(32))).toThrow(code("RECOVERY_CODE_MALFORMED"));
    expect(generateRecoveryCode()).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
  });
});

describe("the document of a vault", () => {
  it("O02 is opened with none of its values altered", async () => {
    const { document, recovery } = await make([wallet, passkey]);
    const json = toJson<Json>(document);
    const paths = json.methods.flatMap((method, index) =>
      Object.keys(method).map((name) => ({
        name,
        alter: ({ methods }: Json, value: string) => (methods[index]![name] = value),
      })),
    );
    expect(paths).toHaveLength(5 + 6 + 6);
    for (const { name, alter } of paths) {
      const changed = structuredClone(json);
      alter(
        changed,
        { type: "recovery", wallet: other.address.toLowerCase(), ct: toBase64Url(randomBytes(48)) }[name] ??
          toBase64Url(randomBytes(32)),
      );
      if (equalBytes(fromJson(changed), document)) continue;
      await expect(unlockVault(context, fromJson(changed), recovery), name).rejects.toEqual(failed);
    }
    const changed = { ...json, ct: toBase64Url(randomBytes(200)) };
    await expect(unlockVault(context, fromJson(changed), recovery)).rejects.toEqual(failed);
  });

  it("O02 O26 is opened with no way to open dropped, added, exchanged or moved", async () => {
    const { document, recovery, open } = await make([wallet, passkey]);
    const earlier = toJson<Json>(document);
    const { document: next } = await sealVault(
      context,
      removeMethod(open, ({ type }) => type === "passkey"),
    );
    const json = toJson<Json>(next);
    const [walletMethod, recoveryMethod] = json.methods;
    expect(json.methods).toHaveLength(2);
    const sets = [
      [recoveryMethod],
      [recoveryMethod, walletMethod],
      [walletMethod, walletMethod, recoveryMethod],
      [walletMethod, earlier.methods[1], recoveryMethod],
      [earlier.methods[0], recoveryMethod],
      [{ ...walletMethod, passcode: { salt: toBase64Url(randomBytes(32)), iterations: 600_000 } }, recoveryMethod],
    ];
    await unlockVault(context, fromJson(json), recovery);
    for (const methods of sets)
      await expect(unlockVault(context, fromJson({ ...json, methods }), recovery)).rejects.toEqual(failed);
    await expect(unlockVault(context, fromJson({ ...json, ct: earlier.ct }), recovery)).rejects.toEqual(failed);
  });

  it("is refused when it is not one", async () => {
    const { document, recovery } = await make();
    const json = toJson<Json>(document);
    const [method] = json.methods;
    for (const changed of [
      { ...json, methods: {} },
      { ...json, methods: [null] },
      { ...json, methods: [{ ...method, type: "horoscope" }] },
      { ...json, methods: [{ ...method, wallet: "0x12" }] },
      { ...json, methods: [{ ...method, salt: "AA" }] },
      { ...json, methods: [{ ...method, passcode: { salt: method!["salt"], iterations: 1000 } }] },
      { ...json, methods: [{ ...method, passcode: { salt: method!["salt"], iterations: 1e12 } }] },
      { ...json, methods: Array.from({ length: MAX_METHODS + 1 }, () => method) },
    ])
      await expect(unlockVault(context, fromJson(changed), recovery)).rejects.toEqual(code("DOCUMENT_MALFORMED"));
    await expect(unlockVault(context, fromJson({ ...json, v: 3 }), recovery)).rejects.toEqual(code("DOCUMENT_VERSION"));
    await expect(unlockVault(context, utf8(" ".repeat(70_000)), recovery)).rejects.toEqual(code("DOCUMENT_MALFORMED"));
  });
});

describe("a passcode", () => {
  const passcode = "correct horse ﬁ";

  it("is needed beside the wallet's signature, in any spelling of the same characters", async () => {
    const { document } = await make([{ ...wallet, passcode }]);
    await unlockVault(context, document, { ...wallet, passcode: "correct horse fi" });
    await expect(unlockVault(context, document, { ...wallet, passcode: "correct horse" })).rejects.toEqual(failed);
    let asked = 0;
    const counting = { ...wallet, sign: (typedData: Parameters<SignUnlock>[0]) => (asked++, sign(typedData)) };
    await expect(unlockVault(context, document, counting)).rejects.toEqual(code("VAULT_PASSCODE_NEEDED"));
    expect(asked).toBe(0);
  });

  it("is stretched as RFC 7914, 11, says", async () => {
    const [once, often] = await Promise.all([
      stretchPasscode("passwd", utf8("salt"), 1),
      stretchPasscode("Password", utf8("NaCl"), 80_000),
    ]);
    expect(bytesToHex(once)).toBe("0x55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
    expect(bytesToHex(often)).toBe("0x4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56");
  });

  it("has eight characters at least, and is stretched by 600,000 rounds", async () => {
    await expect(make([{ ...wallet, passcode: "1234567" }])).rejects.toEqual(code("PASSCODE_TOO_SHORT"));
    const { document } = await make([{ ...wallet, passcode }]);
    expect(toJson<Json>(document).methods[0]!["passcode"]).toMatchObject({ iterations: 600_000 });
  });
});

describe("changing a vault", () => {
  it("adds and removes ways to open, and keeps every key", async () => {
    const { document, vault, recovery } = await make([]);
    const added = await addMethod(context, await openVault(context, document, recovery), passkey);
    const { document: second } = await sealVault(context, await addMethod(context, added, wallet));
    expect((await unlockVault(context, second, passkey)).identity.publicBytes).toEqual(vault.identity.publicBytes);
    const open = await openVault(context, second, wallet);
    const { document: third } = await sealVault(
      context,
      removeMethod(open, ({ type }) => type === "passkey"),
    );
    await expect(unlockVault(context, third, passkey)).rejects.toEqual(code("VAULT_METHOD_MISSING"));
    expect((await unlockVault(context, third, recovery)).reception.publicBytes).toEqual(vault.reception.publicBytes);
  });

  it("has one wallet, one recovery code, and each passkey once", async () => {
    let { open } = await make([wallet, passkey]);
    open = await addMethod(context, open, { ...passkey, salt: randomBytes(32) });
    open = await addMethod(context, open, { ...passkey, credential: randomBytes(20) });
    open = await addMethod(context, open, { ...wallet, passcode: "long enough" });
    ({ open } = await renewRecoveryCode(context, open));
    expect(open.methods.map(({ type }) => type).sort()).toEqual(["passkey", "passkey", "recovery", "wallet"]);
    for (let count = open.methods.length; count < MAX_METHODS; count++)
      open = await addMethod(context, open, { ...passkey, credential: randomBytes(20) });
    const more = { ...passkey, credential: randomBytes(20) };
    await expect(addMethod(context, open, more)).rejects.toEqual(code("VAULT_TOO_MANY_METHODS"));
  });

  it("never removes the recovery code, and so never the last way", async () => {
    const { open } = await make([]);
    expect(() => removeMethod(open, () => true)).toThrow(code("VAULT_METHOD_MISSING"));
    const { open: more } = await make([wallet]);
    expect(removeMethod(more, () => true).methods.map(({ type }) => type)).toEqual(["recovery"]);
  });

  it("renews the recovery code: the one before opens the vault no longer", async () => {
    const { open, recovery } = await make();
    const renewed = await renewRecoveryCode(context, open);
    const { document } = await sealVault(context, renewed.open);
    await unlockVault(context, document, { type: "recovery", code: renewed.recoveryCode });
    await expect(unlockVault(context, document, recovery)).rejects.toEqual(failed);
  });

  it("seals under a fresh vault key each time: who kept one that a removed way gave opens nothing later", async () => {
    const { document, open } = await make([passkey]);
    const vaultKeyOf = async (bytes: Uint8Array) => {
      const method = decodeVault(bytes).methods[0]!;
      const info = concat(vaultText(context, "wrap|"), canonicalBytes(describeMethod(method)));
      return hpkeOpen(await openMethod(context, method, passkey), method, info);
    };
    expect(await vaultKeyOf(document)).toEqual(await vaultKeyOf(document));
    expect(await vaultKeyOf((await sealVault(context, open)).document)).not.toEqual(await vaultKeyOf(document));
  });

  it("rotates the identity: what was sealed to any earlier key still opens, and epoch keys stay", async () => {
    const { open, vault, recovery } = await make();
    const [text, info] = [randomBytes(32), randomBytes(4)];
    const sealed = await hpkeSeal(vault.identity.publicBytes, text, info);
    const rotated = await rotateVault(await rotateVault(open));
    const { document } = await sealVault(context, rotated);
    const opened = await unlockVault(context, document, recovery);
    expect(opened.identity.publicBytes).not.toEqual(vault.identity.publicBytes);
    expect(await hpkeOpen(opened.identity, sealed, info)).toEqual(text);
    expect(opened.identity.earlier).toHaveLength(2);
    expect(opened.reception.publicBytes).toEqual(vault.reception.publicBytes);
  });

  it("is sealed anew for a successor: his wallet and a new code open it, and nothing that did before", async () => {
    const { open, vault, recovery } = await make([wallet, passkey]);
    const heir = {
      type: "wallet",
      address: other.address,
      sign: (data: Parameters<SignUnlock>[0]) => other.signTypedData(data),
    } as const;
    const renewed = await resealVault(context, open, [heir]);
    const { document } = await sealVault(context, renewed.open);
    const opened = await unlockVault(context, document, heir);
    expect(opened.identity.earlier!.map(({ publicBytes }) => publicBytes)).toEqual([vault.identity.publicBytes]);
    for (const opener of [wallet, passkey])
      await expect(unlockVault(context, document, opener)).rejects.toEqual(code("VAULT_METHOD_MISSING"));
    await expect(unlockVault(context, document, recovery)).rejects.toEqual(failed);
    await unlockVault(context, document, { type: "recovery", code: renewed.recoveryCode });
  });
});
