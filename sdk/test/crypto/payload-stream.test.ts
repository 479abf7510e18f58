import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { type Bytes, randomBytes, utf8 } from "../../src/bytes.ts";
import { collect } from "../../src/chunks.ts";
import { openPayloadStream, openPayloadToSink, sealPayloadStream } from "../../src/crypto/payload-stream.ts";
import { openPayload, sealPayload } from "../../src/crypto/payload.ts";
import { blobSink, drainTo } from "../../src/sinks.ts";
import { SEALED_SEGMENT, code, context, fhir, image, inParts } from "./payload-cases.ts";

const key = randomBytes(32);
const seal = (data: Bytes, sizes = [data.length], meta = image) =>
  sealPayloadStream(key, context, meta, data.length, inParts(data, sizes));

/** A sink that notes what happens to it. */
function watchedSink() {
  const events: string[] = [];
  const parts: Bytes[] = [];
  const sink = new WritableStream<Bytes>({
    write: (part) => void parts.push(part),
    close: () => void events.push("closed"),
    abort: () => void events.push("aborted"),
  });
  return { sink, parts, events };
}

describe("payload as a stream", () => {
  it("gives back any size around the borders of segments, however both streams are cut", async () => {
    const border = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: -90, max: 90 }));
    const size = fc.oneof(
      border.map(([segments, offset]) => Math.max(0, segments * 65_536 + offset)),
      fc.integer({ min: 0, max: 200_000 }),
    );
    const cuts = fc.array(fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 60_000, max: 140_000 })), {
      minLength: 1,
      maxLength: 12,
    });
    const large = (sizes: number[]) => [...sizes, 70_000];
    await fc.assert(
      fc.asyncProperty(size, cuts, cuts, fc.boolean(), async (length, sealCuts, openCuts, text) => {
        const data = randomBytes(length);
        const meta = text ? fhir : image;
        const sealed = await collect(seal(data, large(sealCuts), meta));
        expect((await openPayload(key, context, sealed)).data).toEqual(data);
        const opened = await openPayloadStream(key, context, inParts(sealed, large(openCuts)));
        expect(opened).toMatchObject({ meta, size: length });
        expect(await collect(opened.data)).toEqual(data);
      }),
      { numRuns: 60 },
    );
  });

  it("takes and gives what platforms have: ReadableStream, Blob, arrays, byte by byte", async () => {
    const data = randomBytes(70_000);
    const blob = new Blob([data]);
    const sealed = await collect(sealPayloadStream(key, context, image, blob.size, blob.stream()));
    const opened = await openPayloadStream(key, context, new Blob([sealed]).stream());
    expect(await collect(opened.data)).toEqual(data);
    const small = await sealPayload(key, context, image, utf8("abc"));
    expect(await collect((await openPayloadStream(key, context, inParts(small, [1]))).data)).toEqual(utf8("abc"));
  });

  it("does not mind a source that uses its buffer again", async () => {
    const data = randomBytes(300_000);
    const buffer = new Uint8Array(100_000);
    async function* reusing(bytes: Bytes) {
      for (let offset = 0; offset < bytes.length; offset += buffer.length) {
        const part = bytes.subarray(offset, offset + buffer.length);
        buffer.set(part);
        yield buffer.subarray(0, part.length);
      }
    }
    const sealed = await collect(sealPayloadStream(key, context, image, data.length, reusing(data)));
    const opened = await openPayloadStream(key, context, reusing(sealed));
    expect(await collect(opened.data)).toEqual(data);
  });

  it("seals no source of another size than was said: it ends in an error before the last segment", async () => {
    const changed = code("PAYLOAD_SIZE_CHANGED");
    for (const said of [0, 69_999, 70_001, 200_000]) {
      const parts: Bytes[] = [];
      const sealing = async () => {
        for await (const part of sealPayloadStream(key, context, image, said, inParts(randomBytes(70_000), [30_000])))
          parts.push(part);
      };
      await expect(sealing(), `${said}`).rejects.toEqual(changed);
      await expect(openPayload(key, context, new Uint8Array(Buffer.concat(parts)))).rejects.toBeDefined();
    }
    const wrong = (meta: typeof image, size: number) =>
      collect(sealPayloadStream(key, context, meta, size, [utf8("text")]));
    await expect(wrong(fhir, 5)).rejects.toEqual(changed);
    async function* endless() {
      for (;;) yield utf8("text");
    }
    await expect(collect(sealPayloadStream(key, context, image, 5, endless()))).rejects.toEqual(changed);
    for (const size of [-1, 0.5, 2 ** 40 + 1, NaN])
      await expect(wrong(image, size)).rejects.toEqual(code("PAYLOAD_TOO_LARGE"));
  });

  it("O02 releases segments only when they are authentic, and ends in an error when one is not", async () => {
    const sealed = await sealPayload(key, context, image, randomBytes(400_000));
    sealed[96 + 3 * SEALED_SEGMENT + 5]! ^= 1;
    const { data } = await openPayloadStream(key, context, [sealed]);
    let released = 0;
    const reading = async () => {
      for await (const part of data) released += part.length;
    };
    await expect(reading()).rejects.toEqual(code("PAYLOAD_ALTERED"));
    expect(released).toBeGreaterThan(2 * 65_536);
    expect(released).toBeLessThanOrEqual(3 * 65_536);
  });

  it("holds 200 MB neither sealed nor opened", async () => {
    const part = randomBytes(1 << 20);
    async function* source() {
      for (let index = 0; index < 200; index++) yield part;
    }
    const before = process.memoryUsage.rss();
    let growth = 0;
    let size = 0;
    const sealed = sealPayloadStream(key, context, image, 200 * part.length, source());
    for await (const opened of (await openPayloadStream(key, context, sealed)).data) {
      size += opened.length;
      growth = Math.max(growth, process.memoryUsage.rss() - before);
    }
    expect(size).toBe(200 * part.length);
    expect(growth).toBeLessThan(120e6);
  });

  it("cancels the source when it stops early", async () => {
    const sealed = await sealPayload(key, context, image, randomBytes(3_000_000));
    const cancel = vi.fn();
    const endless = () => new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(sealed), cancel });
    await (await openPayloadStream(key, context, endless())).cancel();
    expect(cancel).toHaveBeenCalledTimes(1);
    await expect(openPayloadStream(randomBytes(32), context, endless())).rejects.toEqual(code("PAYLOAD_WRONG_KEY"));
    expect(cancel).toHaveBeenCalledTimes(2);
    const { data } = await openPayloadStream(key, context, endless());
    await expect(collect(data)).rejects.toEqual(code("PAYLOAD_ALTERED"));
    expect(cancel).toHaveBeenCalledTimes(3);
  });
});

describe("all or nothing", () => {
  it("O08 closes the sink only when every byte was authentic and none is missing", async () => {
    for (const meta of [image, { contentType: "text/plain" }]) {
      const data = meta === image ? randomBytes(200_000) : utf8("pulse 60, ".repeat(20_000));
      const sealed = await sealPayload(key, context, meta, data);
      const good = watchedSink();
      expect(await openPayloadToSink(key, context, [sealed], good.sink)).toEqual({ meta, size: 200_000 });
      expect(good.events).toEqual(["closed"]);
      expect(Buffer.concat(good.parts).equals(data)).toBe(true);
      for (const size of [0, 50, 96, sealed.length - SEALED_SEGMENT, sealed.length - 16, sealed.length - 1]) {
        const bad = watchedSink();
        const cut = sealed.slice(0, Math.max(0, size));
        await expect(openPayloadToSink(key, context, [cut], bad.sink)).rejects.toEqual(
          expect.objectContaining({ code: expect.stringMatching(/^PAYLOAD_(ALTERED|MALFORMED)$/) }),
        );
        expect(bad.events, `${size}`).toEqual(["aborted"]);
      }
    }
  });

  it("O08 hands on the error of a source that breaks, and of a sink that is full", async () => {
    const sealed = await sealPayload(key, context, image, randomBytes(200_000));
    async function* breaking() {
      yield sealed.subarray(0, 150_000);
      throw new Error("connection lost");
    }
    const { sink, events } = watchedSink();
    await expect(openPayloadToSink(key, context, breaking(), sink)).rejects.toThrow("connection lost");
    expect(events).toEqual(["aborted"]);
    const full = new WritableStream<Bytes>({ write: () => Promise.reject(new Error("disk full")) });
    await expect(openPayloadToSink(key, context, [sealed], full)).rejects.toEqual(code("SINK_FAILED"));
  });

  it("O08 makes a Blob only of the whole", async () => {
    const data = randomBytes(9_000_000);
    const target = blobSink("image/png");
    expect(() => target.blob()).toThrow(code("SINK_UNFINISHED"));
    await drainTo(inParts(data, [65_536]), target.sink);
    expect(target.blob().type).toBe("image/png");
    expect(Buffer.from(await target.blob().arrayBuffer()).equals(data)).toBe(true);
    const sealed = await sealPayload(key, context, image, data);
    const cut = blobSink("image/png");
    await expect(openPayloadToSink(key, context, [sealed.slice(0, -1)], cut.sink)).rejects.toBeDefined();
    expect(() => cut.blob()).toThrow(code("SINK_UNFINISHED"));
  });
});
