import { ChartkeyError, openRecord, openRecordInto } from "@chartkey/sdk";
import { Argument, Option } from "commander";
import type { Address, Hex } from "viem";
import type { Spec } from "../command.ts";
import { requireFree } from "../files.ts";
import { recordIdOf } from "../record-id.ts";
import { openUnlocked } from "../session.ts";
import { contentOf, describeRecord } from "../show-record.ts";
import { wholeFileSink } from "../spool.ts";
import { toRecord } from "../values.ts";
import { indexOption, patientOption } from "./options.ts";

export const openCommand: Spec = {
  name: "open",
  summary: "Show what a record holds. Every byte is checked against the ledger first.",
  arguments: [new Argument("<record>", "record id, or number in the ledger").argParser(toRecord)],
  options: [
    patientOption(),
    indexOption(),
    new Option("--output <file>", "write the content of one record, of any size, into a new file"),
    new Option("--overwrite", "replace a file that is there already"),
  ],
  example: "3 --patient 0x90F79bf6EB2c4f870365E785982E1f101E93b906",
  async run(io, { patient, index, output, overwrite = false }, [record]) {
    const session = await openUnlocked(io);
    const recordId = await recordIdOf(session, patient as Address, record as Hex | number);
    if (output !== undefined) {
      const name = output as string;
      if (overwrite !== true) await requireFree(io, name);
      const reference = { recordId, index: (index as number | undefined) ?? 0 };
      const { meta, size } = await openRecordInto(session, patient as Address, reference, wholeFileSink(io, name));
      return { json: { ...reference, meta, size, file: name }, lines: [`${name}: ${size} bytes, ${meta.contentType}`] };
    }
    const opened = await openRecord(session, patient as Address, recordId);
    const chosen = opened.records.filter((candidate) => index === undefined || candidate.index === index);
    if (chosen.length === 0)
      throw new ChartkeyError("RECORD_UNKNOWN", "There is no record of that index that you can read in this batch.");
    const records = chosen.map((item) => ({ ...describeRecord(item), ...contentOf(item) }));
    const lines = records.flatMap((item) => JSON.stringify(item, null, 2).split("\n"));
    return { json: { recordId, records }, lines };
  },
};
