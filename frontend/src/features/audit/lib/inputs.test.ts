import { recordRegistryAbi } from "@chartkey/sdk";
import { encodeFunctionData, type AbiFunction } from "viem";
import { describe, expect, it } from "vitest";
import { argumentsOf, fieldsOf, readInput } from "./inputs.ts";

const account = `0x${"ab".repeat(20)}`;
const digest = `0x${"cd".repeat(32)}`;

describe("readInput", () => {
  it.each([
    ["address", ` ${account} `, account],
    ["uint8", "255", 255],
    ["uint48", "281474976710655", 281474976710655],
    ["uint56", "7", 7n],
    ["uint256", String(2n ** 256n - 1n), 2n ** 256n - 1n],
    ["bytes32", digest.toUpperCase().replace("0X", "0x"), digest],
    ["bytes", "0x", "0x"],
    ["bool", "false", false],
    ["bytes32[]", "", []],
    ["bytes32[]", `${digest}, ${digest}`, [digest, digest]],
  ])("takes %s: %s", (type, text, value) => {
    expect(readInput(type, text)).toEqual({ value });
  });

  it.each([
    ["address", "", "address"],
    ["address", digest, "address"],
    ["address", account.replace("ab", "aB"), "address"],
    ["uint8", "256", "number"],
    ["uint8", "-1", "number"],
    ["uint8", "1.0", "number"],
    ["uint8", "0x1", "number"],
    ["uint256", String(2n ** 256n), "number"],
    ["bytes32", account, "bytes"],
    ["bytes20", `${account}0`, "bytes"],
    ["bytes", "0xa", "bytes"],
    ["bool", "yes", "truth"],
    ["bytes32[]", `${digest},${account}`, "bytes"],
    ["int8", "1", "type"],
  ])("refuses %s: %s", (type, text, fault) => {
    expect(readInput(type, text)).toEqual({ fault });
  });
});

it("puts a struct together from a field for each of its parts", () => {
  const { inputs } = recordRegistryAbi.find((item) => "name" in item && item.name === "isInBatch") as AbiFunction;
  const fields = fieldsOf(inputs);
  expect(fields.map(({ type }) => type).join()).toBe(
    "address,address,uint32,uint8,uint8,bytes32,bytes32,uint32,bytes32[]",
  );
  const texts: Record<string, string> = { address: account, bytes32: digest, "bytes32[]": digest };
  const typed = Object.fromEntries(fields.map(({ path, type }) => [path, texts[type] ?? "1"]));
  const args = argumentsOf(inputs, typed) as never;
  expect(() => encodeFunctionData({ abi: recordRegistryAbi, functionName: "isInBatch", args })).not.toThrow();
  expect(args[2]).toEqual({ index: 1, category: 1, codec: 1, payload: digest });
});
