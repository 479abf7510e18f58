import type { Resource } from "@medplum/fhirtypes";
import canonicalize from "canonicalize";
import { ChartkeyError } from "../errors.ts";

/**
 * Canonical JSON (RFC 8785) of a FHIR value. Equal values give equal text; decimals are compared by value, so 1.50 and 1.5 are equal.
 * Throws `JSON_NOT_SERIALIZABLE`.
 */
export function canonicalJson(value: unknown): string {
  try {
    const text = canonicalize(value);
    if (text !== undefined) return text;
  } catch (cause) {
    throw new ChartkeyError("JSON_NOT_SERIALIZABLE", "The value cannot be written as JSON.", { cause });
  }
  throw new ChartkeyError("JSON_NOT_SERIALIZABLE", "The value cannot be written as JSON.");
}

/**
 * Recognizes the same version of the same resource when it is imported again: `type/id#SHA-256` of its canonical JSON in hex, with
 * `type#SHA-256` when the resource has no id.
 */
export async function resourceKey(resource: Resource): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonicalJson(resource)));
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${resource.resourceType}${resource.id === undefined ? "" : `/${resource.id}`}#${hex}`;
}
