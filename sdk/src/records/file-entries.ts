import { collect } from "../chunks.ts";
import { ChartkeyError } from "../errors.ts";
import { type Entry, entriesOf, entriesOfItem, type LineOf } from "./bundle-entries.ts";
import type { FhirSource } from "./import.ts";
import { CUT_FROM } from "./detached.ts";
import { decodeJson, type JsonIssue, type JsonLimits, type JsonPath, type ParsedJson, parseJsonText } from "./json.ts";
import { formatPath, type Notes } from "./notes.ts";
import { isJsonObject } from "./references.ts";
import type { CutText } from "./capture.ts";
import { type Piece, UNUSUAL, splitDocument, splitLines, tooLarge } from "./split.ts";

/** How a file is cut up: as a Bundle by its entries, as NDJSON by its lines, or not at all. */
export type Mode = "document" | "lines" | "whole";

/** With what JSON has wrong in it; `lineIn` is the line of the file for one of the text that it was read from. */
export interface FileEntry extends Entry {
  readonly issues: readonly JsonIssue[];
  readonly lineIn: (line: number) => number;
  /** Long texts of base64 that stayed in the file, by what stands in their places. */
  readonly texts: ReadonlyMap<string, CutText>;
}

const NO_BUNDLE = "FHIR_NO_BUNDLE";

const NO_TEXTS: ReadonlyMap<string, CutText> = new Map();

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

const below = (line: number) => (own: number) => line - 1 + own;

/** Mode in which to begin. */
export const modeOf = ({ name }: FhirSource): Mode => (/\.(ndjson|jsonl)$/i.test(name) ? "lines" : "document");

/** Mode in which to begin again after an error; undefined when the error is the file's. */
export async function modeAfter(
  error: unknown,
  mode: Mode,
  source: FhirSource,
  limits: JsonLimits,
): Promise<Mode | undefined> {
  if (!(error instanceof ChartkeyError)) return undefined;
  if (error.code === NO_BUNDLE) return "whole";
  const isTrailing = error.details?.["trailing"] === true;
  return mode !== "lines" && isTrailing && (await firstLineIsObject(source, limits)) ? "lines" : undefined;
}

/** What can be read once more from any place stays in the file when it is long. */
const piecesOf = ({ slice }: FhirSource, { maxBytes: most }: JsonLimits) => ({
  most,
  cutFrom: slice === undefined ? undefined : CUT_FROM,
});

async function firstLineIsObject(source: FhirSource, limits: JsonLimits): Promise<boolean> {
  for await (const { bytes } of splitLines(source.open(), piecesOf(source, limits)))
    try {
      return bytes !== undefined && isJsonObject(parseJsonText(decodeJson(bytes, limits).text, limits).value);
    } catch {
      return false;
    }
  return false;
}

/**
 * What stands in a file where resources should, in its order, in memory of one piece; whether it is FHIR is for others to see. `notes` is
 * told what lies outside of them. Throws ChartkeyError for a file that cannot be read as this; what came before is void then.
 */
export async function* readEntries(
  mode: Mode,
  source: FhirSource,
  limits: JsonLimits,
  notes: Notes,
  onBytes: (done: number) => void = () => {},
): AsyncGenerator<FileEntry> {
  const reader = new EntryReader(limits, notes);
  const bytes = withMarkBlank(source, notes, onBytes);
  if (mode === "whole") return yield* reader.text(decodeJson(await collect(bytes), limits).text);
  const split = mode === "lines" ? splitLines : splitDocument;
  let isEmpty = true;
  for await (const piece of split(bytes, piecesOf(source, limits))) {
    isEmpty = false;
    yield* piece.kind === "frame" ? reader.frame(piece) : reader.piece(piece);
  }
  if (isEmpty) throw new ChartkeyError("JSON_EMPTY", "The file is empty.");
}

/** White space in the place of a byte order mark, so that everything else stays in its place. */
async function* withMarkBlank(
  source: FhirSource,
  notes: Notes,
  onBytes: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const chunk of source.open()) {
    const isMarked = done === 0 && BYTE_ORDER_MARK.every((byte, index) => chunk[index] === byte);
    if (isMarked) notes.repair("$", "Removed the byte order mark at the beginning of the file.", 1);
    yield isMarked ? chunk.slice().fill(0x20, 0, BYTE_ORDER_MARK.length) : chunk;
    onBytes((done += chunk.length));
  }
}

type Parsed = Omit<ParsedJson, "byteOrderMark">;
type Cut = Exclude<Piece, { kind: "frame" }>;
/** Where an entry is in its file. */
type Within = Pick<FileEntry, "lineIn" | "texts">;

class EntryReader {
  readonly #limits: JsonLimits;
  readonly #notes: Notes;
  #entries = 0;

  constructor(limits: JsonLimits, notes: Notes) {
    this.#limits = limits;
    this.#notes = notes;
  }

  /** An entry or a line; one that cannot be read is told, and the others go on. */
  *piece(piece: Cut): Generator<FileEntry> {
    const { kind, index, line } = piece;
    const isEntry = kind === "entry";
    if (isEntry) this.#entries++;
    const place = isEntry ? `Bundle.entry[${index}]` : `[${index}]`;
    const lineIn = below(line);
    if (piece.bytes === undefined) {
      const help = piece.isUnusual ? UNUSUAL : "Take what it carries out of it, and add that as a file.";
      return this.#notes.refuse(place, `${tooLarge(this.#limits.maxBytes)} ${help}`, line);
    }
    const { texts } = piece;
    try {
      const { text } = decodeJson(piece.bytes, this.#limits);
      if (!isEntry) return yield* this.text(text, { prefix: `[${index}].`, lineIn, texts });
      const at: JsonPath = ["entry", index];
      const parsed = parseJsonText(text, this.#limits, at);
      const within = lineOfIn(parsed, lineIn);
      const lineOf: LineOf = (container) => within(container) ?? line;
      const entries = entriesOfItem(parsed.value, { path: place, jsonPath: at }, this.#notes, lineOf);
      yield* this.#withIssues(entries, parsed.issues, "Bundle", { lineIn, texts });
    } catch (error) {
      this.#notes.refuseUnread(error, isEntry ? "Bundle" : place, { place, lineIn });
    }
  }

  /** What is left when the entries were cut out. */
  *frame({ bytes, lineIn, texts }: Extract<Piece, { kind: "frame" }>): Generator<FileEntry> {
    const { text } = decodeJson(bytes, this.#limits);
    const isCut = this.#entries > 0;
    if (isCut && !isBundle(parseJsonText(text, this.#limits).value))
      throw new ChartkeyError(NO_BUNDLE, "What this document lists as its entries are not those of a Bundle.");
    yield* this.text(text, { lineIn, texts });
  }

  /** A whole document: a Bundle or one resource. */
  *text(
    text: string,
    { prefix = "", lineIn = (line) => line, texts = NO_TEXTS }: { prefix?: string } & Partial<Within> = {},
  ): Generator<FileEntry> {
    const parsed = parseJsonText(text, this.#limits);
    const { value, issues } = parsed;
    const lineOf = lineOfIn(parsed, lineIn);
    const type = isJsonObject(value) && typeof value["resourceType"] === "string" ? value["resourceType"] : "$";
    const path = `${prefix}${type}`;
    const entries = entriesOf({ value, path, jsonPath: [], line: lineOf(value) }, this.#notes, lineOf);
    yield* this.#withIssues(entries, issues, path, { lineIn, texts });
  }

  *#withIssues(entries: Entry[], issues: readonly JsonIssue[], root: string, within: Within): Generator<FileEntry> {
    const left = new Set(issues);
    for (const entry of entries) {
      const own = issues.filter(({ path }) => entry.jsonPath.every((key, index) => key === path[index]));
      for (const issue of own) left.delete(issue);
      yield { ...entry, issues: own, ...within };
    }
    for (const issue of left)
      this.#notes.refuse(formatPath(root, issue.path), outside(issue), within.lineIn(issue.line), root);
  }
}

const isBundle = (value: unknown) => isJsonObject(value) && value["resourceType"] === "Bundle";

function lineOfIn({ lineOf }: Parsed, lineIn: (line: number) => number): LineOf {
  return (container) => {
    const line = isJsonObject(container) ? lineOf(container) : undefined;
    return line === undefined ? undefined : lineIn(line);
  };
}

/** An issue of the Bundle itself: its entries are still read. */
function outside({ code, reason }: JsonIssue): string {
  return code === "duplicate-key" ? `${reason} Only the first one was read.` : reason;
}
