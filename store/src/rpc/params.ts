import type { CID } from "multiformats/cid";
import { parseCid } from "../cid.ts";
import { StoreError } from "../errors.ts";

/** Query parameters of a command, checked on reading. All methods throw STORE_REQUEST_INVALID on a bad value. */
export class Params {
  readonly #query: URLSearchParams;

  constructor(query: URLSearchParams) {
    this.#query = query;
  }

  text(name: string): string | undefined {
    return this.#query.get(name) ?? undefined;
  }

  /** "true", "1" and the bare name are true, "false" and "0" false. */
  flag(name: string, fallback: boolean): boolean {
    const value = this.text(name);
    if (value === undefined) return fallback;
    if (value === "true" || value === "1" || value === "") return true;
    if (value === "false" || value === "0") return false;
    throw invalid(`"${name}" must be true or false`);
  }

  /** A whole number that is not negative. */
  count(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const count = Number(value);
    if (!/^\d+$/.test(value) || !Number.isSafeInteger(count)) throw invalid(`"${name}" must be a whole number`);
    return count;
  }

  /** The CIDs given as `arg`. */
  cids(): CID[] {
    return this.#query.getAll("arg").map(parseCid);
  }

  /** The CID given as `arg`, which must be the only one. */
  cid(): CID {
    const [only, ...others] = this.#query.getAll("arg");
    if (only === undefined || others.length > 0) throw invalid('argument "ipfs-path" is required, once');
    return parseCid(only);
  }

  /** Refuses options that would change the result and that the store does not have: ignoring them would mislead. */
  refuse(...names: string[]): void {
    for (const name of names) {
      if (this.text(name) !== undefined && this.flag(name, false)) throw invalid(`"${name}" is not supported`);
    }
  }

  /** Accepts only one value for an option that the store has no choice in. */
  expect(name: string, expected: string): void {
    const value = this.text(name);
    if (value !== undefined && value !== expected) throw invalid(`"${name}" must be ${expected}`);
  }
}

/** A refusal of what the caller asked for. */
export function invalid(message: string): StoreError {
  return new StoreError("STORE_REQUEST_INVALID", message);
}
