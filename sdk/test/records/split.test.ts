import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Piece, type PieceLimits, splitDocument, splitLines } from "../../src/records/split.ts";
import { bytesOf } from "./files.ts";

const LIMIT = 1 << 20;

/** The bytes in chunks of so many, which are overwritten once the next one is asked for. */
async function* chunked(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = bytes.slice(at, at + size);
    yield chunk;
    chunk.fill(0x7b);
  }
}

const textOf = (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : new TextDecoder().decode(bytes));

async function split(
  cut: (chunks: AsyncIterable<Uint8Array>, limits: PieceLimits) => AsyncGenerator<Piece>,
  text: string,
  { size = 7, most = LIMIT } = {},
) {
  const pieces: Piece[] = [];
  for await (const piece of cut(chunked(bytesOf(text), size), { most })) pieces.push(piece);
  return pieces;
}

async function document(text: string, options?: { size?: number; most?: number }) {
  const pieces = await split(splitDocument, text, options);
  const entries = pieces.flatMap((piece) =>
    piece.kind === "entry" ? [{ line: piece.line, text: textOf(piece.bytes)?.trim() }] : [],
  );
  const frame = pieces.find((piece) => piece.kind === "frame")!;
  return { entries, frame: textOf(frame.bytes), lineIn: frame.lineIn };
}

describe("a document in pieces", () => {
  it("gives its entries with their lines, and the rest with an empty list", async () => {
    const text = '{"type":"x",\n "entry": [ {"a":"]},{"},\n\n {"b":[1,{"entry":[2]}]}\n], "id":\n"y"}';
    for (const size of [1, 2, 5, 1000]) {
      const { entries, frame, lineIn } = await document(text, { size });
      expect(entries).toEqual([
        { line: 2, text: '{"a":"]},{"}' },
        { line: 4, text: '{"b":[1,{"entry":[2]}]}' },
      ]);
      expect(JSON.parse(frame!)).toEqual({ type: "x", entry: [], id: "y" });
      expect(frame!.split("\n").map((_, index) => lineIn(index + 1))).toEqual([1, 2, 5, 6]);
    }
  });

  it("finds the entries of any document that JSON can be, however it is cut and spaced", async () => {
    const value = fc.jsonValue({ maxDepth: 4, noUnicodeString: false });
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, { maxLength: 6 }),
        fc.dictionary(fc.string(), value, { maxKeys: 4 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(undefined, 1, "\t"),
        async (entry, rest, size, indent) => {
          const { entry: _, ...others } = rest;
          const text = JSON.stringify({ ...others, entry, last: 1 }, undefined, indent);
          const found = await document(text, { size });
          expect(found.entries.map(({ text }) => JSON.parse(text!) as unknown)).toEqual(
            JSON.parse(JSON.stringify(entry)),
          );
          expect(JSON.parse(found.frame!)).toEqual({
            ...(JSON.parse(JSON.stringify(others)) as object),
            entry: [],
            last: 1,
          });
          for (const { line, text: own } of found.entries)
            expect(text.split("\n")[line - 1]).toContain(own!.split("\n")[0]);
        },
      ),
    );
  });

  it.each([
    ["no list", '{"entry":{"a":[1]}}'],
    ["a list deeper down", '{"a":{"entry":[{"b":1}]}}'],
    ["a text that says entry", '{"a":"entry","b":["entry",[1]]}'],
    ["a key spelled otherwise", '{"\\u0065ntry":[1],"entry2":[2],"xentry":[3],"entry_long":[4]}'],
    ["a list", '[{"entry":[1]}]'],
    ["a text", '"entry"'],
    ["nothing", ""],
  ])("leaves %s as it is", async (_, text) => {
    expect(await document(text)).toMatchObject({ entries: [], frame: text });
  });

  it("cuts an entry that is no JSON where its brackets end, and goes on behind it", async () => {
    const { entries } = await document('{"entry":[{"a":,},{"b":1],{"c":2}, tru ]}');
    expect(entries.map(({ text }) => text)).toEqual(['{"a":,}', '{"b":1]', '{"c":2}', "tru"]);
  });

  it("names the entry in which a file ends", async () => {
    await expect(document('{"entry":[{"a":1},\n{"b":')).rejects.toMatchObject({
      code: "JSON_MALFORMED",
      details: { line: 2, path: ["entry", 1] },
    });
  });

  it("keeps a little of what stands behind the document, and reads no more", async () => {
    const { frame } = await document(`{"a":1}\n${'{"b":2}\n'.repeat(1000)}`);
    expect(frame).toMatch(/^\{"a":1\}\n\{"b":2\}\n/);
    expect(frame!.length).toBeLessThan(40);
  });

  it("tells an entry that is too large and goes on; what is no entry must not be", async () => {
    const long = "x".repeat(200);
    const { entries } = await document(`{"entry":[{"a":"${long}"},{"b":1}]}`, { most: 100 });
    expect(entries.map(({ text }) => text)).toEqual([undefined, '{"b":1}']);
    await expect(document(`{"a":"${long}"}`, { most: 100 })).rejects.toMatchObject({ code: "JSON_TOO_LARGE" });
  });
});

describe("lines", () => {
  it("are told without the empty ones, the last with or without its end", async () => {
    for (const end of ["", "\n", "\n  \n"])
      for (const size of [1, 3, 100])
        expect(
          (await split(splitLines, `one\n\n \ntwo${end}`, { size })).map((piece) => [
            (piece as { line: number }).line,
            textOf(piece.bytes),
          ]),
        ).toEqual([
          [1, "one"],
          [4, "two"],
        ]);
  });

  it("that are too large are told without their bytes", async () => {
    const pieces = await split(splitLines, `${"x".repeat(50)}\ny`, { most: 10 });
    expect(pieces.map(({ bytes }) => textOf(bytes))).toEqual([undefined, "y"]);
  });
});
