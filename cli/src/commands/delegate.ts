import {
  MANDATE_ACTIONS,
  type MandateAction,
  appointDelegate,
  readMandates,
  removeDelegate,
  resignMandate,
} from "@chartkey/sdk";
import { InvalidArgumentError, Option } from "commander";
import type { Address } from "viem";
import type { Spec } from "../command.ts";
import { phases } from "../progress.ts";
import { openReading, openSession } from "../session.ts";
import { toAddress, toEnd, toInstant } from "../values.ts";

function toActions(text: string): MandateAction[] {
  const words = text.trim() === "all" ? [...MANDATE_ACTIONS] : text.split(",").map((word) => word.trim());
  const found = MANDATE_ACTIONS.filter((action) => words.includes(action));
  if (found.length === 0 || words.some((word) => !MANDATE_ACTIONS.some((action) => action === word)))
    throw new InvalidArgumentError(`Expected some of: ${MANDATE_ACTIONS.join(", ")}, or all.`);
  return found;
}

const appoint: Spec = {
  name: "delegate appoint",
  summary: "Let somebody act for you on the chain. It gives no key: he cannot read your chart.",
  options: [
    new Option("--to <address>", "whom").argParser(toAddress).makeOptionMandatory(),
    new Option("--may <actions>", "grant, revoke, book, with commas, or all")
      .argParser(toActions)
      .makeOptionMandatory(),
    new Option("--until <date>", "last day (UTC), or an instant; at most two years ahead")
      .argParser(toEnd)
      .makeOptionMandatory(),
  ],
  example: "--to 0x976EA74026E726554dB657fA54763abd0C3a0aa9 --may book --until 2027-06-30",
  async run(io, options) {
    const {
      to: delegate,
      may: actions,
      until: expiry,
    } = options as {
      to: Address;
      may: MandateAction[];
      until: number;
    };
    await appointDelegate(await openSession(io), { delegate, actions, expiry }, phases(io));
    const until = toInstant(expiry);
    return {
      json: { to: delegate, may: actions, until },
      lines: [`${delegate} may ${actions.join(", ")} for you until ${until}.`],
    };
  },
};

const remove: Spec = {
  name: "delegate remove",
  summary: "End a mandate that you gave, or give back one that you have. What was granted under it stays.",
  options: [
    new Option("--from <address>", "the delegate").argParser(toAddress),
    new Option("--patient <address>", "who gave you the mandate").argParser(toAddress).conflicts("from"),
  ],
  example: "--from 0x976EA74026E726554dB657fA54763abd0C3a0aa9",
  async run(io, { from, patient }) {
    const session = await openSession(io);
    if (patient === undefined && from === undefined)
      throw new InvalidArgumentError("Name --from the delegate, or --patient to give a mandate back.");
    if (patient !== undefined) await resignMandate(session, patient as Address, phases(io));
    else await removeDelegate(session, from as Address, phases(io));
    return { json: patient === undefined ? { from } : { patient }, lines: ["The mandate has ended."] };
  },
};

const list: Spec = {
  name: "delegate list",
  summary: "Mandates that a patient gave, or that a delegate has.",
  options: [
    new Option("--patient <address>", "who gave them").argParser(toAddress),
    new Option("--delegate <address>", "who has them").argParser(toAddress).conflicts("patient"),
  ],
  example: "--patient 0x90F79bf6EB2c4f870365E785982E1f101E93b906",
  async run(io, { patient, delegate }) {
    if (patient === undefined && delegate === undefined)
      throw new InvalidArgumentError("Name --patient or --delegate.");
    const { chain } = await openReading(io);
    const of = patient === undefined ? { delegate: delegate as Address } : { patient: patient as Address };
    const mandates = (await readMandates(chain, of)).map(({ expiry, actions, ...who }) => ({
      ...who,
      may: actions,
      until: toInstant(expiry),
    }));
    const line = ({ patient: whose, delegate: who, may, until, inForce }: (typeof mandates)[number]) =>
      `${who} for ${whose}: ${may.join(", ")}, until ${until}${inForce ? "" : ", not in force"}`;
    return { json: { mandates }, lines: mandates.length === 0 ? ["No mandates."] : mandates.map(line) };
  },
};

export const delegateCommands: readonly Spec[] = [appoint, remove, list];
