import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** What is kept of a passcode: salt and scrypt hash (RFC 7914), base64url. */
export interface PasscodeHash {
  readonly salt: string;
  readonly hash: string;
}

/** OWASP's least parameters for scrypt; 32 MiB and some 150 ms a try. */
const PARAMETERS = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;

function derive(passcode: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same words from another keyboard are the same passcode.
    scrypt(passcode.normalize("NFKC"), salt, HASH_BYTES, PARAMETERS, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

export async function hashPasscode(passcode: string): Promise<PasscodeHash> {
  const salt = randomBytes(16);
  return { salt: salt.toString("base64url"), hash: (await derive(passcode, salt)).toString("base64url") };
}

export async function isPasscode({ salt, hash }: PasscodeHash, passcode: string): Promise<boolean> {
  return timingSafeEqual(await derive(passcode, Buffer.from(salt, "base64url")), Buffer.from(hash, "base64url"));
}
