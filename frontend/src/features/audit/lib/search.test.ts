import { describe, expect, it } from "vitest";
import { parseSearch } from "./search.ts";

describe("parseSearch", () => {
  it.each([
    ["48213", "48213"],
    [" 48,213 ", "48213"],
    ["48.213", "48213"],
    ["٤٨٬٢١٣", "48213"],
    ["0", "0"],
  ])("reads %s as a block", (text, id) => {
    expect(parseSearch(text)).toEqual({ kind: "block", id });
  });

  it("tells hashes from addresses by their length", () => {
    expect(parseSearch(`0x${"AB".repeat(32)}`)).toEqual({ kind: "hash", hash: `0x${"ab".repeat(32)}` });
    expect(parseSearch(`0x${"ab".repeat(20)}`)?.kind).toBe("address");
  });

  it("knows a CID of ours", () => {
    const cid = "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku";
    expect(parseSearch(cid)).toEqual({ kind: "content", cid });
  });

  it.each(["", "0x12", "Ridgeway", "1234567890123456", `0x${"g".repeat(40)}`])("refuses %s", (text) => {
    expect(parseSearch(text)).toBeNull();
  });
});
