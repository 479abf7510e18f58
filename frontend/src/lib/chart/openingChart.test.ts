import { utf8, type AnchoredEntry, type OpenedRecord } from "@chartkey/sdk";
import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ContentReader } from "./ContentReader.ts";
import { openingKey, OpeningShow, showIn, type OpeningChart } from "./openingChart.ts";

const zero = `0x${"0".repeat(64)}` as const;
const entry = {
  kind: "batch",
  recordId: zero,
  time: 1,
  categories: 4,
  batch: { root: zero, count: 300 },
} as AnchoredEntry;

function record(index: number): OpenedRecord {
  const data = utf8(
    JSON.stringify({ resourceType: "Condition", code: { text: `${index}` }, subject: { display: "Ada" } }),
  );
  const meta = { contentType: "application/fhir+json" };
  return { recordId: zero, index, category: 2, author: "0x0", hospital: 1, time: 1, meta, data };
}

/** A chart of so many records, of which some are open, and what was shown of it. */
function chart(total: number) {
  const shown: OpeningChart[] = [];
  const records: OpenedRecord[] = [];
  const show = new OpeningShow(new ContentReader(), (opening) => shown.push(opening));
  show.found(total, () => ({ entries: [{ entry, records: [...records] }], total }));
  const open = async (count: number) => {
    for (let each = 0; each < count; each++) {
      const one = record(records.length);
      records.push(one);
      show.opened(one);
    }
    await vi.advanceTimersByTimeAsync(1);
  };
  return { show, shown, open, numbers: () => shown.map(({ items, opened }) => [items.length, opened]) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("shows a few screens of a large chart as soon as it is open, and then more, a second apart", async () => {
  const { open, shown, numbers } = chart(300);
  await open(49);
  expect(shown).toEqual([]);
  await open(1);
  await vi.waitFor(() => expect(numbers()).toEqual([[50, 50]]));
  expect(shown[0]?.total).toBe(300);
  expect(shown[0]?.items[0]?.summary?.title).toBe("0");
  await open(100);
  expect(shown.length).toBe(1);
  await vi.advanceTimersByTimeAsync(1000);
  await vi.waitFor(() =>
    expect(numbers()).toEqual([
      [50, 50],
      [150, 150],
    ]),
  );
});

it("waits for no record that is not read yet, and hears what that one says of others", async () => {
  const shown: OpeningChart[] = [];
  const content = { parts: [{ json: {}, url: undefined }] };
  // The newest corrects the first of the others, and takes for ever.
  const newest = { ...record(0), recordId: `0x${"1".repeat(64)}` as const };
  const replacing = { ...newest, meta: { ...newest.meta, replaces: { recordId: zero, index: 0 } } };
  const others = Array.from({ length: 60 }, (_, index) => record(index));
  const reader = {
    contentOf: (one: OpenedRecord) => (one === replacing ? new Promise<never>(() => {}) : Promise.resolve(content)),
  };
  const show = new OpeningShow(reader, (opening) => shown.push(opening));
  const entries = [
    { entry: { ...entry, recordId: replacing.recordId }, records: [replacing] },
    { entry, records: others },
  ];
  show.found(300, () => ({ entries, total: 300 }));
  for (const one of [replacing, ...others]) show.opened(one);
  await vi.advanceTimersByTimeAsync(1);
  expect(shown.map(({ opened, items }) => [opened, items.length])).toEqual([[60, 60]]);
  const states = shown[0]!.items.map(({ index, standing }) => [index, standing.state] as const);
  expect(states.filter(([, state]) => state !== "current")).toEqual([[0, "superseded"]]);
});

it("shows nothing of a small chart, which is whole soon, and nothing after its end", async () => {
  const small = chart(199);
  await small.open(199);
  expect(small.shown).toEqual([]);
  const left = chart(300);
  left.show.close();
  await left.open(300);
  expect(left.shown).toEqual([]);
});

it("is decrypted, and so forgotten with everything that was", () => {
  const client = new QueryClient();
  const key = openingKey(1, "0xA", "0xB");
  showIn(client, key)({ items: [], opened: 1, total: 2 });
  expect(client.getQueryCache().find({ queryKey: key })?.meta).toEqual({ plaintext: true });
});
