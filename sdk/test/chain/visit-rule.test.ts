import { describe, expect, it } from "vitest";
import { type VisitMove, mayMove } from "../../src/chain/visit-rule.ts";
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
  ["started", "complete", 0, Infinity],
  ["started", "expire", BEGIN + 7 * DAY, Infinity],
];
const MOVES = [...new Set(RULES.map(([, move]) => move))];

describe("mayMove", () => {
  it.each(RULES)("lets a %s visit %s in its time", (state, move, from, until) => {
    const at = (now: number) => mayMove({ state, start: BEGIN }, move, now);
    expect([at(from), at(from - 1)]).toEqual([true, false]);
    if (until !== Infinity) expect([at(until - 1), at(until)]).toEqual([true, false]);
    else expect(at(BEGIN + 100 * DAY)).toBe(true);
  });

  it("allows nothing else in any state", () => {
    const allowed = new Set(RULES.map(([state, move]) => `${state} ${move}`));
    for (const state of VISIT_STATES)
      for (const move of MOVES)
        for (const now of [0, BEGIN, BEGIN + 2 * DAY])
          if (!allowed.has(`${state} ${move}`)) expect(mayMove({ state, start: BEGIN }, move, now)).toBe(false);
  });
});
