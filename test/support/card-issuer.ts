/** An issuer of SMART Health Cards for tests, by the specification's own words and WebCrypto alone. */

const CARD_TYPE = "https://smarthealth.cards#health-card";
const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

const utf8 = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

function base64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** DEFLATE without a header. */
export async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Response(bytes).body!.pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

interface CardParts {
  claims?: Record<string, unknown>;
  vc?: Record<string, unknown>;
  subject?: Record<string, unknown>;
  header?: Record<string, unknown>;
  /** Alters the text of the claims before they are packed. */
  rewrite?: (claims: string) => string;
  /** Instead of the claims, as it is signed: packed or not. */
  payload?: Uint8Array<ArrayBuffer>;
}

export async function newCardIssuer(issuer = "https://clinic.example/cards") {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ECDSA, true, ["sign", "verify"]);
  const { x = "", y = "" } = await crypto.subtle.exportKey("jwk", publicKey);
  const thumbprint = await crypto.subtle.digest("SHA-256", utf8({ crv: "P-256", kty: "EC", x, y }));
  const kid = base64Url(new Uint8Array(thumbprint));
  const key = { kty: "EC", kid, use: "sig", alg: "ES256", crv: "P-256", x, y };
  /** A card of a Bundle of these resources, or whatever else it is to be. */
  async function issue(resources: unknown[], parts: CardParts = {}): Promise<string> {
    const { claims, vc, subject, header, rewrite = (text: string) => text, payload } = parts;
    const entry = resources.map((resource, place) => ({ fullUrl: `resource:${place}`, resource }));
    const fhirBundle = { resourceType: "Bundle", type: "collection", entry };
    const credentialSubject = { fhirVersion: "4.0.1", fhirBundle, ...subject };
    const body = { iss: issuer, nbf: 1_700_000_000, vc: { type: [CARD_TYPE], credentialSubject, ...vc }, ...claims };
    const head = base64Url(utf8({ zip: "DEF", alg: "ES256", kid, ...header }));
    const signed = `${head}.${base64Url(payload ?? (await deflated(utf8(rewrite(JSON.stringify(body))))))}`;
    return `${signed}.${base64Url(new Uint8Array(await crypto.subtle.sign(ECDSA, privateKey, utf8(signed))))}`;
  }
  return { issuer, kid, key, keyFile: utf8({ keys: [key] }), issue };
}

/** A file of cards. */
export const cardFile = (...cards: unknown[]) => utf8({ verifiableCredential: cards });
