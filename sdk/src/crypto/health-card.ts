import type { JWK } from "jose";
import { type Bytes, concat, fromBase64Url } from "../bytes.ts";
import { inflateRaw, partsOf } from "./compress.ts";

/** What is left for inflating cards, in bytes: whoever wrote them chose how much they unpack to. */
export interface CardRoom {
  bytes: number;
}

/** Of one card's content, in bytes after inflation: by its nature it has a few kB. */
const MAX_CARD = 1_000_000;
/** Of a key's name, in characters: a SHA-256 thumbprint in base64url. */
const KEY_NAME = 43;

/** A card's compact JWS, its signature not looked at. */
export interface CardJws {
  /** Name of the key that signed: its RFC 7638 thumbprint. */
  kid: string;
  /** Inflated bytes of what is signed. */
  content: Bytes;
}

async function inflate(packed: Bytes, room: CardRoom): Promise<Bytes> {
  const parts: Bytes[] = [];
  for await (const part of inflateRaw(partsOf(packed), packed.length, Math.min(MAX_CARD, room.bytes))) {
    room.bytes -= part.length;
    parts.push(part);
  }
  return concat(...parts);
}

/**
 * Takes a compact JWS of a SMART Health Card apart: `alg` `ES256`, `zip` `DEF`, `kid` a thumbprint. Undefined for any other. Throws
 * `PAYLOAD_TOO_LARGE` and `PAYLOAD_MALFORMED` for what does not inflate in the room that is left, of which it takes.
 */
export async function readCardJws(jws: string, room: CardRoom): Promise<CardJws | undefined> {
  const parts = jws.split(".", 4);
  if (parts.length !== 3) return undefined;
  const { decodeProtectedHeader } = await import("jose");
  let kid: unknown;
  let packed: Bytes;
  try {
    const header: { alg?: unknown; zip?: unknown; kid?: unknown } = decodeProtectedHeader(jws);
    if (header.alg !== "ES256" || header.zip !== "DEF" || "crit" in header) return undefined;
    kid = header.kid;
    packed = fromBase64Url(parts[1]);
  } catch {
    return undefined;
  }
  if (typeof kid !== "string" || kid.length !== KEY_NAME) return undefined;
  return { kid, content: await inflate(packed, room) };
}

/** Whether this is the public key of that name, as issuers of cards publish theirs: P-256, for ES256 signatures, named by its thumbprint. */
export async function isCardKey(key: JWK, kid: string): Promise<boolean> {
  const { kty, crv, use, alg, d } = key;
  if (kty !== "EC" || crv !== "P-256" || use !== "sig" || alg !== "ES256" || d !== undefined || key.kid !== kid)
    return false;
  const { calculateJwkThumbprint } = await import("jose");
  return calculateJwkThumbprint(key).then(
    (thumbprint) => thumbprint === kid,
    () => false,
  );
}

/** Whether the key signed these very characters, by ES256. */
export async function isCardSignedBy(jws: string, key: JWK): Promise<boolean> {
  const { compactVerify, importJWK } = await import("jose");
  const { x = "", y = "" } = key;
  try {
    const imported = await importJWK({ kty: "EC", crv: "P-256", x, y }, "ES256");
    await compactVerify(jws, imported, { algorithms: ["ES256"] });
    return true;
  } catch {
    // A key that is no point of the curve signed nothing, either.
    return false;
  }
}
