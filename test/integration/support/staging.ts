import {
  type Invitation,
  type Session,
  type StagedDraft,
  type UnlockedSession,
  canonicalBytes,
  claim,
  confirmMember,
  createHospital,
  invite,
  publishKey,
  readHospital,
  setAccreditation,
} from "@chartkey/sdk";
import type { Resource } from "@medplum/fhirtypes";
import { categoryOf } from "@chartkey/sdk/records";
import { actor, unlockedActor } from "../../../scripts/lib/actor.ts";
import type { EdrStack } from "../../support/edr-stack.ts";

/** A hospital with an admin and a doctor, and people who have no key yet. */

export const addressOf = ({ wallet }: Session) => wallet.account.address;

const subject = { display: "Ananya Sharma" };
const RESOURCES: Resource[] = [
  { resourceType: "Observation", id: "o1", status: "final", code: { text: "Blood sugar" }, valueString: "Secret 9.1" },
  {
    resourceType: "Immunization",
    status: "completed",
    vaccineCode: { text: "MMR" },
    patient: subject,
    occurrenceString: "2020",
  },
  { resourceType: "AllergyIntolerance", id: "a1", code: { text: "Penicillin" }, patient: subject },
];

export function draftOf(resource: Resource, name = resource.resourceType as string): StagedDraft {
  return {
    category: categoryOf(resource),
    meta: { contentType: "application/fhir+json" },
    data: canonicalBytes(resource),
    name,
  };
}

/** Three records of three categories. */
export const someDrafts = (): StagedDraft[] => RESOURCES.map((resource) => draftOf(resource));

export interface Clinic {
  admin: UnlockedSession;
  doctor: UnlockedSession;
  /** An invitation of a patient whose link whoever holds it claims. */
  invite(expiry?: number): Promise<Invitation>;
}

export async function openClinic(stack: EdrStack): Promise<Clinic> {
  const admin = await unlockedActor(stack, 1);
  const doctor = await unlockedActor(stack, 2);
  const hospital = await createHospital(admin, { name: "Ridgeway", staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  const name = "Dr Amara Okafor";
  await claim(doctor, await invite(admin, 1, { role: "doctor", speciality: 2 }), { name });
  const staff = { account: addressOf(doctor), name, role: "doctor", speciality: 2 } as const;
  await confirmMember(admin, await readHospital(admin.chain, 1), addressOf(doctor), staff);
  return { admin, doctor, invite: (expiry) => invite(admin, 1, { role: "patient", ...(expiry && { expiry }) }) };
}

/** Somebody new who claims an invitation, and makes his key afterwards, as people do. */
export async function claimer(stack: EdrStack, index: number, invitation: Invitation): Promise<UnlockedSession> {
  const session = await actor(stack, index);
  await claim(session, invitation, { name: "Ananya Sharma" });
  const { vault } = await publishKey(session);
  return { ...session, vault };
}
