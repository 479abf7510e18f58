import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomBytes, utf8 } from "../../src/bytes.ts";
import { padme } from "../../src/crypto/padding.ts";
import { HEADER_SIZE } from "../../src/crypto/payload-header.ts";
import { openPayload, sealPayload } from "../../src/crypto/payload.ts";
import { code, context, fhir, image } from "./payload-cases.ts";
import { paddedLength } from "./reference.ts";

const key = randomBytes(32);

describe("payload format 1", () => {
  it("gives back what was sealed, of any size around a segment", async () => {
    for (const size of [0, 1, 1011, 65_500, 65_536, 65_537, 200_000]) {
      const data = randomBytes(size);
      const opened = await openPayload(key, context, await sealPayload(key, context, image, data));
      expect(opened).toEqual({ meta: image, data });
    }
  });

  it("compresses text, small and large, and hides its size among those of Padmé", async () => {
    const data = utf8("blood ".repeat(10_000));
    const sealed = await sealPayload(key, context, fhir, data);
    expect(sealed.length).toBe(HEADER_SIZE + 1024 + 16);
    expect(await openPayload(key, context, sealed)).toEqual({ meta: fhir, data });
    const large = utf8("blood pressure ".repeat(200_000));
    const sealedLarge = await sealPayload(key, context, fhir, large);
    expect(sealedLarge.length).toBeLessThan(large.length / 50);
    expect((await openPayload(key, context, sealedLarge)).data).toEqual(large);
  });

  it("leaves text as it is when it does not get smaller", async () => {
    const data = randomBytes(3000);
    const sealed = await sealPayload(key, context, { contentType: "text/plain" }, data);
    expect((await openPayload(key, context, sealed)).data).toEqual(data);
    expect(sealed.length).toBeGreaterThan(3000);
  });

  it("pads by Padmé: at most 12 %, the same in floating point and in integers", () => {
    expect(padme(1025)).toBeGreaterThan(1025);
    const near = (power: number) => [2 ** power - 1, 2 ** power, 2 ** power + 1];
    for (const length of Array.from({ length: 31 }, (_, index) => near(10 + index)).flat())
      expect(padme(length)).toBe(paddedLength(length));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (length) => {
        const padded = padme(length);
        expect(padded).toBe(paddedLength(length));
        expect(padded).toBeGreaterThanOrEqual(length);
        expect(padded).toBeLessThanOrEqual(Math.max(1024, length * 1.12));
        expect(padme(padded)).toBe(padded);
      }),
    );
  });

  it("O03 seals the same record differently each time", async () => {
    const [one, two] = await Promise.all([
      sealPayload(key, context, fhir, utf8("{}")),
      sealPayload(key, context, fhir, utf8("{}")),
    ]);
    for (const [from, to] of [
      [8, 40],
      [40, 47],
      [48, 80],
      [96, one.length],
    ])
      expect(one.subarray(from, to)).not.toEqual(two.subarray(from, to));
  });

  it("seals under no key but one of 32 bytes, and no description that does not fit", async () => {
    for (const size of [0, 16, 31, 33])
      await expect(sealPayload(randomBytes(size), context, image, utf8("x"))).rejects.toEqual(code("CRYPTO_KEY_SIZE"));
    const long = { ...image, fullUrl: "u".repeat(17_000) };
    await expect(sealPayload(key, context, long, utf8("x"))).rejects.toEqual(code("PAYLOAD_META_TOO_LARGE"));
  });
});
