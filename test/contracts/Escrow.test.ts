import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { buildBooking, digest } from "./fixtures/builders.ts";
import { Accreditation, DAY, GWEI, NOTICE } from "./fixtures/codes.ts";
import { ethers, loadFixture, networkHelpers, time } from "./fixtures/network.ts";
import type { OpenDay, Step } from "./fixtures/visits.ts";
import { ALL_DAY, FEE, PAID, SLOT, book, booksOf, take, takeAll, withOpenDay, withVisit } from "./fixtures/visits.ts";

/** An odd number of gwei, so that a half is no whole one. */
const ODD = FEE + 1n;

/** [what happens, steps, who gets the fee]. */
const ENDS: readonly [string, readonly Step[], "patient" | "doctor"][] = [
  ["declined", ["decline"], "patient"],
  ["cancelled by the doctor", ["cancel"], "patient"],
  ["cancelled by the doctor when it was confirmed", ["confirm", "cancel"], "patient"],
  ["withdrawn by the patient as a request", ["cancelAsPatient"], "patient"],
  ["cancelled by the patient early enough", ["confirm", "cancelAsPatient"], "patient"],
  ["expired as a request", ["expire"], "patient"],
  ["expired when it was confirmed", ["confirm", "expire"], "patient"],
  ["completed", ["confirm", "start", "complete"], "doctor"],
  ["started and left open", ["confirm", "start", "expire"], "doctor"],
  ["missed by the patient", ["confirm", "markNoShow"], "doctor"],
];

async function withOddVisit() {
  const clinic = await withOpenDay();
  await clinic.appointments.connect(clinic.doctor).publishAvailability(clinic.id, clinic.day, [ALL_DAY], ODD);
  await book(clinic, SLOT, ODD * GWEI);
  await take(clinic, "confirm");
  return clinic;
}

async function balances({ appointments, patient, doctor }: OpenDay) {
  return [(await appointments.accountOf(patient)).balance, (await appointments.accountOf(doctor)).balance];
}

describe("Appointments: fees in escrow", () => {
  for (const [what, path, winner] of ENDS) {
    it(`P46 P47 a visit that was ${what} gives the ${winner} the whole fee, once`, async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, patient, doctor, id, day } = clinic;
      await takeAll(clinic, path.slice(0, -1));
      expect(await balances(clinic)).to.deep.equal([0n, 0n]);
      await takeAll(clinic, path.slice(-1));
      const { visitId, fee } = await appointments.visitOf(id, doctor, day, SLOT);
      const [refund, earned] = winner === "patient" ? [FEE, 0n] : [0n, FEE];
      const settled = await appointments.queryFilter(appointments.filters.FeeSettled(visitId));
      expect(settled.map(({ args }) => args)).to.deep.equal([[visitId, 1n, refund, earned]]);
      expect(fee).to.equal(0n);
      expect(await balances(clinic)).to.deep.equal([refund * GWEI, earned * GWEI]);
      expect(await booksOf(clinic, [patient, doctor])).to.deep.equal({ held: PAID.value, owed: PAID.value });
    });
  }

  for (const [moment, kept] of [
    [-DAY, 0n],
    [-DAY + 1n, ODD / 2n],
    [-1n, ODD / 2n],
  ] as const) {
    it(`P47 a confirmed visit cancelled by the patient ${-moment} s ahead costs him ${kept} of ${ODD} gwei`, async () => {
      const clinic = await loadFixture(withOddVisit);
      const { appointments, patient, doctor, id, day, begin } = clinic;
      await time.setNextBlockTimestamp(begin + moment);
      const sent = take(clinic, "cancelAsPatient");
      const { visitId } = await appointments.visitOf(id, doctor, day, SLOT);
      await expect(sent)
        .to.emit(appointments, "FeeSettled")
        .withArgs(visitId, 1n, ODD - kept, kept);
      expect(await balances(clinic)).to.deep.equal([(ODD - kept) * GWEI, kept * GWEI]);
      const { held, owed } = await booksOf(clinic, [patient, doctor]);
      expect([held, owed]).to.deep.equal([ODD * GWEI, ODD * GWEI]);
    });
  }

  for (const who of ["doctor", "hospital"] as const) {
    it(`P47 P49 a late cancellation costs the patient nothing when the ${who} was suspended`, async () => {
      const clinic = await loadFixture(withOddVisit);
      const { hospital, admin, registry, registrar, doctor, id, begin } = clinic;
      if (who === "doctor") await hospital.connect(admin).suspend(doctor);
      else await registry.connect(registrar).setAccreditation(id, hospital, Accreditation.Suspended, digest("profile"));
      await time.setNextBlockTimestamp(begin - 1n);
      await take(clinic, "cancelAsPatient");
      expect(await balances(clinic)).to.deep.equal([ODD * GWEI, 0n]);
    });
  }

  it("P47 a late cancellation costs the patient nothing when he was suspended, and half when he left by himself", async () => {
    const clinic = await loadFixture(withOddVisit);
    const { hospital, admin, patient, begin } = clinic;
    const snapshot = await networkHelpers.takeSnapshot();
    await hospital.connect(admin).suspend(patient);
    await time.setNextBlockTimestamp(begin - 1n);
    await take(clinic, "cancelAsPatient");
    expect(await balances(clinic)).to.deep.equal([ODD * GWEI, 0n]);
    await snapshot.restore();
    await hospital.connect(patient).leaveHospital(patient);
    await time.setNextBlockTimestamp(begin - 1n);
    await take(clinic, "cancelAsPatient");
    expect(await balances(clinic)).to.deep.equal([(ODD - ODD / 2n) * GWEI, (ODD / 2n) * GWEI]);
  });

  describe("a visit that was confirmed less than 25 hours before it begins", () => {
    for (const [step, moment, winner] of [
      ["cancelAsPatient", -1n, "patient"],
      ["markNoShow", 900n, "patient"],
      ["complete", 0n, "doctor"],
    ] as const) {
      it(`P47 gives the ${winner} the whole fee by ${step}`, async () => {
        const clinic = await loadFixture(withVisit);
        const { begin } = clinic;
        await time.setNextBlockTimestamp(begin - NOTICE + 1n);
        await take(clinic, "confirm");
        if (step === "complete") {
          await time.setNextBlockTimestamp(begin);
          await take(clinic, "start");
        } else await time.setNextBlockTimestamp(begin + moment);
        await take(clinic, step);
        expect(await balances(clinic)).to.deep.equal(winner === "patient" ? [PAID.value, 0n] : [0n, PAID.value]);
      });
    }

    it("P47 is no other a second earlier", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, doctor, id, day, begin } = clinic;
      await time.setNextBlockTimestamp(begin - NOTICE);
      await take(clinic, "confirm");
      expect((await appointments.visitOf(id, doctor, day, SLOT)).hurried).to.equal(false);
      await time.setNextBlockTimestamp(begin - DAY + 1n);
      await take(clinic, "cancelAsPatient");
      expect(await balances(clinic)).to.deep.equal([PAID.value / 2n, PAID.value / 2n]);
    });
  });

  it("P47 the doctor who cancels at the last moment, and later, refunds all of it", async () => {
    const clinic = await loadFixture(withOddVisit);
    await time.setNextBlockTimestamp(clinic.begin + DAY);
    await take(clinic, "cancel");
    expect(await balances(clinic)).to.deep.equal([ODD * GWEI, 0n]);
  });

  it("P47 moving a visit does not settle its fee, and cancelling it then refunds what was paid for it", async () => {
    const clinic = await loadFixture(withOddVisit);
    const { appointments, patient, doctor, id, day } = clinic;
    await take(clinic, "reschedule");
    await appointments.connect(patient).cancel(id, doctor, day, SLOT + 1n, 1n);
    expect(await balances(clinic)).to.deep.equal([ODD * GWEI, 0n]);
  });

  it("P47 a free visit settles nothing", async () => {
    const clinic = await loadFixture(withOpenDay);
    const { appointments, doctor, id, day } = clinic;
    await appointments.connect(doctor).publishAvailability(id, day, [ALL_DAY], 0n);
    await book(clinic, SLOT, 0n);
    await expect(take(clinic, "decline")).to.not.emit(appointments, "FeeSettled");
  });

  it("P47 the largest fee that can be asked for is taken and given back to the wei", async () => {
    const clinic = await loadFixture(withOpenDay);
    const { appointments, patient, doctor, id, day } = clinic;
    const fee = 2n ** 64n - 1n;
    await networkHelpers.setBalance(patient.address, 2n * fee * GWEI);
    await appointments.connect(doctor).publishAvailability(id, day, [ALL_DAY], fee);
    await book(clinic, SLOT, fee * GWEI);
    await take(clinic, "decline");
    expect(await balances(clinic)).to.deep.equal([fee * GWEI, 0n]);
  });

  describe("withdraw", () => {
    it("P46 P48 sends exactly what was credited, to whom the account says, once", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, patient, doctor, stranger, id, day } = clinic;
      await take(clinic, "decline");
      await book(clinic);
      await book(clinic, SLOT + 1n);
      await appointments.connect(doctor).decline(id, day, SLOT + 1n, 1n);
      const as = appointments.connect(patient);
      const sent = as.withdraw(patient, stranger.address);
      await expect(sent).to.changeEtherBalances(
        ethers,
        [await appointments.getAddress(), stranger],
        [-2n * PAID.value, 2n * PAID.value],
      );
      await expect(sent)
        .to.emit(appointments, "Withdrawn")
        .withArgs(patient.address, stranger.address, 2n * PAID.value);
      expect(await booksOf(clinic, [patient, doctor])).to.deep.equal({ held: PAID.value, owed: PAID.value });
      await expect(as.withdraw(patient, stranger.address)).to.not.emit(appointments, "Withdrawn");
    });

    it("P16 P46 does nothing, and no harm, when nothing was credited", async () => {
      const { appointments, stranger } = await loadFixture(withVisit);
      const sent = appointments.connect(stranger).withdraw(stranger, stranger.address);
      await expect(sent).to.changeEtherBalance(ethers, await appointments.getAddress(), 0n);
      await expect(sent).to.not.emit(appointments, "Withdrawn");
    });

    it("P46 is refused to everybody else, and to nobody's address", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, patient, doctor, delegate, stranger } = clinic;
      await take(clinic, "decline");
      for (const caller of [doctor, delegate, stranger]) {
        await expect(appointments.connect(caller).withdraw(patient, caller.address))
          .to.be.revertedWithCustomError(appointments, "Appointments_NotActor")
          .withArgs(patient.address, caller.address);
      }
      await expect(appointments.connect(patient).withdraw(patient, ZeroAddress))
        .to.be.revertedWithCustomError(appointments, "Appointments_InvalidReceiver")
        .withArgs(ZeroAddress);
    });

    it("P49 P55 works for a suspended patient or doctor, and in a suspended hospital", async () => {
      const clinic = await loadFixture(withVisit);
      const { appointments, registry, registrar, hospital, admin, patient, doctor, id, day } = clinic;
      await appointments.connect(patient).book(patient, buildBooking(doctor, day, 3n), PAID);
      await appointments.connect(doctor).decline(id, day, 3n, 1n);
      await takeAll(clinic, ["confirm", "start"]);
      await hospital.connect(admin).suspend(patient);
      await hospital.connect(admin).suspend(doctor);
      await registry.connect(registrar).setAccreditation(id, hospital, Accreditation.Suspended, digest("profile"));
      await takeAll(clinic, ["complete"]);
      for (const account of [patient, doctor]) {
        await expect(appointments.connect(account).withdraw(account, account.address)).to.changeEtherBalance(
          ethers,
          await appointments.getAddress(),
          -PAID.value,
        );
      }
      expect(await booksOf(clinic, [patient, doctor])).to.deep.equal({ held: 0n, owed: 0n });
    });
  });
});
