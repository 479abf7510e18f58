import { type Invitee, encodeInvitation, invite } from "@chartkey/sdk";
import { Option } from "commander";
import type { Address } from "viem";
import type { Spec } from "../command.ts";
import { openSession } from "../session.ts";
import { toAddress, toEnd, toInstant, toSpeciality } from "../values.ts";
import { hospitalOption } from "./options.ts";

export const inviteCommand: Spec = {
  name: "invite",
  summary: "Invite somebody to your hospital, as its admin. Prints the invitation: whoever has it can claim it once.",
  options: [
    hospitalOption(),
    new Option("--role <role>", "what they become").choices(["doctor", "patient", "pharmacist"]).makeOptionMandatory(),
    new Option("--speciality <name>", "of a doctor, by name or code").argParser(toSpeciality),
    new Option("--account <address>", "who alone may claim it").argParser(toAddress),
    new Option("--expires <date>", "last day, or an instant; default in 7 days").argParser(toEnd),
  ],
  example: '--hospital 1 --role doctor --speciality "Internal medicine"',
  async run(io, options) {
    const { hospital, role, speciality, account, expires } = options;
    const session = await openSession(io);
    const invitee: Invitee = {
      role: role as Invitee["role"],
      ...(speciality === undefined ? {} : { speciality: speciality as number }),
      ...(account === undefined ? {} : { account: account as Address }),
      ...(expires === undefined ? {} : { expiry: expires as number }),
    };
    const signed = await invite(session, hospital as number, invitee);
    const invitation = encodeInvitation(signed);
    return {
      json: { invitation, hospital, role, expires: toInstant(signed.voucher.expiry) },
      lines: [invitation],
    };
  },
};
