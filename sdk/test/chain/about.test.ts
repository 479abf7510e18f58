import { zeroAddress, zeroHash } from "viem";
import { expect, it } from "vitest";
import { aboutOf } from "../../src/chain/about.ts";
import { appointmentsAbi } from "../../src/generated/abi/Appointments.ts";
import { consentRegistryAbi } from "../../src/generated/abi/ConsentRegistry.ts";

const [patient, other] = ["0x90F79bf6EB2c4f870365E785982E1f101E93b906", "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"];
const terms = { grantee: other, hospital: 1, read: 2, write: 0, expiry: 9, keyring: zeroHash };

it("finds whom access is given to and taken from, who is appointed and who is booked", () => {
  expect(aboutOf(consentRegistryAbi, "grant", [patient, terms, zeroHash])).toBe(other);
  expect(aboutOf(consentRegistryAbi, "revoke", [patient, other, zeroHash])).toBe(other);
  expect(aboutOf(consentRegistryAbi, "removeDelegate", [patient, other])).toBe(other);
  const booking = { hospital: 1, doctor: other, day: 1, slot: 1, request: zeroHash };
  expect(aboutOf(appointmentsAbi, "book", [patient, booking])).toBe(other);
});

it("finds nobody where nobody is named", () => {
  expect(aboutOf(consentRegistryAbi, "revoke", [patient, zeroAddress, zeroHash])).toBeUndefined();
  expect(aboutOf(appointmentsAbi, "confirm", [1, 2, 3, 4])).toBeUndefined();
  expect(aboutOf(consentRegistryAbi, "unheardOf", [])).toBeUndefined();
});
