import { randomBytes } from "../../bytes.ts";
import { ChartkeyError } from "../../errors.ts";

// Crockford base32: no I, L, O, U; read back case-insensitively, O as 0, I and L as 1.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SYMBOLS = 32;
const GROUP = 4;

/** Makes a recovery code: 160 random bits as 8 groups of 4 characters, for paper. */
export function generateRecoveryCode(): string {
  const symbols = [...randomBytes(SYMBOLS)].map((byte) => ALPHABET[byte % ALPHABET.length]!).join("");
  return symbols.match(new RegExp(`.{${GROUP}}`, "g"))!.join("-");
}

/** The code as it is hashed. Throws `RECOVERY_CODE_MALFORMED`. */
export function normalizeRecoveryCode(text: string): string {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  if (code.length !== SYMBOLS || [...code].some((symbol) => !ALPHABET.includes(symbol)))
    throw new ChartkeyError(
      "RECOVERY_CODE_MALFORMED",
      "A recovery code has 32 letters and digits in 8 groups. Check what you typed.",
    );
  return code;
}
