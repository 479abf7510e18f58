import { expect } from "chai";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { AbiCoder, keccak256 } from "ethers";
import { buildBooking } from "./fixtures/builders.ts";
import { Action, DAY, GWEI, Visit, beginOf } from "./fixtures/codes.ts";
import { loadFixture, time } from "./fixtures/network.ts";
import { ALL_DAY, FEE, PAID, SLOT, book, take, withOpenDay, withVisit } from "./fixtures/visits.ts";

const MAX_REQUESTS = 12n;

describe("Appointments", () => {
  describe("publishAvailability", () => {
    it("replaces consecutive days and announces each", async () => {
      const { appointments, doctor, id, day } = await loadFixture(withOpenDay);
      const sent = appointments.connect(doctor).publishAvailability(id, day, [1n, 6n], 7n);
      await expect(sent).to.emit(appointments, "AvailabilityPublished").withArgs(id, doctor.address, day, 1n, 7n);
      await expect(sent)
        .to.emit(appointments, "AvailabilityPublished")
        .withArgs(id, doctor.address, day + 1n, 6n, 7n);
      expect(await appointments.dayOf(id, doctor, day)).to.deep.equal([1n, 0n, 7n]);
      expect(await appointments.dayOf(id, doctor, day + 1n)).to.deep.equal([6n, 0n, 7n]);
    });

    it("P47 keeps what is booked, at the fee it was booked for", async () => {
      const { appointments, doctor, id, day } = await loadFixture(withVisit);
      await appointments.connect(doctor).publishAvailability(id, day, [0n], FEE + 1n);
      expect(await appointments.dayOf(id, doctor, day)).to.deep.equal([0n, 1n << SLOT, FEE + 1n]);
      expect((await appointments.visitOf(id, doctor, day, SLOT)).fee).to.equal(FEE);
    });

    it("P51 takes 31 days, not 32", async () => {
      const { appointments, doctor, id, day } = await loadFixture(withOpenDay);
      const as = appointments.connect(doctor);
      await as.publishAvailability(id, day, Array<bigint>(31).fill(1n), FEE);
      expect((await appointments.dayOf(id, doctor, day + 30n)).open).to.equal(1n);
      await expect(as.publishAvailability(id, day, Array<bigint>(32).fill(1n), FEE))
        .to.be.revertedWithCustomError(appointments, "Appointments_TooManyDays")
        .withArgs(32n, 31n);
    });

    it("P06 P07 is for active doctors of that hospital", async () => {
      const { appointments, otherDoctor, pharmacist, patient, admin, id, day } = await loadFixture(withOpenDay);
      for (const caller of [otherDoctor, pharmacist, patient, admin]) {
        await expect(appointments.connect(caller).publishAvailability(id, day, [1n], FEE))
          .to.be.revertedWithCustomError(appointments, "Appointments_NotActive")
          .withArgs(id, caller.address);
      }
    });
  });

  describe("book", () => {
    it("P40 takes the slot for the patient, with his fee", async () => {
      const clinic = await loadFixture(withOpenDay);
      const { appointments, patient, doctor, id, day } = clinic;
      const types = ["uint32", "address", "uint32", "uint8"];
      const visitId = keccak256(AbiCoder.defaultAbiCoder().encode(types, [id, doctor.address, day, SLOT]));
      const { request, wraps } = buildBooking(doctor, day, SLOT);
      const sent = book(clinic);
      await expect(sent)
        .to.emit(appointments, "Booked")
        .withArgs(visitId, doctor.address, patient.address, id, day, SLOT, 1n, FEE, request, wraps);
      await expect(sent).to.not.emit(appointments, "VisitChanged");
      expect(await appointments.visitOf(id, doctor, day, SLOT)).to.deep.equal([
        visitId,
        patient.address,
        Visit.Requested,
        1n,
        FEE,
        false,
      ]);
      expect((await appointments.dayOf(id, doctor, day)).taken).to.equal(1n << SLOT);
      expect(await appointments.accountOf(patient)).to.deep.equal([0n, 1n, 1n]);
    });

    it("P40 is refused when the slot is taken, closed or none", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, neighbour, doctor, id, day } = clinic;
      const as = appointments.connect(neighbour);
      await appointments.connect(doctor).publishAvailability(id, day, [ALL_DAY - 1n], FEE);
      const refused = async (asked: bigint, slot: bigint, value = PAID.value) =>
        expect(as.book(neighbour, buildBooking(doctor, asked, slot), { value }))
          .to.be.revertedWithCustomError(appointments, "Appointments_SlotUnavailable")
          .withArgs(asked, slot);
      await refused(day, SLOT);
      await refused(day, 0n);
      await refused(day + 1n, SLOT, 0n);
      for (const slot of [96n, 128n, 255n]) await refused(day, slot);
      await as.book(neighbour, buildBooking(doctor, day, 95n), PAID);
    });

    it("P40 is refused from the second in which the quarter begins, and possible until the second before", async () => {
      const clinic = await loadFixture(withOpenDay);
      const { appointments, begin, day } = clinic;
      await time.setNextBlockTimestamp(begin - 1n);
      await book(clinic);
      const next = beginOf(day, SLOT + 1n);
      await time.setNextBlockTimestamp(next);
      await expect(book(clinic, SLOT + 1n))
        .to.be.revertedWithCustomError(appointments, "Appointments_SlotPast")
        .withArgs(next, next);
    });

    it("P07 needs an active patient and an active doctor of the hospital", async () => {
      const clinic = await loadFixture(withOpenDay);
      const { appointments, hospital, admin, patient, doctor, colleague, pharmacist, stranger, id, day } = clinic;
      const refused = async (caller: HardhatEthersSigner, about: HardhatEthersSigner, inactive: HardhatEthersSigner) =>
        expect(appointments.connect(caller).book(caller, buildBooking(about, day, SLOT), PAID))
          .to.be.revertedWithCustomError(appointments, "Appointments_NotActive")
          .withArgs(id, inactive.address);
      for (const caller of [stranger, colleague, pharmacist, admin]) await refused(caller, doctor, caller);
      await refused(patient, pharmacist, pharmacist);
      await hospital.connect(admin).suspend(doctor);
      await refused(patient, doctor, doctor);
      await hospital.connect(admin).reactivate(doctor);
      await hospital.connect(admin).suspend(patient);
      await refused(patient, doctor, patient);
    });

    it("P19 P24 for another is for his delegate with a mandate to book, and says who sent it", async () => {
      const clinic = await loadFixture(withOpenDay);
      const { appointments, consent, patient, neighbour, delegate, doctor, id, day } = clinic;
      const send = (by: HardhatEthersSigner) =>
        appointments.connect(by).book(patient, buildBooking(doctor, day, SLOT), PAID);
      const refused = async (by: HardhatEthersSigner) =>
        expect(send(by))
          .to.be.revertedWithCustomError(appointments, "Appointments_NotPatient")
          .withArgs(patient.address, by.address);
      const until = BigInt(await time.latest()) + DAY;
      for (const by of [neighbour, doctor, delegate]) await refused(by);
      await consent.connect(patient).appointDelegate(patient, delegate, Action.Grant | Action.Revoke, until);
      await refused(delegate);
      await consent.connect(patient).appointDelegate(patient, delegate, Action.Book, until);
      const sent = send(delegate);
      const { visitId } = await appointments.visitOf(id, doctor, day, SLOT);
      await expect(sent).to.emit(appointments, "VisitChanged").withArgs(visitId, 1n, Visit.Requested, delegate.address);
      // What he paid comes back to the patient.
      await appointments.connect(delegate).cancel(id, doctor, day, SLOT, 1n);
      expect((await appointments.accountOf(patient)).balance).to.equal(PAID.value);
      expect((await appointments.accountOf(delegate)).balance).to.equal(0n);
      await time.increaseTo(until);
      await refused(delegate);
    });

    it("P47 takes the exact fee, also when the doctor has changed it meanwhile", async () => {
      const clinic = await loadFixture(withOpenDay);
      const { appointments, doctor, id, day } = clinic;
      const refused = async (expected: bigint, value: bigint) =>
        expect(book(clinic, SLOT, value))
          .to.be.revertedWithCustomError(appointments, "Appointments_WrongFee")
          .withArgs(expected, value);
      for (const value of [0n, PAID.value - 1n, PAID.value + 1n, FEE]) await refused(PAID.value, value);
      await appointments.connect(doctor).publishAvailability(id, day, [ALL_DAY], FEE + 1n);
      await refused(PAID.value + GWEI, PAID.value);
      await appointments.connect(doctor).publishAvailability(id, day, [ALL_DAY], 0n);
      await refused(0n, PAID.value);
      await book(clinic, SLOT, 0n);
    });
  });

  describe("requests", () => {
    it("P51 at most 12 of a patient wait; an answer makes room for one, a further booking counts for ever", async () => {
      const clinic = await loadFixture(withOpenDay);
      const { appointments, patient, neighbour, doctor, id, day } = clinic;
      for (let slot = 0n; slot < MAX_REQUESTS; slot++) await book(clinic, slot);
      const full = async () =>
        expect(book(clinic, SLOT + 1n))
          .to.be.revertedWithCustomError(appointments, "Appointments_TooManyRequests")
          .withArgs(patient.address, MAX_REQUESTS);
      await full();
      await appointments.connect(neighbour).book(neighbour, buildBooking(doctor, day, 50n), PAID);
      await appointments.connect(doctor).confirm(id, day, 0n, 1n);
      await book(clinic, SLOT);
      await full();
      await appointments.connect(doctor).decline(id, day, 1n, 1n);
      await appointments.connect(patient).cancel(id, doctor, day, 2n, 1n);
      expect(await appointments.accountOf(patient)).to.deep.equal([2n * PAID.value, 13n, 10n]);
      // A request that is moved stays one; a confirmed visit that is moved becomes one again.
      await appointments.connect(patient).reschedule(day, 3n, buildBooking(doctor, day, 60n));
      expect((await appointments.accountOf(patient)).requests).to.equal(10n);
      await appointments.connect(patient).reschedule(day, 0n, buildBooking(doctor, day, 61n));
      expect((await appointments.accountOf(patient)).requests).to.equal(11n);
    });

    it("P51 that expired make room too", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, patient, begin } = clinic;
      await time.setNextBlockTimestamp(begin);
      await take(clinic, "expire");
      expect((await appointments.accountOf(patient)).requests).to.equal(0n);
    });
  });
});
