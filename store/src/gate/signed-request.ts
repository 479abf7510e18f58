import type { CID } from "multiformats/cid";
import { dagKey, parseCid } from "../cid.ts";
import { StoreError } from "../errors.ts";
import { CLOCK_SKEW_MS, isSignedWith } from "./certificate.ts";
import type { Scope } from "./scope.ts";
import { parseScope } from "./scope.ts";
import type { Session } from "./sessions.ts";

/** Header of every request for private bytes: `<base64url of JSON>.<base64url of the session key's signature>`. */
export const REQUEST_HEADER = "x-chartkey-request";

/** What is asked for. A signature for the one is worth nothing for the others. */
export type Act = "delivery" | "removal" | "renewal";

/** What a client signs for one delivery, removal or renewal of a link; the signature is its receipt. */
export interface SignedRequest {
  /** The header's two parts, as they were sent. */
  readonly text: string;
  readonly signature: string;
  /** What the reader believes that the file belongs to. */
  readonly scope: Scope;
}

const MAX_CHARACTERS = 2_048;

const refused = (message: string): StoreError => new StoreError("STORE_UNAUTHORIZED", `signed request: ${message}`);

/**
 * Checks the signed request for a file: `{v: 1, store, cid, time, nonce, kind, owner, categories}`, `time` in Unix seconds. It works once.
 * @throws StoreError STORE_UNAUTHORIZED, STORE_REQUEST_INVALID, STORE_CID_INVALID
 */
export async function takeRequest(
  act: Act,
  header: string | string[] | undefined,
  cid: CID,
  session: Session,
  isOwnOrigin: (origin: string) => boolean,
): Promise<SignedRequest> {
  const [text, signature, ...more] = typeof header === "string" ? header.split(".") : [];
  if (!text || !signature || more.length > 0) throw refused("missing");
  if (text.length > MAX_CHARACTERS) throw refused("too long");
  if (!(await isSignedWith(session.key, `chartkey/${act}/1|${text}`, signature))) throw refused("false signature");
  const { v, store, time, nonce, ...rest } = parseFields(text);
  if (v !== 1 || typeof store !== "string" || !isOwnOrigin(store)) throw refused("for another store");
  if (typeof rest["cid"] !== "string" || dagKey(parseCid(rest["cid"])) !== dagKey(cid))
    throw refused("for another file");
  const age = typeof time === "number" ? Math.abs(Date.now() - time * 1000) : Infinity;
  if (!(age <= CLOCK_SKEW_MS)) throw refused("too old, or from the future; set the clock");
  if (typeof nonce !== "string" || !/^[0-9A-Za-z_-]{16,64}$/.test(nonce)) throw refused("no nonce");
  useOnce(session.seen, nonce);
  const { kind, owner, categories } = rest;
  return { text, signature, scope: parseScope({ kind, owner, categories }) };
}

function parseFields(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw refused("not JSON");
}

/** The clock's skew counts twice: a request from the future can be used that much longer. */
function useOnce(seen: Map<string, number>, nonce: string): void {
  const now = Date.now();
  for (const [old, until] of seen) {
    if (until > now) break;
    seen.delete(old);
  }
  if (seen.has(nonce)) throw refused("used before");
  seen.set(nonce, now + 2 * CLOCK_SKEW_MS);
}
