import {
  type Invitation,
  RecordImport,
  type StagedDraft,
  decodeInvitation,
  encodeInvitation,
  importDraft,
  stageRecords,
} from "@chartkey/sdk";
import { Argument, InvalidArgumentError, Option } from "commander";
import type { Address } from "viem";
import type { Spec } from "../command.ts";
import { type NamedFile, listFiles } from "../files.ts";
import { type ReadFiles, readFiles } from "../import-files.ts";
import type { Io, Result } from "../io.ts";
import { paceLine, progressLine } from "../progress.ts";
import { openSession, openUnlocked } from "../session.ts";
import { toAddress } from "../values.ts";

export const importCommand: Spec = {
  name: "import",
  summary:
    "Add FHIR R4 files to a chart, or stage them for an invitation: Bundles, resources or NDJSON. What cannot be taken is named, the rest goes on.",
  arguments: [new Argument("<path>", "a file, or a directory with all files in it")],
  options: [
    new Option("--patient <address>", "whose chart").argParser(toAddress),
    new Option("--stage <invitation>", "instead: for whoever claims this invitation of a patient, as its hospital"),
    new Option("--person <reference>", "whose records to take from a file about several persons, such as Patient/85"),
  ],
  example: "hospital-export.json --patient 0x90F79bf6EB2c4f870365E785982E1f101E93b906",
  async run(io, { patient, stage, person }, [path]) {
    if ((patient === undefined) === (stage === undefined))
      throw new InvalidArgumentError("Name one of --patient and --stage.");
    const files = await listFiles(io, path as string);
    if (stage !== undefined)
      return stageFiles(io, decodeInvitation(stage as string), files, person as string | undefined);
    const session = await openUnlocked(io);
    const read = await readAll(io, files, { person: person as string | undefined });
    const { repaired, refused, unlisted, refusedPlaces } = read;
    const stored = paceLine(io, "Stored");
    const importing = new RecordImport(session, patient as Address, read);
    const { accepted, unchanged } = await importing.run({ onDone: stored.show }).finally(stored.clear);
    return {
      json: { accepted, unchanged, repaired, refused, unlisted },
      lines: [`${accepted} added, ${unchanged} already there, ${refusedPlaces} refused.`, ...noteLines(read)],
      exitCode: refused.length > 0 ? 2 : 0,
    };
  },
};

interface Wanted {
  person: string | undefined;
  /** Whether resources are to be read with the large files in them. */
  isWhole?: boolean;
}

async function readAll(io: Io, files: readonly NamedFile[], { person, isWhole = false }: Wanted): Promise<ReadFiles> {
  const reading = paceLine(io, "Read", (bytes) => `${(bytes / 1e6).toFixed(1)} MB`);
  return readFiles(files, person, { onBytes: reading.show, isWhole }).finally(reading.clear);
}

/** What was repaired and refused, for people. */
function noteLines({ repaired, refused, unlisted }: ReadFiles): string[] {
  return [
    ...repaired.map(({ file, path, reason }) => `Repaired: ${file} ${path}: ${reason}`),
    ...unlisted.repaired.map(({ reason, count }) => `Repaired: ${count} more, not listed: ${reason}`),
    ...refused.map(({ file, path, reason }) => `Refused: ${file} ${path}: ${reason}`),
    ...unlisted.refused.map(({ reason, count }) => `Refused: ${count} more, not listed: ${reason}`),
  ];
}

async function stageFiles(
  io: Io,
  invitation: Invitation,
  files: NamedFile[],
  person: string | undefined,
): Promise<Result> {
  const session = await openSession(io);
  const read = await readAll(io, files, { person, isWhole: true });
  const { repaired, refused, unlisted, refusedPlaces } = read;
  const drafts: StagedDraft[] = [];
  for await (const item of read.items()) drafts.push({ ...importDraft(item), name: `${item.file} ${item.path}` });
  const show = progressLine(io);
  const onItem = (done: number) => show(`Stored ${done} of ${drafts.length}`);
  const staged = encodeInvitation(await stageRecords(session, invitation, drafts, { onItem }).finally(() => show("")));
  return {
    json: { invitation: staged, staged: drafts.length, repaired, refused, unlisted },
    lines: [
      staged,
      `${drafts.length} staged, ${refusedPlaces} refused. Hand over this invitation and not the one before: it alone leads to what was staged, for whoever has it.`,
      ...noteLines(read),
    ],
    exitCode: refused.length > 0 ? 2 : 0,
  };
}
