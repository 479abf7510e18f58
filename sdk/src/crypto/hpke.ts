import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { type Bytes, concat, copy, fromBase64Url } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";

/** HPKE (RFC 9180) base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** Name of the suite in documents. */
export const HPKE_SUITE = "X25519-HKDF-SHA256-AES256GCM";
/** RFC 9180, 7.1: DHKEM(X25519, HKDF-SHA256); the suite number that KeyDirectory knows. */
export const KEM_X25519 = 0x0020;

/** Encapsulated key (32 bytes) and ciphertext (plaintext + 16 bytes). */
export interface Sealed {
  enc: Bytes;
  ct: Bytes;
}

/** An opened identity: its private key cannot be exported. */
export interface Identity {
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  /** 32-byte u-coordinate (RFC 7748). */
  publicBytes: Bytes;
  /** The account's keys before this one, newest first: what was sealed to them still opens. */
  earlier?: readonly Identity[];
}

// RFC 8410 PKCS#8 of an X25519 private key: this prefix and the 32 bytes. WebCrypto has no raw import for private keys.
const PKCS8_PREFIX = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20);

/** Makes a random X25519 private key, 32 bytes. */
export async function generateIdentitySecret(): Promise<Bytes> {
  const pair = (await crypto.subtle.generateKey({ name: "X25519" }, true, ["deriveBits"])) as CryptoKeyPair;
  const jwk = await crypto.subtle.exportKey("jwk", pair.privateKey);
  return fromBase64Url(jwk.d, 32);
}

/** Imports a private key of 32 bytes so that it can be used but not read again (O04). */
export async function importIdentity(secret: Uint8Array): Promise<Identity> {
  const pkcs8 = concat(PKCS8_PREFIX, secret);
  const readable = await crypto.subtle.importKey("pkcs8", pkcs8, { name: "X25519" }, true, ["deriveBits"]);
  const jwk = await crypto.subtle.exportKey("jwk", readable);
  const publicBytes = fromBase64Url(jwk.x, 32);
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey("pkcs8", pkcs8, { name: "X25519" }, false, ["deriveBits"]),
    suite.kem.deserializePublicKey(publicBytes),
  ]);
  return { privateKey, publicKey, publicBytes };
}

/** Seals to a 32-byte public key. Throws `CRYPTO_BAD_PUBLIC_KEY` for keys of low order or wrong length (O05). */
export async function hpkeSeal(publicKey: Uint8Array, plaintext: Uint8Array, info: Uint8Array): Promise<Sealed> {
  try {
    const recipientPublicKey = await suite.kem.deserializePublicKey(copy(publicKey));
    const { enc, ct } = await suite.seal({ recipientPublicKey, info: copy(info) }, copy(plaintext));
    return { enc: new Uint8Array(enc), ct: new Uint8Array(ct) };
  } catch (cause) {
    throw new ChartkeyError(
      "CRYPTO_BAD_PUBLIC_KEY",
      "The reader's encryption key cannot be used. Ask them to publish a new one.",
      {
        cause,
      },
    );
  }
}

async function openWith({ privateKey, publicKey }: Identity, { enc, ct }: Sealed, info: Uint8Array) {
  try {
    return new Uint8Array(await suite.open({ recipientKey: { privateKey, publicKey }, enc, info: copy(info) }, ct));
  } catch {
    return undefined;
  }
}

/** Opens what was sealed to `identity`, or to a key that it replaced, with the same `info`. Throws `CRYPTO_OPEN_FAILED`. */
export async function hpkeOpen(identity: Identity, sealed: Sealed, info: Uint8Array): Promise<Bytes> {
  for (const key of [identity, ...(identity.earlier ?? [])]) {
    const opened = await openWith(key, sealed, info);
    if (opened !== undefined) return opened;
  }
  throw new ChartkeyError("CRYPTO_OPEN_FAILED", "This was not sealed to your key, or it was altered.");
}
