import { expect, it } from "vitest";
import { comeBackIn, comingBackTo } from "./comeBack.ts";

it("leads back to the form that was left, with its state, and nowhere else", () => {
  expect(comeBackIn(comingBackTo("/patient/access/new", { read: 2 }))).toEqual({
    to: "/patient/access/new",
    label: "give",
    state: { read: 2 },
  });
  expect(comeBackIn(comingBackTo("/patient/visits/new"))?.label).toBe("book");
  for (const state of [null, undefined, "booked", { back: null }, { back: { to: "/key" } }])
    expect(comeBackIn(state)).toBeNull();
});
