import { revokeAccess } from "@chartkey/sdk";
import { Option } from "commander";
import type { Address } from "viem";
import type { Spec } from "../command.ts";
import { phases } from "../progress.ts";
import { openSession } from "../session.ts";
import { toAddress } from "../values.ts";

export const revokeCommand: Spec = {
  name: "revoke",
  summary: "End a doctor's access to your chart. What was read cannot be called back.",
  options: [new Option("--from <address>", "the doctor").argParser(toAddress).makeOptionMandatory()],
  example: "--from 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
  async run(io, { from }) {
    const session = await openSession(io);
    await revokeAccess(session, from as Address, phases(io));
    return { json: { from }, lines: [`${String(from)} has no access any more.`] };
  },
};
