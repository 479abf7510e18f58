import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCsv, toCsv } from "../../src/records/index.ts";

const cells = (text: string) => parseCsv(text).map((row) => row.cells);

describe("CSV", () => {
  it.each([
    [
      "a,b\r\nc,d",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "a;b,c;d\na2;b2;",
      [
        ["a", "b,c", "d"],
        ["a2", "b2", ""],
      ],
    ],
    ["a\tb\n", [["a", "b"]]],
    ['"a ""x""","b\nc",d', [['a "x"', "b\nc", "d"]]],
    ['a, "b"\n', [["a", "b"]]],
    ["\ufeffrole,name", [["role", "name"]]],
    ["", []],
    ['a,"never ends\nb', [["a", "never ends\nb"]]],
  ])("%j has its cells", (text, expected) => {
    expect(cells(text)).toEqual(expected);
  });

  it("names the line on which a record begins, whatever is between", () => {
    expect(parseCsv('a\n\n"b\nb"\n ,\nc').map(({ line }) => line)).toEqual([1, 3, 6]);
  });

  it("gives back what was written", () => {
    const plain = fc.string().filter((text) => !/(^|[;,\t\n])[ "]*[=+\-@]|^\t|\r/.test(text) && text.trim() !== "");
    fc.assert(
      fc.property(fc.array(fc.array(plain, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const header = ["x", "y"];
        expect(cells(toCsv(header, rows))).toEqual([header, ...rows]);
      }),
    );
  });

  it.each(["=1+1", "-2", "@x", "+3", " =1+1", "\tx", '"=1+1'])("%j is no formula for a spreadsheet", (text) => {
    expect(cells(toCsv(["x"], [[text]]))[1]).toEqual([`'${text}`]);
  });

  it.each([
    ["x;=cmd|'/C calc'!A0;y", "x;'=cmd|'/C calc'!A0;y"],
    ["x,+1", "x,'+1"],
    ["x\t-1", "x\t'-1"],
    ["x\n@a", "x\n'@a"],
    ['x;"=1+1"', `x;'"=1+1"`],
    ["x; =1", "x;' =1"],
    ["a-b; c=d", "a-b; c=d"],
  ])("%j is none either, wherever its line is split", (text, written) => {
    const [, row] = toCsv(["a", "b"], [["x", text]]).split("\r\n");
    expect(row).toBe(`x,"${written.replaceAll('"', '""')}"`);
    for (const part of row!.split(/[;,\t\n]/)) expect(part).not.toMatch(/^[" ]*[=+\-@]/);
  });

  it("begins with the mark of UTF-8, and is read without it", () => {
    expect([...new TextEncoder().encode(toCsv(["اسم"], []))].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]);
    expect(cells(toCsv(["اسم"], [["ليلى"]]))).toEqual([["اسم"], ["ليلى"]]);
  });

  it.each([
    ["cells", ",", 300_000, 1, 300_001],
    ["quotes within a cell", 'a"', 300_000, 1, 1],
    ["lines", "a\n", 300_000, 300_000, 1],
  ])(
    "is read in a time that grows with its length: many %s",
    (_, part, times, lines, width) => {
      const rows = parseCsv(`${part.repeat(times)}${part.endsWith("\n") ? "" : "x"}`);
      expect([rows.length, rows[0]!.cells.length]).toEqual([lines, width]);
    },
    20_000,
  );
});
