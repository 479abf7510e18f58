import { readFile } from "node:fs/promises";
import { type ImportItem, type ImportNote, readBundle } from "@chartkey/sdk/records";
import type { NamedFile } from "./files.ts";

/** A note as it is printed. */
export type ShownNote = Pick<ImportNote, "file" | "path" | "reason">;

/** What files hold that can be taken into a chart, and what not. */
export interface ReadFiles {
  items: (ImportItem & { file: string })[];
  repaired: ShownNote[];
  refused: ShownNote[];
  /** How many files, entries or resources were refused, each for one reason or several. */
  refusedPlaces: number;
}

const shown = ({ file, path, reason, line }: ImportNote): ShownNote => ({
  file,
  path,
  reason: line === undefined ? reason : `${reason.replace(/\.$/, "")} (line ${line}).`,
});

/**
 * Reads FHIR files. In a directory, files of other kinds are refused by name, so that nothing is left out unsaid.
 * @param person whose records to take from a file about several, as the file refers to them
 */
export async function readFiles(files: readonly NamedFile[], person: string | undefined): Promise<ReadFiles> {
  const all: ReadFiles = { items: [], repaired: [], refused: [], refusedPlaces: 0 };
  for (const { name, path } of files) {
    if (files.length > 1 && !/\.(json|ndjson|jsonl)$/i.test(name)) {
      all.refused.push({ file: name, path: "$", reason: "Not a .json, .ndjson or .jsonl file: not read." });
      all.refusedPlaces += 1;
      continue;
    }
    const result = await readBundle(await readFile(path), name, person === undefined ? {} : { patient: person });
    all.items.push(...result.items.map((item) => ({ ...item, file: name })));
    all.repaired.push(...result.repaired.map(shown));
    all.refused.push(...result.refused.map(shown));
    all.refusedPlaces += result.refusedPlaces;
  }
  return all;
}
