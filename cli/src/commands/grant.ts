import { grantAccess, grantAsDelegate, isDelegateSession } from "@chartkey/sdk";
import { Option } from "commander";
import type { Address } from "viem";
import type { Spec } from "../command.ts";
import { phases } from "../progress.ts";
import { openSession, openUnlocked } from "../session.ts";
import { categoryNames, toAddress, toCategories, toEnd, toInstant } from "../values.ts";
import { hospitalOption } from "./options.ts";

const list = (categories: number[]) => categoryNames(categories).join(", ") || "nothing";

export const grantCommand: Spec = {
  name: "grant",
  summary: "Give a doctor access to your chart. Replaces what this doctor had.",
  options: [
    new Option("--to <address>", "the doctor").argParser(toAddress).makeOptionMandatory(),
    hospitalOption(),
    new Option("--read <categories>", "what may be read: names with commas, or all").argParser(toCategories),
    new Option("--write <categories>", "what may be added to").argParser(toCategories),
    new Option("--until <date>", "last day (UTC), or an instant").argParser(toEnd).makeOptionMandatory(),
  ],
  example:
    "--to 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC --hospital 1 --read results,diagnosis --write diagnosis --until 2027-06-30",
  async run(io, options) {
    const { to: grantee, hospital, read = [], write = [], until: expiry } = options;
    const terms = { grantee, hospital, read, write, expiry } as Parameters<typeof grantAccess>[1];
    const session = await openSession(io);
    const asDelegate = await isDelegateSession(session);
    if (asDelegate) await grantAsDelegate(session, terms, phases(io));
    else await grantAccess(await openUnlocked(io), terms, phases(io));
    const until = toInstant(terms.expiry);
    return {
      json: { to: grantee, hospital, read: categoryNames(terms.read), write: categoryNames(terms.write), until },
      lines: [
        `${grantee as Address} may read ${list(terms.read)} and add to ${list(terms.write)} until ${until}.`,
        ...(asDelegate ? ["You have no key of this chart: what is older opens when the patient grants it."] : []),
      ],
    };
  },
};
