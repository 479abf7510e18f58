import { afterEach, describe, expect, it, vi } from "vitest";
import { Budget } from "../src/gate/budget.ts";

afterEach(() => vi.useRealTimers());

describe("a budget", () => {
  it("gives what it has at once, and refills by the second", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const budget = new Budget({ burst: 2, perSecond: 1 });
    budget.take("reader", 2);
    expect(() => budget.take("reader")).toThrow("try again in 1 s");
    expect(() => budget.take("other")).not.toThrow();
    vi.advanceTimersByTime(1_000);
    expect(() => budget.take("reader")).not.toThrow();
    expect(() => budget.take("reader")).toThrow("try again in 1 s");
  });

  it("lets nobody do more in the long run than he has tokens for, whatever one thing costs", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const budget = new Budget({ burst: 12, perSecond: 1 });
    const isAllowed = (count: number) => {
      try {
        budget.take("reader", count);
        return true;
      } catch {
        return false;
      }
    };
    let taken = 0;
    for (let second = 0; second < 80; second++) {
      if (isAllowed(8)) taken += 8;
      vi.advanceTimersByTime(1_000);
    }
    expect(taken).toBeGreaterThan(80);
    expect(taken).toBeLessThanOrEqual(12 + 80 + 7);
  });

  it("says when what is owed will be paid", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const budget = new Budget({ burst: 2, perSecond: 1 });
    budget.take("reader", 8);
    expect(() => budget.take("reader")).toThrow("try again in 7 s");
    vi.advanceTimersByTime(7_000);
    expect(() => budget.take("reader", 8)).not.toThrow();
  });

  it("takes what was done already, also when it is not left", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const budget = new Budget({ burst: 2, perSecond: 1 });
    for (let time = 0; time < 2; time++) budget.owe("reader", 4);
    expect(() => budget.take("reader")).toThrow("try again in 7 s");
    vi.advanceTimersByTime(7_000);
    expect(() => budget.take("reader")).not.toThrow();
  });

  it("locks nobody out when the clock of the day is set back", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
    const budget = new Budget({ burst: 2, perSecond: 1 });
    budget.take("reader");
    vi.setSystemTime(Date.now() - 7_200_000);
    expect(() => budget.take("reader")).not.toThrow();
  });
});
