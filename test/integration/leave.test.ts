import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Session,
  type UnlockedSession,
  claim,
  confirmMember,
  createHospital,
  invite,
  leaveHospital,
  readActiveSince,
  readHospital,
  readMemberCards,
  readMembers,
  setAccreditation,
} from "@chartkey/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actor, unlockedActor } from "../../scripts/lib/actor.ts";
import { type Stack, startTestStack } from "../support/stack.ts";

/** Members leave a hospital, withdraw requests, and come back by their own request alone. */

const addressOf = ({ wallet }: Session) => wallet.account.address;

let dataDir: string;
let stack: Stack;
let admin: UnlockedSession;
let doctor: UnlockedSession;
let patient: UnlockedSession;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "chartkey-leave-"));
  stack = await startTestStack({ dataDir });
  [admin, doctor, patient] = [
    await unlockedActor(stack, 1),
    await unlockedActor(stack, 2),
    await unlockedActor(stack, 3),
  ];
  const hospital = await createHospital(admin, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
});

afterAll(async () => {
  await stack?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const hospital = () => readHospital(admin.chain, 1);
const statusOf = async (session: Session) =>
  (await readMembers(admin.chain, { account: addressOf(session) }))[0]?.status;

describe("leaving", () => {
  it("P09 a patient leaves, and the next invitation becomes a request, with its card, that an admin confirms", async () => {
    await claim(patient, await invite(admin, 1, { role: "patient" }), { name: "Ananya" });
    await leaveHospital(patient, await hospital());
    expect(await statusOf(patient)).toBeUndefined();
    expect(await readActiveSince(admin.chain, 1, addressOf(patient), "patient")).toBe(0);
    await expect(leaveHospital(patient, await hospital())).rejects.toMatchObject({
      code: "REVERT_Hospital_CannotLeave",
    });
    await claim(patient, await invite(admin, 1, { role: "patient" }), { name: "Ananya Rao" });
    expect(await statusOf(patient)).toBe("requested");
    const cards = await readMemberCards(admin, (await hospital()).address, admin.vault.reception);
    expect([...cards.values()].map(({ name }) => name)).toEqual(["Ananya Rao"]);
    await confirmMember(admin, await hospital(), addressOf(patient));
    expect(await statusOf(patient)).toBe("active");
  });

  it("P57 a withdrawn request is not confirmed, nor another one than the admin saw", async () => {
    const account = addressOf(doctor);
    const staff = { account, name: "Dr Okafor", role: "doctor", speciality: 2 } as const;
    await claim(doctor, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name: "Dr Okafor" });
    await leaveHospital(doctor, await hospital());
    await expect(confirmMember(admin, await hospital(), account, staff)).rejects.toMatchObject({
      code: "REVERT_Hospital_NotRequested",
    });
    await claim(doctor, await invite(admin, 1, { role: "doctor", speciality: 3 }), { name: "Dr Okafor" });
    await expect(confirmMember(admin, await hospital(), account, staff)).rejects.toMatchObject({
      code: "REVERT_Hospital_RequestChanged",
    });
    await confirmMember(admin, await hospital(), account, { ...staff, speciality: 3 });
    expect(await statusOf(doctor)).toBe("active");
  });
});
