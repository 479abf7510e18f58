import { type Address, type Hex, getAddress, isAddress } from "viem";
import { fromUtf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { parseCid } from "./cid.ts";

/** A letter in a store. */
export interface StoredLetter {
  /** Digest of its one block. */
  digest: Hex;
  /** Who uploaded it. */
  from: Address;
  /** Size in bytes. */
  bytes: number;
}

/** Largest list of letters, in bytes. */
export const MAX_LETTER_LIST = 1 << 22;

/** What a store's failure to list says: one without such a page, as a plain Kubo, does not know letters. Throws in every case. */
export function asWithoutLetters(error: unknown): never {
  if (!(error instanceof ChartkeyError && error.code === "STORE_NOT_FOUND")) throw error;
  throw new ChartkeyError(
    "STORE_WITHOUT_LETTERS",
    "This store does not know which letters are for whom. Ask a Chartkey store instead.",
    { cause: error },
  );
}

/** Reads a store's list, one JSON a line. Throws `STORE_REFUSED` for anything else. */
export function toLetters(lines: Uint8Array): StoredLetter[] {
  return fromUtf8(lines)
    .split("\n")
    .filter((line) => line !== "")
    .map(toLetter);
}

function toLetter(line: string): StoredLetter {
  try {
    const { cid, from, bytes } = JSON.parse(line) as Record<string, unknown>;
    if (typeof from === "string" && isAddress(from) && typeof bytes === "number")
      return { digest: parseCid(String(cid)).digest, from: getAddress(from), bytes };
  } catch {
    // Said below.
  }
  throw new ChartkeyError("STORE_REFUSED", "The store answered in a way that Chartkey does not know. Ask another one.");
}

/**
 * Each letter of each sender once, oldest first: a store that names another sender takes nothing from the right one. The lists take turns,
 * from their newest on, so that none can push the newest of another far back.
 */
export function mergeLetters(lists: readonly StoredLetter[][]): StoredLetter[] {
  const newestFirst = new Map<string, StoredLetter>();
  const longest = Math.max(...lists.map(({ length }) => length));
  for (let age = 1; age <= longest; age += 1)
    for (const list of lists) {
      const letter = list.at(-age);
      if (letter === undefined) continue;
      const key = `${letter.digest}|${letter.from}`;
      if (!newestFirst.has(key)) newestFirst.set(key, letter);
    }
  return [...newestFirst.values()].reverse();
}
