import { Option } from "commander";
import { accountOf, readDeliveries } from "@chartkey/sdk";
import type { Spec } from "../command.ts";
import { openUnlocked } from "../session.ts";
import { categoryNames, toDay, toInstant } from "../values.ts";

const DAY = 86_400_000;
const RECENT = 30;

const ANCHORING = {
  anchored: "on the chain",
  waiting: "not on the chain yet",
  missing: "MISSING from what the store published",
  unknown: "not published",
} as const;

const ACTS = { delivery: "handed to", removal: "removed by" } as const;

export const deliveriesCommand: Spec = {
  name: "deliveries",
  summary: "Show what the stores say that they handed out of your chart, and whether its reader signed for it.",
  options: [new Option("--since <date>", `the first day (UTC); ${RECENT} days ago when left out`).argParser(toDay)],
  example: "--since 2026-01-31",
  async run(io, { since }) {
    const session = await openUnlocked(io);
    const first = (since as number | undefined) ?? Math.floor(Date.now() / DAY) - RECENT;
    const day = new Date(first * DAY).toISOString().slice(0, 10);
    const { deliveries, silent, unchecked } = await readDeliveries(session, accountOf(session), day);
    const list = deliveries.map(({ time, categories, ...delivery }) => ({
      ...delivery,
      time: toInstant(time),
      categories: categoryNames(categories),
    }));
    const lines = list.map(({ act, file, reader, time, categories, recordId = "", store, proven, anchoring }) => {
      const signed = proven ? "signed for" : "the store alone says so";
      return `${time}  ${file} (${categories.join(", ")}) ${ACTS[act]} ${reader}  ${recordId}  ${store}: ${signed}, ${ANCHORING[anchoring.state]}`;
    });
    for (const { store, cause } of silent)
      io.stderr(
        `The store at ${store} did not say all that it handed out (${cause.code}). This list may lack something.\n`,
      );
    for (const { store, cause } of unchecked)
      io.stderr(`What the store at ${store} published of its receipts could not be checked (${cause.code}).\n`);
    const missing = deliveries.some(({ anchoring }) => anchoring.state === "missing");
    const named = (failures: typeof silent) => failures.map(({ store, cause }) => ({ store, code: cause.code }));
    return {
      json: { deliveries: list, silent: named(silent), unchecked: named(unchecked) },
      lines: lines.length === 0 && silent.length === 0 ? ["Nothing was handed out."] : lines,
      exitCode: silent.length + unchecked.length === 0 && !missing ? 0 : 1,
    };
  },
};
