import { describe, expect, it } from "vitest";
import { type VisitMove, cancellationCost, mayMove } from "../../src/chain/visit-rule.ts";
import { VISIT_STATES, type VisitState } from "../../src/chain/visits.ts";

const BEGIN = 2_000_000;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** First second of a move, and first one after it; Infinity where there is no end. Beside these, nothing is allowed. */
const RULES: [VisitState, VisitMove, number, number][] = [
  ["requested", "confirm", 0, BEGIN],
  ["requested", "decline", 0, Infinity],
  ["requested", "cancel", 0, Infinity],
  ["requested", "reschedule", 0, BEGIN],
  ["requested", "expire", BEGIN, Infinity],
  ["confirmed", "start", BEGIN - HOUR, BEGIN + DAY],
  ["confirmed", "markNoShow", BEGIN + HOUR / 4, BEGIN + DAY],
  ["confirmed", "cancel", 0, BEGIN],
  ["confirmed", "reschedule", 0, BEGIN - DAY + 1],
  ["confirmed", "expire", BEGIN + DAY, Infinity],
  ["started", "complete", BEGIN, Infinity],
  ["started", "expire", BEGIN + 7 * DAY, Infinity],
];
const MOVES = [...new Set(RULES.map(([, move]) => move))];

describe("mayMove", () => {
  it.each(RULES)("lets a %s visit %s in its time", (state, move, from, until) => {
    const at = (now: number) => mayMove({ state, start: BEGIN, hurried: false }, move, now);
    expect([at(from), at(from - 1)]).toEqual([true, false]);
    if (until !== Infinity) expect([at(until - 1), at(until)]).toEqual([true, false]);
    else expect(at(BEGIN + 100 * DAY)).toBe(true);
  });

  it("allows nothing else in any state", () => {
    const allowed = new Set(RULES.map(([state, move]) => `${state} ${move}`));
    for (const state of VISIT_STATES)
      for (const move of MOVES)
        for (const now of [0, BEGIN, BEGIN + 2 * DAY])
          if (!allowed.has(`${state} ${move}`))
            expect(mayMove({ state, start: BEGIN, hurried: false }, move, now)).toBe(false);
  });

  it("lets a hurried visit be moved until it begins, and started from then on", () => {
    const at = (move: VisitMove, now: number) =>
      mayMove({ state: "confirmed", start: BEGIN, hurried: true }, move, now);
    expect([at("reschedule", BEGIN - 1), at("reschedule", BEGIN)]).toEqual([true, false]);
    expect([at("start", BEGIN - 1), at("start", BEGIN)]).toEqual([false, true]);
    expect([at("cancel", BEGIN - 1), at("cancel", BEGIN)]).toEqual([true, false]);
  });
});

describe("cancellationCost", () => {
  const cost = (state: VisitState, hurried: boolean, now: number) =>
    cancellationCost({ state, start: BEGIN, hurried, feeGwei: 9n }, now);

  it("is half of the fee, the odd gwei for the patient, from a second after 24 hours ahead", () => {
    expect([cost("confirmed", false, BEGIN - DAY), cost("confirmed", false, BEGIN - DAY + 1)]).toEqual([0n, 4n]);
  });

  it("is nothing for a request and for a hurried visit", () => {
    expect([cost("requested", false, BEGIN - 1), cost("confirmed", true, BEGIN - 1)]).toEqual([0n, 0n]);
  });
});
