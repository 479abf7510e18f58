import { expect, it } from "vitest";
import { toBase64Url, utf8 } from "../../src/bytes.ts";
import { referenceOf, toCid } from "../../src/storage/cid.ts";
import { filesOf, parseRequest, toReceipts } from "../../src/storage/receipt-list.ts";

const RECEIPT = {
  ...{ act: "delivery", reader: "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc", kind: "chart", categories: 128 },
  ...{ time: 1_795_680_000_000, request: "e30", signature: "AA", certificate: "none" },
};
const rawCid = async (bytes: Uint8Array<ArrayBuffer>) => toCid(await referenceOf(bytes)).toString();
const page = (...lines: unknown[]) => utf8(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
const read = async (receipt: unknown) => (await toReceipts(async () => page({ receipt }))).receipts;

it("reads a receipt", async () => {
  expect(await read(RECEIPT)).toMatchObject([{ act: "delivery", categories: 128, certificate: undefined }]);
});

it("reads page after page, as many as can be looked at, and says when there are more", async () => {
  const asked: (string | undefined)[] = [];
  const from = (pages: number) => async (after: string | undefined) => {
    asked.push(after);
    const next = asked.length < pages ? [{ next: `2026-01-31.${asked.length}` }] : [];
    return page({ receipt: { ...RECEIPT, time: asked.length } }, ...next);
  };
  const whole = await toReceipts(from(3));
  expect([whole.receipts.map(({ time }) => time), whole.more]).toEqual([[1, 2, 3], false]);
  expect(asked.splice(0)).toEqual([undefined, "2026-01-31.1", "2026-01-31.2"]);
  const endless = await toReceipts(from(Infinity));
  expect([endless.receipts.length, endless.more, asked.length]).toEqual([4, true, 4]);
});

it("reads which files of its request one is about", async () => {
  const cids = ["a", "b", "c"].map((name) => rawCid(utf8(name)));
  const text = (fields: object) => toBase64Url(utf8(JSON.stringify({ time: 1, owner: "0xA1", ...fields })));
  const named = async (fields: object, files?: number[]) => {
    const [receipt] = await read({ ...RECEIPT, request: text(fields), ...(files && { files }) });
    const request = parseRequest(receipt!.request);
    return request && filesOf(receipt!, request).map((reference) => toCid(reference).toString());
  };
  const [first, second, third] = await Promise.all(cids);
  expect(await named({ v: 1, cid: first })).toEqual([first]);
  expect(await named({ v: 2, cids: [first, second, third] }, [0, 2])).toEqual([first, third]);
  // What the request does not name was not signed for.
  expect(await named({ v: 2, cids: [first] }, [0, 1])).toEqual([first]);
  expect(await named({ v: 1, cid: first, cids: [second] }, [1])).toEqual([]);
  expect(await named({ v: 2, cid: first })).toBeUndefined();
  expect(await named({ v: 2, cids: Array.from({ length: 65 }, () => first) })).toBeUndefined();
});

it.each([
  { time: 1e300 },
  { time: -1 },
  { time: 0.5 },
  { time: "now" },
  { categories: -1 },
  { reader: "0x00" },
  { act: "gift" },
  { request: 7 },
  { files: "all" },
  { files: [0, 0] },
  { files: [1, 0] },
  { files: [-1] },
  { files: [64] },
  { files: Array.from({ length: 65 }, (_, at) => at) },
])("refuses one with %j", async (changed) => {
  await expect(read({ ...RECEIPT, ...changed })).rejects.toMatchObject({ code: "STORE_REFUSED" });
});
