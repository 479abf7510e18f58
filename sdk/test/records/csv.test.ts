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
    const plain = fc.string().filter((text) => !/^[=+\-@\t\r]|\r/.test(text) && text.trim() !== "");
    fc.assert(
      fc.property(fc.array(fc.array(plain, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const header = ["x", "y"];
        expect(cells(toCsv(header, rows))).toEqual([header, ...rows]);
      }),
    );
  });

  it("is no formula for a spreadsheet", () => {
    expect(toCsv(["=1+1", "-2", "@x", "+3"], [])).toBe("'=1+1,'-2,'@x,'+3\r\n");
  });
});
