import { hkdfSync } from "node:crypto";
import { fromUtf8 } from "../../src/bytes.ts";
import { expect, it } from "vitest";
import { stagingInfo, stagingSecret } from "../../src/crypto/staging-keys.ts";

const secret = new Uint8Array(32).fill(7);
const context = { chainId: 20265, hospital: `0x${"AB".repeat(20)}`, voucher: `0x${"CD".repeat(32)}` };
const at = `eip155:20265|0x${"ab".repeat(20)}|0x${"cd".repeat(32)}`;

it("O01 derives the key of staged lists as the protocol says, for one chain, hospital and voucher", async () => {
  const expected = new Uint8Array(hkdfSync("sha256", secret, new Uint8Array(), `chartkey/staging-key/1|${at}`, 32));
  expect(await stagingSecret(secret, context)).toEqual(expected);
  expect(fromUtf8(stagingInfo(context))).toBe(`chartkey/staging/1|${at}`);
  const others = [{ chainId: 1 }, { hospital: `0x${"01".repeat(20)}` }, { voucher: `0x${"02".repeat(32)}` }];
  for (const change of others) expect(await stagingSecret(secret, { ...context, ...change })).not.toEqual(expected);
});
