import { describe, expect, it } from "vitest";
import { ChartkeyError } from "../../src/errors.ts";
import type { AnchoredEntry } from "../../src/chain/ledger.ts";
import { type NoticeItem, NOTICE_TYPE, encodeNotice } from "../../src/workflows/notices.ts";
import type { OpenedRecord } from "../../src/workflows/opened-record.ts";
import { Opening } from "../../src/workflows/opening.ts";

const patient = "0x00000000000000000000000000000000000000A1";
const id = (number: number) => `0x${number.toString(16).padStart(64, "0")}` as const;

function entry(number: number, count?: number): AnchoredEntry {
  const kind = count === undefined ? ("entry" as const) : ("batch" as const);
  const shared = {
    kind,
    recordId: id(number),
    patient,
    author: patient,
    hospital: 0,
    categories: 2,
    time: number,
  } as const;
  const place = {
    payload: id(0),
    codec: 0 as const,
    wraps: id(0),
    blockNumber: 1n,
    logIndex: 0,
    transactionHash: id(0),
  };
  return { ...shared, ...place, ...(count === undefined ? {} : { batch: { root: id(0), count } }) };
}

function record({ recordId, time }: AnchoredEntry, index = 0, notice?: readonly NoticeItem[]): OpenedRecord {
  const meta = { contentType: notice === undefined ? "text/plain" : NOTICE_TYPE };
  const data = notice === undefined ? new Uint8Array() : encodeNotice(notice);
  return { recordId, index, category: 2, author: patient, hospital: 0, time, meta, data };
}

const said = (opening: Opening) =>
  opening.soFar().entries.map(({ entry: { time }, records }) => [time, ...records.map(({ index }) => index)]);

describe("a chart that is being opened", () => {
  it("shows the newest entries without a gap, and of the last one what is open of it", () => {
    const [oldest, batch, third, newest] = [entry(1), entry(2, 3), entry(3), entry(4)] as const;
    const opening = new Opening([oldest, batch, third, newest]);
    opening.finish({ entry: third, records: [record(third)] });
    // The newest might replace the one before it, or tell that it is hidden.
    expect(said(opening)).toEqual([]);
    opening.finish({ entry: newest, records: [record(newest)] });
    expect(said(opening)).toEqual([
      [4, 0],
      [3, 0],
    ]);
    opening.add(record(batch, 2));
    opening.add(record(oldest));
    opening.add(record(batch, 1));
    expect(said(opening)).toEqual([
      [4, 0],
      [3, 0],
      [2, 2, 1],
    ]);
    opening.finish({ entry: batch, records: [0, 1, 2].map((index) => record(batch, index)) });
    opening.add(record(batch, 0));
    expect(said(opening)).toEqual([
      [4, 0],
      [3, 0],
      [2, 0, 1, 2],
      [1, 0],
    ]);
    opening.finish({ entry: oldest, records: [record(oldest)] });
    expect(opening.soFar().total).toBe(6);
    expect(opening.whole().map(({ entry: { time } }) => time)).toEqual([1, 2, 3, 4]);
  });

  it("leaves out the patient's notices and every record that they withhold or seal again", () => {
    const [kept, batch, hidden, notice] = [entry(1), entry(2, 2), entry(3), entry(4)] as const;
    const opening = new Opening([kept, batch, hidden, notice]);
    const cover = { codec: 0 as const, digest: id(9) };
    opening.finish({
      entry: notice,
      records: [
        record(notice, 0, [
          { recordId: id(3), index: 0, state: "hidden", cover },
          { recordId: id(2), index: 1, state: "erased" },
        ]),
      ],
    });
    opening.finish({ entry: hidden, records: [] });
    opening.finish({ entry: batch, records: [record(batch)] });
    opening.finish({ entry: kept, records: [record(kept)] });
    expect(said(opening)).toEqual([[1, 0]]);
  });

  it("counts of a batch what its author claims until it is open, and then what is in it", () => {
    const [claim, newest] = [entry(1, 65_536), entry(2)] as const;
    const opening = new Opening([claim, newest]);
    opening.finish({ entry: newest, records: [record(newest)] });
    expect(opening.soFar().total).toBe(65_537);
    opening.finish({ entry: claim, records: [], problem: new ChartkeyError("STORE_NOT_FOUND", "") });
    expect(opening.soFar().total).toBe(1);
  });
});
