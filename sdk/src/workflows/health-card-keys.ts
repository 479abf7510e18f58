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
  /** By the name of the key, as written there: `rid`, or `rid.<Unix seconds>` for cards issued before that. */
  revoked: ReadonlyMap<string, readonly string[]>;
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

const malformed = () =>
  new ChartkeyError(
    "HEALTH_CARD_KEYS_MALFORMED",
    "This is neither an issuer's key file (jwks.json) nor a list of issuers with their keys. Nothing was checked with it.",
  );

const isKey = (value: unknown): value is JWK => isJsonObject(value) && typeof value["kty"] === "string";

/** All that lists of one key say: a second list, as an issuer may publish one for each year, takes nothing back of the first. */
function revokedOf(crls: unknown): Map<string, readonly string[]> {
  const revoked = new Map<string, readonly string[]>();
  for (const { kid, method, rids } of Array.isArray(crls) ? crls.filter(isJsonObject) : []) {
    if (typeof kid !== "string" || method !== "rid" || !Array.isArray(rids)) continue;
    const named = rids.filter((rid) => typeof rid === "string");
    revoked.set(kid, [...(revoked.get(kid) ?? []), ...named]);
  }
  return revoked;
}

/** What two places of a list say of one issuer. */
function merged(one: IssuerKeys | undefined, other: IssuerKeys): IssuerKeys {
  if (one === undefined) return other;
  const revoked = new Map(one.revoked);
  for (const [kid, rids] of other.revoked) revoked.set(kid, [...(revoked.get(kid) ?? []), ...rids]);
  return { keys: [...one.keys, ...other.keys], revoked };
}

/** Keys of one issuer; undefined when it has none written down. */
function issuerKeysOf({ keys, crls }: Record<string, unknown>): IssuerKeys | undefined {
  if (!Array.isArray(keys)) return undefined;
  return { keys: keys.filter(isKey), revoked: revokedOf(crls) };
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
    const own = issuerKeysOf(value);
    if (own === undefined) throw malformed();
    return { namesIssuers: false, byIssuer: new Map([[issuer, own]]) };
  }
  const byIssuer = new Map<string, IssuerKeys>();
  for (const each of issuerInfo.filter(isJsonObject)) {
    const found = issuerKeysOf(each);
    const iss = isJsonObject(each["issuer"]) ? each["issuer"]["iss"] : undefined;
    if (found !== undefined && typeof iss === "string") byIssuer.set(iss, merged(byIssuer.get(iss), found));
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

function isRevoked({ rid, issued }: HealthCard, rids: readonly string[]): boolean {
  return rids.some((one) => {
    const [listed, before] = one.split(".");
    return listed === rid && (before === undefined || issued < Number(before));
  });
}

/** Holds a card against the keys of the issuer that it names. Whether what it says is right, no key tells. */
export async function checkHealthCard(card: HealthCard, { byIssuer }: HealthCardKeys): Promise<HealthCardCheck> {
  const { keys, revoked } = byIssuer.get(card.issuer) ?? { keys: [], revoked: new Map<string, readonly string[]>() };
  const named: JWK[] = [];
  for (const key of keys) if (await isCardKey(key, card.kid)) named.push(key);
  const [key] = named;
  if (key === undefined) return { state: "unknownKey" };
  if (!(await isCardSignedBy(card.jws, key))) return { state: "fails" };
  const rids = revoked.get(card.kid);
  if (rids === undefined || card.rid === undefined) return { state: "holds", revocation: "unknown" };
  return isRevoked(card, rids) ? { state: "revoked" } : { state: "holds", revocation: "notListed" };
}
