import { expect, it } from "vitest";
import { askedIn, asking } from "./asked.ts";

const [patient, other] = ["0x90F79bf6EB2c4f870365E785982E1f101E93b906", "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"];
const request = { doctor: "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC", hospital: 1, read: 0x3fe, write: 2 };

it("tells what was asked to the patient who was asked, and to nobody else in the same tab", () => {
  expect(askedIn(asking(patient, request), patient.toLowerCase())).toEqual(request);
  const anywhere = { doctor: request.doctor, read: 2, write: 0 };
  expect(askedIn(asking(patient, anywhere), patient)).toEqual(anywhere);
  for (const account of [other, undefined]) expect(askedIn(asking(patient, request), account)).toBeNull();
});

it("takes no other state for something that was asked", () => {
  const wrong = [{ doctor: "0x1" }, { doctor: 7 }, { hospital: "1" }, { read: 1 }, { read: -2 }, { read: 2.5 }];
  const states = [
    null,
    undefined,
    "booked",
    { request },
    { patient },
    { request: 7, patient },
    { request, patient: 7 },
  ];
  for (const state of [...states, ...wrong.map((one) => ({ request: { ...request, ...one }, patient }))])
    expect(askedIn(state, patient)).toBeNull();
});
