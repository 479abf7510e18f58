/** Public vectors (Wycheproof, RFC 9180) against the primitives that we use, in the form in which we use them. */
import {
  Aes128Gcm,
  Aes256Gcm,
  CipherSuite,
  DhkemP521HkdfSha512,
  DhkemX25519HkdfSha256,
  ExportOnly,
  HkdfSha256,
  HkdfSha512,
} from "@hpke/core";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Bytes, concat, utf8 } from "../../src/bytes.ts";
import { hkdf } from "../../src/crypto/aead.ts";
import { type NodeCrypto, nodeAesGcm, webAesGcm } from "../../src/crypto/aes-gcm.ts";
import { hpkeSeal, importIdentity } from "../../src/crypto/hpke.ts";
import { nodeModule } from "../../src/crypto/node-module.ts";
import { bytesOf, code } from "./payload-cases.ts";

const FOLDER = fileURLToPath(new URL("../../../../shared/data/vectors/", import.meta.url));
const present = existsSync(FOLDER);
if (!present)
  process.stdout.write("The public vectors are absent (../shared/data/vectors): only the built-in ones are tested.\n");

/** Files of the folder that nothing here uses yet: JWE belongs to sharing links, ML-KEM to the reserved hybrid suite. */
const UNUSED = ["wycheproof_json_web_encryption", "wycheproof_mlkem_768"];
/** Cases run of each file, for the last test. */
const counts = new Map<string, number>();

const hexOf = (bytes: Uint8Array | ArrayBuffer) => Buffer.from(new Uint8Array(bytes)).toString("hex");
const orRefused = (work: Promise<Uint8Array | ArrayBuffer>) => work.then(hexOf, () => "refused");

function load<Data>(name: string): Data {
  return JSON.parse(readFileSync(`${FOLDER}${name}.json`, "utf8")) as Data;
}

type Case<Test> = Test & { result: "valid" | "invalid" | "acceptable"; tcId: number; flags: string[] };

/** The cases of a Wycheproof file whose group is `wanted`, counted. */
function wycheproof<Test>(
  name: string,
  wanted: (group: Record<string, unknown>) => boolean = () => true,
): Case<Test>[] {
  type Group = { tests: Case<Test>[] } & Record<string, unknown>;
  const cases = load<{ testGroups: Group[] }>(name)
    .testGroups.filter(wanted)
    .flatMap(({ tests }) => tests);
  counts.set(name, cases.length);
  return cases;
}

/** What a case must give: the right result, a refusal, or (acceptable) one of both. */
function check({ tcId, result }: Case<unknown>, given: string, right: string): void {
  if (given !== "refused") expect(given === right, `case ${tcId}`).toBe(result !== "invalid");
  else expect(result, `case ${tcId}`).not.toBe("valid");
}

describe("public vectors", () => {
  it("RFC 5869, A.1: HKDF-SHA-256", async () => {
    const okm = await hkdf(
      bytesOf("0b".repeat(22)),
      bytesOf("000102030405060708090a0b0c"),
      bytesOf("f0f1f2f3f4f5f6f7f8f9"),
      42,
    );
    expect(hexOf(okm)).toBe("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  });

  it.runIf(present)("Wycheproof HKDF-SHA-256", async () => {
    type Vector = Record<"ikm" | "salt" | "info" | "okm", string> & { size: number };
    for (const vector of wycheproof<Vector>("wycheproof_hkdf_sha256")) {
      const { ikm, salt, info, size, okm } = vector;
      check(vector, await orRefused(hkdf(bytesOf(ikm), bytesOf(salt), bytesOf(info), size)), okm);
    }
  });

  it.runIf(present)("Wycheproof AES-GCM with 96-bit nonces, keys of 128 and 256 bits, sealed and opened", async () => {
    type Vector = Record<"key" | "iv" | "aad" | "msg" | "ct" | "tag", string>;
    // WebCrypto has no AES-192 in browsers, and we use no other nonce.
    const wanted = ({ keySize, ivSize }: Record<string, unknown>) => keySize !== 192 && ivSize === 96;
    for (const vector of wycheproof<Vector>("wycheproof_aes_gcm", wanted)) {
      const { key, iv, aad, msg, ct, tag, result } = vector;
      for (const cipher of [
        await webAesGcm(bytesOf(key)),
        nodeAesGcm(nodeModule<NodeCrypto>("node:crypto")!, bytesOf(key)),
      ]) {
        check(vector, await orRefused(cipher.open(bytesOf(iv), bytesOf(aad), bytesOf(ct + tag))), msg);
        const sealed = hexOf(concat(...(await cipher.seal(bytesOf(iv), bytesOf(aad), bytesOf(msg)))));
        expect(sealed === ct + tag, `case ${vector.tcId}`).toBe(result === "valid");
      }
    }
  });

  it.runIf(present)("Wycheproof AES-KW, keys of 128 and 256 bits", async () => {
    type Vector = Record<"key" | "msg" | "ct", string>;
    const hmac = { name: "HMAC", hash: "SHA-256" };
    for (const vector of wycheproof<Vector>("wycheproof_aes_wrap", ({ keySize }) => keySize !== 192)) {
      const { key, msg, ct } = vector;
      const unwrap = async () => {
        const wrapping = await crypto.subtle.importKey("raw", bytesOf(key), "AES-KW", false, ["unwrapKey"]);
        const unwrapped = await crypto.subtle.unwrapKey("raw", bytesOf(ct), wrapping, "AES-KW", hmac, true, ["sign"]);
        return crypto.subtle.exportKey("raw", unwrapped);
      };
      check(vector, await orRefused(unwrap()), msg);
    }
  });

  it.runIf(present)("O05 Wycheproof X25519, through our import of private keys; low order is refused", async () => {
    type Vector = Record<"public" | "private" | "shared", string>;
    let lowOrder = 0;
    for (const vector of wycheproof<Vector>("wycheproof_x25519")) {
      const { privateKey } = await importIdentity(bytesOf(vector.private));
      const key = await crypto.subtle.importKey("raw", bytesOf(vector.public), "X25519", false, []);
      const given = await orRefused(crypto.subtle.deriveBits({ name: "X25519", public: key }, privateKey, 256));
      check(vector, given, vector.shared);
      if (!/^0+$/.test(vector.shared)) continue;
      lowOrder++;
      expect(given, `case ${vector.tcId}`).toBe("refused");
      const sealing = hpkeSeal(bytesOf(vector.public), utf8("key"), utf8("info"));
      await expect(sealing, `case ${vector.tcId}`).rejects.toEqual(code("CRYPTO_BAD_PUBLIC_KEY"));
    }
    expect(lowOrder).toBeGreaterThan(5);
  });

  it.runIf(present)("Wycheproof X25519 keys as JWK", async () => {
    type Vector = { public: JsonWebKey; private: JsonWebKey; shared: string };
    for (const vector of wycheproof<Vector>("wycheproof_x25519_jwk")) {
      const derive = async () => {
        const mine = await crypto.subtle.importKey("jwk", vector.private, "X25519", false, ["deriveBits"]);
        const theirs = await crypto.subtle.importKey("jwk", vector.public, "X25519", false, []);
        return crypto.subtle.deriveBits({ name: "X25519", public: theirs }, mine, 256);
      };
      check(vector, await orRefused(derive()), vector.shared);
    }
  });

  it.runIf(present)(
    "RFC 9180, base mode: our KEM and KDF, and AES-256-GCM, which it has with P-521 alone",
    async () => {
      type Vector = Record<"mode" | "kem_id" | "kdf_id" | "aead_id", number> &
        Record<"skRm" | "pkRm" | "ikmR" | "ikmE" | "enc" | "info", string> & {
          encryptions: Record<"sequence number" | "aad" | "ct" | "pt", string>[];
        };
      const suites = new Map([
        [
          "32-1-1",
          () => new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes128Gcm() }),
        ],
        [
          "32-1-65535",
          () => new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new ExportOnly() }),
        ],
        [
          "18-3-2",
          () => new CipherSuite({ kem: new DhkemP521HkdfSha512(), kdf: new HkdfSha512(), aead: new Aes256Gcm() }),
        ],
      ]);
      let opened = 0;
      for (const vector of load<Vector[]>("rfc9180_hpke").filter(({ mode }) => mode === 0)) {
        const suite = suites.get(`${vector.kem_id}-${vector.kdf_id}-${vector.aead_id}`)?.();
        if (suite === undefined) continue;
        counts.set("rfc9180_hpke", (counts.get("rfc9180_hpke") ?? 0) + 1);
        const derived = await suite.kem.deriveKeyPair(bytesOf(vector.ikmR));
        expect(hexOf(await suite.kem.serializePublicKey(derived.publicKey))).toBe(vector.pkRm);
        const identity = vector.kem_id === 32 ? await importIdentity(bytesOf(vector.skRm)) : derived;
        expect(hexOf(await suite.kem.serializePublicKey(identity.publicKey))).toBe(vector.pkRm);
        const info = bytesOf(vector.info);
        const recipient = await suite.createRecipientContext({
          recipientKey: identity,
          enc: bytesOf(vector.enc),
          info,
        });
        const sender = await suite.createSenderContext({
          recipientPublicKey: derived.publicKey,
          info,
          ekm: await suite.kem.deriveKeyPair(bytesOf(vector.ikmE)),
        });
        expect(hexOf(sender.enc)).toBe(vector.enc);
        const listed = new Map(vector.encryptions.map((entry) => [Number(entry["sequence number"]), entry]));
        for (let sequence = 0; sequence <= Math.max(-1, ...listed.keys()); sequence++) {
          const entry = listed.get(sequence);
          const [plaintext, aad] = [bytesOf(entry?.pt ?? ""), bytesOf(entry?.aad ?? "")];
          const sealed: Bytes = new Uint8Array(await sender.seal(plaintext, aad));
          if (entry !== undefined) expect(hexOf(sealed), `sequence ${sequence}`).toBe(entry.ct);
          expect(hexOf(await recipient.open(sealed, aad))).toBe(hexOf(plaintext));
          if (entry !== undefined) opened++;
        }
      }
      expect(opened).toBe(12);
      expect(counts.get("rfc9180_hpke")).toBe(3);
    },
  );

  it.runIf(present)("every file of the folder was used, or is named as not used", () => {
    const names = readdirSync(FOLDER).flatMap((name) => (name.endsWith(".json") ? [name.slice(0, -5)] : []));
    const used = names.filter((name) => !UNUSED.includes(name));
    for (const name of used) expect(counts.get(name) ?? 0, name).toBeGreaterThan(0);
    const lines = used.map((name) => `${name}: ${counts.get(name)} cases`);
    process.stdout.write(`${lines.join("\n")}\n`);
  });
});
