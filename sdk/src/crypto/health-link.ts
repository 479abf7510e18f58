import { type Bytes, concat, fromBase64Url, fromUtf8, randomBytes, utf8 } from "../bytes.ts";
import { collect } from "../chunks.ts";
import { ChartkeyError } from "../errors.ts";
import { TAG, aesGcm } from "./aes-gcm.ts";
import { inflateRaw, partsOf } from "./compress.ts";

/** Of a SMART Health Link's key, in bytes. */
export const HEALTH_LINK_KEY_SIZE = 32;
/** Of a file that a link opens, in bytes after inflation: whoever wrote it chose how much a few sealed bytes unpack to. */
const MAX_FILE = 1 << 25;
/** Of a nonce of AES-GCM, in bytes. */
const IV = 12;
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

/** The parts of a compact JWE as the specification of links wants it; undefined for any other, which is split no further than to tell. */
function partsOfJwe(jwe: string) {
  const [header = "", encryptedKey, iv = "", ciphertext = "", tag = "", ...more] = jwe.split(".", 6);
  if (encryptedKey !== "" || more.length > 0) return undefined;
  const fields = JSON.parse(fromUtf8(fromBase64Url(header))) as Record<string, unknown>;
  const { alg, enc, zip, cty } = fields;
  if (alg !== "dir" || enc !== "A256GCM" || (zip !== undefined && zip !== "DEF") || "crit" in fields) return undefined;
  const contentType = typeof cty === "string" ? cty : "application/octet-stream";
  const sealed = concat(fromBase64Url(ciphertext), fromBase64Url(tag, TAG));
  return { header: utf8(header), isPacked: zip === "DEF", contentType, iv: fromBase64Url(iv, IV), sealed };
}

/** Opens a file of a link; only algorithms of the specification count. Throws `HEALTH_LINK_FILE_DAMAGED`. */
export async function openHealthLinkFile(key: Bytes, jwe: string): Promise<HealthLinkFile> {
  if (jwe.length <= MAX_JWE) {
    try {
      const parts = partsOfJwe(jwe.trim());
      if (parts !== undefined) {
        const { header, iv, sealed, isPacked, contentType } = parts;
        const opened = await (await aesGcm(key)).open(iv, header, sealed);
        // Not by jose, whose inflating has no bound: it gives the platform all at once.
        if (isPacked) return { contentType, data: await collect(inflateRaw(partsOf(opened), opened.length, MAX_FILE)) };
        return { contentType, data: opened };
      }
    } catch {
      // The cause would hold nothing more, and must not hold what was opened in part.
    }
  }
  throw new ChartkeyError(
    "HEALTH_LINK_FILE_DAMAGED",
    "What this link opens was altered or is not whole, or the link's key is not its key. Nothing of it is shown. Ask for a new link.",
  );
}
