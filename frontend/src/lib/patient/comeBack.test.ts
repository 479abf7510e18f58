import { expect, it } from "vitest";
import { comeBackIn, comingBackTo } from "./comeBack.ts";

const patient = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";

it("leads back to the form that was left, with its state, and nowhere else", () => {
  expect(comeBackIn(comingBackTo("/patient/access/new", patient, { read: 2 }), patient.toLowerCase())).toEqual({
    to: "/patient/access/new",
    label: "give",
    state: { read: 2 },
  });
  expect(comeBackIn(comingBackTo("/patient/visits/new", patient), patient)?.label).toBe("book");
  const to = "/patient/visits/new";
  const wrong = [{ to: "/key", patient }, { to, patient: 7 }, { to }, "back", null];
  for (const state of [null, undefined, "booked", ...wrong.map((back) => ({ back }))])
    expect(comeBackIn(state, patient)).toBeNull();
});

it("leads nobody else back to a form that was left in the same tab", () => {
  for (const account of ["0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65", undefined])
    expect(comeBackIn(comingBackTo("/patient/visits/new", patient), account)).toBeNull();
});
