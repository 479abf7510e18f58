import { ChartkeyError, orderReferenceText, readLedger, showOrder } from "@chartkey/sdk";
import { Argument, Option } from "commander";
import type { Address, Hex } from "viem";
import type { Spec } from "../command.ts";
import type { Io, Result } from "../io.ts";
import { openReading, openUnlocked } from "../session.ts";
import { toRecord } from "../values.ts";

async function showSecret(io: Io, wanted: Hex | number): Promise<Result> {
  const session = await openUnlocked(io);
  const patient: Address = session.account ?? session.wallet.account.address;
  const orderId =
    typeof wanted === "string" ? wanted : (await readLedger(session.chain, patient)).entries[wanted - 1]?.recordId;
  if (orderId === undefined)
    throw new ChartkeyError("RECORD_UNKNOWN", `Your ledger has no entry ${String(wanted)}. Check the number.`);
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
