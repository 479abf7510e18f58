import { expect } from "chai";
import type { BaseContract } from "ethers";
import { ZeroAddress, ZeroHash } from "ethers";
import { buildBooking, buildTerms, counts, digest, signDispense } from "./fixtures/builders.ts";
import type { BusyClinic } from "./fixtures/busy-clinic.ts";
import { PAID, SLOT as BUSY, dispenseKey, openBusyClinic } from "./fixtures/busy-clinic.ts";
import {
  Accreditation,
  Action,
  DAY,
  KEY,
  NOTES,
  OTHER_KEY,
  Outcome,
  RAW,
  Role,
  SUITE,
  beginOf,
  scope,
} from "./fixtures/codes.ts";
import { eventsOf } from "./fixtures/events.ts";
import { loadFixture, time } from "./fixtures/network.ts";
import { rebuildAll } from "./fixtures/rebuild.ts";
import { replayConsent, replayLedger } from "./fixtures/replay.ts";
import { FORMS, signForm, submitForm } from "./fixtures/signed-forms.ts";
import { claimByAccount, claimByKey, createHospital } from "./fixtures/system.ts";

const WRAPS = digest("wraps");

async function runHospitals(clinic: BusyClinic) {
  const { registry, registrar, hospital, admin, candidate, requested, doctor, colleague, stranger, sponsor, auditor } =
    clinic;
  await registry.connect(registrar).setAuditor(auditor, true);
  await registry.connect(registrar).setAuditor(sponsor, true);
  await registry.connect(registrar).setAuditor(sponsor, false);
  await registry
    .connect(registrar)
    .setAccreditation(clinic.otherId, clinic.otherHospital, Accreditation.Suspended, digest("profile"));
  await createHospital(clinic, stranger, digest("third"));
  await registry.connect(candidate).acceptOwnership();
  await registry.connect(candidate).transferOwnership(sponsor);
  await hospital.connect(candidate).acceptAdmin();
  await hospital.connect(candidate).revokeVouchers();
  await hospital.connect(candidate).setReviewer(admin, true);
  await hospital.connect(candidate).removeAdmin(admin);
  await hospital.connect(candidate).proposeAdmin(admin);
  await hospital.connect(admin).acceptAdmin();
  await hospital.connect(admin).removeAdmin(requested);
  await hospital.connect(admin).publishReceptionKey(digest("reception key 2"));
  await hospital.connect(admin).confirm(requested, Role.Patient, 0n, digest("profile 2"));
  await hospital.connect(auditor).requestAdmission(auditor, Role.Pharmacist, 0n, ZeroHash);
  await hospital.connect(admin).decline(auditor);
  await hospital.connect(admin).changeSpeciality(doctor, 9n);
  await hospital.connect(admin).suspend(colleague);
  await hospital.connect(admin).reactivate(colleague);
  await hospital.connect(admin).setReviewer(stranger, true);
  await hospital.connect(admin).setReviewer(stranger, false);
  await claimByAccount(clinic.otherHospital, clinic.otherAdmin, clinic.otherAdmin, Role.Doctor, 3n);
  await clinic.otherHospital.connect(clinic.otherAdmin).confirm(clinic.otherAdmin, Role.Doctor, 3n, ZeroHash);
  await hospital.connect(requested).leaveHospital(requested);
  await claimByKey(clinic.otherHospital, clinic.otherAdmin, stranger, Role.Doctor, 3n);
}

async function runCharts(clinic: BusyClinic) {
  const { consent, keyDirectory, records, accessLog } = clinic;
  const { patient, predecessor, successor, candidate, doctor, delegate, neighbour, recovery, reviewer, sponsor, id } =
    clinic;
  await keyDirectory.connect(patient).publish(patient, SUITE, KEY, 0n, digest("vault"), 0n);
  await keyDirectory.connect(patient).publish(patient, SUITE, OTHER_KEY, 1n, digest("vault 2"), 1n);
  await keyDirectory.connect(successor).publishVault(predecessor, digest("vault"), 0n);
  await keyDirectory.connect(candidate).acceptSuccession(predecessor);
  await keyDirectory.connect(recovery).vetoSuccessor(patient);
  await keyDirectory.connect(patient).proposeSuccessor(patient, successor);
  await keyDirectory.connect(neighbour).setRecovery(neighbour, recovery);
  await keyDirectory.connect(recovery).setRecovery(neighbour, ZeroAddress);

  const as = consent.connect(patient);
  await as.revoke(patient, doctor, digest("keyring 2"));
  await as.grant(patient, await buildTerms(doctor, { write: scope(NOTES) }), await consent.consentHead(patient));
  await consent.connect(delegate).revoke(patient, clinic.suspended, ZeroHash);
  const until = BigInt(await time.latest()) + 30n * DAY;
  await as.appointDelegate(patient, neighbour, Action.Book, until);
  await as.removeDelegate(patient, delegate);
  await consent.connect(doctor).openEmergency(patient, id, scope(NOTES), digest("reason"));
  await as.endEmergency(patient, doctor);
  await consent.connect(doctor).openEmergency(neighbour, id, scope(NOTES), digest("reason"));
  await consent.connect(reviewer).reviewEmergency(id, 2n, Outcome.Justified, ZeroHash);
  await records.connect(patient).anchor(patient, NOTES, RAW, digest("own"), WRAPS);
  await records.connect(doctor).anchorBatch(patient, scope(NOTES), 9n, digest("root"), digest("manifest"), WRAPS);
  await records.connect(candidate).anchor(predecessor, NOTES, RAW, digest("by the successor"), WRAPS);
  for (const name of ["a", "b"]) {
    await accessLog.connect(sponsor).publishReceipts(digest(name), 2n, digest("manifest"));
  }
}

async function runVisits(clinic: BusyClinic) {
  const { appointments, prescriptions, patient, predecessor, candidate, neighbour, doctor, pharmacist, id, day } =
    clinic;
  const by = appointments.connect(doctor);
  await by.confirm(id, day, BUSY.requested, 1n);
  await appointments.connect(patient).cancel(id, doctor, day, BUSY.requested, 1n);
  await appointments.connect(candidate).reschedule(day, BUSY.requested + 1n, buildBooking(doctor, day, BUSY.free));
  await by.start(id, day, BUSY.confirmed);
  await by.markNoShow(id, day, BUSY.confirmed + 1n);
  await by.complete(id, day, BUSY.started);
  await appointments.connect(neighbour).book(patient, buildBooking(doctor, day, BUSY.free + 1n), PAID);
  for (const offset of [0n, 1n]) await appointments.connect(pharmacist).expire(id, doctor, day, BUSY.overdue + offset);
  await appointments.connect(patient).withdraw(patient, patient.address);
  await appointments.connect(candidate).withdraw(predecessor, candidate.address);

  const message = { order: clinic.orderId, pharmacist, amounts: counts(2n), remaining: counts(3n) };
  const capability = await signDispense(dispenseKey, prescriptions, message);
  await prescriptions.connect(pharmacist).dispense(clinic.orderId, dispenseKey.address, id, counts(2n), capability);
  await prescriptions.connect(doctor).cancel(clinic.orderId, dispenseKey.address);
}

/** A long life: everything that can be announced is announced. */
async function longLife() {
  const clinic = await openBusyClinic();
  for (const form of FORMS) {
    const message = await form.message(clinic, clinic.patient.address);
    if (form.name === "publishBySig") continue;
    const signature = await signForm(clinic.patient, form, clinic, message);
    await submitForm(form, clinic, clinic.sponsor, message, signature);
  }
  await runCharts(clinic);
  await runVisits(clinic);
  await runHospitals(clinic);
  await time.increaseTo(beginOf(clinic.day + 9n, 0n));
  await clinic.appointments.connect(clinic.stranger).expire(clinic.id, clinic.doctor, clinic.day, BUSY.confirmed);
  await clinic.registry.connect(clinic.candidate).renounceOwnership();
  return clinic;
}

describe("Replay", () => {
  it("P52 the scenario announces everything there is to announce", async () => {
    const clinic = await loadFixture(longLife);
    const parts: readonly (readonly BaseContract[])[] = [
      [clinic.registry],
      [clinic.hospital, clinic.otherHospital],
      [clinic.keyDirectory],
      [clinic.consent],
      [clinic.records],
      [clinic.appointments],
      [clinic.prescriptions],
      [clinic.accessLog],
    ];
    for (const contracts of parts) {
      const seen = new Set((await Promise.all(contracts.map(eventsOf))).flat().map(({ name }) => name));
      const known: string[] = [];
      // EIP-5267's is for contracts whose domain can change; ours cannot.
      contracts[0]?.interface.forEachEvent(({ name }) => name !== "EIP712DomainChanged" && known.push(name));
      expect([...seen].sort()).to.deep.equal([...new Set(known)].sort());
    }
  });

  it("P35 P46 P52 the state of every contract, rebuilt from logs alone, equals what it says", async () => {
    const clinic = await loadFixture(longLife);
    for (const [contract, comparisons] of Object.entries(await rebuildAll(clinic))) {
      expect(comparisons, contract).to.have.length.above(3);
      for (const { what, rebuilt, stored } of comparisons)
        expect(rebuilt, `${contract}: ${what}`).to.deep.equal(stored);
    }
  });

  it("P17 P33 P52 ledgers and consent heads of both charts follow from their events", async () => {
    const { records, consent, patient, predecessor } = await loadFixture(longLife);
    for (const { address } of [patient, predecessor]) {
      const ledger = await replayLedger(records, address);
      expect(ledger.announced).to.deep.equal(ledger.computed);
      expect(await records.head(address)).to.equal(ledger.head);
      const consents = await replayConsent(consent, address);
      expect(consents.announced).to.deep.equal(consents.computed);
      expect(await consent.consentHead(address)).to.equal(consents.head);
    }
    expect((await consent.consentHead(predecessor)).slice(-2)).to.equal("02");
  });
});
