import { expect } from "chai";
import { ZeroHash } from "ethers";
import { buildBooking, buildTerms, buildVoucher, digest, signClaim, signVoucher } from "./fixtures/builders.ts";
import { inOneBlock } from "./fixtures/blocks.ts";
import { Action, DAY, NOTES, RAW, Role, Visit } from "./fixtures/codes.ts";
import { ethers, loadFixture, networkHelpers, time } from "./fixtures/network.ts";
import { formOf, signForm, submitForm } from "./fixtures/signed-forms.ts";
import { createHospital, openClinic } from "./fixtures/system.ts";
import { ALL_DAY, FEE, PAID, SLOT, book, withOpenDay, withVisit } from "./fixtures/visits.ts";

const WRAPS = digest("wraps");

describe("Abuse", () => {
  it("replay: P17 P18 a signed grant that was used, and revoked, gives nothing again", async () => {
    const clinic = await loadFixture(withOpenDay);
    const { consent, patient, colleague, sponsor } = clinic;
    await time.increase(60);
    const form = formOf("grantBySig");
    const message = await form.message(clinic, patient.address);
    const signature = await signForm(patient, form, clinic, message);
    await submitForm(form, clinic, sponsor, message, signature);
    expect(await consent.canRead(patient, colleague, NOTES)).to.equal(true);
    await consent.connect(patient).revoke(patient, colleague, ZeroHash);
    await expect(submitForm(form, clinic, sponsor, message, signature)).to.be.revertedWithCustomError(
      consent,
      "ConsentRegistry_StaleHead",
    );
    expect(await consent.canRead(patient, colleague, NOTES)).to.equal(false);
  });

  it("front-running: P19 who sends a signed booking first books for the patient, with his own money", async () => {
    const clinic = await loadFixture(withOpenDay);
    const { appointments, patient, stranger, sponsor, doctor, id, day } = clinic;
    const form = formOf("bookBySig");
    const message = await form.message(clinic, patient.address);
    const signature = await signForm(patient, form, clinic, message);
    const args = [...(await form.args(clinic, message)), signature];
    const send = (by: typeof sponsor) => (ordered: object) =>
      form
        .contract(clinic)
        .connect(by)
        .getFunction(form.name)
        .send(...args, { ...ordered, ...PAID });
    const [first, second] = await inOneBlock(send(stranger), send(sponsor));
    expect((await ethers.provider.getTransactionReceipt(first?.hash ?? ""))?.status).to.equal(1);
    await expect(second).to.be.revertedWithCustomError(appointments, "Appointments_SlotUnavailable");
    const visit = await appointments.visitOf(id, doctor, day, 90n);
    expect([visit.patient, visit.state]).to.deep.equal([patient.address, Visit.Requested]);
  });

  it("front-running: P47 a doctor who raises the fee ahead of a booking stops it and earns nothing", async () => {
    const clinic = await loadFixture(withOpenDay);
    const { appointments, patient, doctor, id, day } = clinic;
    const [, booked] = await inOneBlock(
      (ordered) => appointments.connect(doctor).publishAvailability(id, day, [ALL_DAY], 2n * FEE, ordered),
      (ordered) =>
        appointments.connect(patient).book(patient, buildBooking(doctor, day, SLOT), { ...PAID, ...ordered }),
    );
    await expect(booked)
      .to.be.revertedWithCustomError(appointments, "Appointments_WrongFee")
      .withArgs(2n * PAID.value, PAID.value);
  });

  it("copied claim: P37 P57 somebody who copies a pending claim ahead of it joins with nothing", async () => {
    const { hospital, registry, admin, stranger, sponsor, id } = await loadFixture(openClinic);
    const claimKey = new ethers.Wallet(digest("invitation"));
    const voucher = await buildVoucher({ role: Role.Doctor, speciality: 5n, claimKey: claimKey.address });
    const signature = await signVoucher(admin, hospital, voucher);
    const claim = await signClaim(claimKey, hospital, stranger);
    const send = (by: typeof sponsor) => (ordered: object) =>
      hospital.connect(by).claim(by, voucher, admin, signature, claim, ZeroHash, ordered);
    await expect(hospital.connect(sponsor).claim.staticCall(sponsor, voucher, admin, signature, claim, ZeroHash))
      .to.be.revertedWithCustomError(hospital, "Hospital_InvalidClaimSignature")
      .withArgs(claimKey.address);
    const [copied] = await inOneBlock(send(sponsor), send(stranger));
    expect((await ethers.provider.getTransactionReceipt(copied?.hash ?? ""))?.status).to.equal(0);
    expect((await registry.memberOf(id, stranger)).role).to.equal(Role.Doctor);
    expect((await registry.memberOf(id, sponsor)).role).to.equal(Role.None);
  });

  describe("squatting", () => {
    it("P37 a digest that somebody anchored first, in his chart or the patient's, is anchored all the same", async () => {
      const { records, consent, patient, neighbour, doctor } = await loadFixture(openClinic);
      await time.increase(60);
      await consent.connect(patient).grant(patient, await buildTerms(doctor), ZeroHash);
      await records.connect(neighbour).anchor(neighbour, NOTES, RAW, digest("payload"), WRAPS);
      await records.connect(doctor).anchor(patient, NOTES, RAW, digest("payload"), WRAPS);
      await records.connect(patient).anchor(patient, NOTES, RAW, digest("payload"), WRAPS);
      expect((await records.head(patient)).slice(-8)).to.equal("00000002");
    });

    it("P03 a salt that somebody else used first is still the creator's", async () => {
      const system = await loadFixture(openClinic);
      await createHospital(system, system.stranger, digest("planned"));
      const { hospital } = await createHospital(system, system.admin, digest("planned"));
      expect(await hospital.isAdmin(system.admin)).to.equal(true);
    });

    it("P37 a claim cannot be blocked by claiming, or asking, in another's name", async () => {
      const { hospital, admin, stranger, sponsor } = await loadFixture(openClinic);
      await expect(hospital.connect(sponsor).requestAdmission(stranger, Role.Patient, 0n, ZeroHash))
        .to.be.revertedWithCustomError(hospital, "Hospital_NotActor")
        .withArgs(stranger.address, sponsor.address);
      const voucher = await buildVoucher({ account: stranger.address });
      const signature = await signVoucher(admin, hospital, voucher);
      await expect(hospital.connect(sponsor).claim(stranger, voucher, admin, signature, "0x", ZeroHash))
        .to.be.revertedWithCustomError(hospital, "Hospital_NotActor")
        .withArgs(stranger.address, sponsor.address);
      await hospital.connect(stranger).claim(stranger, voucher, admin, signature, "0x", ZeroHash);
    });

    it("P37 P40 nobody books in a patient's name to use up his requests, and outsiders take no slots", async () => {
      const { appointments, patient, neighbour, stranger, doctor, id, day } = await loadFixture(withOpenDay);
      const booking = buildBooking(doctor, day, SLOT);
      await expect(appointments.connect(neighbour).book(patient, booking, PAID)).to.be.revertedWithCustomError(
        appointments,
        "Appointments_NotPatient",
      );
      await expect(appointments.connect(stranger).book(stranger, booking, PAID))
        .to.be.revertedWithCustomError(appointments, "Appointments_NotActive")
        .withArgs(id, stranger.address);
      expect((await appointments.dayOf(id, doctor, day)).taken).to.equal(0n);
    });

    it("P51 hoarding: 12 requests at once, wherever and however they are made, and a doctor frees each of them", async () => {
      const clinic = await loadFixture(withOpenDay);
      const { appointments, consent, hospital, otherHospital, registry } = clinic;
      const { patient, otherAdmin, otherDoctor, delegate, doctor, id, otherId, day } = clinic;
      const voucher = await buildVoucher({ account: patient.address });
      const signature = await signVoucher(otherAdmin, otherHospital, voucher);
      await otherHospital.connect(patient).claim(patient, voucher, otherAdmin, signature, "0x", ZeroHash);
      await appointments.connect(otherDoctor).publishAvailability(otherId, day, [ALL_DAY], FEE);
      const until = BigInt(await time.latest()) + DAY;
      await consent.connect(patient).appointDelegate(patient, delegate, Action.Book, until);
      for (let slot = 0n; slot < 12n; slot++) await book(clinic, slot);
      const elsewhere = buildBooking(otherDoctor, day, 1n, { hospital: otherId });
      for (const by of [patient, delegate]) {
        await expect(appointments.connect(by).book(patient, elsewhere, PAID)).to.be.revertedWithCustomError(
          appointments,
          "Appointments_TooManyRequests",
        );
      }
      for (let slot = 0n; slot < 12n; slot++) await appointments.connect(doctor).decline(id, day, slot, 1n);
      expect((await appointments.dayOf(id, doctor, day)).taken).to.equal(0n);
      expect(await registry.hospitalCount()).to.equal(2n);
      expect(await hospital.id()).to.equal(id);
    });
  });

  it("re-initialisation: P02 a clone, its implementation and the wiring are set once", async () => {
    const { hospital, implementation, keyDirectory, records, registrar, stranger, registry } =
      await loadFixture(openClinic);
    const clone = await ethers.getImpersonatedSigner(await registry.getAddress());
    await networkHelpers.setBalance(clone.address, 10n ** 18n);
    for (const contract of [hospital, implementation]) {
      await expect(contract.connect(clone).initialize(1n, stranger, digest("key"))).to.be.revertedWithCustomError(
        contract,
        "Hospital_AlreadyInitialized",
      );
    }
    await expect(keyDirectory.connect(registrar).wireObservers(stranger, stranger)).to.be.revertedWithCustomError(
      keyDirectory,
      "Succession_AlreadyWired",
    );
    await expect(records.connect(registrar).wirePrescriptions(stranger)).to.be.revertedWithCustomError(
      records,
      "RecordRegistry_AlreadyWired",
    );
  });

  it("P37 a visit that is taken is nobody else's to move, cancel or confirm", async () => {
    const { appointments, neighbour, colleague, doctor, id, day } = await loadFixture(withVisit);
    const as = appointments.connect(neighbour);
    await expect(as.cancel(id, doctor, day, SLOT, 1n)).to.be.revertedWithCustomError(
      appointments,
      "Appointments_OnlyPatientOrDoctor",
    );
    await expect(as.reschedule(day, SLOT, buildBooking(doctor, day, 1n))).to.be.revertedWithCustomError(
      appointments,
      "Appointments_NotPatient",
    );
    await expect(appointments.connect(colleague).confirm(id, day, SLOT, 1n)).to.be.revertedWithCustomError(
      appointments,
      "Appointments_WrongState",
    );
  });
});
