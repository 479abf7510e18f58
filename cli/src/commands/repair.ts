import { type ChartRepair, type CheckedFile, accountOf, repairChart, toCid } from "@chartkey/sdk";
import { Option } from "commander";
import type { Address } from "viem";
import type { Spec } from "../command.ts";
import type { Result } from "../io.ts";
import { progressLine } from "../progress.ts";
import { removalExit, removalJson, removalLines } from "../removals.ts";
import { openUnlocked } from "../session.ts";
import { toAddress } from "../values.ts";

function problemsOf({ file, copies }: CheckedFile) {
  const { kind, recordId, reference } = file;
  return copies
    .filter(({ found }) => found !== "held")
    .map(({ store, found, held, cause }) => ({
      ...{ kind, cid: toCid(reference).toString(), store, found, repaired: held },
      ...(recordId === undefined ? {} : { recordId }),
      ...(cause === undefined ? {} : { code: cause.code }),
    }));
}

const AGAIN = "Something is missing, or was not removed. Run it without --check, when every store answers.";

type Problem = ReturnType<typeof problemsOf>[number];

function describe({ kind, cid, store, found, repaired, recordId, code }: Problem): string {
  const of = recordId === undefined ? "" : ` of ${recordId}`;
  const end = repaired ? "repaired" : `not repaired${code === undefined ? "" : ` (${code})`}`;
  return `${kind} ${cid}${of}: ${found} at ${store}, ${end}`;
}

/** Counts of each store. */
function countsOf(files: readonly CheckedFile[]) {
  const copies = files.flatMap((file) => file.copies);
  return [...new Set(copies.map(({ store }) => store))].map((store) => {
    const own = copies.filter((copy) => copy.store === store);
    const repaired = own.filter(({ found, held }) => held && found !== "held").length;
    return { store, whole: own.filter(({ held }) => held).length, repaired, of: own.length };
  });
}

function toResult({ files, unread, leftovers }: ChartRepair): Result {
  const problems = files.flatMap(problemsOf);
  const stores = countsOf(files);
  const lists = unread.map(({ file, code }) => ({ kind: file.kind, cid: toCid(file.reference).toString(), code }));
  const isLeft = removalExit(leftovers) === 1;
  const ok = lists.length === 0 && problems.every(({ repaired }) => repaired) && !isLeft;
  const lines = [
    ...problems.map(describe),
    ...lists.map(({ kind, cid, code }) => `${kind} ${cid} cannot be read (${code}), so what it lists was not checked`),
    ...(leftovers.length === 0 ? [] : ["Of what you hid, sealed again or erased:", ...removalLines(leftovers)]),
    ...stores.map(({ store, whole, repaired, of }) => `${store}: ${whole} of ${of} files whole, ${repaired} repaired`),
    ok ? "Every store has every file." : AGAIN,
  ];
  const json = { ok, files: files.length, stores, problems, unread: lists, leftovers: removalJson(leftovers) };
  return { json, lines, exitCode: ok ? 0 : 1 };
}

export const repairCommand: Spec = {
  name: "repair",
  summary:
    "Read every file of a chart from each store of CHARTKEY_STORE_URL, and copy what one lacks or has damaged from another.",
  options: [
    new Option("--patient <address>", "whose chart; default your own").argParser(toAddress),
    new Option("--check", "say what is missing or damaged, and change nothing"),
  ],
  example: "--check",
  async run(io, { patient, check }) {
    const session = await openUnlocked(io);
    const show = progressLine(io);
    const onFile = (done: number, known: number) => show(`Checked ${done} of ${known} files`);
    const options = { checkOnly: check === true, onFile };
    const whose = (patient as Address | undefined) ?? accountOf(session);
    return toResult(await repairChart(session, whose, options).finally(() => show("")));
  },
};
