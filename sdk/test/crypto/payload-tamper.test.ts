import { deflateRawSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { type Bytes, concat, copy, randomBytes, utf8 } from "../../src/bytes.ts";
import { type PayloadContext, contextText } from "../../src/crypto/context.ts";
import { HEADER_SIZE } from "../../src/crypto/payload-header.ts";
import { openPayloadStream } from "../../src/crypto/payload-stream.ts";
import { openPayload, sealPayload } from "../../src/crypto/payload.ts";
import { SEALED_SEGMENT, code, context, fhir, image } from "./payload-cases.ts";
import { type ReferenceInput, piecesOf, plaintextOf, referenceSegments } from "./reference.ts";

const key = randomBytes(32);
let sealed: Bytes;

beforeAll(async () => {
  sealed = await sealPayload(key, context, image, randomBytes(140_000));
});

const open = (payload: Bytes, maxSize?: number) => openPayload(key, context, payload, maxSize);
const flipped = (position: number) => {
  const altered = sealed.slice();
  altered[position]! ^= 1;
  return altered;
};
/** The payload with its segments in another order. */
const arranged = (...order: number[]) => {
  const segments = order.map((index) =>
    sealed.subarray(HEADER_SIZE + index * SEALED_SEGMENT, HEADER_SIZE + (index + 1) * SEALED_SEGMENT),
  );
  return concat(sealed.subarray(0, HEADER_SIZE), ...segments);
};

describe("a payload that somebody changed", () => {
  const fields: [string, number, number, string][] = [
    ["magic", 0, 4, "PAYLOAD_MALFORMED"],
    ["version, suite, segment size and first reserved byte", 4, 8, "PAYLOAD_VERSION"],
    ["salt", 8, 40, "PAYLOAD_WRONG_KEY"],
    ["nonce prefix", 40, 47, "PAYLOAD_ALTERED"],
    ["second reserved byte", 47, 48, "PAYLOAD_VERSION"],
    ["commitment", 48, 80, "PAYLOAD_WRONG_KEY"],
    ["last reserved bytes", 80, 96, "PAYLOAD_VERSION"],
  ];
  it.each(fields)("O02 does not open with any byte flipped in: %s", async (_field, from, to, expected) => {
    for (let position = from; position < to; position++)
      await expect(open(flipped(position)), `byte ${position}`).rejects.toEqual(code(expected));
  });

  it("O02 does not open with a byte flipped in the body or the tag of any segment", async () => {
    expect(sealed.length).toBeGreaterThan(HEADER_SIZE + 2 * SEALED_SEGMENT);
    for (let start = HEADER_SIZE; start < sealed.length; start += SEALED_SEGMENT) {
      const end = Math.min(start + SEALED_SEGMENT, sealed.length);
      const tag = Array.from({ length: 16 }, (_, index) => end - 16 + index);
      for (const position of [start, start + 1, start + 4000, end - 17, ...tag])
        await expect(open(flipped(position)), `byte ${position}`).rejects.toEqual(code("PAYLOAD_ALTERED"));
    }
  });

  it("O02 names the alteration also of compressed content", async () => {
    const text = await sealPayload(key, context, fhir, utf8(Buffer.from(randomBytes(120_000)).toString("hex")));
    expect(text.length).toBeGreaterThan(HEADER_SIZE + SEALED_SEGMENT + 1000);
    text[HEADER_SIZE + SEALED_SEGMENT + 1]! ^= 1;
    await expect(open(text)).rejects.toEqual(code("PAYLOAD_ALTERED"));
  });

  it("O02 does not open with segments swapped, doubled, dropped or added", async () => {
    expect((await open(arranged(0, 1, 2))).data).toHaveLength(140_000);
    const orders = [
      [1, 0, 2],
      [0, 2, 1],
      [0, 0, 1, 2],
      [0, 1, 1, 2],
      [0, 1, 2, 2],
      [0, 1],
      [0],
      [1, 2],
      [0, 2],
      [2],
      [],
    ];
    for (const order of orders)
      await expect(open(arranged(...order)), `${order}`).rejects.toEqual(code("PAYLOAD_ALTERED"));
  });

  it("O02 does not open with bytes cut off or added at the end", async () => {
    const cuts = [
      0,
      3,
      50,
      95,
      96,
      100,
      112,
      113,
      HEADER_SIZE + SEALED_SEGMENT - 1,
      sealed.length - 16,
      sealed.length - 1,
    ];
    for (const size of cuts)
      await expect(open(sealed.slice(0, size)), `${size} bytes`).rejects.toEqual(
        code(size < HEADER_SIZE ? "PAYLOAD_MALFORMED" : "PAYLOAD_ALTERED"),
      );
    for (const more of [1, 16, 17, SEALED_SEGMENT])
      await expect(open(concat(sealed, new Uint8Array(more)))).rejects.toEqual(code("PAYLOAD_ALTERED"));
  });

  it("O02 does not open with segments of another payload under the same key", async () => {
    const other = await sealPayload(key, context, image, randomBytes(140_000));
    const mixed = sealed.slice();
    mixed.set(other.subarray(HEADER_SIZE, HEADER_SIZE + SEALED_SEGMENT), HEADER_SIZE);
    await expect(open(mixed)).rejects.toEqual(code("PAYLOAD_ALTERED"));
  });

  it("O01 opens under no other chain, contract, patient, author, category or key", async () => {
    const others: Partial<PayloadContext>[] = [
      { chainId: 1 },
      { registry: context.patient },
      { patient: context.author },
      { author: context.patient },
      { category: 6 },
      { patient: context.author, author: context.patient },
    ];
    for (const other of others)
      await expect(openPayload(key, { ...context, ...other }, sealed)).rejects.toEqual(code("PAYLOAD_WRONG_KEY"));
    await expect(openPayload(randomBytes(32), context, sealed)).rejects.toEqual(code("PAYLOAD_WRONG_KEY"));
    const lower = { ...context, patient: context.patient.toLowerCase() };
    await expect(openPayload(key, lower, sealed)).resolves.toBeDefined();
  });
});

describe("a payload that its author wrote wrongly", () => {
  const input = (meta: unknown, body: Uint8Array = new Uint8Array()): ReferenceInput => ({
    contentKey: key,
    context: contextText(context),
    salt: randomBytes(32),
    noncePrefix: randomBytes(7),
    meta: typeof meta === "string" ? meta : JSON.stringify(meta),
    body,
  });
  const write = (made: ReferenceInput, change: (plaintext: Buffer) => Uint8Array[] = piecesOf) =>
    copy(referenceSegments(made, change(plaintextOf(made.meta, made.body))));
  const good = { contentType: "image/png", encoding: "identity", size: 3 };
  const fhirMeta = { contentType: "application/fhir+json", encoding: "deflate-raw" };
  const body = utf8("abc");
  const malformed = code("PAYLOAD_MALFORMED");

  it("opens when nothing is wrong with it", async () => {
    expect(await open(write(input(good, body)))).toEqual({ meta: image, data: body });
  });

  it("O12 is refused when its description is not canonical, or not one", async () => {
    const wrong = [
      "",
      "null",
      "[]",
      "{}",
      '{"contentType":"image/png", "encoding":"identity","size":3}',
      '{"contentType":"a","contentType":"image/png","encoding":"identity","size":3}',
      '{"encoding":"identity","contentType":"image/png","size":3}',
      '{"__proto__":{"x":1},"contentType":"image/png","encoding":"identity","size":3}',
      '{"contentType":"image/png","encoding":"identity","size":3.0}',
      '{"contentType":"image/png","encoding":"identity","size":-3}',
      '{"contentType":"image/png","encoding":"identity","size":"3"}',
      '{"contentType":"image/png","encoding":"gzip","size":3}',
      '{"contentType":7,"encoding":"identity","size":3}',
      `${"[".repeat(8000)}${"]".repeat(8000)}`,
      JSON.stringify({ contentType: "image/png", encoding: "identity", size: 3, x: "y".repeat(17_000) }),
    ];
    for (const meta of wrong)
      await expect(open(write(input(meta, body))), meta.slice(0, 80)).rejects.toEqual(malformed);
  });

  it("is refused when its lengths or its padding are wrong", async () => {
    const made = input(good, body);
    const changed = (change: (plaintext: Buffer) => void) =>
      write(made, (plaintext) => {
        change(plaintext);
        return piecesOf(plaintext);
      });
    const metaLength = Buffer.byteLength(made.meta);
    const changes: ((plaintext: Buffer) => void)[] = [
      (plaintext) => plaintext.writeUInt32BE(metaLength + 1, 0),
      (plaintext) => plaintext.writeUInt32BE(0xffffffff, 0),
      (plaintext) => plaintext.writeUInt32BE(5000, 0),
      (plaintext) => plaintext.writeBigUInt64BE(2n, 4 + metaLength),
      (plaintext) => plaintext.writeBigUInt64BE(2n ** 63n, 4 + metaLength),
      (plaintext) => plaintext.writeUInt8(1, 12 + metaLength + 3),
      (plaintext) => plaintext.writeUInt8(1, plaintext.length - 1),
    ];
    for (const [index, change] of changes.entries())
      await expect(open(changed(change)), `change ${index}`).rejects.toEqual(malformed);
    for (const length of [1023, 1025, 2048, 70_000]) {
      const padded = (plaintext: Buffer) =>
        piecesOf(Buffer.concat([plaintext, Buffer.alloc(100_000)]).subarray(0, length));
      await expect(open(write(made, padded)), `${length} bytes`).rejects.toEqual(malformed);
    }
    await expect(open(write(made, (plaintext) => [plaintext.subarray(0, 5)]))).rejects.toEqual(malformed);
  });

  it("O11 is refused before anything is released when its body is longer than it says", async () => {
    const payload = write(input(good, Buffer.alloc(100_000)));
    await expect(openPayloadStream(key, context, [payload])).rejects.toEqual(malformed);
  });

  it("is refused when its segments are cut otherwise", async () => {
    const large = input({ ...good, size: 100_000 }, Buffer.alloc(100_000, 7));
    const withEmpty = (plaintext: Buffer) => [...piecesOf(plaintext), new Uint8Array()];
    const short = (plaintext: Buffer) => [plaintext.subarray(0, 1000), plaintext.subarray(1000)];
    await expect(open(write(large))).resolves.toBeDefined();
    await expect(open(write(large, short))).rejects.toEqual(code("PAYLOAD_ALTERED"));
    const full = input({ ...good, size: 65_460 }, Buffer.alloc(65_460, 7));
    expect(plaintextOf(full.meta, full.body)).toHaveLength(65_536);
    await expect(open(write(full))).resolves.toBeDefined();
    await expect(open(write(full, withEmpty))).rejects.toEqual(code("PAYLOAD_ALTERED"));
  });

  it("O11 is refused when more comes out of the compression than it says, or less, or nonsense", async () => {
    for (const size of [1000, 300_000]) {
      const packed = deflateRawSync(Buffer.alloc(size, 97));
      const saying = (said: number, bytes: Uint8Array = packed) =>
        open(write(input({ ...fhirMeta, size: said }, bytes)));
      await expect(saying(size)).resolves.toMatchObject({ data: { length: size } });
      await expect(saying(size - 1)).rejects.toEqual(code("PAYLOAD_TOO_LARGE"));
      await expect(saying(size + 1)).rejects.toEqual(malformed);
      await expect(saying(size, packed.subarray(0, packed.length - 2))).rejects.toEqual(malformed);
      await expect(saying(size, Buffer.alloc(50, 0xff))).rejects.toEqual(malformed);
    }
  });
  it("O11 is refused when it is larger than allowed, before it is inflated", async () => {
    const text = await sealPayload(key, context, fhir, utf8("a".repeat(100_000)));
    await expect(open(text, 100_000)).resolves.toBeDefined();
    await expect(open(text, 99_999)).rejects.toEqual(code("PAYLOAD_TOO_LARGE"));
    await expect(open(sealed, 139_999)).rejects.toEqual(code("PAYLOAD_TOO_LARGE"));
    const bomb = write(input({ ...fhirMeta, size: 2 ** 26 + 1 }, Buffer.alloc(10)));
    await expect(open(bomb)).rejects.toEqual(code("PAYLOAD_TOO_LARGE"));
  });
});
