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

  it("locks nobody out when the clock of the day is set back", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
    const budget = new Budget({ burst: 2, perSecond: 1 });
    budget.take("reader");
    vi.setSystemTime(Date.now() - 7_200_000);
    expect(() => budget.take("reader")).not.toThrow();
  });
});
