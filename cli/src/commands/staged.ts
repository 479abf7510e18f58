import {
  type Invitation,
  type ReadSession,
  type Staging,
  type StagingProblem,
  acceptStaged,
  decodeInvitation,
  declineStaged,
  forgetInvitation,
  readKeptInvitations,
  readStaged,
} from "@chartkey/sdk";
import { Argument } from "commander";
import type { Spec } from "../command.ts";
import { phases } from "../progress.ts";
import { removalExit, removalJson, removalLines } from "../removals.ts";
import { appOf, openSession, openUnlocked } from "../session.ts";
import { categoryNames, toInstant } from "../values.ts";

const invitationArgument = () =>
  new Argument("[invitation]", "the text or link you were given; default: those that you kept when you claimed them");

/** How much of which category. */
function countsOf({ items }: Staging): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { category } of items) {
    const [name] = categoryNames([category]);
    counts[name!] = (counts[name!] ?? 0) + 1;
  }
  return counts;
}

const problemJson = ({ digest, problem }: StagingProblem) => ({
  list: digest,
  code: problem.code,
  message: problem.message,
});
const problemLine = ({ problem }: StagingProblem) => `Not taken: ${problem.message} [${problem.code}]`;

async function list(session: ReadSession, invitations: readonly Invitation[]) {
  const all = await Promise.all(invitations.map((invitation) => readStaged(session, invitation, appOf(session))));
  const shown = all.flatMap(({ stagings }) =>
    stagings.map((staging) => {
      const { from, hospital, time, items } = staging;
      return { from, hospital, time: toInstant(time), records: items.length, categories: countsOf(staging) };
    }),
  );
  const problems = all.flatMap((each) => each.problems);
  const lines = shown.map(({ from, hospital, time, records, categories }) => {
    const counts = Object.entries(categories).map(([name, count]) => `${count} ${name}`);
    return `${records} records by ${from} of hospital ${hospital}, ${time}: ${counts.join(", ")}`;
  });
  return {
    json: { staged: shown, problems: problems.map(problemJson) },
    lines: lines.length + problems.length === 0 ? ["Nothing waits."] : [...lines, ...problems.map(problemLine)],
  };
}

export const stagedCommands: readonly Spec[] = [
  {
    name: "staged list",
    summary: "List what a hospital prepared for an invitation.",
    arguments: [invitationArgument()],
    example: "",
    async run(io, _options, [text]) {
      // Whoever has the invitation needs no vault.
      if (text !== undefined) return list(await openSession(io), [decodeInvitation(text as string)]);
      const session = await openUnlocked(io);
      return list(session, await readKeptInvitations(session));
    },
  },
  {
    name: "staged take",
    summary:
      "Take what a hospital prepared into your chart, sealed to you. What cannot be taken is named, the rest goes on.",
    arguments: [invitationArgument()],
    example: "",
    async run(io, _options, [text]) {
      const session = await openUnlocked(io);
      const invitations = text === undefined ? await readKeptInvitations(session) : [decodeInvitation(text as string)];
      const results = [];
      for (const invitation of invitations)
        results.push(await acceptStaged(session, invitation, appOf(session), { onPhase: phases(io) }));
      const accepted = results.reduce((sum, result) => sum + result.accepted, 0);
      const refused = results.flatMap((result) => result.refused);
      const problems = results.flatMap((result) => result.problems);
      const files = results.flatMap((result) => result.files);
      return {
        json: {
          accepted,
          refused: refused.map(({ name, problem: { code, message } }) => ({ name, code, message })),
          problems: problems.map(problemJson),
          files: removalJson(files),
        },
        lines: [
          `${accepted} records are in your chart, ${refused.length} were refused.`,
          ...refused.map(({ name, problem }) => `Refused: ${name}: ${problem.message}`),
          ...problems.map(problemLine),
          ...removalLines(files.filter(({ outcome }) => outcome === "failed")),
        ],
        exitCode: removalExit(files) || (refused.length + problems.length > 0 ? 2 : 0),
      };
    },
  },
  {
    name: "staged decline",
    summary: "Have the stores remove what a hospital prepared. Nothing of it comes into your chart.",
    arguments: [invitationArgument()],
    example: "",
    async run(io, _options, [text]) {
      if (text !== undefined) {
        const session = await openSession(io);
        return declined(await declineStaged(session, decodeInvitation(text as string), appOf(session)));
      }
      const session = await openUnlocked(io);
      const files = [];
      for (const invitation of await readKeptInvitations(session)) {
        files.push(...(await declineStaged(session, invitation, appOf(session))));
        await forgetInvitation(session, invitation);
      }
      return declined(files);
    },
  },
];

function declined(files: Awaited<ReturnType<typeof declineStaged>>) {
  const removed = files.filter(({ outcome }) => outcome === "removed").length;
  return {
    json: { files: removalJson(files) },
    lines: [`${removed} files were removed.`, ...removalLines(files.filter(({ outcome }) => outcome === "failed"))],
    exitCode: removalExit(files),
  };
}
