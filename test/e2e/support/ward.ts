import {
  claim,
  confirmMember,
  createHospital,
  grantAccess,
  invite,
  readHospital,
  setAccreditation,
} from "@chartkey/sdk";
import type { Address } from "viem";
import { actor, unlockedActor } from "../../../scripts/lib/actor.ts";
import { connect } from "./steps.ts";
import type { Person, System } from "./system.ts";

/** The first one of its chain. */
const HOSPITAL = 1;
const DOCTOR = "Dr Amara Okafor";

type Admin = Awaited<ReturnType<typeof unlockedActor>>;

/** A doctor with a key, invited and confirmed. Returns his account. */
async function admitDoctor(admin: Admin, medic: Admin, name: string): Promise<Address> {
  const { address: account } = medic.wallet.account;
  await claim(medic, await invite(admin, HOSPITAL, { role: "doctor", speciality: 2 }), { name });
  const staff = { account, name, role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, HOSPITAL), account, staff);
  return account;
}

/**
 * A hospital, its doctor, and a patient who lets him read and add for two hours; both at their browsers, connected.
 * @param colleague name of another doctor of the hospital, who has no access and no browser
 */
export async function openWard(
  system: System,
  access: { read: number[]; write: number[] },
  colleague?: string,
): Promise<Record<"doctor" | "patient", Person>> {
  const { stack } = system;
  const [admin, medic, owner] = [
    await unlockedActor(stack, 1),
    await unlockedActor(stack, 2),
    await unlockedActor(stack, 3),
  ];
  const hospital = await createHospital(admin, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  const account = await admitDoctor(admin, medic, DOCTOR);
  if (colleague !== undefined) await admitDoctor(admin, await unlockedActor(stack, 4), colleague);
  await claim(owner, await invite(admin, HOSPITAL, { role: "patient" }), { name: "Ananya" });
  const expiry = Math.floor(Date.now() / 1000) + 7200;
  await grantAccess(owner, { grantee: account, hospital: HOSPITAL, ...access, expiry });
  const [doctor, patient] = (await Promise.all([2, 3].map((index) => system.open(index)))) as [Person, Person];
  await Promise.all([doctor, patient].map(connect));
  return { doctor, patient };
}
