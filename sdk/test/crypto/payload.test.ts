import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomBytes, utf8 } from "../../src/bytes.ts";
import type { PayloadContext } from "../../src/crypto/context.ts";
import { padme } from "../../src/crypto/padding.ts";
import { HEADER_SIZE, openPayload, sealPayload } from "../../src/crypto/payload.ts";

const context: PayloadContext = {
  chainId: 20265,
  registry: "0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9",
  patient: "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
  author: "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
  category: 7,
};
const meta = { contentType: "application/fhir+json", fullUrl: "urn:uuid:1" };
const key = randomBytes(32);
const code = (expected: string) => expect.objectContaining({ code: expected });

describe("payload format 1", () => {
  it("gives back what was sealed, of any size around a segment", async () => {
    for (const size of [0, 1, 1011, 65_500, 65_536, 65_537, 200_000]) {
      const data = randomBytes(size);
      const opened = await openPayload(
        key,
        context,
        await sealPayload(key, context, { contentType: "image/png" }, data),
      );
      expect(opened.data).toEqual(data);
    }
  });

  it("compresses text, and hides its size among those of Padmé", async () => {
    const data = utf8("blood ".repeat(20_000));
    const sealed = await sealPayload(key, context, meta, data);
    expect(sealed.length).toBe(HEADER_SIZE + 1024 + 16);
    expect((await openPayload(key, context, sealed)).meta).toEqual(meta);
    expect(padme(1025)).toBeGreaterThan(1025);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (length) => {
        const padded = padme(length);
        expect(padded).toBeGreaterThanOrEqual(length);
        expect(padded).toBeLessThanOrEqual(Math.max(1024, length * 1.12));
        expect(padme(padded)).toBe(padded);
      }),
    );
  });

  it("O01 opens under no other chain, contract, patient, author, category or key", async () => {
    const sealed = await sealPayload(key, context, meta, utf8("{}"));
    const others: PayloadContext[] = [
      { ...context, chainId: 1 },
      { ...context, registry: context.patient },
      { ...context, patient: context.author },
      { ...context, author: context.patient },
      { ...context, category: 6 },
    ];
    for (const other of others)
      await expect(openPayload(key, other, sealed)).rejects.toEqual(code("PAYLOAD_WRONG_KEY"));
    await expect(openPayload(randomBytes(32), context, sealed)).rejects.toEqual(code("PAYLOAD_WRONG_KEY"));
    await expect(
      openPayload(key, { ...context, patient: context.patient.toLowerCase() }, sealed),
    ).resolves.toBeDefined();
  });

  it("O02 opens with no byte changed, cut or added, and no segments swapped", async () => {
    const sealed = await sealPayload(key, context, { contentType: "image/png" }, randomBytes(140_000));
    const positions = [
      ...Array.from({ length: HEADER_SIZE }, (_, index) => index),
      96,
      40_000,
      65_632,
      65_648,
      sealed.length - 1,
    ];
    for (const position of positions) {
      const altered = sealed.slice();
      altered[position]! ^= 1;
      await expect(openPayload(key, context, altered), `byte ${position}`).rejects.toEqual(
        expect.objectContaining({ name: "ChartkeyError" }),
      );
    }
    for (const size of [0, 50, HEADER_SIZE, HEADER_SIZE + 65_552, sealed.length - 1])
      await expect(openPayload(key, context, sealed.slice(0, size))).rejects.toEqual(
        expect.objectContaining({ name: "ChartkeyError" }),
      );
    const segment = 65_552;
    const swapped = sealed.slice();
    swapped.set(sealed.subarray(HEADER_SIZE + segment, HEADER_SIZE + 2 * segment), HEADER_SIZE);
    swapped.set(sealed.subarray(HEADER_SIZE, HEADER_SIZE + segment), HEADER_SIZE + segment);
    await expect(openPayload(key, context, swapped)).rejects.toEqual(code("PAYLOAD_ALTERED"));
    await expect(openPayload(key, context, new Uint8Array([...sealed, 0]))).rejects.toEqual(code("PAYLOAD_ALTERED"));
  });

  it("O03 seals the same record differently each time", async () => {
    const [one, two] = await Promise.all([
      sealPayload(key, context, meta, utf8("{}")),
      sealPayload(key, context, meta, utf8("{}")),
    ]);
    expect(one.subarray(8, 96)).not.toEqual(two.subarray(8, 96));
    expect(one.subarray(96)).not.toEqual(two.subarray(96));
  });

  it("O11 refuses content larger than allowed", async () => {
    const sealed = await sealPayload(key, context, meta, utf8("a".repeat(100_000)));
    await expect(openPayload(key, context, sealed, 99_999)).rejects.toEqual(code("PAYLOAD_TOO_LARGE"));
  });
});
