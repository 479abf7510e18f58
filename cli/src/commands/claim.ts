import { type Card, ROLES, claim, decodeInvitation, readStaged } from "@chartkey/sdk";
import { Argument, Option } from "commander";
import type { Spec } from "../command.ts";
import { phases } from "../progress.ts";
import { appOf, openSession } from "../session.ts";
import { toBirthDate, toText } from "../values.ts";

export const claimCommand: Spec = {
  name: "claim",
  summary: "Claim an invitation. Your name goes to the hospital's reception, sealed.",
  arguments: [new Argument("<invitation>", "the text or link you were given")],
  options: [
    new Option("--name <name>", "your name").argParser(toText).makeOptionMandatory(),
    new Option("--birth-date <date>", "your date of birth").argParser(toBirthDate),
    new Option("--contact <text>", "how the hospital reaches you").argParser(toText),
  ],
  example: 'eyJhZG1p... --name "Ananya Sharma" --birth-date 1984-02-29',
  async run(io, { name, birthDate, contact }, [text]) {
    const invitation = decodeInvitation(text as string);
    const session = await openSession(io);
    const card: Card = {
      name: name as string,
      ...(birthDate === undefined ? {} : { birthDate: birthDate as string }),
      ...(contact === undefined ? {} : { contact: contact as string }),
    };
    await claim(session, invitation, card, phases(io));
    const { address: account } = session.wallet.account;
    const role = ROLES[invitation.voucher.role];
    const next = role === "patient" ? "" : " An admin has to confirm you.";
    const found =
      invitation.staged === undefined ? [] : (await readStaged(session, invitation, appOf(session))).stagings;
    const staged = found.reduce((sum, { items }) => sum + items.length, 0);
    return {
      json: { account, hospital: invitation.hospital, role, staged },
      lines: [
        `${account} joined hospital ${invitation.hospital} as ${String(role)}.${next}`,
        ...(staged === 0
          ? []
          : [
              `The hospital prepared ${staged} records for you. With your vault: staged take, and this invitation again.`,
            ]),
      ],
    };
  },
};
