import zlib from "node:zlib";
import { describe, expect, it } from "vitest";
import { fflatePacker, zlibPacker } from "../../src/crypto/compress.ts";

/** What a browser and Node pack small texts with: each reads the other's, and neither gives more than it was asked for. */

const packers = { fflate: await fflatePacker(), zlib: zlibPacker(zlib) };
const text = (size: number) => Buffer.from("Systolic 128 mmHg. ".repeat(Math.ceil(size / 19)).slice(0, size));
const noise = (size: number) => Uint8Array.from({ length: size }, (_, at) => (at * at * 2_654_435_761) >>> 13);

describe.each(Object.keys(packers) as (keyof typeof packers)[])("%s", (name) => {
  const packer = packers[name];
  const other = packers[name === "zlib" ? "fflate" : "zlib"];

  it.each([text(0), text(1), text(3000), text(65_536), noise(3000)])("packs what the other unpacks (%#)", (data) => {
    const packed = packer.deflate(data);
    expect(Buffer.from(other.inflate(packed, data.length))).toEqual(Buffer.from(data));
  });

  it("gives no byte more than the limit", () => {
    const stored = zlib.deflateRawSync(text(3000), { level: 0 });
    for (const packed of [packer.deflate(text(3000)), stored, zlib.deflateRawSync(Buffer.alloc(3_000_000))]) {
      expect(() => packer.inflate(packed, 2999)).toThrow(RangeError);
    }
  });

  it.each([new Uint8Array(), Uint8Array.of(7), packer.deflate(text(3000)).slice(0, -3), new Uint8Array(40).fill(255)])(
    "refuses what is no DEFLATE, and what ends early (%#)",
    (bytes) => {
      expect(() => packer.inflate(bytes, 4000)).toThrow();
    },
  );
});
