import type { JWK } from "jose";
import type { Bytes } from "../bytes.ts";
import { isCardKey, isCardSignedBy } from "../crypto/health-card.ts";
import { ChartkeyError } from "../errors.ts";
import { parseJson } from "../records/json.ts";
import { isJsonObject } from "../records/references.ts";
import { fetchIssuerKeys } from "../storage/issuer-keys.ts";
import type { HealthCard } from "./health-cards.ts";

/** What an issuer publishes: its keys, and of some keys which of their cards it took back. */
interface IssuerKeys {
  keys: readonly JWK[];
  /** By the name of the key, of each `rid`: the Unix seconds before which its cards were issued, Infinity when none are named. */
  revoked: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Keys of issuers, by what a file or an issuer says. */
export interface HealthCardKeys {
  /** Whether it says itself whose keys they are, as a list of issuers does; else whoever chose it says so. */
  namesIssuers: boolean;
  byIssuer: ReadonlyMap<string, IssuerKeys>;
}

/**
 * What holding a card against keys gave. `holds`: a key of this issuer signed it; `revocation` says whether the keys came with a list of what the
 * issuer took back, in which it is not. `revoked`: it is in that list. `fails`: the key of that name did not sign it. `unknownKey`: none of that name.
 */
export type HealthCardCheck =
  | { state: "holds"; revocation: "notListed" | "unknown" }
  | { state: "revoked" }
  | { state: "fails" }
  | { state: "unknownKey" };

/** Of a file of keys, in bytes: lists name thousands of issuers. */
export const MAX_CARD_KEYS = 20_000_000;
/** Keys of one issuer that are looked at, the first that are written down: every card of it is held against each. */
const MAX_ISSUER_KEYS = 200;

const malformed = () =>
  new ChartkeyError(
    "HEALTH_CARD_KEYS_MALFORMED",
    "This is neither an issuer's key file (jwks.json) nor a list of issuers with their keys. Nothing was checked with it.",
  );

const isKey = (value: unknown): value is JWK => isJsonObject(value) && typeof value["kty"] === "string";

/** What the places of a file say of one issuer, as far as they were read. */
interface FoundKeys {
  keys: JWK[];
  revoked: Map<string, Map<string, number>>;
}

const noKeys = (): FoundKeys => ({ keys: [], revoked: new Map() });

/** Takes what a list says of one card: `rid`, or `rid.<Unix seconds>` for cards issued before that. */
function addRevoked(revoked: Map<string, number>, listed: string): void {
  const [rid = "", seconds] = listed.split(".", 2);
  const before = seconds === undefined ? Infinity : Number(seconds);
  if (before > (revoked.get(rid) ?? -Infinity)) revoked.set(rid, before);
}

/** Takes what lists of keys say: a second list, as an issuer may publish one for each year, takes nothing back of the first. */
function addLists({ revoked }: FoundKeys, crls: unknown): void {
  if (!Array.isArray(crls)) return;
  for (const list of crls as unknown[]) {
    if (!isJsonObject(list)) continue;
    const { kid, method, rids } = list;
    if (typeof kid !== "string" || method !== "rid" || !Array.isArray(rids)) continue;
    const ofKey = revoked.get(kid) ?? new Map<string, number>();
    revoked.set(kid, ofKey);
    for (const rid of rids as unknown[]) if (typeof rid === "string") addRevoked(ofKey, rid);
  }
}

/** Takes what one place of a file says of an issuer, in the time that reading it takes; false when it has no keys written down. */
function addKeys(found: FoundKeys, { keys, crls }: Record<string, unknown>): boolean {
  if (!Array.isArray(keys)) return false;
  for (const key of keys as unknown[]) if (isKey(key) && found.keys.length < MAX_ISSUER_KEYS) found.keys.push(key);
  addLists(found, crls);
  return true;
}

/**
 * Reads an issuer's key file, a JWK Set (RFC 7517), or a list of issuers with their keys, in the form of the VCI directory's snapshot. An
 * issuer is known by its URL as it is written, letter by letter, without a slash at its end, as SMART Health Cards have it (`iss`): another
 * spelling is another issuer. Throws `HEALTH_CARD_KEYS_MALFORMED`.
 * @see https://spec.smarthealth.cards/#health-cards-are-encoded-as-compact-serialization-json-web-signatures-jws
 * @param issuer whose key file it is, when it names none
 */
export function readHealthCardKeys(file: Bytes, issuer: string): HealthCardKeys {
  let value: unknown;
  try {
    ({ value } = parseJson(file, { maxBytes: MAX_CARD_KEYS, maxDepth: 16 }));
  } catch {
    throw malformed();
  }
  if (!isJsonObject(value)) throw malformed();
  const { issuerInfo } = value;
  if (!Array.isArray(issuerInfo)) {
    const own = noKeys();
    if (!addKeys(own, value)) throw malformed();
    return { namesIssuers: false, byIssuer: new Map([[issuer, own]]) };
  }
  const byIssuer = new Map<string, FoundKeys>();
  for (const each of issuerInfo.filter(isJsonObject)) {
    const iss = isJsonObject(each["issuer"]) ? each["issuer"]["iss"] : undefined;
    if (typeof iss !== "string") continue;
    const found = byIssuer.get(iss) ?? noKeys();
    if (addKeys(found, each)) byIssuer.set(iss, found);
  }
  return { namesIssuers: true, byIssuer };
}

/**
 * Asks an issuer, at the address that its cards name, for its keys: it learns that somebody looks, and from where. Throws `HEALTH_CARD_ISSUER_SILENT`,
 * `HEALTH_CARD_KEYS_MALFORMED`.
 */
export async function requestHealthCardKeys(issuer: string): Promise<HealthCardKeys> {
  return readHealthCardKeys(await fetchIssuerKeys(issuer), issuer);
}

/** The first key of that name. */
async function keyNamed(kid: string, keys: readonly JWK[]): Promise<JWK | undefined> {
  for (const key of keys) if (await isCardKey(key, kid)) return key;
  return undefined;
}

/** Holds a card against the keys of the issuer that it names. Whether what it says is right, no key tells. */
export async function checkHealthCard(card: HealthCard, { byIssuer }: HealthCardKeys): Promise<HealthCardCheck> {
  const { keys, revoked } = byIssuer.get(card.issuer) ?? noKeys();
  const key = await keyNamed(card.kid, keys);
  if (key === undefined) return { state: "unknownKey" };
  if (!(await isCardSignedBy(card.jws, key))) return { state: "fails" };
  const rids = revoked.get(card.kid);
  if (rids === undefined || card.rid === undefined) return { state: "holds", revocation: "unknown" };
  const before = rids.get(card.rid);
  if (before !== undefined && card.issued < before) return { state: "revoked" };
  return { state: "holds", revocation: "notListed" };
}
