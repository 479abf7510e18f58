import { type Bytes, copy } from "../bytes.ts";
import { unshared } from "../chunks.ts";
import { nodeModule } from "./node-module.ts";

/** Bytes of the tag that AES-GCM adds. */
export const TAG = 16;

/** AES-GCM (NIST SP 800-38D) under one key, with nonces of 12 bytes. */
export interface AesGcm {
  /** Ciphertext and tag, in one part or two. The plaintext was read when the promise is returned. */
  seal(iv: Uint8Array, additionalData: Uint8Array, plaintext: Uint8Array): Promise<Bytes[]>;
  /** Opens ciphertext and tag. The promise is rejected when key, nonce, additional data, ciphertext or tag differs. */
  open(iv: Uint8Array, additionalData: Uint8Array, sealed: Uint8Array): Promise<Bytes>;
}

interface Cipher {
  setAAD(data: Uint8Array): void;
  update(data: Uint8Array): Bytes;
  final(): Bytes;
}

/** What is used here of `node:crypto`. */
export interface NodeCrypto {
  createSecretKey(key: Uint8Array): object;
  createCipheriv(name: string, key: object, iv: Uint8Array): Cipher & { getAuthTag(): Bytes };
  createDecipheriv(
    name: string,
    key: object,
    iv: Uint8Array,
    options: { authTagLength: number },
  ): Cipher & { setAuthTag(tag: Uint8Array): void };
}

/** By WebCrypto, with a non-extractable key of 16 or 32 bytes. */
export async function webAesGcm(key: Uint8Array): Promise<AesGcm> {
  const imported = await crypto.subtle.importKey("raw", copy(key), "AES-GCM", false, ["encrypt", "decrypt"]);
  const params = (iv: Uint8Array, additionalData: Uint8Array) => ({
    name: "AES-GCM",
    iv: unshared(iv),
    additionalData: unshared(additionalData),
  });
  // WebCrypto has copied the data when it returns its promise (Web Cryptography API, 14.3.1, step 2).
  return {
    seal: async (iv, additionalData, plaintext) => [
      new Uint8Array(await crypto.subtle.encrypt(params(iv, additionalData), imported, unshared(plaintext))),
    ],
    open: async (iv, additionalData, sealed) =>
      new Uint8Array(await crypto.subtle.decrypt(params(iv, additionalData), imported, unshared(sealed))),
  };
}

/**
 * By `node:crypto`, with a key of 16 or 32 bytes: WebCrypto there takes a job in another thread and three copies for each call, more
 * than the cipher itself.
 */
export function nodeAesGcm(node: NodeCrypto, key: Uint8Array): AesGcm {
  const name = `aes-${key.length * 8}-gcm`;
  const secret = node.createSecretKey(key);
  return {
    async seal(iv, additionalData, plaintext) {
      const cipher = node.createCipheriv(name, secret, iv);
      cipher.setAAD(additionalData);
      const ciphertext = plain(cipher.update(plaintext));
      cipher.final();
      return [ciphertext, plain(cipher.getAuthTag())];
    },
    async open(iv, additionalData, sealed) {
      const end = Math.max(sealed.length - TAG, 0);
      const decipher = node.createDecipheriv(name, secret, iv, { authTagLength: TAG });
      decipher.setAAD(additionalData);
      decipher.setAuthTag(sealed.subarray(end));
      const plaintext = plain(decipher.update(sealed.subarray(0, end)));
      decipher.final();
      return plaintext;
    },
  };
}

/** Without the methods of a Buffer, whose `slice` copies nothing. */
function plain({ buffer, byteOffset, length }: Bytes): Bytes {
  return new Uint8Array(buffer, byteOffset, length);
}

const nodeCrypto = nodeModule<NodeCrypto>("node:crypto");

/** In the way that is faster here. */
export async function aesGcm(key: Uint8Array): Promise<AesGcm> {
  return nodeCrypto === undefined ? webAesGcm(key) : nodeAesGcm(nodeCrypto, key);
}
