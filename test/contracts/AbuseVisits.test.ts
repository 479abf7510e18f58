import { expect } from "chai";
import { buildBooking, digest } from "./fixtures/builders.ts";
import { inOneBlock } from "./fixtures/blocks.ts";
import { Visit } from "./fixtures/codes.ts";
import { ethers, loadFixture, time } from "./fixtures/network.ts";
import type { OpenDay } from "./fixtures/visits.ts";
import { ALL_DAY, FEE, HOUR, PAID, SLOT, take, withOpenDay, withVisit } from "./fixtures/visits.ts";

async function earningsOf({ appointments, doctor, patient }: OpenDay) {
  const [earned, refunded] = [await appointments.accountOf(doctor), await appointments.accountOf(patient)];
  return [earned.balance, refunded.balance];
}

const NOTHING_EARNED = [0n, PAID.value];

describe("Abuse of visits", () => {
  it("last-second confirmation: P47 ordered ahead of the patient's withdrawal, it earns nothing", async () => {
    const clinic = await loadFixture(withVisit);
    const { appointments, doctor, patient, id, day, begin } = clinic;
    await time.setNextBlockTimestamp(begin - 12n * HOUR);
    const sent = await inOneBlock(
      (ordered) => appointments.connect(doctor).confirm(id, day, SLOT, 1n, ordered),
      (ordered) => appointments.connect(patient).cancel(id, doctor, day, SLOT, 1n, ordered),
    );
    for (const transaction of sent) await transaction.wait();
    expect((await appointments.visitOf(id, doctor, day, SLOT)).state).to.equal(Visit.Cancelled);
    expect(await earningsOf(clinic)).to.deep.equal(NOTHING_EARNED);
  });

  it("last-second confirmation: P47 a second before the begin, and a no-show, earn nothing", async () => {
    const clinic = await loadFixture(withVisit);
    await time.setNextBlockTimestamp(clinic.begin - 1n);
    await take(clinic, "confirm");
    await time.setNextBlockTimestamp(clinic.begin + 900n);
    await take(clinic, "markNoShow");
    expect(await earningsOf(clinic)).to.deep.equal(NOTHING_EARNED);
  });

  it("last-second confirmation: P47 it cannot be started in the same block to keep the patient in", async () => {
    const clinic = await loadFixture(withVisit);
    const { appointments, doctor, patient, id, day, begin } = clinic;
    await time.setNextBlockTimestamp(begin - HOUR);
    const [, started, cancelled] = await inOneBlock(
      (ordered) => appointments.connect(doctor).confirm(id, day, SLOT, 1n, ordered),
      (ordered) => appointments.connect(doctor).start(id, day, SLOT, ordered),
      (ordered) => appointments.connect(patient).cancel(id, doctor, day, SLOT, 1n, ordered),
    );
    expect((await ethers.provider.getTransactionReceipt(started?.hash ?? ""))?.status).to.equal(0);
    await cancelled?.wait();
    expect((await appointments.visitOf(id, doctor, day, SLOT)).state).to.equal(Visit.Cancelled);
    expect(await earningsOf(clinic)).to.deep.equal(NOTHING_EARNED);
  });

  it("swapped booking: P40 P47 a patient cannot put a free visit under the doctor's confirmation", async () => {
    const clinic = await loadFixture(withVisit);
    const { appointments, doctor, patient, id, day } = clinic;
    await appointments.connect(doctor).publishAvailability(id, day + 1n, [ALL_DAY], 0n);
    await appointments.connect(patient).book(patient, buildBooking(doctor, day + 1n, 3n));
    const free = buildBooking(doctor, day, SLOT, { request: digest("other") });
    const [, , confirmed] = await inOneBlock(
      (ordered) => appointments.connect(patient).cancel(id, doctor, day, SLOT, 1n, ordered),
      (ordered) => appointments.connect(patient).reschedule(day + 1n, 3n, free, ordered),
      (ordered) => appointments.connect(doctor).confirm(id, day, SLOT, 1n, ordered),
    );
    await expect(confirmed).to.be.revertedWithCustomError(appointments, "Appointments_WrongRound").withArgs(2n, 1n);
    expect((await appointments.visitOf(id, doctor, day, SLOT)).state).to.equal(Visit.Requested);
  });

  for (const step of ["confirm", "decline", "cancel"] as const) {
    it(`swapped booking: P37 P40 the doctor's ${step} falls on no other patient's booking of the quarter`, async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, doctor, patient, neighbour, id, day } = clinic;
      const by = appointments.connect(doctor);
      const [, , late] = await inOneBlock(
        (ordered) => appointments.connect(patient).cancel(id, doctor, day, SLOT, 1n, ordered),
        (ordered) =>
          appointments.connect(neighbour).book(neighbour, buildBooking(doctor, day, SLOT), { ...PAID, ...ordered }),
        (ordered) =>
          step === "cancel" ? by.cancel(id, doctor, day, SLOT, 1n, ordered) : by[step](id, day, SLOT, 1n, ordered),
      );
      await expect(late).to.be.revertedWithCustomError(appointments, "Appointments_WrongRound").withArgs(2n, 1n);
      const visit = await appointments.visitOf(id, doctor, day, SLOT);
      expect([visit.patient, visit.state, visit.fee]).to.deep.equal([neighbour.address, Visit.Requested, FEE]);
    });
  }

  it("early completion: P47 a doctor who starts early and is suspended earns nothing before the begin", async () => {
    const clinic = await loadFixture(withOpenDay);
    const { appointments, hospital, admin, doctor, patient, id, day, begin } = clinic;
    await appointments.connect(patient).book(patient, buildBooking(doctor, day, SLOT), PAID);
    await take(clinic, "confirm");
    await time.setNextBlockTimestamp(begin - HOUR);
    await take(clinic, "start");
    await hospital.connect(admin).suspend(doctor);
    await time.setNextBlockTimestamp(begin - 1n);
    await expect(take(clinic, "complete"))
      .to.be.revertedWithCustomError(appointments, "Appointments_WrongTime")
      .withArgs(begin, 2n ** 256n - 1n, begin - 1n);
    expect((await appointments.accountOf(doctor)).balance).to.equal(0n);
    expect((await appointments.visitOf(id, doctor, day, SLOT)).fee).to.equal(FEE);
  });

  it("suspension: P47 a patient who was kept out costs himself nothing, one who left by himself does not escape", async () => {
    const clinic = await loadFixture(withVisit);
    const { appointments, hospital, admin, patient, id, begin } = clinic;
    await take(clinic, "confirm");
    await hospital.connect(admin).suspend(patient);
    await time.increaseTo(begin + 900n);
    await expect(take(clinic, "markNoShow"))
      .to.be.revertedWithCustomError(appointments, "Appointments_NotActive")
      .withArgs(id, patient.address);
    await hospital.connect(admin).reactivate(patient);
    await hospital.connect(patient).leaveHospital(patient);
    await take(clinic, "markNoShow");
    expect(await earningsOf(clinic)).to.deep.equal([PAID.value, 0n]);
  });
});
