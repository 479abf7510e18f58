import { expect, it } from "vitest";
import { doneIn, type Done } from "./done.ts";

const patient = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const other = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65";
const given: Done = { done: "given", grantee: "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", patient };

it("tells what was done to whose access it is, and to nobody else in the same tab", () => {
  expect(doneIn(given, patient.toLowerCase())).toEqual(given);
  expect(doneIn({ ...given, done: "ended" }, patient)?.done).toBe("ended");
  for (const account of [other, undefined]) expect(doneIn(given, account)).toBeNull();
});

it("takes no other state for something that was done", () => {
  const wrong = [{ done: "sealed" }, { grantee: "0x1" }, { grantee: 7 }, { patient: undefined }, { patient: "me" }];
  for (const state of [null, undefined, "ended", {}, ...wrong.map((one) => ({ ...given, ...one }))])
    expect(doneIn(state, patient)).toBeNull();
});
