import { ChartkeyError } from "../errors.ts";
import type { ImportNote, ImportReport, NoteCount } from "./import.ts";
import type { JsonPath } from "./json.ts";

/** Where a place is in the terms of FHIRPath. */
export function formatPath(root: string, path: JsonPath): string {
  return root + path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key.slice(0, 80)}`)).join("");
}

const same = (line: number) => line;

/** Notes of a kind that are listed with their places: a file may have millions. */
export const MAX_NOTES = 1_000;

/** Reasons that are counted by themselves; a file that gives more of them has the others counted as one. */
const MAX_REASONS = 100;
const OTHER_REASONS = "Other reasons.";

/** Notes in constant memory: the first ones, and the others counted by their reasons. */
export class NoteList<T extends Pick<ImportNote, "reason">> {
  readonly listed: T[] = [];
  readonly #counts = new Map<string, number>();

  add(note: T): void {
    if (this.listed.length < MAX_NOTES) this.listed.push(note);
    else this.count({ reason: note.reason.replaceAll(/"[^"]*"/g, '"…"'), count: 1 });
  }

  /** Takes over what another list counted. */
  count({ reason, count }: NoteCount): void {
    const key = this.#counts.has(reason) || this.#counts.size < MAX_REASONS ? reason : OTHER_REASONS;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
  }

  /** The most frequent reason first. */
  counted(): NoteCount[] {
    return [...this.#counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
  }
}

/** What is told of a file while it is read. */
export class Notes {
  readonly #file: string;
  readonly #repaired = new NoteList<ImportNote>();
  #refused = new NoteList<ImportNote>();
  #places = new Set<string>();

  constructor(file: string) {
    this.#file = file;
  }

  report(needsPerson: boolean): ImportReport {
    const [repaired, refused] = [this.#repaired.listed, this.#refused.listed];
    const unlisted = { repaired: this.#repaired.counted(), refused: this.#refused.counted() };
    return { repaired, refused, unlisted, refusedPlaces: this.#places.size, needsPerson };
  }

  repair(path: string, reason: string, line?: number): void {
    this.#repaired.add(this.#note(path, reason, line));
  }

  /** Refuses what is at `place` for what is at `path`, which may be a part of it. */
  refuse(path: string, reason: string, line?: number, place = path): void {
    this.#refused.add(this.#note(path, reason, line));
    this.#places.add(place);
  }

  /** Refuses what is at `place`, since it cannot be read. Throws what is no error of ours. */
  refuseUnread(error: unknown, root: string, { place = root, lineIn = same } = {}): void {
    if (!(error instanceof ChartkeyError)) throw error;
    const { line, path } = error.details ?? {};
    const at = Array.isArray(path) ? formatPath(root, path as JsonPath) : place;
    this.refuse(at, error.message, typeof line === "number" ? lineIn(line) : undefined, place);
  }

  /** The whole file is refused: what was refused in it matters no more. */
  startOver(): void {
    this.#refused = new NoteList();
    this.#places = new Set();
  }

  #note(path: string, reason: string, line: number | undefined): ImportNote {
    const file = this.#file;
    return line === undefined ? { file, path, reason } : { file, path, reason, line };
  }
}
