import { type Share, accountOf, openShare, readShares, shareRecord, withdrawShare } from "@chartkey/sdk";
import { Argument, Option } from "commander";
import type { Address, Hex } from "viem";
import type { Spec } from "../command.ts";
import { phases } from "../progress.ts";
import { recordIdOf } from "../record-id.ts";
import { elsewhereLines, removalExit, removalJson, removalLines } from "../removals.ts";
import { openUnlocked } from "../session.ts";
import { contentOf, describeRecord } from "../show-record.ts";
import { categoryNames, toAddress, toEnd, toInstant, toRecordId, toText } from "../values.ts";
import { indexOption } from "./options.ts";
import { recordArgument } from "./record.ts";

const toJson = ({ notice, record, category, to, until, code, withdrawn }: Share) => ({
  ...{
    share: notice,
    ...record,
    category: categoryNames([category])[0]!,
    to,
    until: toInstant(until),
    withdrawn,
    code,
  },
});

const create: Spec = {
  name: "share create",
  summary: "Share one record with one account until a time, without access to its category.",
  arguments: [recordArgument()],
  options: [
    indexOption(),
    new Option("--to <address>", "whom to share it with").argParser(toAddress).makeOptionMandatory(),
    new Option("--until <moment>", "end: a date, or an instant").argParser(toEnd).makeOptionMandatory(),
  ],
  example: "3 --to 0x976EA74026E726554dB657fA54763abd0C3a0aa9 --until 2027-06-30",
  async run(io, { index = 0, to, until }, [wanted]) {
    const session = await openUnlocked(io);
    const recordId = await recordIdOf(session, accountOf(session), wanted as Hex | number);
    const terms = { to: to as Address, until: until as number };
    const share = await shareRecord(session, { recordId, index: index as number }, terms, phases(io));
    return { json: toJson(share), lines: [`Shared. Send this text; ${share.to} alone can open it:`, share.code] };
  },
};

const list: Spec = {
  name: "share list",
  summary: "List the records that you shared.",
  example: "",
  async run(io) {
    const shares = (await readShares(await openUnlocked(io))).map(toJson);
    const lines = shares.map(({ share, recordId, index, to, until, withdrawn }) => {
      const state = withdrawn ? "withdrawn" : `until ${until}`;
      return `${share}  record ${recordId}${index === 0 ? "" : ` number ${index}`}  with ${to}  ${state}`;
    });
    return { json: { shares }, lines: lines.length === 0 ? ["You share no single record."] : lines };
  },
};

const withdraw: Spec = {
  name: "share withdraw",
  summary: "End a share before its time. What was opened stays with whom it was shared with.",
  arguments: [new Argument("<share>", "id of the share, as `share list` shows it").argParser(toRecordId)],
  example: "0x5d1f...",
  async run(io, _, [share]) {
    const { files, elsewhere } = await withdrawShare(await openUnlocked(io), share as Hex, phases(io));
    return {
      json: { share, files: removalJson(files), elsewhere },
      lines: ["Withdrawn.", ...removalLines(files), ...elsewhereLines(elsewhere)],
      exitCode: removalExit(files),
    };
  },
};

const open: Spec = {
  name: "share open",
  summary: "Show a record that somebody shared with you. Every byte is checked against the ledger first.",
  arguments: [new Argument("<text>", "chartkey-share:1:...").argParser(toText)],
  example: "chartkey-share:1:eyJ...",
  async run(io, _, [text]) {
    const { record } = await openShare(await openUnlocked(io), text as string);
    const shown = { recordId: record.recordId, ...describeRecord(record), ...contentOf(record) };
    return { json: shown, lines: JSON.stringify(shown, null, 2).split("\n") };
  },
};

export const shareCommands: readonly Spec[] = [create, list, withdraw, open];
