import { ZERO_HEAD, type ConsentChange } from "@chartkey/sdk";
import { describe, expect, it } from "vitest";
import { consentStates, kindOf } from "./consentStates.ts";

const alice = "0x00000000000000000000000000000000000000A1" as const;
const bob = "0x00000000000000000000000000000000000000B2" as const;
const NOW = 1_000;

function change(kind: ConsentChange["kind"], grantee: ConsentChange["grantee"], expiry = 0): ConsentChange {
  const rest = { hospital: 1, read: 2, write: 0, since: 1, keyring: ZERO_HEAD, head: ZERO_HEAD, blockNumber: 1n };
  return { kind, grantee, expiry, ...rest };
}

describe("consentStates", () => {
  it("says by which change a grant was ended or replaced, whoever's changes stand between", () => {
    const changes = [
      change("grant", alice, NOW + 1),
      change("grant", bob, NOW + 1),
      change("grant", alice, NOW + 9),
      change("revoke", alice),
    ];
    expect(consentStates(changes, NOW)).toEqual([
      { kind: "replaced", by: 3 },
      { kind: "open" },
      { kind: "ended", by: 4 },
      { kind: "end" },
    ]);
  });

  it("lets a grant run out at the first second without access", () => {
    expect(consentStates([change("grant", alice, NOW)], NOW)).toEqual([{ kind: "expired" }]);
    expect(consentStates([change("grant", alice, NOW + 1)], NOW)).toEqual([{ kind: "open" }]);
  });

  it("ends at a succession the grant of the successor, and no other", () => {
    const changes = [change("grant", alice, NOW + 1), change("grant", bob, NOW + 1), change("succession", alice)];
    expect(consentStates(changes, NOW)).toEqual([{ kind: "ended", by: 3 }, { kind: "open" }, { kind: "end" }]);
  });

  it("keeps a grant that came after an end", () => {
    expect(consentStates([change("revoke", alice), change("grant", alice, NOW + 1)], NOW).at(-1)).toEqual({
      kind: "open",
    });
  });
});

describe("kindOf", () => {
  it("takes a patient's revoke of himself for renewed keys, and no other change for it", () => {
    const patient = alice.toLowerCase() as typeof alice;
    expect(kindOf(change("revoke", alice), { patient })).toBe("renewal");
    expect(kindOf(change("revoke", bob), { patient })).toBe("revoke");
    expect(kindOf(change("grant", alice), { patient })).toBe("grant");
  });
});
