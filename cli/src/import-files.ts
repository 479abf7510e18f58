import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import {
  type FhirSource,
  type ImportItem,
  type ImportNote,
  type ImportReport,
  NoteList,
  type ScannedFile,
  scanFhir,
} from "@chartkey/sdk/records";
import type { NamedFile } from "./files.ts";

/** A note as it is printed. */
export type ShownNote = Pick<ImportNote, "file" | "path" | "reason">;

/** What files hold that can be taken into a chart, and what not. */
export interface ReadFiles extends Pick<ScannedFile, "categories"> {
  /** Reads the files again, one resource after the other. */
  items: () => AsyncGenerator<ImportItem & { file: string }>;
  /** Of all files together, as many as are listed of one. */
  repaired: ShownNote[];
  refused: ShownNote[];
  unlisted: ImportReport["unlisted"];
  /** How many files, entries or resources were refused, each for one reason or several. */
  refusedPlaces: number;
}

const shown = ({ file, path, reason, line }: ImportNote): ShownNote => ({
  file,
  path,
  reason: line === undefined ? reason : `${reason.replace(/\.$/, "")} (line ${line}).`,
});

/** Bytes that are read at a time. */
const CHUNK = 1 << 20;

/** Is told how many bytes of all files were read. */
interface ReadProgress {
  onBytes?: (done: number, total: number) => void;
}

function sourceOf(name: string, path: string, isWhole: boolean): FhirSource {
  const read = (part = {}) => createReadStream(path, { highWaterMark: CHUNK, ...part });
  const source = { name, open: () => read() };
  // The end is the last byte, and not the one after it.
  return isWhole ? source : { ...source, slice: (start, end) => read({ start, end: end - 1 }) };
}

/**
 * Reads FHIR files of any size. In a directory, files of other kinds are refused by name, so that nothing is left out unsaid.
 * @param person whose records to take from a file about several, as the file refers to them
 * @param isWhole whether resources are to be read with the large files in them
 */
export async function readFiles(
  files: readonly NamedFile[],
  person: string | undefined,
  { onBytes = () => {}, isWhole = false }: ReadProgress & { isWhole?: boolean } = {},
): Promise<ReadFiles> {
  const scanned: { readonly name: string; readonly file: ScannedFile }[] = [];
  const kinds = ["repaired", "refused"] as const;
  const notes = { repaired: new NoteList<ImportNote>(), refused: new NoteList<ImportNote>() };
  let refusedPlaces = 0;
  const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let before = 0;
  for (const [index, { name, path }] of files.entries()) {
    const passed = before;
    before += sizes[index]!;
    if (files.length > 1 && !/\.(json|ndjson|jsonl)$/i.test(name)) {
      notes.refused.add({ file: name, path: "$", reason: "Not a .json, .ndjson or .jsonl file: not read." });
      refusedPlaces += 1;
      continue;
    }
    const source = sourceOf(name, path, isWhole);
    const told = { onBytes: (done: number) => onBytes(passed + done, total) };
    const file = await scanFhir(source, person === undefined ? told : { ...told, patient: person });
    scanned.push({ name, file });
    for (const kind of kinds) {
      for (const note of file[kind]) notes[kind].add(note);
      for (const counted of file.unlisted[kind]) notes[kind].count(counted);
    }
    refusedPlaces += file.refusedPlaces;
  }
  const items = async function* () {
    for (const { name, file } of scanned) for await (const item of file.items()) yield { ...item, file: name };
  };
  const listed = { repaired: notes.repaired.listed.map(shown), refused: notes.refused.listed.map(shown) };
  const unlisted = { repaired: notes.repaired.counted(), refused: notes.refused.counted() };
  return { ...listed, unlisted, refusedPlaces, categories: scanned.flatMap(({ file }) => file.categories), items };
}
