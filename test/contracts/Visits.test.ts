import { expect } from "chai";
import { buildBooking, digest } from "./fixtures/builders.ts";
import { Accreditation, DAY, Visit } from "./fixtures/codes.ts";
import { loadFixture, networkHelpers, time } from "./fixtures/network.ts";
import type { Step } from "./fixtures/visits.ts";
import {
  FEE,
  HOUR,
  OTHER_SLOT,
  PATHS,
  SLOT,
  STEPS,
  actorOf,
  book,
  take,
  takeAll,
  withVisit,
} from "./fixtures/visits.ts";

const NEXT: Readonly<Record<keyof typeof PATHS, readonly Step[]>> = {
  Requested: ["confirm", "decline", "cancel", "cancelAsPatient", "reschedule", "expire"],
  Confirmed: ["start", "markNoShow", "cancel", "cancelAsPatient", "reschedule", "expire"],
  // It ends as completed, by the doctor or in time.
  Started: ["complete", "expire"],
  Completed: [],
  Cancelled: [],
  Declined: [],
  Rescheduled: [],
  Expired: [],
  NoShow: [],
};

/** [step, state, first second, first second no more], in seconds from the beginning of the visit. */
const TIMES: readonly [Step, keyof typeof PATHS, bigint | undefined, bigint | undefined][] = [
  ["confirm", "Requested", undefined, 0n],
  ["reschedule", "Requested", undefined, 0n],
  ["reschedule", "Confirmed", undefined, -DAY + 1n],
  ["cancelAsPatient", "Confirmed", undefined, 0n],
  ["start", "Confirmed", -HOUR, DAY],
  ["markNoShow", "Confirmed", 900n, DAY],
  ["complete", "Started", 0n, undefined],
  ["expire", "Requested", 0n, undefined],
  ["expire", "Confirmed", DAY, undefined],
  ["expire", "Started", 7n * DAY, undefined],
];

/** [step, state] that may be taken however late. */
const ALWAYS: readonly [Step, keyof typeof PATHS][] = [
  ["decline", "Requested"],
  ["cancel", "Requested"],
  ["cancelAsPatient", "Requested"],
  ["cancel", "Confirmed"],
];

describe("Appointments: visits", () => {
  for (const state of Object.keys(PATHS) as (keyof typeof PATHS)[]) {
    for (const step of Object.keys(STEPS) as Step[]) {
      const allowed = NEXT[state].includes(step);
      it(`P40 ${state}: ${step} is ${allowed ? "allowed" : "refused"}`, async () => {
        const clinic = await loadFixture(withVisit);
        const { appointments, doctor, id, day } = clinic;
        await takeAll(clinic, PATHS[state]);
        const to = state === "Started" && step === "expire" ? Visit.Completed : STEPS[step];
        const { visitId } = await appointments.visitOf(id, doctor, day, SLOT);
        if (allowed) {
          await takeAll(clinic, [step]);
          const last = (await appointments.queryFilter(appointments.filters.VisitChanged(visitId))).at(-1);
          expect(last?.args).to.deep.equal([visitId, 1n, to, actorOf(clinic, step).address]);
          expect((await appointments.visitOf(id, doctor, day, SLOT)).state).to.equal(to);
        } else {
          await expect(take(clinic, step))
            .to.be.revertedWithCustomError(appointments, "Appointments_WrongState")
            .withArgs(Visit[state], to);
        }
      });
    }
  }

  for (const [step, state, earliest, end] of TIMES) {
    it(`P40 P47 ${step} of a visit that is ${state} is possible in its time, to the second`, async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, begin } = clinic;
      await takeAll(clinic, PATHS[state]);
      const UNLIMITED = 2n ** 256n - 1n;
      const within = [earliest === undefined ? 0n : begin + earliest, end === undefined ? UNLIMITED : begin + end];
      const at = async (moment: bigint, possible: boolean) => {
        const snapshot = await networkHelpers.takeSnapshot();
        await time.setNextBlockTimestamp(begin + moment);
        if (possible) await take(clinic, step);
        else {
          await expect(take(clinic, step))
            .to.be.revertedWithCustomError(appointments, "Appointments_WrongTime")
            .withArgs(...within, begin + moment);
        }
        await snapshot.restore();
      };
      if (earliest !== undefined) {
        await at(earliest - 1n, false);
        await at(earliest, true);
      }
      if (end === undefined) await at((earliest ?? 0n) + 5_000n * DAY, true);
      else {
        await at(end - 1n, true);
        await at(end, false);
      }
    });
  }

  it("P47 a hurried visit is moved until it begins, and started from then on", async () => {
    const clinic = await loadFixture(withVisit);
    const { appointments, begin } = clinic;
    await time.setNextBlockTimestamp(begin - 1_000n);
    await take(clinic, "confirm");
    await expect(take(clinic, "start")).to.be.revertedWithCustomError(appointments, "Appointments_WrongTime");
    const snapshot = await networkHelpers.takeSnapshot();
    await time.setNextBlockTimestamp(begin - 1n);
    await take(clinic, "reschedule");
    await snapshot.restore();
    await time.setNextBlockTimestamp(begin);
    await take(clinic, "start");
  });

  for (const [step, state] of ALWAYS) {
    it(`P16 P40 ${step} of a visit that is ${state} is possible however late`, async () => {
      const clinic = await loadFixture(withVisit);
      await takeAll(clinic, PATHS[state]);
      await time.setNextBlockTimestamp(clinic.begin + 5_000n * DAY);
      await take(clinic, step);
    });
  }

  it("P40 a cancelled, declined or moved slot is free again, with the next round; others stay taken", async () => {
    const clinic = await loadFixture(withVisit);
    const { appointments, doctor, id, day } = clinic;
    for (const [step, round] of [
      ["cancel", 2n],
      ["decline", 3n],
      ["cancelAsPatient", 4n],
      ["reschedule", 5n],
    ] as const) {
      await take(clinic, step);
      const { taken } = await appointments.dayOf(id, doctor, day);
      expect(taken).to.equal(step === "reschedule" ? 1n << OTHER_SLOT : 0n);
      await book(clinic);
      const visit = await appointments.visitOf(id, doctor, day, SLOT);
      expect([visit.state, visit.round]).to.deep.equal([Visit.Requested, round]);
    }
    for (const path of [PATHS.NoShow, PATHS.Completed, PATHS.Expired]) {
      const snapshot = await networkHelpers.takeSnapshot();
      await takeAll(clinic, path);
      expect((await appointments.dayOf(id, doctor, day)).taken).to.equal((1n << SLOT) | (1n << OTHER_SLOT));
      await snapshot.restore();
    }
  });

  describe("reschedule", () => {
    it("P40 P47 takes the fee along, whatever the new day costs, and asks for confirmation again", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, patient, doctor, id, day } = clinic;
      await take(clinic, "confirm");
      await appointments.connect(doctor).publishAvailability(id, day + 1n, [1n], FEE * 3n);
      const to = buildBooking(doctor, day + 1n, 0n, { request: digest("other symptoms") });
      const sent = appointments.connect(patient).reschedule(day, SLOT, to);
      const { visitId } = await appointments.visitOf(id, doctor, day, SLOT);
      await expect(sent)
        .to.emit(appointments, "VisitChanged")
        .withArgs(visitId, 1n, Visit.Rescheduled, patient.address);
      const moved = await appointments.visitOf(id, doctor, day + 1n, 0n);
      await expect(sent)
        .to.emit(appointments, "Booked")
        .withArgs(moved[0], doctor.address, patient.address, id, day + 1n, 0n, 1n, FEE, to.request, to.wraps);
      await expect(sent).to.not.emit(appointments, "FeeSettled");
      expect(moved).to.deep.equal([moved.visitId, patient.address, Visit.Requested, 1n, FEE, false]);
      expect((await appointments.visitOf(id, doctor, day, SLOT)).fee).to.equal(0n);
      expect((await appointments.accountOf(patient)).balance).to.equal(0n);
    });

    it("P40 may name the slot it comes from, and is refused for one that is taken, past, or of another doctor", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, patient, neighbour, colleague, doctor, id, day } = clinic;
      const as = appointments.connect(patient);
      await as.reschedule(day, SLOT, buildBooking(doctor, day, SLOT));
      const visit = await appointments.visitOf(id, doctor, day, SLOT);
      expect([visit.state, visit.round, visit.fee]).to.deep.equal([Visit.Requested, 2n, FEE]);
      const paid = { value: FEE * 1_000_000_000n };
      await appointments.connect(neighbour).book(neighbour, buildBooking(doctor, day, OTHER_SLOT), paid);
      await expect(as.reschedule(day, SLOT, buildBooking(doctor, day, OTHER_SLOT)))
        .to.be.revertedWithCustomError(appointments, "Appointments_SlotUnavailable")
        .withArgs(day, OTHER_SLOT);
      await expect(as.reschedule(day, SLOT, buildBooking(colleague, day, OTHER_SLOT)))
        .to.be.revertedWithCustomError(appointments, "Appointments_WrongState")
        .withArgs(Visit.None, Visit.Rescheduled);
      await expect(appointments.connect(neighbour).reschedule(day, SLOT, buildBooking(doctor, day, 1n)))
        .to.be.revertedWithCustomError(appointments, "Appointments_NotPatient")
        .withArgs(patient.address, neighbour.address);
    });

    it("P07 P14 needs patient and doctor to be active still", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, hospital, admin, patient, doctor, id } = clinic;
      for (const member of [patient, doctor]) {
        await hospital.connect(admin).suspend(member);
        await expect(take(clinic, "reschedule"))
          .to.be.revertedWithCustomError(appointments, "Appointments_NotActive")
          .withArgs(id, member.address);
        await hospital.connect(admin).reactivate(member);
      }
      await take(clinic, "reschedule");
    });
  });

  describe("who", () => {
    it("P40 nobody but the patient and the doctor cancels; the patient also when he is suspended", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, hospital, admin, patient, neighbour, colleague, doctor, id, day } = clinic;
      for (const caller of [neighbour, colleague, admin]) {
        await expect(appointments.connect(caller).cancel(id, doctor, day, SLOT, 1n))
          .to.be.revertedWithCustomError(appointments, "Appointments_OnlyPatientOrDoctor")
          .withArgs(caller.address);
      }
      await hospital.connect(admin).suspend(patient);
      await take(clinic, "cancelAsPatient");
    });

    it("P47 the visit of a suspended patient is neither confirmed nor missed", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, hospital, admin, patient, id, begin } = clinic;
      const refused = async (step: Step) =>
        expect(take(clinic, step))
          .to.be.revertedWithCustomError(appointments, "Appointments_NotActive")
          .withArgs(id, patient.address);
      await hospital.connect(admin).suspend(patient);
      await refused("confirm");
      await hospital.connect(admin).reactivate(patient);
      await take(clinic, "confirm");
      await hospital.connect(admin).suspend(patient);
      await time.increaseTo(begin + 900n);
      await refused("markNoShow");
    });

    it("P40 another doctor cannot touch the visit", async () => {
      const { appointments, colleague, id, day } = await loadFixture(withVisit);
      const as = appointments.connect(colleague);
      for (const step of ["confirm", "decline", "start", "complete", "markNoShow"] as const) {
        const sent = step === "confirm" || step === "decline" ? as[step](id, day, SLOT, 1n) : as[step](id, day, SLOT);
        await expect(sent)
          .to.be.revertedWithCustomError(appointments, "Appointments_WrongState")
          .withArgs(Visit.None, STEPS[step]);
      }
    });

    it("P14 P49 a suspended doctor or hospital neither confirms, starts nor misses a patient; every other way out stays open", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, hospital, registry, registrar, admin, doctor, id } = clinic;
      const close: (() => Promise<unknown>)[] = [
        () => hospital.connect(admin).suspend(doctor),
        () => registry.connect(registrar).setAccreditation(id, hospital, Accreditation.Suspended, digest("profile")),
      ];
      const after = async (path: readonly Step[], refused: readonly Step[], last: Step) => {
        for (const shut of close) {
          const snapshot = await networkHelpers.takeSnapshot();
          await takeAll(clinic, path);
          await shut();
          for (const step of refused) {
            await expect(take(clinic, step))
              .to.be.revertedWithCustomError(appointments, "Appointments_NotActive")
              .withArgs(id, doctor.address);
          }
          await takeAll(clinic, [last]);
          await snapshot.restore();
        }
      };
      for (const last of ["decline", "cancel", "cancelAsPatient", "expire"] as const)
        await after([], ["confirm"], last);
      for (const last of ["cancel", "cancelAsPatient", "expire"] as const) {
        await after(["confirm"], ["start", "markNoShow"], last);
      }
      for (const last of ["complete", "expire"] as const) await after(["confirm", "start"], [], last);
    });
  });
});
