import { hkdfSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { importHkdfKey } from "../../src/crypto/aead.ts";
import { cardAccountSecret, cardOpeningSecret, cardReaderSecret, cardSeed } from "../../src/crypto/card-keys.ts";

const secret = new Uint8Array(32).fill(7);
const chart = { chainId: 20265, registry: `0x${"AB".repeat(20)}`, patient: `0x${"CD".repeat(20)}` };
const context = { chainId: 20265, directory: `0x${"EF".repeat(20)}`, card: `0x${"0A".repeat(20)}` };

/** HKDF of another library, with the words of docs/protocol.md. */
const derived = (info: string) => new Uint8Array(hkdfSync("sha256", secret, new Uint8Array(), info, 32));

describe("keys of an emergency card", () => {
  it("are derived as the protocol says, each for its purpose and its card alone", async () => {
    const chartKey = await importHkdfKey(secret);
    const [of, at] = [
      `eip155:20265|0x${"ab".repeat(20)}|0x${"cd".repeat(20)}`,
      `eip155:20265|0x${"ef".repeat(20)}|0x${"0a".repeat(20)}`,
    ];
    const keys = {
      [`chartkey/emergency-account/1|${of}`]: await cardAccountSecret(chartKey, chart),
      [`chartkey/emergency-card/1|${of}|1`]: await cardSeed(chartKey, chart, 1),
      [`chartkey/emergency-card/1|${of}|2`]: await cardSeed(chartKey, chart, 2),
      [`chartkey/card-reader/1|${at}`]: await cardReaderSecret(secret, context),
      [`chartkey/card-key/1|${at}`]: await cardOpeningSecret(secret, context),
    };
    for (const [info, key] of Object.entries(keys)) expect(key).toEqual(derived(info));
    expect(new Set(Object.values(keys).map(String)).size).toBe(5);
  });
});
