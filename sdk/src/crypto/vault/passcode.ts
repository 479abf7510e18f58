import { type Bytes, copy, utf8 } from "../../bytes.ts";
import { ChartkeyError } from "../../errors.ts";

/** Rounds for a new passcode. OWASP asks for 600,000 with HMAC-SHA-256. */
export const PASSCODE_ROUNDS = 600_000;
/** A document that asks for more is damaged: it would hold up the device. */
export const MAX_PASSCODE_ROUNDS = 10_000_000;
/** Fewest characters of a new passcode (NIST SP 800-63B-4, 3.1.1.2: 8 beside another factor). */
const MIN_LENGTH = 8;

/** Throws `PASSCODE_TOO_SHORT` for a new passcode of fewer than 8 characters. */
export function checkPasscode(passcode: string): void {
  if ([...passcode.normalize("NFKC")].length < MIN_LENGTH)
    throw new ChartkeyError(
      "PASSCODE_TOO_SHORT",
      `A passcode has at least ${MIN_LENGTH} characters. Choose a longer one.`,
    );
}

/** PBKDF2-HMAC-SHA-256 (RFC 8018, 5.2) of a passcode in NFKC and UTF-8: 32 bytes. */
export async function stretchPasscode(passcode: string, salt: Uint8Array, iterations: number): Promise<Bytes> {
  const password = utf8(passcode.normalize("NFKC"));
  const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
  const params = { name: "PBKDF2", hash: "SHA-256", salt: copy(salt), iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(params, key, 256));
}
