import { expect } from "chai";
import { ZeroHash, keccak256, AbiCoder } from "ethers";
import { digest } from "./fixtures/builders.ts";
import { DAY, Visit } from "./fixtures/codes.ts";
import { loadFixture, networkHelpers, time } from "./fixtures/network.ts";
import type { Clinic } from "./fixtures/system.ts";
import { openClinic } from "./fixtures/system.ts";

const SLOT = 40n;
const ALL_DAY = (1n << 96n) - 1n;
const REQUEST = digest("symptoms");
const WRAPS = digest("wraps");

/** A clinic whose doctor receives the whole of tomorrow. */
async function withOpenDay() {
  const clinic = await openClinic();
  const day = BigInt(await time.latest()) / DAY + 1n;
  await clinic.appointments.connect(clinic.doctor).publishAvailability(clinic.id, day, [ALL_DAY]);
  return { ...clinic, day };
}

/** The same with the patient's request for one quarter. */
async function withVisit() {
  const clinic = await withOpenDay();
  await book(clinic, clinic.day);
  return clinic;
}

function book({ appointments, patient, doctor, id }: Clinic, day: bigint, slot = SLOT) {
  return appointments.connect(patient).book(id, doctor, day, slot, REQUEST, WRAPS);
}

type Step = "confirm" | "decline" | "start" | "complete" | "cancel";

function take({ appointments, doctor, id }: Clinic, day: bigint, step: Step) {
  const as = appointments.connect(doctor);
  return step === "cancel" ? as.cancel(id, doctor, day, SLOT) : as[step](id, day, SLOT);
}

describe("Appointments", () => {
  describe("publishAvailability", () => {
    it("replaces consecutive days and announces each", async () => {
      const { appointments, doctor, id, day } = await loadFixture(withOpenDay);
      const sent = appointments.connect(doctor).publishAvailability(id, day, [1n, 6n]);
      await expect(sent).to.emit(appointments, "AvailabilityPublished").withArgs(id, doctor.address, day, 1n);
      await expect(sent)
        .to.emit(appointments, "AvailabilityPublished")
        .withArgs(id, doctor.address, day + 1n, 6n);
      expect(await appointments.dayOf(id, doctor, day)).to.deep.equal([1n, 0n]);
      expect(await appointments.dayOf(id, doctor, day + 1n)).to.deep.equal([6n, 0n]);
    });

    it("keeps what is booked", async () => {
      const { appointments, doctor, id, day } = await loadFixture(withVisit);
      await appointments.connect(doctor).publishAvailability(id, day, [0n]);
      expect(await appointments.dayOf(id, doctor, day)).to.deep.equal([0n, 1n << SLOT]);
    });

    it("P51 takes 31 days, not 32", async () => {
      const { appointments, doctor, id, day } = await loadFixture(withOpenDay);
      const as = appointments.connect(doctor);
      await as.publishAvailability(id, day, Array<bigint>(31).fill(1n));
      expect((await appointments.dayOf(id, doctor, day + 30n)).open).to.equal(1n);
      await expect(as.publishAvailability(id, day, Array<bigint>(32).fill(1n)))
        .to.be.revertedWithCustomError(appointments, "Appointments_TooManyDays")
        .withArgs(32n, 31n);
    });

    it("P06 P07 is for active doctors of that hospital", async () => {
      const { appointments, otherDoctor, pharmacist, patient, admin, id, day } = await loadFixture(withOpenDay);
      for (const caller of [otherDoctor, pharmacist, patient, admin]) {
        await expect(appointments.connect(caller).publishAvailability(id, day, [1n]))
          .to.be.revertedWithCustomError(appointments, "Appointments_NotActive")
          .withArgs(id, caller.address);
      }
    });
  });

  describe("book", () => {
    it("P40 takes the slot for the patient", async () => {
      const clinic = await loadFixture(withOpenDay);
      const { appointments, patient, doctor, id, day } = clinic;
      const types = ["uint32", "address", "uint32", "uint8"];
      const visitId = keccak256(AbiCoder.defaultAbiCoder().encode(types, [id, doctor.address, day, SLOT]));
      await expect(book(clinic, day))
        .to.emit(appointments, "Booked")
        .withArgs(visitId, doctor.address, patient.address, id, day, SLOT, 1n, REQUEST, WRAPS);
      expect(await appointments.visitOf(id, doctor, day, SLOT)).to.deep.equal([
        visitId,
        patient.address,
        Visit.Requested,
        1n,
      ]);
      expect((await appointments.dayOf(id, doctor, day)).taken).to.equal(1n << SLOT);
    });

    it("P40 is refused when the slot is taken, closed or none", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, neighbour, doctor, id, day } = clinic;
      const refused = async (asked: bigint, slot: bigint) =>
        expect(appointments.connect(neighbour).book(id, doctor, asked, slot, ZeroHash, ZeroHash))
          .to.be.revertedWithCustomError(appointments, "Appointments_SlotUnavailable")
          .withArgs(asked, slot);
      await refused(day, SLOT);
      await refused(day + 1n, SLOT);
      for (const slot of [96n, 128n, 255n]) await refused(day, slot);
      await appointments.connect(neighbour).book(id, doctor, day, 95n, ZeroHash, ZeroHash);
    });

    it("P40 is refused from the second in which the quarter begins", async () => {
      const clinic = await loadFixture(withOpenDay);
      const { appointments, day } = clinic;
      const begin = day * DAY + SLOT * 900n;
      await time.setNextBlockTimestamp(begin);
      await expect(book(clinic, day))
        .to.be.revertedWithCustomError(appointments, "Appointments_SlotPast")
        .withArgs(begin, begin);
    });

    it("P40 is possible until the second before", async () => {
      const clinic = await loadFixture(withOpenDay);
      await time.setNextBlockTimestamp(clinic.day * DAY + SLOT * 900n - 1n);
      await book(clinic, clinic.day);
    });

    it("P07 needs an active patient and an active doctor of the hospital", async () => {
      const clinic = await loadFixture(withOpenDay);
      const { appointments, hospital, admin, patient, doctor, colleague, pharmacist, stranger, id, day } = clinic;
      const refused = async (caller: typeof patient, about: typeof patient, inactive: typeof patient) =>
        expect(appointments.connect(caller).book(id, about, day, SLOT, ZeroHash, ZeroHash))
          .to.be.revertedWithCustomError(appointments, "Appointments_NotActive")
          .withArgs(id, inactive.address);
      for (const caller of [stranger, colleague, pharmacist, admin]) await refused(caller, doctor, caller);
      await refused(patient, pharmacist, pharmacist);
      await hospital.connect(admin).suspend(doctor);
      await refused(patient, doctor, doctor);
    });
  });

  describe("states", () => {
    const STEPS: Record<Step, bigint> = {
      confirm: Visit.Confirmed,
      decline: Visit.Declined,
      start: Visit.Started,
      complete: Visit.Completed,
      cancel: Visit.Cancelled,
    };
    const WAYS: [bigint, Step[], Step[]][] = [
      [Visit.Requested, [], ["confirm", "decline", "cancel"]],
      [Visit.Confirmed, ["confirm"], ["start", "cancel"]],
      [Visit.Started, ["confirm", "start"], ["complete"]],
      [Visit.Completed, ["confirm", "start", "complete"], []],
      [Visit.Cancelled, ["cancel"], []],
      [Visit.Declined, ["decline"], []],
    ];
    for (const [state, path, allowed] of WAYS) {
      for (const step of Object.keys(STEPS) as Step[]) {
        const name = Object.entries(Visit).find(([, code]) => code === state)?.[0];
        it(`P40 ${name}: ${step} is ${allowed.includes(step) ? "allowed" : "refused"}`, async () => {
          const clinic = await loadFixture(withVisit);
          const { appointments, doctor, id, day } = clinic;
          for (const before of path) await take(clinic, day, before);
          const sent = take(clinic, day, step);
          if (allowed.includes(step)) {
            const { visitId } = await appointments.visitOf(id, doctor, day, SLOT);
            await expect(sent).to.emit(appointments, "VisitChanged").withArgs(visitId, 1n, STEPS[step], doctor.address);
            expect((await appointments.visitOf(id, doctor, day, SLOT)).state).to.equal(STEPS[step]);
          } else {
            await expect(sent)
              .to.be.revertedWithCustomError(appointments, "Appointments_WrongState")
              .withArgs(state, STEPS[step]);
          }
        });
      }
    }

    it("P40 a cancelled or declined slot is free again, with the next round", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, doctor, id, day } = clinic;
      for (const [step, round] of [
        ["cancel", 2n],
        ["decline", 3n],
      ] as const) {
        await take(clinic, day, step);
        expect((await appointments.dayOf(id, doctor, day)).taken).to.equal(0n);
        await book(clinic, day);
        const visit = await appointments.visitOf(id, doctor, day, SLOT);
        expect([visit.state, visit.round]).to.deep.equal([Visit.Requested, round]);
      }
    });

    it("P16 P40 the patient cancels too, suspended or not; nobody else does", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, hospital, admin, patient, neighbour, colleague, doctor, id, day } = clinic;
      for (const caller of [neighbour, colleague, admin]) {
        await expect(appointments.connect(caller).cancel(id, doctor, day, SLOT))
          .to.be.revertedWithCustomError(appointments, "Appointments_OnlyPatientOrDoctor")
          .withArgs(caller.address);
      }
      await hospital.connect(admin).suspend(patient);
      await appointments.connect(patient).cancel(id, doctor, day, SLOT);
      expect((await appointments.visitOf(id, doctor, day, SLOT)).state).to.equal(Visit.Cancelled);
    });

    it("P40 another doctor cannot touch the visit", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, colleague, id, day } = clinic;
      await expect(appointments.connect(colleague).confirm(id, day, SLOT))
        .to.be.revertedWithCustomError(appointments, "Appointments_WrongState")
        .withArgs(Visit.None, Visit.Confirmed);
    });

    it("P14 a suspended doctor neither confirms nor starts, but may decline, cancel and complete", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, hospital, admin, doctor, id, day } = clinic;
      const notActive = async (step: Step) =>
        expect(take(clinic, day, step))
          .to.be.revertedWithCustomError(appointments, "Appointments_NotActive")
          .withArgs(id, doctor.address);
      const suspended = async (path: Step[], refused: Step[], last: Step) => {
        const snapshot = await networkHelpers.takeSnapshot();
        for (const step of path) await take(clinic, day, step);
        await hospital.connect(admin).suspend(doctor);
        for (const step of refused) await notActive(step);
        await take(clinic, day, last);
        await snapshot.restore();
      };
      await suspended([], ["confirm"], "decline");
      await suspended(["confirm"], ["start"], "cancel");
      await suspended(["confirm", "start"], [], "complete");
    });
  });
});
