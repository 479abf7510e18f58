import {
  ChartkeyError,
  type OpenedRecord,
  type RecordReference,
  type Standing,
  type TimelineEntry,
  correctionsOf,
  fromScope,
  readTimeline,
} from "@chartkey/sdk";
import type { Address } from "viem";
import type { Spec } from "../command.ts";
import { openUnlocked } from "../session.ts";
import { titlesOf } from "../show-record.ts";
import { categoryNames, toInstant } from "../values.ts";
import { patientOption } from "./options.ts";

const categoriesOf = ({ entry }: TimelineEntry) =>
  categoryNames(entry.kind === "batch" ? fromScope(entry.categories) : [entry.categories]);

type StandingOf = (record: RecordReference) => Standing;

function describe(record: OpenedRecord, standingOf: StandingOf) {
  const { index, category, meta } = record;
  const shared = {
    ...{ index, category: categoryNames([category])[0]!, contentType: meta.contentType },
    standing: standingOf(record),
  };
  try {
    return { ...shared, resources: titlesOf(record) };
  } catch (error) {
    if (!(error instanceof ChartkeyError)) throw error;
    return { ...shared, resources: [], problem: { code: error.code, message: error.message } };
  }
}

function toJson(item: TimelineEntry, standingOf: StandingOf) {
  const { entry, records, withheld = [], problem } = item;
  const { recordId, kind, author, hospital, time, blockNumber, batch } = entry;
  return {
    recordId,
    kind,
    time: toInstant(time),
    author,
    hospital,
    blockNumber,
    categories: categoriesOf(item),
    count: batch?.count ?? 1,
    records: records.map((record) => describe(record, standingOf)),
    ...(withheld.length === 0
      ? {}
      : { withheld: withheld.map(({ index, state, time }) => ({ index, state, time: toInstant(time) })) }),
    ...(problem === undefined ? {} : { problem: { code: problem.code, message: problem.message } }),
  };
}

const STANDINGS = { current: "", superseded: " [replaced by a correction]", disputed: " [disputed]" } as const;

function toLines(entry: ReturnType<typeof toJson>): string[] {
  const { recordId, time, author, categories, count, records, withheld = [], problem } = entry;
  const head = [
    `${time}  ${categories.join(", ")}  by ${author}  ${recordId}`,
    ...withheld.map(
      ({ index, state, time }) => `   ${count === 1 ? "" : `number ${index}: `}${state} by the patient on ${time}`,
    ),
  ];
  if (problem !== undefined) return [...head, `   ${count} not opened: ${problem.message}`];
  return [
    ...head,
    ...records.flatMap(({ category, contentType, resources, standing }) =>
      resources.length === 0
        ? [`   ${category}: ${contentType}${STANDINGS[standing.state]}`]
        : resources.map(
            ({ resourceType, title, date }) =>
              `   ${category}: ${title} (${resourceType}) ${date ?? ""}${STANDINGS[standing.state]}`,
          ),
    ),
  ];
}

export const timelineCommand: Spec = {
  name: "timeline",
  summary: "Show a chart, newest first, as far as you can read it. The ledger is checked to its head before.",
  options: [patientOption()],
  example: "--patient 0x90F79bf6EB2c4f870365E785982E1f101E93b906",
  async run(io, { patient }) {
    const session = await openUnlocked(io);
    const timeline = await readTimeline(session, patient as Address);
    const oldestFirst = timeline.entries.toReversed().flatMap(({ records }) => records);
    const standingOf = correctionsOf(oldestFirst);
    const entries = timeline.entries.map((item) => toJson(item, standingOf));
    const { head, blockNumber } = timeline;
    const lines = entries.length === 0 ? ["The chart is empty."] : entries.flatMap(toLines);
    return { json: { patient, head, blockNumber, entries }, lines };
  },
};
