import { expect, it } from "vitest";
import { utf8 } from "../../src/bytes.ts";
import { toReceipts } from "../../src/storage/receipt-list.ts";

const RECEIPT = {
  ...{ act: "delivery", reader: "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc", kind: "chart", categories: 128 },
  ...{ time: 1_795_680_000_000, request: "e30", signature: "AA", certificate: "none" },
};
const read = (receipt: unknown) => toReceipts(utf8(`${JSON.stringify({ receipt })}\n`));

it("reads a receipt", async () => {
  expect(await read(RECEIPT)).toMatchObject([{ act: "delivery", categories: 128, certificate: undefined }]);
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
])("refuses one with %j", async (changed) => {
  await expect(read({ ...RECEIPT, ...changed })).rejects.toMatchObject({ code: "STORE_REFUSED" });
});
