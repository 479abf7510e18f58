import type { Visit } from "@chartkey/sdk";
import { describe, expect, it } from "vitest";
import { stepsAt } from "./steps.ts";

const BEGIN = 1_000_000;
const HOUR = 3600;
const at = (state: Visit["state"], now: number, hurried = false) =>
  stepsAt({ state, start: BEGIN, hurried } as Visit, now);

describe("stepsAt", () => {
  it("offers to start a visit only from an hour before it until a day after, as the contract allows", () => {
    expect(at("confirmed", BEGIN - HOUR - 1)).toEqual(["cancel"]);
    expect(at("confirmed", BEGIN - HOUR)).toEqual(["cancel", "start"]);
    expect(at("confirmed", BEGIN + 24 * HOUR - 1)).toEqual(["cancel", "markNoShow", "start"]);
    expect(at("confirmed", BEGIN + 24 * HOUR)).toEqual(["cancel"]);
  });

  it("offers to start a visit that was confirmed late only when it begins", () => {
    expect(at("confirmed", BEGIN - 1, true)).toEqual(["cancel"]);
    expect(at("confirmed", BEGIN, true)).toEqual(["cancel", "start"]);
  });

  it("offers to say that the patient did not come from a quarter of an hour after the begin", () => {
    expect(at("confirmed", BEGIN + 899)).toEqual(["cancel", "start"]);
    expect(at("confirmed", BEGIN + 900)).toEqual(["cancel", "markNoShow", "start"]);
    expect(at("started", BEGIN + 900)).toEqual(["complete"]);
  });

  it("offers to confirm a request until it would begin", () => {
    expect(at("requested", BEGIN - 1)).toEqual(["decline", "confirm"]);
    expect(at("requested", BEGIN)).toEqual(["decline"]);
  });

  it("offers to complete what was started, not before it begins, and nothing where all is over", () => {
    expect(at("started", BEGIN - 1)).toEqual([]);
    expect(at("started", BEGIN)).toEqual(["complete"]);
    expect(at("started", BEGIN + 9 * 24 * HOUR)).toEqual(["complete"]);
    for (const state of ["completed", "cancelled", "declined", "rescheduled", "expired", "noShow"] as const)
      expect(at(state, BEGIN)).toEqual([]);
  });
});
