import { ChartkeyError, parseCid } from "@chartkey/sdk";
import type { Hex } from "viem";
import type { Wanted } from "./matchAnchors.ts";

/** Reads what somebody pasted: a SHA-256 digest in hex, with or without 0x, or a CID. Null when it is neither. */
export function parseExpected(text: string): Wanted | null {
  const trimmed = text.trim().replace(/^ipfs:\/\//, "");
  const hex = /^(?:0x)?([0-9a-f]{64})$/i.exec(trimmed)?.[1];
  if (hex) return { digest: `0x${hex.toLowerCase()}`, codec: null };
  try {
    return parseCid(trimmed);
  } catch (error) {
    if (error instanceof ChartkeyError) return null;
    throw error;
  }
}

/** Whether a file is what was expected. A bare digest may be of the whole file or of its root block. */
export function isExpected(
  expected: Wanted,
  file: { readonly sha256: Hex; readonly reference: { readonly codec: 0 | 1; readonly digest: Hex } },
): boolean {
  const { digest, codec } = expected;
  if (codec !== null) return digest === file.reference.digest && codec === file.reference.codec;
  return digest === file.sha256 || digest === file.reference.digest;
}
