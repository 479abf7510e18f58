import type { Elsewhere, Leftover } from "@chartkey/sdk";

const KINDS = {
  payload: "the sealed record",
  cover: "a second seal of it",
  wraps: "the document with its keys",
  manifest: "the list of its import",
  page: "a page of keys",
  set: "the emergency set before",
  staged: "a staged copy",
} as const;

const OUTCOMES = {
  removed: "removed",
  absent: "was not there",
  kept: "stays: somebody else keeps the same file as his own",
  failed: "FAILED: it may still be there",
  held: "is still there",
} as const;

/** What became of files, for people: a line each. */
export function removalLines(files: readonly Leftover[]): string[] {
  return files.map(({ kind, store, outcome, problem }) => {
    const why = problem === undefined ? "" : ` (${problem.message})`;
    return `   ${store}: ${KINDS[kind]} ${OUTCOMES[outcome]}${why}`;
  });
}

/** The same for programs. */
export function removalJson(files: readonly Leftover[]) {
  return files.map(({ problem, ...file }) => ({
    ...file,
    ...(problem === undefined ? {} : { problem: { code: problem.code, message: problem.message } }),
  }));
}

/** Where a record may be seen all the same, for people. */
export function elsewhereLines({ shares, emergencySet }: Elsewhere): string[] {
  return [
    ...shares.map((share) => `Still shared, by ${share}: share withdraw ${share}`),
    ...(emergencySet ? ["Your emergency set may still hold it: publish it anew (emergency set), or withdraw it."] : []),
  ];
}

/** 1 when a file may still be at a store. */
export function removalExit(files: readonly Leftover[]): 0 | 1 {
  return files.some(({ outcome }) => outcome === "failed" || outcome === "held") ? 1 : 0;
}
