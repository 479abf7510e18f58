import { type Address, sha256 as digestOf } from "viem";
import { fromBase64Url, fromUtf8, randomBytes, toBase64Url, utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes, parseDocument } from "../json.ts";
import { HPKE_SUITE, type Identity } from "../crypto/hpke.ts";
import { openPayload, sealPayload } from "../crypto/payload.ts";
import { type Reader, type WrapTarget, decodeWraps, unwrapKey, wrapKey } from "../crypto/wraps.ts";
import { type ReadSession, chartContext, payloadContext } from "./session.ts";

/** Correspondence: whom a letter goes to is written in it. */
const CATEGORY = 9;
/** Longest text, in UTF-16 code units: with its wraps it stays a small letter for every store. */
export const MAX_LETTER = 4000;

/** About whom a letter is, and who wrote it. */
export interface LetterContext {
  patient: Address;
  author: Address;
}

function targetOf(session: ReadSession, { patient, author }: LetterContext, payload: Uint8Array): WrapTarget {
  return { context: { ...chartContext(session, patient), author }, payload: digestOf(payload) };
}

/**
 * Seals a text to several readers in one document: one ciphertext, so that all of them read the same words (docs/protocol.md, Emergency
 * documents). Throws `LETTER_EMPTY`, `LETTER_TOO_LONG`, `CRYPTO_BAD_PUBLIC_KEY`.
 */
export async function sealLetter(session: ReadSession, context: LetterContext, text: string, readers: Reader[]) {
  if (text.trim() === "") throw new ChartkeyError("LETTER_EMPTY", "Write at least one sentence.");
  if (text.length > MAX_LETTER)
    throw new ChartkeyError("LETTER_TOO_LONG", `Shorten the text to at most ${MAX_LETTER} characters.`);
  const key = randomBytes(32);
  const about = payloadContext(session, context.patient, context.author, CATEGORY);
  const payload = await sealPayload(key, about, { contentType: "text/plain" }, utf8(text.trim()));
  const target = targetOf(session, context, payload);
  const wraps = await Promise.all(readers.map((reader) => wrapKey(target, { category: CATEGORY, key }, reader)));
  return canonicalBytes({ v: 1, suite: HPKE_SUITE, wraps, payload: toBase64Url(payload) });
}

/**
 * Opens a letter as `to`, with its key. Throws `NO_ACCESS` when it was not sealed to him, `DOCUMENT_MALFORMED`, and what `openPayload`
 * throws when it is another's or was altered.
 */
export async function openLetter(
  session: ReadSession,
  context: LetterContext,
  document: Uint8Array,
  to: Address,
  identity: Identity,
): Promise<string> {
  const payload = fromBase64Url(parseDocument(document, "letter")["payload"]);
  const target = targetOf(session, context, payload);
  const key = await unwrapKey(decodeWraps(document), target, CATEGORY, to, identity);
  if (key === undefined) throw new ChartkeyError("NO_ACCESS", "This was not written for you.");
  const about = payloadContext(session, context.patient, context.author, CATEGORY);
  return fromUtf8((await openPayload(key, about, payload)).data);
}
