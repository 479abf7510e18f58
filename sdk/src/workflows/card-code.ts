import { type Address, bytesToHex, getAddress, hexToBytes, numberToBytes } from "viem";
import { type Bytes, concat, fromBase64Url, toBase64Url } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { CARD_SEED_SIZE } from "../crypto/card-keys.ts";

/** What an emergency card holds: whoever has it opens the set that is in force for it. */
export interface CardCode {
  chainId: number;
  /** The account under which the patient publishes sets. */
  card: Address;
  /** 32 bytes. */
  seed: Bytes;
}

const PREFIX = "chartkey-card:1:";
/** Chain id (8, big-endian), card (20), seed. */
const [CARD, SEED] = [8, 28];

/** The text of a card, 96 characters: for a picture or the fragment of a link, which no browser sends to a server. */
export function encodeCardCode({ chainId, card, seed }: CardCode): string {
  return PREFIX + toBase64Url(concat(numberToBytes(chainId, { size: 8 }), hexToBytes(card), seed));
}

/** Reads a card's text, alone or as the fragment of a link. Throws `CARD_MALFORMED`. */
export function decodeCardCode(text: string): CardCode {
  const bytes = bytesOf(text.trim().split("#").at(-1)!);
  return {
    chainId: Number(new DataView(bytes.buffer).getBigUint64(0)),
    card: getAddress(bytesToHex(bytes.subarray(CARD, SEED))),
    seed: bytes.slice(SEED),
  };
}

/** Whether a text is meant to be an emergency card. */
export function isCardCode(text: string): boolean {
  return text.includes(PREFIX);
}

function bytesOf(code: string): Bytes {
  try {
    if (code.startsWith(PREFIX)) return fromBase64Url(code.slice(PREFIX.length), SEED + CARD_SEED_SIZE);
  } catch {
    // The cause would hold nothing more, and must not hold the text.
  }
  throw new ChartkeyError("CARD_MALFORMED", "This is not a whole emergency card. Scan it again, or copy all of it.");
}
