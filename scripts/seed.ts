/** Fills an empty local chain with a hospital, staff, patients, grants, records, a visit and a prescription of our own making. */
import {
  type Hospital,
  type UnlockedSession,
  advanceVisit,
  bookAppointment,
  canonicalBytes,
  claim,
  confirmMember,
  createHospital,
  grantAccess,
  invite,
  prescribe,
  publishAvailability,
  publishBatch,
  publishRecord,
  readHospital,
  readVisits,
  setAccreditation,
} from "@chartkey/sdk";
import {
  buildBill,
  buildBundle,
  buildDiagnosis,
  buildNote,
  buildPatient,
  buildPrescription,
  buildSymptoms,
  categoryOf,
} from "@chartkey/sdk/records";
import type { Resource } from "@medplum/fhirtypes";
import { actor, unlockedActor } from "./lib/actor.ts";
import { converse } from "./lib/converse.ts";
import { HOSPITAL_NAME, PATIENTS, STAFF, firstPatientsHistory } from "./lib/examples.ts";
import type { Stack } from "./lib/stack.ts";

const DAY = 86_400;
const meta = { contentType: "application/fhir+json" };
const now = () => Math.floor(Date.now() / 1000);
const addressOf = ({ wallet }: UnlockedSession) => wallet.account.address;
const draft = (resource: Resource) => ({ category: categoryOf(resource), meta, data: canonicalBytes(resource) });

async function foundHospital(stack: Stack, admin: UnlockedSession): Promise<Hospital> {
  const hospital = await createHospital(admin, { name: HOSPITAL_NAME, staff: [] });
  await setAccreditation(await actor(stack, 0), hospital, "accredited");
  return hospital;
}

async function admitStaff(
  stack: Stack,
  admin: UnlockedSession,
  hospital: Hospital,
): Promise<Map<number, UnlockedSession>> {
  const sessions = new Map<number, UnlockedSession>();
  for (const { index, role, name, speciality } of STAFF) {
    const session = await unlockedActor(stack, index);
    const account = addressOf(session);
    await claim(session, await invite(admin, hospital.id, { role, speciality }), { name });
    // Each confirmation publishes a new directory, which the next one builds on.
    await confirmMember(admin, await readHospital(admin.chain, hospital.id), account, {
      account,
      name,
      role,
      speciality,
    });
    sessions.set(index, session);
  }
  return sessions;
}

async function admitPatients(stack: Stack, admin: UnlockedSession, hospital: Hospital): Promise<UnlockedSession[]> {
  const sessions: UnlockedSession[] = [];
  for (const { index, name, birthDate, gender, contact } of PATIENTS) {
    const session = await unlockedActor(stack, index);
    await claim(session, await invite(admin, hospital.id, { role: "patient" }), { name, birthDate, contact });
    await publishRecord(session, addressOf(session), draft(buildPatient({ name, birthDate, gender })));
    sessions.push(session);
  }
  return sessions;
}

async function treat(
  hospital: Hospital,
  patient: UnlockedSession,
  doctor: UnlockedSession,
  cardiologist: UnlockedSession,
): Promise<void> {
  const account = addressOf(patient);
  const [{ name }, date] = [PATIENTS[0], new Date().toISOString()];
  const subject = { display: name };
  const author = { display: STAFF[0].name };
  await publishBatch(patient, account, firstPatientsHistory(name).map(draft));

  const tomorrow = Math.floor(now() / DAY) + 1;
  const quarters = Array.from({ length: 24 }, (_, index) => 36 + index);
  const open = Array.from({ length: 14 }, () => quarters);
  await publishAvailability(doctor, { hospital: hospital.id, firstDay: tomorrow, open });
  const answers = [{ question: "What brings you here?", answer: "Thirsty all day and tired for three weeks." }];
  const symptoms = buildSymptoms({ patient: subject, author: subject, date, answers });
  const booking = { hospital: hospital.id, doctor: addressOf(doctor), day: tomorrow, slot: 40 };
  await bookAppointment(patient, booking, meta, canonicalBytes(symptoms));
  const [visit] = await readVisits(doctor.chain, { doctor: addressOf(doctor) });
  if (visit !== undefined) await advanceVisit(doctor, visit, "confirm");

  const read = [1, 2, 3, 4, 5, 6, 7, 9];
  await grantAccess(patient, {
    grantee: addressOf(doctor),
    hospital: hospital.id,
    read,
    write: [1, 2, 3, 4, 5, 6, 7, 9],
    expiry: now() + 30 * DAY,
  });
  await grantAccess(patient, {
    grantee: addressOf(cardiologist),
    hospital: hospital.id,
    read: [7],
    write: [],
    expiry: now() + DAY,
  });

  const diagnosis = buildDiagnosis({ patient: subject, author, date, text: "Type 2 diabetes mellitus" });
  await publishRecord(doctor, account, draft(diagnosis));
  const text = "Sugar remains high but is falling. Continue, check again in three months.";
  await publishRecord(
    doctor,
    account,
    draft(buildNote({ patient: subject, author, date, title: "Review of diabetes", text })),
  );
  const bill = buildBill({
    ...{ patient: subject, author, date, served: date.slice(0, 10), currency: "EUR", insurer: "Health Mutual" },
    services: [
      { text: "Consultation", amount: 80 },
      { text: "Laboratory test", amount: 24.5 },
    ],
  });
  await publishRecord(doctor, account, { category: 1, meta, data: canonicalBytes(bill) });
  const medicines = [
    {
      medicine: "Metformin 500 mg tablets",
      dosage: "1 tablet, morning and evening, with food",
      refills: 2,
      reason: "Blood sugar",
    },
    { medicine: "Atorvastatin 20 mg tablets", dosage: "1 tablet in the evening", refills: 1, reason: "Cholesterol" },
  ].map((medicine) => buildPrescription({ patient: subject, author, date, ...medicine }));
  const items = medicines.map((resource) => ({ resource, category: categoryOf(resource), path: "" }));
  const order = {
    meta,
    data: canonicalBytes(buildBundle(items, { timestamp: date })),
    fills: [3, 2],
    expiry: now() + 90 * DAY,
  };
  await prescribe(doctor, account, order);
  const [writer, medic] = [
    { session: patient, name },
    { session: doctor, name: STAFF[0].name },
  ];
  await converse(writer, "Metformin and breakfast", [
    { by: writer, to: medic, text: "I often skip breakfast. Do I take the morning tablet all the same?" },
    { by: medic, to: writer, text: "Take it with your first meal, whenever that is. Never on an empty stomach." },
  ]);
}

/** Seeds a freshly deployed stack. */
export async function seed(stack: Stack): Promise<void> {
  const admin = await unlockedActor(stack, 1);
  const hospital = await foundHospital(stack, admin);
  const staff = await admitStaff(stack, admin, hospital);
  const [first] = await admitPatients(stack, admin, hospital);
  if (first !== undefined) await treat(hospital, first, staff.get(2)!, staff.get(5)!);
}
