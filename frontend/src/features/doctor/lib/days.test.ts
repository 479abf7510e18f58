import { expect, it } from "vitest";
import { visitAt } from "./days.ts";

const HOUR = 60 * 60;
const NOW = 1_000 * HOUR;
const visit = (state: "requested" | "confirmed" | "started" | "completed" | "cancelled", hours: number) => ({
  state,
  start: NOW + hours * HOUR,
});

it("finds the visit that is going on, else the next, else the last that took place", () => {
  const [started, next, later] = [visit("started", -2), visit("confirmed", 1), visit("requested", 30)];
  const [last, before] = [visit("completed", -50), visit("completed", -90)];
  const [missed, gone] = [visit("confirmed", -60), visit("cancelled", 2)];
  expect(visitAt([later, next, started, last], NOW)).toBe(started);
  expect(visitAt([later, gone, next, last], NOW)).toBe(next);
  expect(visitAt([missed, before, last, gone], NOW)).toBe(last);
  expect(visitAt([missed, gone], NOW)).toBeUndefined();
});
