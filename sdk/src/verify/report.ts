import { ChartkeyError } from "../errors.ts";

/** One thing that was looked at. `detail` says what was found, in a sentence. */
export interface CheckResult {
  name: string;
  ok: boolean;
  detail: string;
}

/** What became of checking. */
export interface Report {
  ok: boolean;
  checks: CheckResult[];
  /** What follows, in sentences; empty unless everything holds. */
  proved: string[];
  /** What does not follow, in sentences. */
  notProved: string[];
}

/** A check that does not hold. Its message is the detail. */
export function fail(detail: string): never {
  throw new ChartkeyError("CHECK_FAILED", detail);
}

/** Runs checks one after the other, each on its own; hostile input makes them fail, never throw. */
export class Checklist {
  readonly checks: CheckResult[] = [];

  /** Runs a check that returns its detail, and passes a value on when it holds. */
  async run<T>(name: string, check: () => Promise<[detail: string, value: T]> | [string, T]): Promise<T | undefined> {
    try {
      const [detail, value] = await check();
      this.checks.push({ name, ok: true, detail });
      return value;
    } catch (error) {
      const known =
        error instanceof ChartkeyError ? error.message : "The content is not of a kind that can be checked.";
      this.checks.push({ name, ok: false, detail: known });
      return undefined;
    }
  }

  report(proved: string[], notProved: string[]): Report {
    const ok = this.checks.every((check) => check.ok);
    return { ok, checks: this.checks, proved: ok ? proved : [], notProved: ok ? notProved : [] };
  }
}
