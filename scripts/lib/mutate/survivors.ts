import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../settings.ts";
import type { Mutant } from "./mutants.ts";

/** A mutant that no test can or need notice. It is known by its text, because lines move. */
export interface Accepted {
  readonly contract: string;
  /** Function or modifier; empty for a constant. */
  readonly within: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** Reads test/proofs/survivors.json. */
export async function readAccepted(): Promise<Accepted[]> {
  const text = await readFile(join(ROOT, "test/proofs/survivors.json"), "utf8");
  const entries = JSON.parse(text) as Accepted[];
  for (const entry of entries)
    if (!entry.reason) throw new Error(`A survivor of ${entry.contract} has no reason: ${JSON.stringify(entry)}`);
  return entries;
}

const words = (text: string) => text.replaceAll(/\s+/g, " ").trim();

export function isAccepted(mutant: Pick<Mutant, "within" | "from" | "to">, entry: Accepted): boolean {
  return (
    mutant.within === entry.within && words(mutant.from) === words(entry.from) && words(mutant.to) === words(entry.to)
  );
}
