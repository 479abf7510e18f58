import { type Bytes, toBase64, utf8 } from "../bytes.ts";
import { type ByteStream, chunksOf } from "../chunks.ts";
import { ChartkeyError } from "../errors.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const EQUALS = 0x3d;
const NO_LETTER = 64;
/** Letters of an escape by number, after its backslash. */
const ESCAPED = 5;

const VALUES = new Uint8Array(1 << 8).fill(NO_LETTER);
for (const [value, letter] of [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].entries())
  VALUES[letter.charCodeAt(0)] = value;

/** Reads a JSON text of base64 letter by letter. Some programs escape its `/` and `+`, as JSON allows. */
export class Base64Text {
  #letters = 0;
  #padding = 0;
  #last = 0;
  /** What was read of an escape: its letter and digits. */
  #escape: string | undefined;
  state: "open" | "closed" | "broken" = "open";
  readonly #onLetters: (part: Uint8Array, from: number, to: number) => void;

  /** @param onLetters is given the letters, between two places of a part */
  constructor(onLetters: (part: Uint8Array, from: number, to: number) => void = () => {}) {
    this.#onLetters = onLetters;
  }

  /** Letters and padding, without what escapes them. */
  get length(): number {
    return this.#letters + this.#padding;
  }

  /** Bytes that it stands for. */
  get size(): number {
    return Math.floor((this.#letters * 3) / 4);
  }

  /** Whether writing its bytes as base64 again gives the same text (RFC 4648, section 4). */
  get isCanonical(): boolean {
    const over = this.#letters % 4;
    if (over === 0) return this.#padding === 0;
    return over !== 1 && this.#padding === 4 - over && (this.#last & (over === 2 ? 15 : 3)) === 0;
  }

  /** Reads on, and gives the place of the quote that closes it, or of what is no base64, or the end of the part. */
  read(part: Uint8Array, from: number): number {
    for (let at = from; at < part.length; at++) {
      if (this.#escape === undefined && this.#padding === 0) at = this.#run(part, at);
      const byte = part[at];
      if (byte === undefined) break;
      if (this.#escape !== undefined) {
        const letter = this.#inEscape(byte);
        if (letter !== undefined && !this.#take(letter)) return this.#end("broken", at + 1);
      } else if (byte === QUOTE) return this.#end("closed", at);
      else if (byte === BACKSLASH) this.#escape = "";
      else if (!this.#take(byte)) return this.#end("broken", at);
    }
    return part.length;
  }

  #end(state: "closed" | "broken", at: number): number {
    this.state = state;
    return at;
  }

  /** Takes letters as long as they come. */
  #run(part: Uint8Array, from: number): number {
    let to = from;
    while (to < part.length && VALUES[part[to]!] !== NO_LETTER) to++;
    if (to === from) return to;
    this.#letters += to - from;
    this.#last = VALUES[part[to - 1]!]!;
    this.#onLetters(part, from, to);
    return to;
  }

  /** Takes what is no plain letter. */
  #take(byte: number): boolean {
    if (this.#padding === 0 && this.#run(Uint8Array.of(byte), 0) === 1) return true;
    if (byte !== EQUALS || this.#padding === 2) return false;
    this.#padding++;
    return true;
  }

  /** What an escape stands for, once it is read; 0 for what base64 does not have. */
  #inEscape(byte: number): number | undefined {
    const escape = (this.#escape ?? "") + String.fromCharCode(byte);
    this.#escape = escape.startsWith("u") && escape.length < ESCAPED ? escape : undefined;
    if (this.#escape !== undefined) return undefined;
    if (escape === "/") return byte;
    return /^u00[0-9a-f]{2}$/i.test(escape) ? Number.parseInt(escape.slice(1), 16) : 0;
  }
}

/** Whether writing the bytes of a text as base64 again gives the same text. */
export function isCanonicalBase64(text: string): boolean {
  const letters = new Base64Text();
  const bytes = utf8(text);
  return (
    letters.read(bytes, 0) === bytes.length &&
    letters.state === "open" &&
    letters.isCanonical &&
    letters.length === bytes.length
  );
}

/** The bytes of a JSON text of base64, between its quotes, in constant memory. Throws `BASE64_MALFORMED` for any that is not canonical. */
export async function* decodeBase64Text(source: ByteStream): AsyncGenerator<Bytes> {
  let [left, bitsLeft] = [0, 0];
  let [out, length] = [new Uint8Array(), 0];
  const text = new Base64Text((letters, from, to) => {
    // Names of its own: this loop is most of the time that an import of large files takes.
    let [bits, count, size] = [left, bitsLeft, length];
    const bytes = out;
    for (let at = from; at < to; at++) {
      bits = ((bits << 6) | VALUES[letters[at]!]!) & 0xffff;
      count += 6;
      if (count >= 8) {
        count -= 8;
        bytes[size++] = bits >> count;
      }
    }
    [left, bitsLeft, length] = [bits, count, size];
  });
  for await (const part of chunksOf(source)) {
    out = new Uint8Array(part.length);
    length = 0;
    if (text.read(part, 0) < part.length || text.state !== "open") break;
    if (length > 0) yield out.subarray(0, length);
  }
  if (text.state !== "open" || !text.isCanonical)
    throw new ChartkeyError("BASE64_MALFORMED", "This is not base64 as programs write it.");
}

/** Base64 of bytes that come in parts, part by part. */
export async function* encodeBase64(source: ByteStream): AsyncGenerator<string> {
  let left = new Uint8Array();
  for await (const part of chunksOf(source)) {
    const bytes = new Uint8Array(left.length + part.length);
    bytes.set(left);
    bytes.set(part, left.length);
    const whole = bytes.length - (bytes.length % 3);
    if (whole > 0) yield toBase64(bytes.subarray(0, whole));
    left = bytes.slice(whole);
  }
  if (left.length > 0) yield toBase64(left);
}
