import { revokeAccess, revokeStrongly } from "@chartkey/sdk";
import { Option } from "commander";
import type { Address } from "viem";
import type { Spec } from "../command.ts";
import type { Io, Result } from "../io.ts";
import { phases } from "../progress.ts";
import { removalExit, removalJson, removalLines } from "../removals.ts";
import { openSession, openUnlocked } from "../session.ts";
import { toAddress } from "../values.ts";

async function sealAgain(io: Io, from: Address): Promise<Result> {
  const { notice, files, left } = await revokeStrongly(await openUnlocked(io), from, phases(io));
  // What a share left has covers alone.
  const sealed = files.filter(({ kind }) => kind === "payload");
  const done = new Set(sealed.map(({ record }) => `${record?.recordId}/${record?.index}`)).size;
  return {
    json: { from, notice: notice ?? null, sealed: done, left, files: removalJson(files) },
    lines: [
      `${from} has no access any more. ${done} records were sealed again; ${left.length} could not be opened and stay as they are.`,
      ...removalLines(files),
    ],
    exitCode: removalExit(files),
  };
}

export const revokeCommand: Spec = {
  name: "revoke",
  summary: "End a doctor's access to your chart. What was read cannot be called back.",
  options: [
    new Option("--from <address>", "the doctor").argParser(toAddress).makeOptionMandatory(),
    new Option(
      "--reseal",
      "also seal anew what the doctor had keys for, and remove the old files; works after the end too",
    ),
  ],
  example: "--from 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
  async run(io, { from, reseal }) {
    if (reseal === true) return sealAgain(io, from as Address);
    const session = await openSession(io);
    await revokeAccess(session, from as Address, phases(io));
    return { json: { from }, lines: [`${String(from)} has no access any more.`] };
  },
};
