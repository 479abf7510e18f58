import { parseAbi, zeroAddress, type AbiFunction } from "viem";
import { describe, expect, it } from "vitest";
import { decodeAnswer } from "./decode.ts";

const linesOf = (signature: string[], answer: unknown) => {
  const item = parseAbi(signature).find((entry): entry is AbiFunction => entry.type === "function")!;
  return decodeAnswer(item, answer).map(({ name, type, value }) => `${name}: ${type} = ${value}`);
};

describe("an answer", () => {
  it("is a line for each part of a struct, also of structs within it", () => {
    const signature = [
      "struct Inner { uint8 count; address who; }",
      "struct Outer { bool open; Inner inner; }",
      "function read() view returns (Outer)",
    ];
    expect(linesOf(signature, { open: true, inner: { count: 2, who: zeroAddress } })).toEqual([
      "answer.open: bool = true",
      "answer.inner.count: uint8 = 2",
      `answer.inner.who: address = ${zeroAddress}`,
    ]);
  });

  it("is a line for each part of each struct in a list, with its place", () => {
    const signature = ["struct Slot { uint32 day; uint16[] quarters; }", "function read() view returns (Slot[] slots)"];
    expect(
      linesOf(signature, [
        { day: 1, quarters: [3, 4] },
        { day: 2, quarters: [] },
      ]),
    ).toEqual([
      "slots[0].day: uint32 = 1",
      "slots[0].quarters: uint16[] = 3, 4",
      "slots[1].day: uint32 = 2",
      "slots[1].quarters: uint16[] = ",
    ]);
  });

  it("is one empty line for a list without structs", () => {
    const signature = ["struct Slot { uint32 day; }", "function read() view returns (Slot[2][] slots)"];
    expect(linesOf(signature, [])).toEqual(["slots: tuple[2][] = "]);
    expect(linesOf(signature, [[{ day: 1 }, { day: 2 }]])).toEqual([
      "slots[0][0].day: uint32 = 1",
      "slots[0][1].day: uint32 = 2",
    ]);
  });
});
