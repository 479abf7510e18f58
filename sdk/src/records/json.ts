import { ChartkeyError } from "../errors.ts";

/** Keys and array indices from the root of a document to a place in it. */
export type JsonPath = (string | number)[];

/** A part of a JSON document that cannot be taken over exactly; the rest of the document is still usable. */
export interface JsonIssue {
  code: "duplicate-key" | "forbidden-key" | "inexact-number" | "too-deep" | "malformed-text";
  path: JsonPath;
  reason: string;
  /** Counted from 1, columns in UTF-16 code units. */
  line: number;
  column: number;
}

export interface ParsedJson {
  value: unknown;
  issues: JsonIssue[];
  /** The file began with a byte order mark, which was left out. */
  byteOrderMark: boolean;
  /** Line on which an object or array of `value` begins. */
  lineOf(container: object): number | undefined;
}

export interface JsonLimits {
  /** Bytes of a text; of a file that is read in pieces, of each of them: an entry of a Bundle, a line of NDJSON. */
  maxBytes: number;
  /** Objects and arrays around a value. */
  maxDepth: number;
}

/** As much as a reader holds of one record, and no deeper than any resource is. */
export const defaultJsonLimits: JsonLimits = { maxBytes: 32_000_000, maxDepth: 64 };

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Decodes UTF-8 strictly and drops a byte order mark.
 * Throws `JSON_TOO_LARGE`, `JSON_EMPTY` or `JSON_NOT_UTF8`.
 */
export function decodeJson(
  bytes: Uint8Array,
  limits: JsonLimits = defaultJsonLimits,
): { text: string; byteOrderMark: boolean } {
  if (bytes.length > limits.maxBytes)
    throw new ChartkeyError("JSON_TOO_LARGE", `The file is larger than ${limits.maxBytes} bytes. Split it.`, {
      details: { size: bytes.length, limit: limits.maxBytes },
    });
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new ChartkeyError("JSON_NOT_UTF8", "The file is not UTF-8 text. Save it as UTF-8.", { cause });
  }
  const byteOrderMark = text.startsWith("\uFEFF");
  if (byteOrderMark) text = text.slice(1);
  if (text.trim() === "") throw new ChartkeyError("JSON_EMPTY", "The file is empty.");
  return { text, byteOrderMark };
}

/**
 * Parses JSON (RFC 8259) in one pass. What JSON.parse would change silently is reported with its place: repeated keys (the first
 * one stays), `__proto__` keys and too deep nesting (left out), numbers that a double does not hold, lone surrogates.
 * Throws `JSON_MALFORMED` with `line` and `column` in its details, and `trailing` when a complete value is followed by more text.
 * @param place of the text in a document that it is a part of; paths and depth count from the document's root
 */
export function parseJsonText(
  text: string,
  limits: JsonLimits = defaultJsonLimits,
  place: JsonPath = [],
): Omit<ParsedJson, "byteOrderMark"> {
  const parser = new Parser(text, limits.maxDepth, place);
  const value = parser.document();
  return { value, issues: parser.issues, lineOf: (container) => parser.lineOf(container) };
}

/** `decodeJson` and `parseJsonText` together. */
export function parseJson(bytes: Uint8Array, limits: JsonLimits = defaultJsonLimits): ParsedJson {
  const { text, byteOrderMark } = decodeJson(bytes, limits);
  return { ...parseJsonText(text, limits), byteOrderMark };
}

class Parser {
  readonly issues: JsonIssue[] = [];
  readonly #text: string;
  readonly #maxDepth: number;
  readonly #starts = new Map<object, number>();
  readonly #path: JsonPath;
  #lineStarts: number[] | undefined;
  #at = 0;

  constructor(text: string, maxDepth: number, place: JsonPath) {
    this.#text = text;
    this.#maxDepth = maxDepth;
    this.#path = [...place];
  }

  document(): unknown {
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#fail("nothing more after the value", true);
    return value;
  }

  lineOf(container: object): number | undefined {
    const start = this.#starts.get(container);
    return start === undefined ? undefined : this.#position(start).line;
  }

  #value(): unknown {
    this.#space();
    switch (this.#text.charCodeAt(this.#at)) {
      case 0x7b:
        return this.#path.length >= this.#maxDepth ? this.#skip() : this.#object();
      case 0x5b:
        return this.#path.length >= this.#maxDepth ? this.#skip() : this.#array();
      case 0x22:
        return this.#string();
      case 0x74:
        return this.#word("true", true);
      case 0x66:
        return this.#word("false", false);
      case 0x6e:
        return this.#word("null", null);
      default:
        return this.#number();
    }
  }

  #object(): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.#starts.set(object, this.#at++);
    this.#space();
    if (this.#take(0x7d)) return object;
    do {
      this.#space();
      const keyAt = this.#at;
      if (this.#text.charCodeAt(keyAt) !== 0x22) this.#fail("a property name in double quotes");
      const key = this.#string();
      this.#space();
      if (!this.#take(0x3a)) this.#fail('":"');
      this.#path.push(key);
      const value = this.#value();
      if (key === "__proto__") this.#report("forbidden-key", 'The key "__proto__" is not allowed.', keyAt);
      else if (Object.hasOwn(object, key)) this.#report("duplicate-key", `The key "${key}" appears twice.`, keyAt);
      else object[key] = value;
      this.#path.pop();
      this.#space();
    } while (this.#take(0x2c));
    if (!this.#take(0x7d)) this.#fail('"," or "}"');
    return object;
  }

  #array(): unknown[] {
    const array: unknown[] = [];
    this.#starts.set(array, this.#at++);
    this.#space();
    if (this.#take(0x5d)) return array;
    do {
      this.#path.push(array.length);
      array.push(this.#value());
      this.#path.pop();
      this.#space();
    } while (this.#take(0x2c));
    if (!this.#take(0x5d)) this.#fail('"," or "]"');
    return array;
  }

  #string(): string {
    const start = this.#at;
    let escaped = false;
    for (let at = start + 1; at < this.#text.length; at++) {
      const unit = this.#text.charCodeAt(at);
      if (unit === 0x5c) {
        escaped = true;
        at++;
      } else if (unit < 0x20) {
        this.#at = at;
        this.#fail("no line break or control character inside a text");
      } else if (unit === 0x22) {
        this.#at = at + 1;
        return escaped ? this.#unescape(start) : this.#text.slice(start + 1, at);
      }
    }
    this.#at = this.#text.length;
    return this.#fail("the closing quote of a text");
  }

  #unescape(start: number): string {
    let value: string;
    try {
      value = JSON.parse(this.#text.slice(start, this.#at)) as string;
    } catch {
      this.#at = start;
      return this.#fail("a text with valid escapes");
    }
    if (!value.isWellFormed())
      this.#report("malformed-text", "The text holds half of a character (a lone surrogate).", start);
    return value;
  }

  #number(): number {
    numberPattern.lastIndex = this.#at;
    const literal = numberPattern.exec(this.#text)?.[0];
    if (literal === undefined) return this.#fail("a value");
    const value = Number(literal);
    if (!isExact(literal, value))
      this.#report(
        "inexact-number",
        `The number ${literal.slice(0, 40)} has more digits than can be kept exactly.`,
        this.#at,
      );
    this.#at += literal.length;
    return value;
  }

  #word<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) return this.#fail("a value");
    this.#at += word.length;
    return value;
  }

  /** Passes over an object or array without recursion, so that no depth exhausts the stack. */
  #skip(): null {
    this.#report("too-deep", `Nested more than ${this.#maxDepth} levels deep.`, this.#at);
    let open = 0;
    do {
      const unit = this.#text.charCodeAt(this.#at);
      if (Number.isNaN(unit)) this.#fail("the end of an object or array");
      if (unit === 0x22) this.#string();
      else {
        if (unit === 0x7b || unit === 0x5b) open++;
        else if (unit === 0x7d || unit === 0x5d) open--;
        this.#at++;
      }
    } while (open > 0);
    return null;
  }

  #space(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
      this.#at++;
    }
  }

  #take(unit: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== unit) return false;
    this.#at++;
    return true;
  }

  #report(code: JsonIssue["code"], reason: string, at: number): void {
    this.issues.push({ code, reason, path: [...this.#path], ...this.#position(at) });
  }

  #fail(expected: string, trailing = false): never {
    const { line, column } = this.#position(this.#at);
    const found =
      this.#at < this.#text.length
        ? `found ${JSON.stringify(this.#text.slice(this.#at, this.#at + 12))}`
        : "the file ends";
    throw new ChartkeyError("JSON_MALFORMED", `Not valid JSON: expected ${expected}, but ${found}.`, {
      details: { line, column, path: [...this.#path], trailing },
    });
  }

  #position(at: number): { line: number; column: number } {
    if (!this.#lineStarts) {
      this.#lineStarts = [0];
      for (let end = this.#text.indexOf("\n"); end !== -1; end = this.#text.indexOf("\n", end + 1))
        this.#lineStarts.push(end + 1);
    }
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
  }
}

/** Whether writing the double again gives the number of the literal. */
function isExact(literal: string, value: number): boolean {
  if (literal.length <= 15 && !/[eE]/.test(literal)) return true;
  if (!Number.isFinite(value)) return false;
  return decimalOf(literal) === decimalOf(String(value));
}

/** Significant digits and exponent of a decimal literal, equal for equal numbers: "1.50" and "15e-1" give "15e-1". */
function decimalOf(literal: string): string {
  const [, whole = "", fraction = "", exponent = "0"] = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  return `${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}
