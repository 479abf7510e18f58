import { utf8, type AnchoredEntry, type OpenedRecord } from "@chartkey/sdk";
import { cleanup, render } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { ContentReader } from "../../lib/chart/ContentReader.ts";
import { itemsOf, type ChartItem } from "../../lib/chart/items.ts";
import { startTestI18n } from "../../lib/i18n/testing.ts";
import { EntryView } from "./EntryView.tsx";

vi.mock("wagmi", () => ({ useConnection: () => ({ address: undefined }) }));
vi.mock("../../lib/hospitals/useHospitals.ts", () => ({
  useHospitals: () => ({ data: [] }),
  hospitalName: () => undefined,
  staffName: () => undefined,
}));
vi.mock("../../lib/session/session.ts", () => ({ useUnlockedSession: () => null }));

/** Whatever the author of a record wrote, the page shows it as text. */

const RUN = "globalThis.ran = true";
const SCRIPT = `<script>${RUN}</script><img src="data:," onerror="${RUN}"><iframe srcdoc="x"></iframe>`;
const SVG = `data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"><script>${RUN}</script></svg>`;
const LINK = `<a href="javascript:${RUN}">Result</a>`;
const OVERRIDE = "\u202egnihton\u202d";
const MEGABYTE = `<object data="x">${"a".repeat(1_000_000)}`;

const HASH = `0x${"ab".repeat(32)}` as const;
const entry: AnchoredEntry = {
  ...{ kind: "entry", recordId: HASH, patient: `0x${"3".repeat(40)}`, author: `0x${"2".repeat(40)}`, hospital: 1 },
  ...{ categories: 7, time: 1_700_000_000, payload: HASH, codec: 0, wraps: HASH },
  ...{ blockNumber: 1n, logIndex: 0, transactionHash: HASH },
};

beforeAll(() => startTestI18n("en"));
afterEach(cleanup);

async function itemOf(
  json: unknown,
  meta: OpenedRecord["meta"] = { contentType: "application/fhir+json" },
): Promise<ChartItem> {
  const { recordId, author, hospital, time } = entry;
  const record = { recordId, index: 0, category: 7, author, hospital, time, meta, data: utf8(JSON.stringify(json)) };
  return itemsOf(entry, record, await new ContentReader().contentOf(record))[0]!;
}

/** What stands in the page, after anything in it had its turn to run. */
async function show(item: ChartItem): Promise<HTMLElement> {
  const { container } = render(
    <MemoryRouter>
      <EntryView item={item} />
    </MemoryRouter>,
  );
  await new Promise((resolve) => setTimeout(resolve));
  return container;
}

function expectHarmless(container: HTMLElement): void {
  expect(container.querySelectorAll("script, iframe, object, embed, img, style, base, form").length).toBe(0);
  const attributes = [...container.querySelectorAll("*")].flatMap((element) => [...element.attributes]);
  const acting = attributes.filter(({ name, value }) => name.startsWith("on") || /^\s*(javascript|data):/i.test(value));
  expect(acting.map(({ name, value }) => `${name}=${value}`)).toEqual([]);
  expect(Reflect.get(globalThis, "ran")).toBeUndefined();
}

const observation = (text: string) => ({
  resourceType: "Observation",
  status: "final",
  code: { text },
  valueString: text,
  note: [{ text }],
});

describe("the content of an entry", () => {
  it.each([
    ["a script", SCRIPT],
    ["an SVG in a data URI", SVG],
    ["a javascript: link", LINK],
    ["text that turns direction", OVERRIDE],
    ["a megabyte", MEGABYTE],
  ])("O13 is text where it has %s", async (_, text) => {
    const item = await itemOf(observation(text));
    expect(item.summary).toBeDefined();
    const container = await show(item);
    expectHarmless(container);
    const told = [...container.querySelectorAll("section bdi")].filter(({ textContent }) => textContent === text);
    expect(told.length).toBeGreaterThan(0);
  });

  it("O13 leaves a narrative's markup in the data as written", async () => {
    const div = `<div xmlns="http://www.w3.org/1999/xhtml">${SCRIPT}</div>`;
    const json = { ...observation("Potassium"), text: { status: "generated", div } };
    const container = await show(await itemOf(json));
    expectHarmless(container);
    expect(JSON.parse(container.querySelector("pre")!.textContent)).toEqual(json);
    expect(container.querySelector("section")!.textContent).not.toContain("script");
  });

  it("O13 is text where it is no valid FHIR", async () => {
    const json = { resourceType: SCRIPT, [LINK]: SVG, text: { div: MEGABYTE } };
    const item = await itemOf(json);
    expect(item.summary).toBeUndefined();
    const container = await show(item);
    expectHarmless(container);
    expect(JSON.parse(container.querySelector("pre")!.textContent)).toEqual(json);
  });

  it.each([["image/svg+xml"], ["text/html"], ["application/pdf"], [SCRIPT]])(
    "O13 is offered to be saved and not shown when it is a file of type %s",
    async (contentType) => {
      const container = await show(await itemOf(SVG, { contentType, title: SCRIPT }));
      expectHarmless(container);
      expect(container.querySelector("bdi")!.textContent).toBe(contentType);
      expect(container.textContent).not.toContain("<svg");
    },
  );
});
