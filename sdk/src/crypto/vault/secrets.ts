import { type Bytes, fromBase64Url, fromUtf8, randomBytes, toBase64Url } from "../../bytes.ts";
import { canonicalBytes } from "../../json.ts";
import { hkdfFrom, importHkdfKey } from "../aead.ts";
import { type Identity, generateIdentitySecret, importIdentity } from "../hpke.ts";
import { type VaultContext, vaultText } from "./context.ts";

/** What a vault seals. It exists in the clear only while a vault is made, opened or changed. */
export interface VaultSecrets {
  /** X25519 private keys of 32 bytes, the current one first: what was sealed to an earlier one still opens. */
  identities: [current: Bytes, ...earlier: Bytes[]];
  /** 32 bytes: every epoch key of the chart comes from it. */
  chartSecret: Bytes;
}

/** An unlocked vault. Kept in memory until lock, idle, or a change of account or chain. */
export interface Vault {
  identity: Identity;
  /** HKDF key: every epoch key of the owner's chart comes from it. Not extractable. */
  chartKey: CryptoKey;
  /** What cards are sealed to, of hospitals that the owner administers. */
  reception: Identity;
  /** The sealed document that it was opened from: it can be given back to a store that lost it. */
  document: Bytes;
}

export async function generateSecrets(): Promise<VaultSecrets> {
  return { identities: [await generateIdentitySecret()], chartSecret: randomBytes(32) };
}

/** Puts a new identity before the ones there are. */
export async function rotateIdentity({ identities, chartSecret }: VaultSecrets): Promise<VaultSecrets> {
  return { identities: [await generateIdentitySecret(), ...identities], chartSecret };
}

export function encodeSecrets({ identities, chartSecret }: VaultSecrets): Bytes {
  return canonicalBytes({ identities: identities.map(toBase64Url), chartSecret: toBase64Url(chartSecret) });
}

/** Reads what `encodeSecrets` wrote; it was authenticated under the vault key. */
export function decodeSecrets(bytes: Uint8Array): VaultSecrets {
  const { identities, chartSecret } = JSON.parse(fromUtf8(bytes)) as { identities: unknown[]; chartSecret: unknown };
  const [current, ...earlier] = identities.map((secret) => fromBase64Url(secret, 32));
  return { identities: [current!, ...earlier], chartSecret: fromBase64Url(chartSecret, 32) };
}

/** Turns secrets into keys that can be used and not read again (O04). */
export async function importSecrets(context: VaultContext, secrets: VaultSecrets, document: Bytes): Promise<Vault> {
  const chartKey = await importHkdfKey(secrets.chartSecret);
  const [current, ...earlier] = secrets.identities;
  const reception = await hkdfFrom(chartKey, new Uint8Array(), vaultText(context, "reception"), 32);
  return {
    identity: { ...(await importIdentity(current)), earlier: await Promise.all(earlier.map(importIdentity)) },
    chartKey,
    reception: await importIdentity(reception),
    document,
  };
}
