import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/records/json.ts";
import { bytesOf } from "./files.ts";

const parse = (text: string) => parseJson(bytesOf(text));
const codes = (text: string) => parse(text).issues.map(({ code }) => code);
const failure = (bytes: Uint8Array, limits?: Parameters<typeof parseJson>[1]) => {
  try {
    parseJson(bytes, limits);
  } catch (error) {
    return error;
  }
  return undefined;
};

describe("parseJson", () => {
  it("gives what JSON.parse gives", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        if (text.includes("__proto__")) return;
        expect(parse(text).value).toEqual(JSON.parse(text));
      }),
    );
  });

  it("accepts and refuses the same texts as JSON.parse", () => {
    const piece = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"\\u0041"',
      '"\\x"',
      "1",
      "-",
      "01",
      "1.",
      "2e3",
      "true",
      "nul",
      " ",
      "\n",
      "\t",
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(failure(bytesOf(text)) === undefined, text).toBe(valid);
      }),
      { numRuns: 2000 },
    );
  });

  it("names line and column of broken JSON", () => {
    expect(failure(bytesOf('{\n  "a": 1,\n  "b" 2\n}'))).toMatchObject({
      code: "JSON_MALFORMED",
      details: { line: 3, column: 7 },
    });
    expect(failure(bytesOf('{"a": ["x", }'))).toMatchObject({
      code: "JSON_MALFORMED",
      details: { line: 1, column: 13, path: ["a", 1] },
    });
    expect(failure(bytesOf('{"a": "never closed'))).toMatchObject({ code: "JSON_MALFORMED" });
    expect(failure(bytesOf("{} {}"))).toMatchObject({ code: "JSON_MALFORMED", details: { trailing: true } });
  });

  it("drops a byte order mark and says so", () => {
    expect(parse('\uFEFF{"a":1}')).toMatchObject({ value: { a: 1 }, byteOrderMark: true });
    expect(parse('{"a":1}').byteOrderMark).toBe(false);
  });

  it("refuses empty, too large and non-UTF-8 files", () => {
    expect(failure(bytesOf(" \n"))).toMatchObject({ code: "JSON_EMPTY" });
    expect(failure(bytesOf("[1,2]"), { maxBytes: 4, maxDepth: 9 })).toMatchObject({ code: "JSON_TOO_LARGE" });
    expect(failure(new Uint8Array([0x22, 0xe9, 0x22]))).toMatchObject({ code: "JSON_NOT_UTF8" });
  });

  it("reports repeated keys, also when one of them is escaped, and keeps the first", () => {
    expect(parse('{"a":{"b":1,\n"\\u0062":2}}')).toMatchObject({
      value: { a: { b: 1 } },
      issues: [{ code: "duplicate-key", path: ["a", "b"], line: 2, column: 1 }],
    });
  });

  it("never lets a __proto__ key through", () => {
    const { value, issues } = parse('{"x":{"__proto__":{"admin":true}}}');
    expect(issues).toMatchObject([{ code: "forbidden-key", path: ["x", "__proto__"] }]);
    expect((value as { x: { admin?: boolean } }).x.admin).toBeUndefined();
  });

  it("reports numbers that a double does not hold exactly", () => {
    for (const text of ["9007199254740993", "1e400", "0.1234567890123456789", "1e-400", "123456789012345678"])
      expect(codes(`[${text}]`), text).toEqual(["inexact-number"]);
    for (const text of [
      "9007199254740991",
      "-9007199254740992",
      "1000000000000000000",
      "-1.000000000000000000E+245",
      "1.50",
      "0.1",
      "-0",
      "1E3",
      "1.0e-7",
      "44.62357281534849",
      "183.60000000000002",
      "0.000000000000000",
    ])
      expect(codes(`[${text}]`), text).toEqual([]);
  });

  it("leaves out what is nested too deep, however deep", () => {
    expect(codes("[".repeat(64) + "]".repeat(64))).toEqual([]);
    expect(codes("[".repeat(65) + "]".repeat(65))).toEqual(["too-deep"]);
    expect(codes('{"a":'.repeat(300_000) + "1" + "}".repeat(300_000))).toEqual(["too-deep"]);
    expect(failure(bytesOf("[".repeat(300_000)))).toMatchObject({ code: "JSON_MALFORMED" });
  });

  it("reports a lone surrogate", () => {
    expect(codes('["\\ud83d"]')).toEqual(["malformed-text"]);
    expect(codes('["\\ud83d\\ude00"]')).toEqual([]);
  });

  it("knows the line of an object", () => {
    const { value, lineOf } = parse('{\n"a": [\n {"b": 1}\n]}');
    expect(lineOf((value as { a: object[] }).a[0] as object)).toBe(3);
  });
});
