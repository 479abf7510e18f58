import { ChartkeyError, accountOf, cancelOwnOrder, orderReferenceText, readOrder, showOrder } from "@chartkey/sdk";
import { Argument, Option } from "commander";
import type { Hex } from "viem";
import type { Spec } from "../command.ts";
import type { Io, Result } from "../io.ts";
import { phases } from "../progress.ts";
import { recordIdOf } from "../record-id.ts";
import { openReading, openUnlocked } from "../session.ts";
import { toRecord } from "../values.ts";

async function showSecret(io: Io, wanted: Hex | number): Promise<Result> {
  const session = await openUnlocked(io);
  const patient = accountOf(session);
  const orderId = await recordIdOf(session, patient, wanted);
  const code = await showOrder(session, patient, orderId);
  io.stderr(
    "Secret: whoever has this code reads the prescription and can have it handed out. Show it to your pharmacist alone.\n",
  );
  return { json: { orderId, code, secret: true }, lines: [code] };
}

async function showPublic(io: Io, wanted: Hex | number): Promise<Result> {
  if (typeof wanted === "number")
    throw new ChartkeyError("USAGE", "Name the prescription by its record id: numbers are those of your own ledger.");
  const code = orderReferenceText(await openReading(io), wanted);
  return { json: { orderId: wanted, code, secret: false }, lines: [code] };
}

export const rxShowCommand: Spec = {
  name: "rx show",
  summary: "Print the code of one of your prescriptions: the secret one that a pharmacist scans, or the public one.",
  arguments: [new Argument("<prescription>", "record id, or number in your ledger").argParser(toRecord)],
  options: [new Option("--public", "the code by which anybody verifies it; needs no key")],
  example: "4",
  run(io, options, [wanted]) {
    return options["public"] === true ? showPublic(io, wanted as Hex | number) : showSecret(io, wanted as Hex | number);
  },
};

export const rxCancelCommand: Spec = {
  name: "rx cancel",
  summary: "Cancel one of your prescriptions as its patient, for good. What was handed out stays so.",
  arguments: [new Argument("<prescription>", "record id, or number in your ledger").argParser(toRecord)],
  example: "4",
  async run(io, _, [wanted]) {
    const session = await openUnlocked(io);
    const orderId = await recordIdOf(session, accountOf(session), wanted as Hex | number);
    await cancelOwnOrder(session, await readOrder(session.chain, orderId), phases(io));
    return { json: { orderId }, lines: ["Cancelled. Nothing is handed out on it any more, also not with its code."] };
  },
};
