import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalBytes, fromBase64Url, toBase64Url } from "../src/bytes.ts";
import { canonicalBytes } from "../src/json.ts";
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

const address = `0x${"12".repeat(20)}`;
const voucher = { role: 1, speciality: 0, expiry: 1, epoch: 0, account: address, claimKey: address };
const invitation = {
  ...{ v: 1, chainId: 1, hospital: 1, hospitalAddress: address, hospitalName: "Ridgeway", admin: address, voucher },
  ...{ signature: "0x00", claimSecret: `0x${"34".repeat(32)}` },
};
const textOf = (change: object) => toBase64Url(canonicalBytes({ ...invitation, ...change }));

describe("an invitation", () => {
  it("is read when it is whole", () => {
    expect(decodeInvitation(textOf({}))).toEqual(invitation);
  });

  it("that is cut, altered or something else is refused with a sentence", () => {
    for (const text of [
      "",
      "hello",
      "#",
      "https://example.org/claim#e30",
      toBase64Url(new TextEncoder().encode('{"v":1,"voucher":{}}')),
      textOf({ hospitalName: { toString: 1 } }),
      textOf({ hospitalName: "x".repeat(1001) }),
      textOf({ claimSecret: "0x12" }),
    ])
      expect(() => decodeInvitation(text)).toThrow(expect.objectContaining({ code: "INVITATION_MALFORMED" }));
  });
});
