/** Public vectors (Wycheproof, RFC 9180) against the primitives that we use, in the form in which we use them. */
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bytesToHex, hexToBytes } from "viem";
import { describe, expect, it } from "vitest";
import { copy } from "../../src/bytes.ts";
import { hkdf, importAesKey } from "../../src/crypto/aead.ts";
import { importIdentity } from "../../src/crypto/hpke.ts";

const FOLDER = fileURLToPath(new URL("../../../../shared/data/vectors/", import.meta.url));
const present = existsSync(FOLDER);
if (!present)
  process.stdout.write("The public vectors are absent (../shared/data/vectors): only the built-in ones are tested.\n");

const bytes = (hex: string) => copy(hexToBytes(`0x${hex}`));
const hexOf = (value: Uint8Array) => bytesToHex(value).slice(2);

interface Group<Test> {
  testGroups: ({ tests: (Test & { result: string; tcId: number })[] } & Record<string, unknown>)[];
}

function load<Data>(name: string): Data {
  return JSON.parse(readFileSync(`${FOLDER}${name}.json`, "utf8")) as Data;
}

describe("public vectors", () => {
  it("RFC 5869, A.1: HKDF-SHA-256", async () => {
    const okm = await hkdf(
      bytes("0b".repeat(22)),
      bytes("000102030405060708090a0b0c"),
      bytes("f0f1f2f3f4f5f6f7f8f9"),
      42,
    );
    expect(hexOf(okm)).toBe("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  });

  it.runIf(present)("Wycheproof HKDF-SHA-256", async () => {
    type Vector = { ikm: string; salt: string; info: string; size: number; okm: string };
    let checked = 0;
    for (const { tests } of load<Group<Vector>>("wycheproof_hkdf_sha256").testGroups)
      for (const { ikm, salt, info, size, okm, result } of tests) {
        const derived = await hkdf(bytes(ikm), bytes(salt), bytes(info), size).then(hexOf, () => "refused");
        expect(derived === okm).toBe(result === "valid");
        checked++;
      }
    expect(checked).toBeGreaterThan(50);
  });

  it.runIf(present)("Wycheproof AES-256-GCM with 96-bit nonces", async () => {
    type Vector = { key: string; iv: string; aad: string; msg: string; ct: string; tag: string };
    let checked = 0;
    for (const { tests, keySize, ivSize } of load<Group<Vector>>("wycheproof_aes_gcm").testGroups) {
      if (keySize !== 256 || ivSize !== 96) continue;
      for (const { key, iv, aad, msg, ct, tag, result } of tests) {
        const params = { name: "AES-GCM", iv: bytes(iv), additionalData: bytes(aad) };
        const opened = await crypto.subtle.decrypt(params, await importAesKey(bytes(key)), bytes(ct + tag)).then(
          (plain) => hexOf(new Uint8Array(plain)),
          () => "refused",
        );
        expect(opened === msg).toBe(result === "valid");
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(40);
  });

  it.runIf(present)("RFC 9180, base mode: DHKEM(X25519, HKDF-SHA256) with our imported private keys", async () => {
    type Vector = Record<"mode" | "kem_id" | "kdf_id" | "aead_id", number> &
      Record<"skRm" | "pkRm" | "enc" | "info", string> & { encryptions: Record<"aad" | "ct" | "pt", string>[] };
    // The RFC has no vector of X25519 with AES-256-GCM: the KEM, the key schedule and our key import are checked with AES-128-GCM.
    const vectors = load<Vector[]>("rfc9180_hpke").filter(
      ({ mode, kem_id, aead_id }) => mode === 0 && kem_id === 0x20 && aead_id === 1,
    );
    const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() });
    expect(vectors).toHaveLength(1);
    for (const { skRm, pkRm, enc, info, encryptions } of vectors) {
      const identity = await importIdentity(bytes(skRm));
      expect(hexOf(identity.publicBytes)).toBe(pkRm);
      const { aad, ct, pt } = encryptions[0]!;
      const recipient = { recipientKey: identity, enc: bytes(enc), info: bytes(info) };
      expect(hexOf(new Uint8Array(await suite.open(recipient, bytes(ct), bytes(aad))))).toBe(pt);
    }
  });
});
