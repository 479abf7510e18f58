import { randomBytes, toBase64, utf8 } from "../bytes.ts";
import { Base64Text } from "./base64-text.ts";

/** A text of base64 that stays in its file: between which bytes its letters are, and how many bytes they stand for. */
export interface CutText {
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

/** A text that is being read, where it begins, and its bytes as far as they would fit in. */
interface OpenText {
  readonly text: Base64Text;
  readonly from: number;
  readonly raw: Capture;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
/** What the files in FHIR resources are called: `Attachment.data`, `Binary.data`. */
const KEY = "data";

const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Bytes that are collected from several chunks, up to a limit; without the long texts of base64 in them, if so wanted. */
export class Capture {
  readonly #most: number;
  readonly #cutFrom: number | undefined;
  readonly #texts = new Map<string, CutText>();
  #parts: Uint8Array[] = [];
  #size = 0;
  #isUnusual = false;
  /** Where a text of `data` began that is no base64 after all, and how far the file was read. */
  #oddFrom: number | undefined;
  #readTo = 0;
  #inText = false;
  #isEscaped = false;
  /** The first letters of the text that was read last; empty once something but a colon follows it. */
  #named = "";
  /** The next text is the value of `data`. */
  #isData = false;
  /** Such a text. */
  #open: OpenText | undefined;

  constructor({ most, cutFrom }: { readonly most: number; readonly cutFrom?: number | undefined }) {
    this.#most = most;
    this.#cutFrom = cutFrom;
  }

  get isTooLarge(): boolean {
    return this.#size > this.#most;
  }

  /** Whether it is too large because of a long text of `data` that is not written as its bytes would be written again. */
  get isUnusual(): boolean {
    return this.isTooLarge && (this.#isUnusual || this.#isLong(this.#oddFrom, this.#readTo));
  }

  /** What was cut out, by the text that stands in its place: base64 itself, which no file can guess. */
  get texts(): ReadonlyMap<string, CutText> {
    return this.#texts;
  }

  /**
   * Copies: chunks may be parts of one buffer that is filled again.
   * @param position where in the file the part begins
   */
  add(part: Uint8Array, position: number): void {
    if (this.#cutFrom === undefined) return this.#keep(part);
    this.#readTo = position + part.length;
    let from = 0;
    for (let at = 0; at < part.length && !this.isTooLarge;) {
      if (this.#open !== undefined) {
        from = at = this.#inBase64(this.#open, part, at, position);
        continue;
      }
      const byte = part[at++]!;
      if (this.#inText) this.#inString(byte, position + at);
      else if (byte === QUOTE && this.#isData) {
        this.#keep(part.subarray(from, at));
        this.#isData = false;
        const raw = new Capture({ most: this.#most - this.#size });
        this.#open = { text: new Base64Text(), from: position + at, raw };
        from = at;
      } else this.#outside(byte);
    }
    if (this.#open === undefined) this.#keep(part.subarray(from));
  }

  bytes(): Uint8Array {
    const whole = new Uint8Array(this.#size);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  #keep(part: Uint8Array): void {
    this.#size += part.length;
    if (this.isTooLarge) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part.slice());
  }

  #outside(byte: number): void {
    if (byte === QUOTE) {
      this.#inText = true;
      this.#named = "";
      this.#isData = false;
    } else if (!isSpace(byte)) {
      this.#isData = byte === COLON && this.#named === KEY;
      this.#named = "";
    }
  }

  #isLong(from: number | undefined, to: number): boolean {
    return from !== undefined && this.#cutFrom !== undefined && to - from >= this.#cutFrom;
  }

  #inString(byte: number, position: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) {
      this.#inText = false;
      this.#isUnusual ||= this.#isLong(this.#oddFrom, position);
      this.#oddFrom = undefined;
      return;
    }
    if (this.#named.length <= KEY.length) this.#named += String.fromCharCode(byte);
  }

  /** Where the text ends: at its quote, or where it is base64 no more. */
  #inBase64({ text, from, raw }: OpenText, part: Uint8Array, at: number, position: number): number {
    const end = text.read(part, at);
    raw.#keep(part.subarray(at, end));
    if (text.state === "open") return end;
    this.#open = undefined;
    this.#inText = true;
    if (text.length >= (this.#cutFrom ?? Infinity) && text.state === "closed" && text.isCanonical) {
      const place = toBase64(randomBytes(24));
      this.#texts.set(place, { from, to: position + end, size: text.size });
      this.#keep(utf8(place));
      return end;
    }
    this.#oddFrom = from;
    this.#size += raw.#size;
    if (this.isTooLarge) this.#parts = [];
    else this.#parts.push(...raw.#parts);
    return end;
  }
}
