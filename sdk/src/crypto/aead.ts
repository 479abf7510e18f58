import { type Bytes, concat, copy, randomBytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { aesGcm } from "./aes-gcm.ts";
import { nodeModule } from "./node-module.ts";

interface NodeCrypto {
  hkdfSync(digest: "sha256", key: Bytes, salt: Bytes, info: Bytes, length: number): ArrayBuffer;
}

/** Node's own HKDF: for a record of a few kB, the two jobs of WebCrypto in a thread of their own are a third of all its work. */
const nodeCrypto = nodeModule<NodeCrypto>("node:crypto");

/** A non-extractable key that others are derived from. */
export function importHkdfKey(secret: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", copy(secret), "HKDF", false, ["deriveBits"]);
}

/** HKDF-SHA-256 (RFC 5869) of an imported key: `length` bytes. */
export async function hkdfFrom(key: CryptoKey, salt: Uint8Array, info: Uint8Array, length: number): Promise<Bytes> {
  const params = { name: "HKDF", hash: "SHA-256", salt: copy(salt), info: copy(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(params, key, length * 8));
}

/** HKDF-SHA-256 (RFC 5869): `length` bytes. */
export async function hkdf(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Promise<Bytes> {
  if (nodeCrypto !== undefined)
    return new Uint8Array(nodeCrypto.hkdfSync("sha256", copy(secret), copy(salt), copy(info), length));
  return hkdfFrom(await importHkdfKey(secret), salt, info, length);
}

/** AES-256-GCM of a small value: random 12-byte nonce, then ciphertext and tag. */
export async function sealSmall(key: Uint8Array, plaintext: Uint8Array, additionalData: Uint8Array): Promise<Bytes> {
  const iv = randomBytes(12);
  return concat(iv, ...(await (await aesGcm(key)).seal(iv, additionalData, plaintext)));
}

/** Opens `sealSmall`. Throws `CRYPTO_OPEN_FAILED` when the key, the data or what it is bound to differs. */
export async function openSmall(key: Uint8Array, sealed: Uint8Array, additionalData: Uint8Array): Promise<Bytes> {
  const cipher = await aesGcm(key);
  return cipher.open(sealed.subarray(0, 12), additionalData, sealed.subarray(12)).catch(() => {
    throw new ChartkeyError("CRYPTO_OPEN_FAILED", "This cannot be opened with this key, or it was altered.");
  });
}
