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

/** What a client signs for several files of one scope, which it names in this order. */
export interface SignedGroup extends SignedRequest {
  readonly cids: readonly CID[];
}

/** Most files of one signed request. */
export const MAX_GROUP = 64;

const MAX_CHARACTERS = 2_048;
/** A CID has at most 64 characters, of which base64url makes 86. */
export const MAX_GROUP_CHARACTERS = MAX_CHARACTERS + MAX_GROUP * 128;

/** All that may be signed, by the version of the form: whatever else is in a receipt, its reader would fill the patient's list with. */
const FIELDS = {
  1: ["v", "store", "cid", "time", "nonce", "kind", "owner", "categories"],
  2: ["v", "store", "cids", "time", "nonce", "kind", "owner", "categories"],
} as const;

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
  const { text, signature, fields } = await checked(act, 1, header, session, isOwnOrigin);
  if (dagKey(parseNamed(fields["cid"])) !== dagKey(cid)) throw refused("for another file");
  return { text, signature, scope: take(fields, session) };
}

/**
 * Checks the signed request for several files: `{v: 2, store, cids, time, nonce, kind, owner, categories}`. It works once.
 * @throws StoreError STORE_UNAUTHORIZED, STORE_REQUEST_INVALID, STORE_CID_INVALID
 */
export async function takeGroup(
  request: string,
  session: Session,
  isOwnOrigin: (origin: string) => boolean,
): Promise<SignedGroup> {
  const { text, signature, fields } = await checked("delivery", 2, request, session, isOwnOrigin);
  const { cids } = fields;
  const isList = Array.isArray(cids) && cids.length > 0 && cids.length <= MAX_GROUP;
  if (!isList) throw refused(`not for 1 to ${MAX_GROUP} files`);
  const files = cids.map(parseNamed);
  if (new Set(files.map(dagKey)).size !== files.length) throw refused("one file named twice");
  return { text, signature, scope: take(fields, session), cids: files };
}

/** A reader of the receipt knows one spelling. @throws StoreError STORE_UNAUTHORIZED, STORE_CID_INVALID */
function parseNamed(text: unknown): CID {
  const cid = parseCid(String(text));
  if (cid.toString() !== text) throw refused("a CID in another spelling");
  return cid;
}

/** What a session signed now, for this store, by the version of its form. */
async function checked(
  act: Act,
  version: 1 | 2,
  header: string | string[] | undefined,
  session: Session,
  isOwnOrigin: (origin: string) => boolean,
): Promise<Pick<SignedRequest, "text" | "signature"> & { fields: Record<string, unknown> }> {
  const [text, signature, ...more] = typeof header === "string" ? header.split(".") : [];
  if (!text || !signature || more.length > 0) throw refused("missing");
  if (text.length > (version === 1 ? MAX_CHARACTERS : MAX_GROUP_CHARACTERS)) throw refused("too long");
  if (!(await isSignedWith(session.key, `chartkey/${act}/1|${text}`, signature))) throw refused("false signature");
  const fields = parseFields(text);
  const { v, store, time } = fields;
  const known: readonly string[] = FIELDS[version];
  if (v !== version || typeof store !== "string" || !isOwnOrigin(store)) throw refused("for another store");
  if (!Object.keys(fields).every((name) => known.includes(name))) throw refused("with a field that nobody asked for");
  const age = typeof time === "number" ? Math.abs(Date.now() - time * 1000) : Infinity;
  if (!(age <= CLOCK_SKEW_MS)) throw refused("too old, or from the future; set the clock");
  return { text, signature, fields };
}

/** Takes the nonce, and gives the scope that the reader believes in. */
function take({ nonce, kind, owner, categories }: Record<string, unknown>, session: Session): Scope {
  if (categories !== undefined && typeof categories !== "number") throw refused("categories that are no number");
  if (kind !== "chart" && categories !== undefined) throw refused("categories of what has none");
  if (kind === "public" && owner !== undefined) throw refused("an owner of what has none");
  if (typeof nonce !== "string" || !/^[0-9A-Za-z_-]{16,64}$/.test(nonce)) throw refused("no nonce");
  if (!session.takeNonce(nonce)) throw refused("used before");
  return parseScope({ kind, owner, categories });
}

function parseFields(text: string): Record<string, unknown> {
  try {
    const bytes = Buffer.from(text, "base64url");
    if (bytes.toString("base64url") !== text) throw refused("base64url in another spelling");
    const value: unknown = JSON.parse(bytes.toString());
    // No blank, no field twice.
    if (!Buffer.from(JSON.stringify(value)).equals(bytes)) throw refused("JSON in another spelling");
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw refused("not JSON");
}
