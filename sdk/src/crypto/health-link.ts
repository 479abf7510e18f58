import { type Bytes, randomBytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";

/** Of a SMART Health Link's key, in bytes. */
export const HEALTH_LINK_KEY_SIZE = 32;
/** Of a file that a link opens, in bytes after inflation: whoever wrote it chose how much a few sealed bytes unpack to. */
const MAX_FILE = 1 << 25;
/** Of its JWE, in characters. */
const MAX_JWE = 1 << 26;

/** A file as a link opens it. */
export interface HealthLinkFile {
  contentType: string;
  data: Bytes;
}

export const newHealthLinkKey = (): Bytes => randomBytes(HEALTH_LINK_KEY_SIZE);

/**
 * Seals a file for a SMART Health Link: compact JWE (RFC 7516), direct key, A256GCM, deflated. Each call has a nonce of its own, so that a
 * newer file may be sealed under the same link's key.
 */
export async function sealHealthLinkFile(key: Bytes, { contentType, data }: HealthLinkFile): Promise<string> {
  const { CompactEncrypt } = await import("jose");
  return new CompactEncrypt(data)
    .setProtectedHeader({ alg: "dir", enc: "A256GCM", zip: "DEF", cty: contentType })
    .encrypt(key);
}

/** Opens a file of a link; only algorithms of the specification count. Throws `HEALTH_LINK_FILE_DAMAGED`. */
export async function openHealthLinkFile(key: Bytes, jwe: string): Promise<HealthLinkFile> {
  const { compactDecrypt } = await import("jose");
  if (jwe.length <= MAX_JWE) {
    try {
      const { plaintext, protectedHeader } = await compactDecrypt(jwe.trim(), key, {
        keyManagementAlgorithms: ["dir"],
        contentEncryptionAlgorithms: ["A256GCM"],
        maxDecompressedLength: MAX_FILE,
      });
      return { contentType: protectedHeader.cty ?? "application/octet-stream", data: new Uint8Array(plaintext) };
    } catch {
      // The cause would hold nothing more, and must not hold what was opened in part.
    }
  }
  throw new ChartkeyError(
    "HEALTH_LINK_FILE_DAMAGED",
    "What this link opens was altered or is not whole, or the link's key is not its key. Nothing of it is shown. Ask for a new link.",
  );
}
