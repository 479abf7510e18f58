import { ChartkeyError } from "../errors.ts";
import { Capture, type CutText } from "./capture.ts";

/** What may be read of a file at once. */
export interface PieceLimits {
  /** Bytes of a piece. */
  readonly most: number;
  /** Letters from which base64 stays in the file; when absent, all of it is read. */
  readonly cutFrom?: number | undefined;
}

/** The bytes of a piece, and what of it stays in the file, by the text that stands in its place. */
interface Read {
  readonly bytes: Uint8Array;
  readonly texts: ReadonlyMap<string, CutText>;
}

/** A part of a FHIR file that is read on its own. Lines count from 1. */
export type Piece =
  /** An entry of a Bundle, or a line of NDJSON, by its place. */
  | ({ readonly kind: "entry" | "line"; readonly index: number; readonly line: number } & (
      | Read
      /** It has more than may be read; `isUnusual` when it would not, but for base64 that has to stay as it is written. */
      | { readonly bytes?: undefined; readonly isUnusual: boolean }
    ))
  /** A document without the entries that were cut out of it, and the line of the file on which one of its lines was. */
  | ({ readonly kind: "frame"; readonly lineIn: (line: number) => number } & Read);

/** Why a piece is not read, and what helps. */
export const tooLarge = (most: number) => `Larger than ${most} bytes.`;
export const UNUSUAL =
  "It carries base64 with line breaks or in another unusual form, which cannot be kept by itself without a change. Write it as base64 without breaks, or take it out and add it as a file.";

const readOf = (capture: Capture) =>
  capture.isTooLarge ? { isUnusual: capture.isUnusual } : { bytes: capture.bytes(), texts: capture.texts };

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** Where in a text something comes that matters: its end, an escape, a line. */
function endOfPlain(chunk: Uint8Array, from: number): number {
  let at = from;
  while (at < chunk.length && chunk[at] !== QUOTE && chunk[at] !== BACKSLASH && chunk[at] !== LINE_FEED) at++;
  return at;
}

/** Bytes after the end of a document that are kept, to be shown where it should have ended. */
const TRAILING = 16;
/** Longer ones are not `entry`. */
const KEY = 8;

const isSpace = (byte: number) => byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09;

/** Cuts NDJSON into its lines, without the empty ones. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>, limits: PieceLimits): AsyncGenerator<Piece> {
  let line = 1;
  let capture = new Capture(limits);
  let isEmpty = true;
  let position = 0;
  const take = (): Piece[] => {
    const taken: Piece[] = isEmpty ? [] : [{ kind: "line", index: line - 1, line, ...readOf(capture) }];
    capture = new Capture(limits);
    isEmpty = true;
    line++;
    return taken;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); ; end = chunk.indexOf(LINE_FEED, from)) {
      const part = chunk.subarray(from, end === -1 ? chunk.length : end);
      capture.add(part, position + from);
      isEmpty &&= part.every(isSpace);
      if (end === -1) break;
      yield* take();
      from = end + 1;
    }
    position += chunk.length;
  }
  yield* take();
}

/**
 * Cuts a JSON document into the elements of the list that its key `entry` holds, and what is left of it, in which that list is empty.
 * Whether pieces are JSON is not judged. Of what comes after the document the first 16 bytes are kept.
 * Throws `JSON_TOO_LARGE` for more that is no entry.
 */
export async function* splitDocument(chunks: AsyncIterable<Uint8Array>, limits: PieceLimits): AsyncGenerator<Piece> {
  const splitter = new Splitter(limits);
  for await (const chunk of chunks) {
    yield* splitter.push(chunk);
    if (splitter.isOver) break;
  }
  yield splitter.frame();
}

/** What was cut out behind a line of the frame. */
interface Cut {
  readonly line: number;
  readonly removed: number;
}

class Splitter {
  readonly #limits: PieceLimits;
  readonly #frame: Capture;
  /** Where in the file the chunk begins that is being read. */
  #position = 0;
  readonly #cuts: Cut[] = [];
  #frameLine = 1;
  #line = 1;
  #depth = 0;
  #inText = false;
  #isEscaped = false;
  /** The next text is a key of the document. */
  #expectsKey = false;
  /** Of the key that is being read. */
  #keyBytes: number[] | undefined;
  #lastKey = "";
  /** Where the list began that is being cut into entries. */
  #listLine: number | undefined;
  #entry: { readonly capture: Capture; readonly line: number } | undefined;
  #index = 0;
  #isClosed = false;
  #trailing = 0;

  constructor(limits: PieceLimits) {
    this.#limits = limits;
    this.#frame = new Capture(limits);
  }

  /** Nothing more of the file matters: something stands behind its document. */
  get isOver(): boolean {
    return this.#trailing >= TRAILING;
  }

  *push(chunk: Uint8Array): Generator<Piece> {
    let from = 0;
    let at = 0;
    for (; at < chunk.length && !this.isOver; at++) {
      if (this.#entry !== undefined && this.#inText && !this.#isEscaped) at = endOfPlain(chunk, at);
      const byte = chunk[at];
      if (byte === undefined) break;
      if (this.#listLine === undefined) {
        this.#inFrame(byte);
        if (this.#listLine !== undefined) this.#keep(chunk.subarray(from, at + 1), this.#position + from);
      } else if (this.#entry !== undefined && !this.#endsEntry(byte)) this.#inValue(byte);
      else {
        if (this.#entry !== undefined) yield this.#take(chunk.subarray(from, at), this.#position + from);
        else if (byte !== COMMA && byte !== CLOSE_LIST && !isSpace(byte)) {
          this.#entry = { capture: new Capture(this.#limits), line: this.#line };
          from = at;
          this.#inValue(byte);
        }
        if (this.#entry === undefined && byte === CLOSE_LIST) {
          this.#leaveList();
          from = at;
        }
      }
      if (byte === LINE_FEED) this.#line++;
    }
    const rest = chunk.subarray(from, at);
    if (this.#entry !== undefined) this.#entry.capture.add(rest, this.#position + from);
    else if (this.#listLine === undefined) this.#keep(rest, this.#position + from);
    this.#position += chunk.length;
  }

  /** What is left, once all chunks were pushed. Throws `JSON_MALFORMED` when the list of entries does not end. */
  frame(): Piece {
    if (this.#listLine !== undefined) {
      const line = this.#entry?.line ?? this.#line;
      throw new ChartkeyError("JSON_MALFORMED", `Not valid JSON: the file ends inside of entry ${this.#index}.`, {
        details: { line, path: ["entry", this.#index] },
      });
    }
    const cuts = [...this.#cuts];
    const lineIn = (line: number) => cuts.reduce((sum, cut) => (cut.line < line ? sum + cut.removed : sum), line);
    return { kind: "frame", bytes: this.#frame.bytes(), texts: this.#frame.texts, lineIn };
  }

  #endsEntry(byte: number): boolean {
    return this.#depth === 2 && !this.#inText && (byte === COMMA || byte === CLOSE_LIST);
  }

  #take(rest: Uint8Array, position: number): Piece {
    const { capture, line } = this.#entry!;
    this.#entry = undefined;
    capture.add(rest, position);
    return { kind: "entry", index: this.#index++, line, ...readOf(capture) };
  }

  /** One line feed stands for those that were cut out, so that what follows is on a line of its own. */
  #leaveList(): void {
    const removed = this.#line - this.#listLine!;
    if (removed > 0) {
      this.#keep(Uint8Array.of(LINE_FEED), this.#position);
      this.#cuts.push({ line: this.#frameLine++, removed: removed - 1 });
    }
    this.#listLine = undefined;
    this.#depth--;
  }

  #keep(part: Uint8Array, position: number): void {
    this.#frame.add(part, position);
    if (!this.#frame.isTooLarge) return;
    const { most } = this.#limits;
    const message = this.#frame.isUnusual
      ? `${tooLarge(most)} ${UNUSUAL}`
      : `The file holds more than ${most} bytes that are not entries of a Bundle. Split it, or write it as NDJSON.`;
    throw new ChartkeyError("JSON_TOO_LARGE", message, { details: { limit: most } });
  }

  #inFrame(byte: number): void {
    if (byte === LINE_FEED) this.#frameLine++;
    if (this.#isClosed) {
      if (this.#trailing > 0 || !isSpace(byte)) this.#trailing++;
      return;
    }
    const [wasInText, key] = [this.#inText, this.#lastKey];
    this.#inValue(byte);
    if (wasInText) {
      if (!this.#inText && this.#keyBytes !== undefined) {
        this.#lastKey = String.fromCharCode(...this.#keyBytes);
        this.#keyBytes = undefined;
      } else if (this.#keyBytes !== undefined && this.#keyBytes.length < KEY) this.#keyBytes.push(byte);
      return;
    }
    if (isSpace(byte) || byte === COLON) return;
    if (byte === OPEN_LIST && this.#depth === 2 && key === "entry") this.#listLine = this.#line;
    this.#lastKey = "";
    if (byte === QUOTE && this.#depth === 1 && this.#expectsKey) this.#keyBytes = [];
    this.#expectsKey = this.#depth === 1 && (byte === COMMA || byte === OPEN_OBJECT);
    this.#isClosed = this.#depth === 0 && byte === CLOSE_OBJECT;
  }

  /** Follows texts and brackets, whichever of the two kinds they are: whoever parses the piece sees whether they match. */
  #inValue(byte: number): void {
    if (this.#inText) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === BACKSLASH) this.#isEscaped = true;
      else if (byte === QUOTE) this.#inText = false;
    } else if (byte === QUOTE) this.#inText = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#depth++;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) this.#depth--;
  }
}
