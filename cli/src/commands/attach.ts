import { openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { ChartkeyError, publishFile } from "@chartkey/sdk";
import { Argument, Option } from "commander";
import type { Address } from "viem";
import type { Spec } from "../command.ts";
import { phases } from "../progress.ts";
import { openUnlocked } from "../session.ts";
import { temporarySpool } from "../spool.ts";
import { categoryNames, toCategory, toMediaType, toText } from "../values.ts";
import { patientOption } from "./options.ts";

export const attachCommand: Spec = {
  name: "attach",
  summary: "Add a file of any size and kind to a chart: a scan, a film, a letter. It is encrypted part by part.",
  arguments: [new Argument("<file>", "the file")],
  options: [
    patientOption(),
    new Option("--category <category>", "where it belongs").argParser(toCategory).makeOptionMandatory(),
    new Option("--type <media-type>", "what it is, such as application/dicom")
      .argParser(toMediaType)
      .makeOptionMandatory(),
    new Option("--title <text>", "what it is called; default: the file's name").argParser(toText),
  ],
  example: "mri.dcm --patient 0x90F79bf6EB2c4f870365E785982E1f101E93b906 --category results --type application/dicom",
  async run(io, { patient, category, type, title }, [name]) {
    const path = resolve(io.cwd, name as string);
    if (!(await stat(path)).isFile())
      throw new ChartkeyError(
        "FILE_NOT_REGULAR",
        `${name as string} is not a file. Name one; a directory is imported.`,
      );
    const file = await openAsBlob(path);
    const meta = { contentType: type as string, title: (title as string | undefined) ?? basename(path) };
    const session = await openUnlocked(io);
    const draft = { category: category as number, meta, file };
    const recordId = await publishFile(session, patient as Address, draft, await temporarySpool(), {
      onPhase: phases(io),
    });
    const [shown] = categoryNames([draft.category]);
    return {
      json: { recordId, category: shown, ...meta, size: file.size },
      lines: [`${meta.title} (${file.size} bytes) is in the chart under ${shown}: ${recordId}`],
    };
  },
};
