import { describe, expect, it } from "vitest";
import type { OpenedRecord } from "../../src/workflows/opened-record.ts";
import { correctionsOf } from "../../src/workflows/corrections.ts";

const patient = "0x00000000000000000000000000000000000000A1" as const;
const successor = "0x00000000000000000000000000000000000000A2" as const;
const doctor = "0x00000000000000000000000000000000000000D1" as const;
const other = "0x00000000000000000000000000000000000000D2" as const;

const id = (number: number) => `0x${number.toString(16).padStart(64, "0")}` as const;
const at = (number: number, index = 0) => ({ recordId: id(number), index });

function record(number: number, author: `0x${string}`, meta: object = {}, change: Partial<OpenedRecord> = {}) {
  const hospital = author === patient || author === successor ? 0 : 1;
  const shared = { index: 0, category: 2, time: number, data: new Uint8Array() };
  return { ...at(number), ...shared, author, hospital, meta: { contentType: "text/plain", ...meta }, ...change };
}

describe("P34 corrections", () => {
  it("P34 an author replaces his own earlier record, and the newest correction is the one that counts", () => {
    const standing = correctionsOf([
      record(1, doctor),
      record(2, doctor, { replaces: at(1) }),
      record(3, doctor, { replaces: at(1) }),
    ]);
    expect(standing(at(1))).toEqual({ state: "superseded", by: at(3) });
    expect(standing(at(3))).toEqual({ state: "current" });
  });

  it("P34 somebody else's correction disputes it, and replaces it when the patient confirms that", () => {
    const claimed = [record(1, doctor), record(2, other, { replaces: at(1) }), record(3, patient, { replaces: at(1) })];
    expect(correctionsOf(claimed)(at(1))).toEqual({ state: "disputed", by: [at(2), at(3)] });
    const confirmed = [...claimed, record(4, patient, { confirms: at(2) })];
    expect(correctionsOf(confirmed)(at(1))).toEqual({ state: "superseded", by: at(2) });
    const byDoctor = [...claimed, record(4, other, { confirms: at(2) })];
    expect(correctionsOf(byDoctor)(at(1)).state).toBe("disputed");
  });

  it("P34 a later claim of somebody else does not undo the author's own correction", () => {
    const records = [record(1, doctor), record(2, doctor, { replaces: at(1) }), record(3, other, { replaces: at(1) })];
    expect(correctionsOf(records)(at(1))).toEqual({ state: "superseded", by: at(2) });
  });

  it("P34 the same doctor in another hospital is somebody else; the patient's successor is the patient", () => {
    const moved = record(2, doctor, { replaces: at(1) }, { hospital: 2 });
    expect(correctionsOf([record(1, doctor), moved])(at(1)).state).toBe("disputed");
    const own = [record(1, patient), record(2, successor, { replaces: at(1) })];
    expect(correctionsOf(own)(at(1)).state).toBe("superseded");
  });

  it("P34 nothing is said of a later record, of another category, or of one that is not there", () => {
    const later = [record(1, doctor, { replaces: at(2) }), record(2, doctor)];
    expect(correctionsOf(later)(at(2))).toEqual({ state: "current" });
    const elsewhere = [record(1, doctor), record(2, doctor, { replaces: at(1) }, { category: 3 })];
    expect(correctionsOf(elsewhere)(at(1))).toEqual({ state: "current" });
    expect(correctionsOf([record(1, doctor, { replaces: at(1) })])(at(1))).toEqual({ state: "current" });
  });

  it("P34 takes a record of a batch by its place, and ignores what is no reference", () => {
    const batch = [record(1, doctor), record(1, doctor, {}, { index: 1 })];
    const standing = correctionsOf([...batch, record(2, doctor, { replaces: at(1, 1) })]);
    expect(standing(at(1, 1)).state).toBe("superseded");
    expect(standing(at(1)).state).toBe("current");
    for (const replaces of [
      null,
      7,
      "0x01",
      { recordId: 1, index: 0 },
      { recordId: id(1) },
      { recordId: "0x1", index: 0 },
    ])
      expect(correctionsOf([record(1, doctor), record(2, doctor, { replaces })])(at(1)).state).toBe("current");
  });
});
