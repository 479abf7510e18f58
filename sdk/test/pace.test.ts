import { expect, it } from "vitest";
import { Pace } from "../src/pace.ts";

it("tells speed and time left once there is something to go by", () => {
  let time = 5_000;
  const pace = new Pace(() => time);
  expect(pace.at(3, 100)).toEqual({ done: 3, total: 100 });
  time += 2_000;
  expect(pace.at(0, 100)).toEqual({ done: 0, total: 100 });
  expect(pace.at(50, 100)).toEqual({ done: 50, total: 100, rate: 25, secondsLeft: 2 });
  expect(pace.at(99, 100)).toMatchObject({ secondsLeft: 1 });
  expect(pace.at(100, 100)).toMatchObject({ rate: 50, secondsLeft: 0 });
});
