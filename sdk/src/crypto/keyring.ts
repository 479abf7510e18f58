import { type Bytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes, parseDocument } from "../json.ts";
import { type ChartContext, chartText } from "./epoch.ts";
import { type Identity, hpkeOpen, hpkeSeal } from "./hpke.ts";
import { type PayloadContext, contextText } from "./context.ts";
import { openPayload, sealPayload } from "./payload.ts";
import type { Reader } from "./wraps.ts";

/** Where the keys of one epoch of one category are filed. */
export interface PageReference {
  category: number;
  epoch: number;
  /** Codec and 0x-prefixed SHA-256 of the root block of the key page. */
  codec: 0 | 1;
  digest: `0x${string}`;
}

/** The keys that one reader was given, sealed to him. */
export interface KeyringGrant {
  to: string;
  keyVersion: number;
  hospital: number;
  expiry: number;
  categories: number[];
  enc: string;
  ct: string;
}

/** A keyring document (docs/protocol.md, Keys of the chart). */
export interface Keyring {
  number: number;
  /** Digest of the keyring before this one. */
  previous: string | null;
  /** Category -> epoch that new keys are filed under; 0 when absent. */
  epochs: Record<string, number>;
  pages: PageReference[];
  grants: KeyringGrant[];
}

/** A key of one epoch, as a reader gets it. */
export interface EpochKey {
  category: number;
  epoch: number;
  key: Bytes;
}

/** Record id -> content key. */
export type PageKeys = Map<string, Bytes>;

export function encodeKeyring(keyring: Keyring): Bytes {
  return canonicalBytes({ v: 1, ...keyring });
}

/** Parses a keyring. Throws `DOCUMENT_MALFORMED`, `DOCUMENT_VERSION`. */
export function decodeKeyring(bytes: Uint8Array): Keyring {
  const { number, previous, epochs, pages, grants } = parseDocument(bytes, "keyring");
  if (typeof number !== "number" || !Array.isArray(pages) || !Array.isArray(grants) || typeof epochs !== "object")
    throw new ChartkeyError(
      "DOCUMENT_MALFORMED",
      "The keyring document is damaged. The patient's program can rebuild it.",
    );
  return {
    number,
    previous: typeof previous === "string" ? previous : null,
    epochs: { ...epochs } as Record<string, number>,
    pages: pages as PageReference[],
    grants: grants as KeyringGrant[],
  };
}

function grantInfo(chart: ChartContext, to: string): Bytes {
  return utf8(`chartkey/grant/1|${chartText(chart)}|${to.toLowerCase()}`);
}

/** Seals epoch keys to one reader: one HPKE seal, whatever the number of records. */
export async function sealGrant(
  chart: ChartContext,
  reader: Reader,
  terms: { hospital: number; expiry: number },
  keys: EpochKey[],
): Promise<KeyringGrant> {
  const to = reader.account.toLowerCase();
  const plaintext = canonicalBytes({ keys: keys.map(({ key, ...rest }) => ({ ...rest, key: toBase64Url(key) })) });
  const { enc, ct } = await hpkeSeal(reader.publicKey, plaintext, grantInfo(chart, to));
  const categories = [...new Set(keys.map(({ category }) => category))].sort((left, right) => left - right);
  return { to, keyVersion: reader.keyVersion, ...terms, categories, enc: toBase64Url(enc), ct: toBase64Url(ct) };
}

/** Opens what `sealGrant` made. Throws `CRYPTO_OPEN_FAILED`, `BYTES_NOT_BASE64URL`. */
export async function openGrant(chart: ChartContext, grant: KeyringGrant, identity: Identity): Promise<EpochKey[]> {
  const sealed = { enc: fromBase64Url(grant.enc, 32), ct: fromBase64Url(grant.ct) };
  const plaintext = await hpkeOpen(identity, sealed, grantInfo(chart, grant.to));
  const { keys } = JSON.parse(fromUtf8(plaintext)) as { keys: { category: number; epoch: number; key: string }[] };
  return keys.map(({ category, epoch, key }) => ({ category, epoch, key: fromBase64Url(key, 32) }));
}

function pageContext({ chainId, registry, patient }: ChartContext, category: number): PayloadContext {
  return { chainId, registry, patient, author: patient, category };
}

/** Seals a key page under its epoch's key. */
export function sealPage(chart: ChartContext, { category, epoch, key }: EpochKey, keys: PageKeys): Promise<Bytes> {
  const entries = Object.fromEntries([...keys].map(([recordId, contentKey]) => [recordId, toBase64Url(contentKey)]));
  const data = canonicalBytes({ category, epoch, keys: entries });
  return sealPayload(key, pageContext(chart, category), { contentType: "application/json" }, data);
}

/** Opens a key page. Throws what `openPayload` throws, and `KEYRING_WRONG_PAGE` when the page is another's. */
export async function openPage(
  chart: ChartContext,
  { category, epoch, key }: EpochKey,
  page: Uint8Array,
): Promise<PageKeys> {
  const { data } = await openPayload(key, pageContext(chart, category), page);
  const content = JSON.parse(fromUtf8(data)) as { category: number; epoch: number; keys: Record<string, string> };
  if (content.category !== category || content.epoch !== epoch)
    throw new ChartkeyError(
      "KEYRING_WRONG_PAGE",
      `A key page of ${contextText(pageContext(chart, category))} is not the one announced.`,
    );
  return new Map(
    Object.entries(content.keys).map(([recordId, contentKey]) => [recordId, fromBase64Url(contentKey, 32)]),
  );
}
