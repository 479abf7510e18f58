import type { RemovalReport } from "@chartkey/sdk";

const KINDS = {
  payload: "the sealed record",
  cover: "a second seal of it",
  wraps: "the document with its keys",
  manifest: "the list of its import",
  page: "a page of keys",
} as const;

const OUTCOMES = {
  removed: "removed",
  absent: "was not there",
  kept: "stays: somebody else keeps the same file as his own",
  failed: "FAILED: it may still be there",
} as const;

/** What became of files, for people: a line each. */
export function removalLines(files: readonly RemovalReport[]): string[] {
  return files.map(({ kind, store, outcome, problem }) => {
    const why = problem === undefined ? "" : ` (${problem.message})`;
    return `   ${store}: ${KINDS[kind]} ${OUTCOMES[outcome]}${why}`;
  });
}

/** The same for programs. */
export function removalJson(files: readonly RemovalReport[]) {
  return files.map(({ problem, ...file }) => ({
    ...file,
    ...(problem === undefined ? {} : { problem: { code: problem.code, message: problem.message } }),
  }));
}

/** 1 when a file may still be at a store. */
export function removalExit(files: readonly RemovalReport[]): 0 | 1 {
  return files.some(({ outcome }) => outcome === "failed") ? 1 : 0;
}
