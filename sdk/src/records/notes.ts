import { ChartkeyError } from "../errors.ts";
import type { ImportNote, ImportReport } from "./import.ts";
import type { JsonPath } from "./json.ts";

/** Where a place is in the terms of FHIRPath. */
export function formatPath(root: string, path: JsonPath): string {
  return root + path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key.slice(0, 80)}`)).join("");
}

const same = (line: number) => line;

/** What is told of a file while it is read. */
export class Notes {
  readonly #file: string;
  readonly #repaired: ImportNote[] = [];
  #refused: ImportNote[] = [];
  #places = new Set<string>();

  constructor(file: string) {
    this.#file = file;
  }

  report(needsPerson: boolean): ImportReport {
    const [repaired, refused] = [this.#repaired, this.#refused];
    return { repaired, refused, refusedPlaces: this.#places.size, needsPerson };
  }

  repair(path: string, reason: string, line?: number): void {
    this.#repaired.push(this.#note(path, reason, line));
  }

  /** Refuses what is at `place` for what is at `path`, which may be a part of it. */
  refuse(path: string, reason: string, line?: number, place = path): void {
    this.#refused.push(this.#note(path, reason, line));
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
    this.#refused = [];
    this.#places = new Set();
  }

  #note(path: string, reason: string, line: number | undefined): ImportNote {
    const file = this.#file;
    return line === undefined ? { file, path, reason } : { file, path, reason, line };
  }
}
