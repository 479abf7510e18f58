import type { Bytes } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { fetchCapped } from "./fetch.ts";

/** Largest key file of one issuer, in bytes. */
const MAX_KEYS = 1 << 20;

/** Fetches the key file (JWK Set) that an issuer of SMART Health Cards publishes. Throws `HEALTH_CARD_ISSUER_SILENT`. */
export async function fetchIssuerKeys(issuer: string): Promise<Bytes> {
  const { host } = new URL(issuer);
  try {
    return await fetchCapped(`${issuer}/.well-known/jwks.json`, MAX_KEYS);
  } catch (error) {
    if (!(error instanceof ChartkeyError)) throw error;
    throw new ChartkeyError(
      "HEALTH_CARD_ISSUER_SILENT",
      `${host} did not give its keys, or does not let this page ask it. Nothing was checked. Save the issuer's key file yourself, and choose it.`,
      { details: { host } },
    );
  }
}
