import { type Hex, concatHex, padHex, sha256, slice } from "viem";
import { describe, expect, it } from "vitest";
import { type ConsentChange, ZERO_HEAD, generationOf, nextConsentHead } from "../../src/chain/head.ts";

const ALICE = "0x00000000000000000000000000000000000000a1";
const KEYRING: Hex = `0x${"ab".repeat(32)}`;
const TERMS = { hospital: 7, read: 0x0102, write: 0x0004, expiry: 0x0a0b0c0d0e };

const change = (kind: ConsentChange["kind"], keyring: Hex = ZERO_HEAD): ConsentChange => ({
  kind,
  grantee: ALICE,
  ...TERMS,
  since: 1,
  keyring,
  head: ZERO_HEAD,
  blockNumber: 1n,
});

/** The words of docs/protocol.md, one after the other. */
const words = (...values: Hex[]) => concatHex(values.map((value) => padHex(value)));
const headOf = (previous: Hex, of: Hex, keyring: Hex, generation: Hex) =>
  concatHex([slice(sha256(concatHex([previous, sha256(of), keyring])), 0, 31), generation]);

describe("the consent head", () => {
  it("is 31 bytes of the hash over the change, then the number of successions", () => {
    const grant = words("0x01", ALICE, "0x07", "0x0102", "0x0004", "0x0a0b0c0d0e");
    const granted = nextConsentHead(ZERO_HEAD, change("grant", KEYRING));
    expect(granted).toBe(headOf(ZERO_HEAD, grant, KEYRING, "0x00"));
    const succeeded = nextConsentHead(granted, change("succession"));
    expect(succeeded).toBe(headOf(granted, words("0x03", ALICE), ZERO_HEAD, "0x01"));
    const revoked = nextConsentHead(succeeded, change("revoke"));
    expect(revoked).toBe(headOf(succeeded, words("0x02", ALICE), ZERO_HEAD, "0x01"));
    expect([ZERO_HEAD, granted, succeeded, revoked].map(generationOf)).toEqual([0, 0, 1, 1]);
  });
});
