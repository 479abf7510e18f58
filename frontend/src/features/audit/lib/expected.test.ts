import { toCid } from "@chartkey/sdk";
import { describe, expect, it } from "vitest";
import { isExpected, parseExpected } from "./expected.ts";

const digest = `0x${"ab".repeat(32)}` as const;
const root = `0x${"cd".repeat(32)}` as const;

describe("parseExpected", () => {
  it.each([digest, "ab".repeat(32), ` ${"AB".repeat(32)} `])("reads the digest %s", (text) => {
    expect(parseExpected(text)).toEqual({ digest, codec: null });
  });

  it.each([0, 1] as const)("reads a CID of codec %i, also as an ipfs address", (codec) => {
    const cid = toCid({ codec, digest }).toString();
    expect(parseExpected(cid)).toEqual({ digest, codec });
    expect(parseExpected(`ipfs://${cid}`)).toEqual({ digest, codec });
  });

  it.each(["", "0x12", "Ridgeway", "ab".repeat(31), "QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG"])(
    "refuses %s",
    (text) => {
      expect(parseExpected(text)).toBeNull();
    },
  );
});

describe("isExpected", () => {
  const large = { sha256: digest, reference: { codec: 1, digest: root } } as const;

  it("accepts a bare digest of the whole file or of its root, and a CID of the root alone", () => {
    expect(isExpected({ digest, codec: null }, large)).toBe(true);
    expect(isExpected({ digest: root, codec: null }, large)).toBe(true);
    expect(isExpected({ digest: root, codec: 1 }, large)).toBe(true);
  });

  it("refuses another digest, and the right one under another codec", () => {
    expect(isExpected({ digest: `0x${"ef".repeat(32)}`, codec: null }, large)).toBe(false);
    expect(isExpected({ digest: root, codec: 0 }, large)).toBe(false);
    expect(isExpected({ digest, codec: 1 }, large)).toBe(false);
  });
});
