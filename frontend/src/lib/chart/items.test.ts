import { ChartkeyError, utf8, type AnchoredEntry, type OpenedRecord, type Timeline } from "@chartkey/sdk";
import { describe, expect, it } from "vitest";
import { ContentReader } from "./ContentReader.ts";
import { chartItems, ownProfile } from "./items.ts";

const patient = "0x0000000000000000000000000000000000000003";
const doctor = "0x0000000000000000000000000000000000000002";
const zero = `0x${"0".repeat(64)}` as const;
const reader = new ContentReader();

function entry(sequence: number, more: Partial<AnchoredEntry> = {}): AnchoredEntry {
  return {
    kind: "entry",
    recordId: `0x${sequence.toString(16).padStart(64, "0")}`,
    patient,
    author: doctor,
    hospital: 1,
    categories: 7,
    time: 1_700_000_000 + sequence,
    payload: zero,
    codec: 0,
    wraps: zero,
    blockNumber: 1n,
    logIndex: 0,
    transactionHash: zero,
    ...more,
  };
}

function record(of: AnchoredEntry, content: unknown, index = 0): OpenedRecord {
  const { recordId, author, hospital, time, categories: category } = of;
  const data = utf8(typeof content === "string" ? content : JSON.stringify(content));
  return { recordId, index, category, author, hospital, time, meta: { contentType: "application/fhir+json" }, data };
}

const timeline = (entries: Timeline["entries"]): Timeline => ({
  patient,
  head: zero,
  blockNumber: 1n,
  entries,
  notices: [],
});
const observation = { resourceType: "Observation", status: "final", code: { text: "Potassium" } };

describe("chartItems", () => {
  it("orders by what entries are about, not by when they were added", async () => {
    const [first, second] = [entry(1), entry(2)];
    const items = await chartItems(
      timeline([
        { entry: second, records: [record(second, { ...observation, effectiveDateTime: "2019-05-01" })] },
        { entry: first, records: [record(first, { ...observation, code: { text: "Sodium" } })] },
      ]),
      reader,
    );
    expect(items.map(({ summary }) => summary?.title)).toEqual(["Sodium", "Potassium"]);
  });

  it("shows each medicine of an order, in its place", async () => {
    const order = entry(1, { categories: 4 });
    const medicine = (text: string) => ({
      resource: {
        resourceType: "MedicationRequest",
        status: "active",
        intent: "order",
        medicationCodeableConcept: { text },
        subject: { display: "x" },
      },
    });
    const bundle = { resourceType: "Bundle", type: "collection", entry: [medicine("A"), medicine("B")] };
    const items = await chartItems(timeline([{ entry: order, records: [record(order, bundle)] }]), reader);
    expect(items.map(({ part, summary }) => [part, summary?.title])).toEqual([
      [0, "A"],
      [1, "B"],
    ]);
  });

  it("puts nothing into words that is not valid FHIR, and keeps it as written", async () => {
    const one = entry(1);
    const contents = [
      { ...observation, status: "nonsense" },
      { ...observation, code: { text: { toString: 1 } } },
      { resourceType: "Nonsense" },
      [1, 2],
    ];
    for (const content of contents) {
      const [item] = await chartItems(timeline([{ entry: one, records: [record(one, content)] }]), reader);
      expect(item).toMatchObject({ integrity: "verified", json: content });
      expect(item?.summary).toBeUndefined();
    }
  });

  it("says of what could not be opened why, with the categories of an import", async () => {
    const states = {
      NO_ACCESS: "noAccess",
      STORE_NOT_FOUND: "notDelivered",
      STORE_DAMAGED: "damaged",
      STORE_WRONG_BYTES: "altered",
      STORE_REFUSED: "withheld",
      X: "unusable",
    };
    for (const [code, integrity] of Object.entries(states)) {
      const batch = entry(1, { kind: "batch", categories: (1 << 6) | (1 << 7), batch: { root: zero, count: 2 } });
      const items = await chartItems(
        timeline([{ entry: batch, records: [], problem: new ChartkeyError(code, "") }]),
        reader,
      );
      expect(items).toMatchObject([{ integrity, problem: code, categories: [6, 7] }]);
      expect(items[0]?.json).toBeUndefined();
    }
  });

  it("shows what the patient withholds as withheld since then, never as damage; himself he opens what he hid", async () => {
    const [gone, kept, own] = [entry(3), entry(2), entry(1)];
    const withheld = (of: AnchoredEntry, state: "hidden" | "erased") => [
      { recordId: of.recordId, index: 0, state, time: 5 },
    ];
    const items = await chartItems(
      timeline([
        {
          entry: gone,
          records: [],
          withheld: withheld(gone, "erased"),
          problem: new ChartkeyError("RECORD_ERASED", ""),
        },
        {
          entry: kept,
          records: [],
          withheld: withheld(kept, "hidden"),
          problem: new ChartkeyError("RECORD_HIDDEN", ""),
        },
        {
          entry: own,
          records: [{ ...record(own, observation), control: { state: "hidden", time: 5 } }],
          withheld: withheld(own, "hidden"),
        },
      ]),
      reader,
    );
    expect(items.map(({ integrity, withheldSince }) => [integrity, withheldSince])).toEqual([
      ["erased", 5],
      ["hidden", 5],
      ["verified", 5],
    ]);
  });

  it("has a line for each record of an import that is withheld beside those that open", async () => {
    const batch = entry(1, { kind: "batch", categories: 1 << 7, batch: { root: zero, count: 3 } });
    const { recordId } = batch;
    const withheld = [{ recordId, index: 1, state: "hidden" as const, time: 5 }];
    const records = [0, 2].map((index) => ({ ...record(batch, observation, index), category: 7 }));
    const items = await chartItems(timeline([{ entry: batch, records, withheld }]), reader);
    expect(items.map(({ key, integrity }) => [key, integrity])).toEqual([
      [`${recordId}.0.0`, "verified"],
      [`${recordId}.2.0`, "verified"],
      [`${recordId}.1.0`, "hidden"],
    ]);
  });

  it("says that a store is silent, also of what was hidden", async () => {
    const one = entry(1);
    const withheld = [{ recordId: one.recordId, index: 0, state: "hidden" as const, time: 5 }];
    const problem = new ChartkeyError("STORE_UNREACHABLE", "");
    const items = await chartItems(timeline([{ entry: one, records: [], withheld, problem }]), reader);
    expect(items).toMatchObject([{ integrity: "unreachable" }]);
  });

  it("P34 says which entry a correction replaces, and which another author only disputes", async () => {
    const [first, second] = [entry(1), entry(2)];
    const [correction, dispute] = [entry(3), entry(4, { author: patient, hospital: 0 })];
    const replacing = (of: AnchoredEntry, replaced: AnchoredEntry) => {
      const opened = record(of, observation);
      const meta = { ...opened.meta, replaces: { recordId: replaced.recordId, index: 0 } };
      return { entry: of, records: [{ ...opened, meta }] };
    };
    const items = await chartItems(
      timeline([
        replacing(dispute, second),
        replacing(correction, first),
        { entry: second, records: [record(second, observation)] },
        { entry: first, records: [record(first, observation)] },
      ]),
      reader,
    );
    expect(items.map(({ standing }) => standing)).toEqual([
      { state: "current" },
      { state: "current" },
      { state: "disputed", by: [{ recordId: dispute.recordId, index: 0 }] },
      { state: "superseded", by: { recordId: correction.recordId, index: 0 } },
    ]);
  });

  it("takes what is no FHIR for a file, and reads nothing of it", async () => {
    const one = entry(1);
    const scan = { ...record(one, "%PDF"), meta: { contentType: "application/pdf", title: "Letter" } };
    const film = { ...record(one, "", 1), meta: { contentType: "video/mp4" }, large: { size: 3e9 } };
    const items = await chartItems(timeline([{ entry: one, records: [scan, film] }]), reader);
    expect(items).toMatchObject([
      { integrity: "verified", file: { title: "Letter", contentType: "application/pdf", size: 4 } },
      { integrity: "verified", file: { title: "", contentType: "video/mp4", size: 3e9 } },
    ]);
    expect(items.some(({ json, summary }) => json !== undefined || summary !== undefined)).toBe(false);
  });

  it("takes damaged content for damaged", async () => {
    const one = entry(1);
    const items = await chartItems(timeline([{ entry: one, records: [record(one, '{"a":')] }]), reader);
    expect(items).toMatchObject([{ integrity: "unusable", problem: "JSON_MALFORMED" }]);
  });
});

describe("ownProfile", () => {
  it("is the newest that the patient wrote, neither a doctor's nor an imported one", async () => {
    const profile = (of: AnchoredEntry, text: string) => ({
      entry: of,
      records: [record(of, { resourceType: "Patient", name: [{ text }] })],
    });
    const own = { author: patient, hospital: 0, categories: 1 } as const;
    const items = await chartItems(
      timeline([
        profile(entry(4, { ...own, kind: "batch", batch: { root: zero, count: 1 } }), "Imported"),
        profile(entry(3, { categories: 1 }), "By a doctor"),
        profile(entry(2, own), "Newest"),
        profile(entry(1, own), "Older"),
      ]),
      reader,
    );
    expect(ownProfile(items, patient)?.name?.[0]?.text).toBe("Newest");
  });
});
