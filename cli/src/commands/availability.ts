import { ChartkeyError, accountOf, publishAvailability, readFee } from "@chartkey/sdk";
import { InvalidArgumentError, Option } from "commander";
import { formatUnits } from "viem";
import type { Spec } from "../command.ts";
import { phases } from "../progress.ts";
import { openSession } from "../session.ts";
import { toDay, toGwei } from "../values.ts";
import { hospitalOption } from "./options.ts";

/** Quarter of an hour of the day, 0 to 96, of a time such as 09:15. */
function toQuarter(text: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-4]):(00|15|30|45)$/.exec(text) ?? [];
  const quarter = Number(hours) * 4 + Number(minutes) / 15;
  if (Number.isNaN(quarter) || quarter > 96)
    throw new InvalidArgumentError("Expected a time on a quarter of an hour (UTC), such as 09:15.");
  return quarter;
}

export const availabilityCommand: Spec = {
  name: "availability",
  summary: "Open your time of one day for booking, as a doctor. Replaces what was open that day.",
  options: [
    hospitalOption(),
    new Option("--date <date>", "the day (UTC)").argParser(toDay).makeOptionMandatory(),
    new Option("--from <time>", "begin (UTC)").argParser(toQuarter).makeOptionMandatory(),
    new Option("--to <time>", "end (UTC)").argParser(toQuarter).makeOptionMandatory(),
    new Option("--fee <ether>", "what a visit of that day costs; without it, what it costs now").argParser(toGwei),
  ],
  example: "--hospital 1 --date 2027-06-30 --from 09:00 --to 12:00 --fee 0.02",
  async run(io, options) {
    const { hospital, date, from, to, fee } = options as {
      hospital: number;
      date: number;
      from: number;
      to: number;
      fee?: bigint;
    };
    if (to <= from) throw new ChartkeyError("USAGE", "The end is not after the begin.");
    const session = await openSession(io);
    const slots = Array.from({ length: to - from }, (_, index) => from + index);
    const feeGwei = fee ?? (await readFee(session.chain, { hospital, doctor: accountOf(session), day: date }));
    await publishAvailability(session, { hospital, firstDay: date, open: [slots], feeGwei }, phases(io));
    const price = feeGwei === 0n ? "for nothing" : `for ${formatUnits(feeGwei, 9)} ETH each`;
    return {
      json: { hospital, open: slots.length, feeGwei: String(feeGwei) },
      lines: [`${slots.length} quarters of an hour are open, ${price}.`],
    };
  },
};
