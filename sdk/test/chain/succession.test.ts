import type { Address } from "viem";
import { describe, expect, it } from "vitest";
import { type LedgerEntry, ZERO_HEAD } from "../../src/chain/head.ts";
import { type Succession, findForeignEntry } from "../../src/chain/succession.ts";

const PATIENT = "0x00000000000000000000000000000000000000A1";
const OTHER = "0x00000000000000000000000000000000000000b2";
const HEIR = "0x00000000000000000000000000000000000000C3";
const SECOND = "0x00000000000000000000000000000000000000d4";

function entry(author: Address, hospital = 0, patient: Address = PATIENT): LedgerEntry {
  const digests = { recordId: ZERO_HEAD, payload: ZERO_HEAD, wraps: ZERO_HEAD };
  return { kind: "entry", patient, author, hospital, categories: 7, time: 1, codec: 0, ...digests };
}
const succession = (account: Address, successor: Address): Succession => ({ kind: "succession", account, successor });

describe("findForeignEntry", () => {
  it("lets the patient write until there is a successor, and from then on the successor alone", () => {
    const before = entry(PATIENT);
    const after = entry(HEIR);
    expect(findForeignEntry([before, succession(PATIENT, HEIR), after])).toBeUndefined();
    expect(findForeignEntry([after, succession(PATIENT, HEIR)])).toBe(after);
    expect(findForeignEntry([succession(PATIENT, HEIR), before])).toBe(before);
    expect(findForeignEntry([before, after])).toBe(after);
  });

  it("lets only the newest successor write", () => {
    const steps = [succession(PATIENT, HEIR), succession(PATIENT, SECOND)];
    expect(findForeignEntry([...steps, entry(SECOND)])).toBeUndefined();
    const old = entry(HEIR);
    expect(findForeignEntry([...steps, old])).toBe(old);
  });

  it("takes a succession for that account alone", () => {
    const wrong = entry(HEIR);
    expect(findForeignEntry([succession(OTHER, HEIR), wrong])).toBe(wrong);
    expect(findForeignEntry([succession(OTHER, HEIR), entry(HEIR, 0, OTHER)])).toBeUndefined();
  });

  it("does not mind who writes in the name of a hospital, nor the case of hex", () => {
    expect(findForeignEntry([entry(OTHER, 1), entry(PATIENT.toLowerCase() as Address)])).toBeUndefined();
  });
});
