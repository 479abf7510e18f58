import { ChartkeyError, type KeptDraft, Outbox, type UnlockedSession } from "@chartkey/sdk";
import { Argument } from "commander";
import type { Hex } from "viem";
import type { Spec } from "../command.ts";
import type { Io } from "../io.ts";
import { printable } from "../printable.ts";
import { phases } from "../progress.ts";
import { openUnlocked } from "../session.ts";
import { toInstant, toDraft } from "../values.ts";

interface Opened {
  session: UnlockedSession;
  outbox: Outbox;
}

async function openOutbox(io: Io): Promise<Opened> {
  const session = await openUnlocked(io);
  const { outbox } = session;
  if (outbox instanceof Outbox) return { session, outbox };
  throw new ChartkeyError("OUTBOX_NOT_SET", "No outbox is set. Name a directory of your own in CHARTKEY_OUTBOX.");
}

const WORDS: Readonly<Record<KeptDraft["state"], string>> = {
  unsent: "not sent",
  sent: "sent, in no block yet",
  anchored: "in the ledger",
};

const shortOf = ({ id }: Pick<KeptDraft, "id">): string => id.slice(0, 14);

/** The draft that is shown under this id. Throws `DRAFT_UNKNOWN`. */
async function find({ session, outbox }: Opened, short: string): Promise<KeptDraft> {
  const found = (await outbox.list(session)).drafts.find((draft) => shortOf(draft) === short);
  if (found !== undefined) return found;
  throw new ChartkeyError("DRAFT_UNKNOWN", "There is no such draft of this account on this chain. See: outbox list");
}

const draftArgument = (name: string) => new Argument(name, "a draft's id").argParser(toDraft);

export const outboxCommands: readonly Spec[] = [
  {
    name: "outbox list",
    summary: "List what was begun to be written and is not for certain in the ledger. Needs CHARTKEY_OUTBOX.",
    example: "",
    async run(io) {
      const { session, outbox } = await openOutbox(io);
      const { drafts, closed } = await outbox.list(session);
      const shown = drafts.map((draft) => ({ ...draft, id: shortOf(draft), begun: toInstant(draft.begun) }));
      const lines = shown.map(
        ({ id, kind, begun, patient, state }) => `${id}  ${kind} of ${begun} for ${patient}: ${WORDS[state]}`,
      );
      const left = closed.map(
        (name) =>
          `${printable(name)}.draft does not open and is left alone: it is another account's or chain's, older than this program, or damaged.`,
      );
      return {
        json: { drafts: shown, closed },
        lines: [...(lines.length === 0 ? ["Nothing waits."] : lines), ...left],
      };
    },
  },
  {
    name: "outbox retry",
    summary: "Bring a draft into the ledger, unless it is there. Without an id: all that can be sent.",
    arguments: [draftArgument("[id]")],
    example: "",
    async run(io, _options, [id]) {
      const opened = await openOutbox(io);
      const { session, outbox } = opened;
      const drafts =
        id === undefined
          ? (await outbox.list(session)).drafts.filter(({ state }) => state !== "anchored")
          : [await find(opened, id as string)];
      const anchored: { id: string; recordId: Hex }[] = [];
      for (const draft of drafts)
        anchored.push({ id: shortOf(draft), recordId: await outbox.retry(session, draft.id, { onPhase: phases(io) }) });
      const lines = anchored.map(({ id: draft, recordId }) => `${draft} is in the ledger: ${recordId}`);
      return { json: { anchored }, lines: lines.length === 0 ? ["Nothing waits."] : lines };
    },
  },
  {
    name: "outbox discard",
    summary: "Give a draft up. Not while its transaction may still be mined.",
    arguments: [draftArgument("<id>")],
    example: "0x5f1c09ab3de4",
    async run(io, _options, [id]) {
      const opened = await openOutbox(io);
      await opened.outbox.discard(opened.session, (await find(opened, id as string)).id);
      return { json: { id }, lines: [`${String(id)} was given up.`] };
    },
  },
];
