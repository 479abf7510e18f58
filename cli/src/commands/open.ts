import { ChartkeyError, openRecord } from "@chartkey/sdk";
import { Argument } from "commander";
import type { Address, Hex } from "viem";
import type { Spec } from "../command.ts";
import { recordIdOf } from "../record-id.ts";
import { openUnlocked } from "../session.ts";
import { contentOf, describeRecord } from "../show-record.ts";
import { toRecord } from "../values.ts";
import { indexOption, patientOption } from "./options.ts";

export const openCommand: Spec = {
  name: "open",
  summary: "Show what a record holds. Every byte is checked against the ledger first.",
  arguments: [new Argument("<record>", "record id, or number in the ledger").argParser(toRecord)],
  options: [patientOption(), indexOption()],
  example: "3 --patient 0x90F79bf6EB2c4f870365E785982E1f101E93b906",
  async run(io, { patient, index }, [record]) {
    const session = await openUnlocked(io);
    const recordId = await recordIdOf(session, patient as Address, record as Hex | number);
    const opened = await openRecord(session, patient as Address, recordId);
    const chosen = opened.records.filter((candidate) => index === undefined || candidate.index === index);
    if (chosen.length === 0)
      throw new ChartkeyError("RECORD_UNKNOWN", "There is no record of that index that you can read in this batch.");
    const records = chosen.map((item) => ({ ...describeRecord(item), ...contentOf(item) }));
    const lines = records.flatMap((item) => JSON.stringify(item, null, 2).split("\n"));
    return { json: { recordId, records }, lines };
  },
};
