import type { Communication } from "@medplum/fhirtypes";
import type { Address, Hex } from "viem";
import { describe, expect, it } from "vitest";
import { utf8 } from "../../src/bytes.ts";
import { ChartkeyError } from "../../src/errors.ts";
import { canonicalBytes } from "../../src/json.ts";
import {
  answeredBy,
  buildFileResource,
  buildMessage,
  loadValidator,
  readBundle,
  recordUrl,
  summarySections,
} from "../../src/records/index.ts";
import { exportChart, summarizeChart } from "../../src/workflows/export-chart.ts";
import { importDraft } from "../../src/workflows/import-draft.ts";
import type { OpenedRecord } from "../../src/workflows/opened-record.ts";
import type { TimelineEntry } from "../../src/workflows/opening.ts";
import type { Timeline } from "../../src/workflows/timeline.ts";

const validator = await loadValidator();
const date = "2026-02-03T10:00:00Z";
const patient: Address = "0x90f79bf6eb2c4f870365e785982e1f101e93b906";
const idOf = (sequence: number): Hex => `0x${"a".repeat(56)}${sequence.toString(16).padStart(8, "0")}`;
const problem = (text: string) => ({ resourceType: "Condition", code: { text }, subject: { display: "Ananya" } });

/** An entry of one record of the patient's, by its place in the ledger. */
function entryOf(
  sequence: number,
  category: number,
  content: unknown,
  more: Partial<OpenedRecord> = {},
): TimelineEntry {
  const anchored = { kind: "entry", recordId: idOf(sequence), categories: category, hospital: 0, author: patient };
  const entry = { ...anchored, patient, sequence, time: sequence } as unknown as TimelineEntry["entry"];
  const record: OpenedRecord = {
    ...{ recordId: idOf(sequence), index: 0, category, author: patient, hospital: 0, time: sequence },
    ...{ meta: { contentType: "application/fhir+json" }, data: canonicalBytes(content) },
    ...more,
  };
  return { entry, records: [record] };
}

const unopened = (sequence: number, category: number, code: string): TimelineEntry => ({
  ...entryOf(sequence, category, {}),
  records: [],
  problem: new ChartkeyError(code, "It did not open."),
});

/** A chart of entries, oldest first. */
const chartOf = (...entries: TimelineEntry[]): Timeline => ({
  ...{ patient, head: idOf(entries.length), blockNumber: 1n },
  ...{ entries: entries.toReversed(), notices: [] },
});

const sectionsOf = (timeline: Timeline, categories?: number[]) =>
  Object.fromEntries(
    summarySections(
      summarizeChart(timeline, validator, { date, ...(categories === undefined ? {} : { categories }) }),
    ).map(({ code, resources, gaps }) => [code, { shown: resources.length, gaps }]),
  );
const [PROBLEMS, ALLERGIES, MEDICINES] = ["11450-4", "48765-2", "10160-0"];

describe("exported charts", () => {
  const hidden = entryOf(2, 5, problem("Migraine"), { control: { state: "hidden", time: 9 } });
  const replacing = entryOf(3, 5, problem("Asthma, mild"), {
    meta: { contentType: "application/fhir+json", replaces: { recordId: idOf(1), index: 0 } },
  });
  const chart = chartOf(entryOf(1, 5, problem("Asthma")), hidden, replacing);

  it("hold every version and what is hidden in a Bundle and NDJSON, oldest first", () => {
    const ndjson = exportChart(chart, validator, { format: "ndjson", date });
    const lines = ndjson.text.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      ["Asthma", "Migraine", "Asthma, mild"].map(problem),
    );
    expect(ndjson).toMatchObject({ resources: 3, hidden: 1, unreadable: 0, extension: "ndjson" });
    expect(exportChart(chart, validator, { format: "bundle", date })).toMatchObject({ resources: 3, hidden: 1 });
  });

  it("give a resource without a URL of its own the one by which an answer names it, and no other one", () => {
    const written = { patient: { display: "Ananya" }, author: { display: "Ananya" }, date };
    const message = { ...written, recipients: [{ display: "Dr Ada" }], title: "Dose", text: "With food?" };
    const question = buildMessage(message);
    const reference = recordUrl({ recordId: idOf(1), index: 0, part: 0 });
    const answers = { resourceType: "Communication", reference, display: "Dose" } as const;
    const bundled = { meta: { contentType: "application/fhir+json", fullUrl: "urn:uuid:1" } };
    const exchange = chartOf(
      entryOf(1, 9, question),
      entryOf(2, 9, buildMessage({ ...message, answers }), bundled),
      entryOf(3, 4, problem("Asthma")),
    );
    const { text } = exportChart(exchange, validator, { format: "bundle", date });
    const { entry } = JSON.parse(text) as { entry: { fullUrl?: string; resource: Communication }[] };
    expect(entry.map(({ fullUrl }) => fullUrl)).toEqual([reference, "urn:uuid:1", undefined]);
    expect(answeredBy(entry[1]!.resource)).toEqual([reference]);
  });

  it("hold in a summary neither what was replaced nor what is hidden, and say that something is withheld", () => {
    const { text } = exportChart(chart, validator, { format: "ips", date });
    expect(text).toContain("Asthma, mild");
    expect(text).not.toContain("Migraine");
    expect(sectionsOf(chart)[PROBLEMS!]).toEqual({ shown: 1, gaps: ["withheld"] });
  });

  it("tell apart what was not chosen, not granted, not opened, and erased", () => {
    const gapped = chartOf(
      unopened(1, 4, "NO_ACCESS"),
      unopened(2, 3, "STORE_UNREACHABLE"),
      unopened(3, 5, "RECORD_ERASED"),
    );
    const sections = sectionsOf(gapped);
    expect(sections[MEDICINES!]).toEqual({ shown: 0, gaps: ["noAccess"] });
    expect(sections[ALLERGIES!]).toEqual({ shown: 0, gaps: ["unreadable"] });
    expect(sections[PROBLEMS!]).toEqual({ shown: 0, gaps: ["unreadable"] });
    expect(sectionsOf(chartOf(unopened(1, 5, "RECORD_ERASED")))[PROBLEMS!]).toEqual({ shown: 0, gaps: [] });
    expect(sectionsOf(chart, [3])[PROBLEMS!]).toEqual({ shown: 0, gaps: ["withheld"] });
    expect(exportChart(gapped, validator, { format: "bundle", date })).toMatchObject({ resources: 0, unreadable: 2 });
  });

  it("count what is no FHIR, and what is no valid FHIR", () => {
    const scan = entryOf(1, 7, {}, { meta: { contentType: "application/pdf" } });
    const broken = entryOf(2, 5, { resourceType: "Condition" });
    const damaged = entryOf(3, 5, {}, { data: new Uint8Array([123]) });
    const odd = chartOf(scan, broken, damaged);
    expect(exportChart(odd, validator, { format: "bundle", date })).toMatchObject({ files: 1, unreadable: 1 });
    expect(sectionsOf(odd)[PROBLEMS!]).toEqual({ shown: 0, gaps: ["unreadable"] });
  });

  it("hold files as resources that an import makes the same files of, as far as they fit", async () => {
    const scan = new Uint8Array([37, 80, 68, 70, 0, 255]);
    const file = (sequence: number, data: Uint8Array<ArrayBuffer>, more: Partial<OpenedRecord> = {}) =>
      entryOf(sequence, 7, {}, { meta: { contentType: "application/pdf", title: "Lipids" }, data, ...more });
    const files = chartOf(
      file(1, scan),
      entryOf(2, 5, problem("Asthma")),
      file(3, new Uint8Array(11)),
      file(4, new Uint8Array(0), { large: { size: 50 } }),
      file(5, new Uint8Array(10)),
      file(6, new Uint8Array(4)),
    );
    const limits = { each: 10, together: 12 };
    for (const format of ["bundle", "ndjson"] as const)
      expect(exportChart(files, validator, { format, date, files: limits })).toMatchObject({ resources: 3, files: 3 });
    expect(exportChart(files, validator, { format: "bundle", date })).toMatchObject({ resources: 1, files: 5 });
    expect(exportChart(files, validator, { format: "ips", date, files: limits })).toMatchObject({ files: 5 });

    const { text } = exportChart(files, validator, { format: "bundle", date, files: limits });
    const { items, refused } = await readBundle(utf8(text), "chart.json");
    expect([refused, items.map(({ category }) => category)]).toEqual([[], [7, 3, 7]]);
    const drafts = items.map(importDraft);
    const meta = { contentType: "application/pdf", title: "Lipids" };
    expect(drafts[0]).toEqual({ category: 7, meta, data: scan });
    expect(drafts[1]!.meta.contentType).toBe("application/fhir+json");
  });

  it("make no file of what says to be one and is FHIR, or a document of the program's own", () => {
    for (const contentType of ["application/fhir+json", "application/vnd.chartkey.notice+json"]) {
      const resource = buildFileResource({ contentType, category: "results", data: new Uint8Array([1]) });
      expect(importDraft({ resource, category: 7 }).meta.contentType).toBe("application/fhir+json");
    }
    const foreign = buildFileResource({ contentType: "image/png", category: "results", data: new Uint8Array([1]) });
    expect(importDraft({ resource: foreign, category: 7 }).meta.contentType).toBe("image/png");
    const { meta: _, ...unmarked } = foreign;
    expect(importDraft({ resource: unmarked, category: 2 }).meta.contentType).toBe("application/fhir+json");
  });
});
