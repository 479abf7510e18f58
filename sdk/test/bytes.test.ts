import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalBytes, fromBase64Url, toBase64Url } from "../src/bytes.ts";
import { decodeInvitation } from "../src/workflows/invitation.ts";

describe("bytes", () => {
  it("read back what they write as base64url, in one spelling", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => equalBytes(fromBase64Url(toBase64Url(bytes)), bytes)),
    );
    expect(toBase64Url(Buffer.from("fb", "hex"))).toBe("-w");
    for (const wrong of ["-x", "a", "aa=", "a b", 5, null])
      expect(() => fromBase64Url(wrong)).toThrow(expect.objectContaining({ code: "BYTES_NOT_BASE64URL" }));
    expect(() => fromBase64Url("AAAA", 4)).toThrow(expect.objectContaining({ code: "BYTES_NOT_BASE64URL" }));
  });
});

describe("an invitation", () => {
  it("that is cut, altered or something else is refused with a sentence", () => {
    for (const text of [
      "",
      "hello",
      "#",
      "https://example.org/claim#e30",
      toBase64Url(new TextEncoder().encode('{"v":1,"voucher":{}}')),
    ])
      expect(() => decodeInvitation(text)).toThrow(expect.objectContaining({ code: "INVITATION_MALFORMED" }));
  });
});
