import canonicalize from "canonicalize";
import { type Bytes, fromUtf8, utf8 } from "./bytes.ts";
import { ChartkeyError } from "./errors.ts";

/** UTF-8 bytes of the canonical JSON (RFC 8785) of a value. */
export function canonicalBytes(value: unknown): Bytes {
  const text = canonicalize(value);
  if (text === undefined) throw new ChartkeyError("JSON_NOT_SERIALIZABLE", "A document cannot be written as JSON.");
  return utf8(text);
}

/** Parses a JSON object that we defined ourselves. Throws `DOCUMENT_MALFORMED` for anything but an object of version 1. */
export function parseDocument(bytes: Uint8Array, kind: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(fromUtf8(bytes));
  } catch (cause) {
    throw new ChartkeyError("DOCUMENT_MALFORMED", `The ${kind} is not valid JSON.`, { cause, details: { kind } });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new ChartkeyError("DOCUMENT_MALFORMED", `The ${kind} is not a JSON object.`, { details: { kind } });
  const document = value as Record<string, unknown>;
  if (document["v"] !== 1)
    throw new ChartkeyError(
      "DOCUMENT_VERSION",
      `The ${kind} has a version this program does not know. Update Chartkey.`,
      {
        details: { kind, version: document["v"] },
      },
    );
  return document;
}
