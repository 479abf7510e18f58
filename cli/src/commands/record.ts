import {
  type ControlReport,
  type Elsewhere,
  type OnPhase,
  type RecordReference,
  type UnlockedSession,
  accountOf,
  eraseRecord,
  hideRecord,
  showRecord,
} from "@chartkey/sdk";
import { Argument } from "commander";
import type { Hex } from "viem";
import type { Spec } from "../command.ts";
import { phases } from "../progress.ts";
import { recordIdOf } from "../record-id.ts";
import { elsewhereLines, removalExit, removalJson, removalLines } from "../removals.ts";
import { openUnlocked } from "../session.ts";
import { toRecord } from "../values.ts";
import { indexOption } from "./options.ts";

type Act = (
  session: UnlockedSession,
  record: RecordReference,
  onPhase: OnPhase,
) => Promise<ControlReport & { elsewhere?: Elsewhere }>;

/** Which record of one's own chart a command is about. */
export const recordArgument = () => new Argument("<record>", "record id, or number in your ledger").argParser(toRecord);

function command(name: string, summary: string, said: string, act: Act): Spec {
  return {
    name: `record ${name}`,
    summary,
    arguments: [recordArgument()],
    options: [indexOption()],
    example: "3",
    async run(io, { index = 0 }, [wanted]) {
      const session = await openUnlocked(io);
      const recordId = await recordIdOf(session, accountOf(session), wanted as Hex | number);
      const { notice, files, elsewhere } = await act(session, { recordId, index: index as number }, phases(io));
      return {
        json: { recordId, index, notice: notice ?? null, files: removalJson(files), ...(elsewhere && { elsewhere }) },
        lines: [said, ...removalLines(files), ...(elsewhere ? elsewhereLines(elsewhere) : [])],
        exitCode: removalExit(files),
      };
    },
  };
}

export const recordCommands: readonly Spec[] = [
  command(
    "hide",
    "Keep a record of your chart to yourself, also from those whose access goes on. What was read cannot be called back.",
    "Hidden: only you open it now. Whoever read it keeps what he read.",
    hideRecord,
  ),
  command("show", "Give a hidden record back to its readers.", "Shown: its readers open it again.", showRecord),
  command(
    "erase",
    "Erase a record of your chart from every store, for good. The chain keeps its digest, and others the copies they made.",
    "Erased. On the chain stay its digest, and who wrote it when in which category; copies that others made stay theirs.",
    eraseRecord,
  ),
];
