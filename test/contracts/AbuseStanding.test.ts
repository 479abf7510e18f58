import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { ZeroHash } from "ethers";
import { inOneBlock } from "./fixtures/blocks.ts";
import { buildTerms, buildVoucher, digest, signVoucher } from "./fixtures/builders.ts";
import {
  Accreditation,
  ALL_CATEGORIES,
  COOL_DOWN,
  DAY,
  NOTES,
  Outcome,
  RAW,
  Role,
  Status,
  SUCCESSION_DELAY,
  scope,
} from "./fixtures/codes.ts";
import { ethers, loadFixture, time } from "./fixtures/network.ts";
import { sign } from "./fixtures/signatures.ts";
import type { Clinic } from "./fixtures/system.ts";
import { claimByAccount, createHospital, openClinic } from "./fixtures/system.ts";

const PROFILE = digest("profile");

async function succeed(
  { keyDirectory }: Clinic,
  account: HardhatEthersSigner,
  successor: HardhatEthersSigner,
): Promise<void> {
  await keyDirectory.connect(account).proposeSuccessor(account, successor);
  await time.increase(SUCCESSION_DELAY);
  await keyDirectory.connect(successor).acceptSuccession(account);
}

/** A second admin of the first hospital. */
async function appoint({ hospital, admin }: Clinic, account: HardhatEthersSigner): Promise<void> {
  await hospital.connect(admin).proposeAdmin(account);
  await hospital.connect(account).acceptAdmin();
}

describe("Abuse: standing in a hospital", () => {
  describe("old wallets", () => {
    it("P58 a thief's wallet that asked to be staff before the succession is not confirmed after it", async () => {
      const clinic = await loadFixture(openClinic);
      const { hospital, admin, candidate: thief, successor, registry, id } = clinic;
      await hospital.connect(thief).requestAdmission(thief, Role.Doctor, 5n, ZeroHash);
      await succeed(clinic, thief, successor);
      await expect(hospital.connect(admin).confirm(thief, Role.Doctor, 5n, ZeroHash))
        .to.be.revertedWithCustomError(hospital, "Hospital_Succeeded")
        .withArgs(thief.address);
      expect(await registry.activeSince(id, thief, Role.Doctor)).to.equal(0n);
    });

    it("P58 a suspended doctor's wallet is not reactivated after a succession", async () => {
      const clinic = await loadFixture(openClinic);
      const { hospital, admin, doctor: thief, successor, registry, id } = clinic;
      await hospital.connect(admin).suspend(thief);
      await succeed(clinic, thief, successor);
      await expect(hospital.connect(admin).reactivate(thief))
        .to.be.revertedWithCustomError(hospital, "Hospital_Succeeded")
        .withArgs(thief.address);
      expect((await registry.memberOf(id, thief)).status).to.equal(Status.Suspended);
    });

    it("P58 an active doctor's wallet loses the hospital when its successor leaves in its name, without an admin", async () => {
      const clinic = await loadFixture(openClinic);
      const { hospital, consent, records, patient, doctor: thief, successor } = clinic;
      await time.increase(60);
      await consent.connect(patient).grant(patient, await buildTerms(thief, { write: scope(NOTES) }), ZeroHash);
      await succeed(clinic, thief, successor);
      await expect(hospital.connect(thief).leaveHospital(thief))
        .to.be.revertedWithCustomError(hospital, "Hospital_NotActor")
        .withArgs(thief.address, thief.address);
      // What threat-model.md names as not protected, and its end.
      expect(await consent.canRead(patient, thief, NOTES)).to.equal(true);
      await hospital.connect(successor).leaveHospital(thief);
      expect(await consent.canRead(patient, thief, NOTES)).to.equal(false);
      await expect(
        records.connect(thief).anchor(patient, NOTES, RAW, digest("forged"), digest("wraps")),
      ).to.be.revertedWithCustomError(records, "RecordRegistry_NoAccess");
    });
  });

  describe("confirming something else", () => {
    it("P57 a request that was exchanged in the same block is not confirmed", async () => {
      const clinic = await loadFixture(openClinic);
      const { hospital, admin, auditor: secondAdmin, stranger, registry, id } = clinic;
      await appoint(clinic, secondAdmin);
      await hospital.connect(stranger).requestAdmission(stranger, Role.Patient, 0n, digest("card"));
      const [, , confirmed] = await inOneBlock(
        (ordered) => hospital.connect(secondAdmin).decline(stranger, ordered),
        (ordered) => hospital.connect(stranger).requestAdmission(stranger, Role.Doctor, 5n, ZeroHash, ordered),
        (ordered) => hospital.connect(admin).confirm(stranger, Role.Patient, 0n, ZeroHash, ordered),
      );
      await expect(confirmed)
        .to.be.revertedWithCustomError(hospital, "Hospital_RequestChanged")
        .withArgs(stranger.address, Role.Doctor, 5n);
      expect(await registry.activeSince(id, stranger, Role.Doctor)).to.equal(0n);
    });

    it("P57 nor one that its account withdrew and made anew ahead of the admin", async () => {
      const { hospital, admin, stranger } = await loadFixture(openClinic);
      await hospital.connect(stranger).requestAdmission(stranger, Role.Doctor, 5n, ZeroHash);
      const as = hospital.connect(stranger);
      const [, , confirmed] = await inOneBlock(
        (ordered) => as.leaveHospital(stranger, ordered),
        (ordered) => as.requestAdmission(stranger, Role.Doctor, 6n, ZeroHash, ordered),
        (ordered) => hospital.connect(admin).confirm(stranger, Role.Doctor, 5n, ZeroHash, ordered),
      );
      await expect(confirmed)
        .to.be.revertedWithCustomError(hospital, "Hospital_RequestChanged")
        .withArgs(stranger.address, Role.Doctor, 6n);
    });

    it("P57 nor another one that a reorganisation put in its place", async () => {
      const { hospital, admin, stranger } = await loadFixture(openClinic);
      const seen: string = await ethers.provider.send("evm_snapshot", []);
      await hospital.connect(stranger).requestAdmission(stranger, Role.Patient, 0n, digest("card"));
      await ethers.provider.send("evm_revert", [seen]);
      await hospital.connect(stranger).requestAdmission(stranger, Role.Doctor, 5n, ZeroHash);
      await expect(hospital.connect(admin).confirm(stranger, Role.Patient, 0n, ZeroHash))
        .to.be.revertedWithCustomError(hospital, "Hospital_RequestChanged")
        .withArgs(stranger.address, Role.Doctor, 5n);
    });
  });

  it("P32 a removed admin is no longer the reviewer he made himself", async () => {
    const clinic = await loadFixture(openClinic);
    const { hospital, admin, auditor: bad, doctor, consent, patient, id } = clinic;
    await appoint(clinic, bad);
    await hospital.connect(bad).setReviewer(bad, true);
    await expect(hospital.connect(admin).removeAdmin(bad))
      .to.emit(hospital, "ReviewerChanged")
      .withArgs(bad.address, false, admin.address);
    await time.increase(COOL_DOWN);
    await consent.connect(doctor).openEmergency(patient, id, ALL_CATEGORIES, digest("reason"));
    await consent.connect(patient).endEmergency(patient, doctor);
    await expect(consent.connect(bad).reviewEmergency(id, 1n, Outcome.Justified, ZeroHash))
      .to.be.revertedWithCustomError(consent, "BreakGlass_NotReviewer")
      .withArgs(id, bad.address);
  });

  it("P01 P03 who copies a profile and takes a hospital's number in a reorganisation is not accredited", async () => {
    const clinic = await loadFixture(openClinic);
    const { registry, registrar, candidate: honest, stranger: thief } = clinic;
    const seen: string = await ethers.provider.send("evm_snapshot", []);
    const { id, hospital } = await createHospital(clinic, honest);
    const meant = await hospital.getAddress();
    await ethers.provider.send("evm_revert", [seen]);
    const [, , accredited] = await inOneBlock(
      (ordered) => registry.connect(thief).createHospital(ZeroHash, PROFILE, digest("thief's key"), ordered),
      (ordered) => registry.connect(honest).createHospital(digest("salt"), PROFILE, digest("key"), ordered),
      (ordered) => registry.connect(registrar).setAccreditation(id, meant, Accreditation.Accredited, PROFILE, ordered),
    );
    const copy = await registry.hospitalOf(id);
    await expect(accredited)
      .to.be.revertedWithCustomError(registry, "HospitalRegistry_OtherHospital")
      .withArgs(copy.hospital, meant);
    expect(copy.status).to.equal(Accreditation.Pending);
    // The one that was read has the next number and the address that it had.
    await registry.connect(registrar).setAccreditation(id + 1n, meant, Accreditation.Accredited, PROFILE);
  });

  describe("holding a patient", () => {
    it("P09 P58 a request of before the succession is withdrawn by the successor and never answered", async () => {
      const clinic = await loadFixture(openClinic);
      const { otherHospital, otherAdmin, otherDoctor, otherId, patient: thief, successor: owner, consent } = clinic;
      await otherHospital.connect(thief).requestAdmission(thief, Role.Patient, 0n, ZeroHash);
      await succeed(clinic, thief, owner);
      await otherHospital.connect(owner).leaveHospital(thief);
      await time.increase(365n * DAY);
      await expect(otherHospital.connect(otherAdmin).confirm(thief, Role.Patient, 0n, ZeroHash))
        .to.be.revertedWithCustomError(otherHospital, "Hospital_NotRequested")
        .withArgs(thief.address);
      await expect(
        consent.connect(otherDoctor).openEmergency(thief, otherId, ALL_CATEGORIES, digest("reason")),
      ).to.be.revertedWithCustomError(consent, "BreakGlass_NotEnrolled");
    });

    it("P28 no emergency is opened for a patient who left, in the same block", async () => {
      const { hospital, consent, patient, doctor, id } = await loadFixture(openClinic);
      await time.increase(COOL_DOWN);
      const [, opened] = await inOneBlock(
        (ordered) => hospital.connect(patient).leaveHospital(patient, ordered),
        (ordered) => consent.connect(doctor).openEmergency(patient, id, ALL_CATEGORIES, digest("reason"), ordered),
      );
      await expect(opened)
        .to.be.revertedWithCustomError(consent, "BreakGlass_NotEnrolled")
        .withArgs(id, patient.address);
    });

    it("P16 P23 a suspension mined ahead of a patient's leaving does not stop it, and is no way to take him back", async () => {
      const { hospital, registry, admin, patient, id } = await loadFixture(openClinic);
      const [, left, back] = await inOneBlock(
        (ordered) => hospital.connect(admin).suspend(patient, ordered),
        (ordered) => hospital.connect(patient).leaveHospital(patient, ordered),
        (ordered) => hospital.connect(admin).reactivate(patient, ordered),
      );
      await expect(left).to.emit(hospital, "MembershipLeft").withArgs(patient.address, patient.address);
      await expect(back).to.be.revertedWithCustomError(hospital, "Hospital_NotSuspended").withArgs(patient.address);
      expect((await registry.memberOf(id, patient)).status).to.equal(Status.Left);
    });

    it("P09 P57 what a patient signed or was given before he left does not enrol him again", async () => {
      const { hospital, admin, stranger, sponsor } = await loadFixture(openClinic);
      const voucher = await buildVoucher({ account: stranger.address });
      const signature = await signVoucher(admin, hospital, voucher);
      const deadline = BigInt(await time.latest()) + DAY;
      const message = { account: stranger.address, voucher, admin: admin.address, card: ZeroHash, deadline };
      const join = await sign(stranger, "Join", hospital, message);
      await claimByAccount(hospital, admin, stranger, Role.Patient);
      await hospital.connect(stranger).leaveHospital(stranger);
      const by = hospital.connect(sponsor);
      await expect(by.claimBySig(stranger, voucher, admin, signature, "0x", ZeroHash, deadline, join))
        .to.be.revertedWithCustomError(hospital, "Hospital_AlreadyMember")
        .withArgs(stranger.address);
    });
  });

  it("P08 P26 suspended staff do not shed the suspension by leaving, and keep it for every admin to see", async () => {
    const { hospital, registry, admin, doctor, id } = await loadFixture(openClinic);
    await hospital.connect(admin).suspend(doctor);
    const as = hospital.connect(doctor);
    await expect(as.leaveHospital(doctor))
      .to.be.revertedWithCustomError(hospital, "Hospital_CannotLeave")
      .withArgs(doctor.address, Status.Suspended);
    await expect(as.requestAdmission(doctor, Role.Doctor, 5n, ZeroHash))
      .to.be.revertedWithCustomError(hospital, "Hospital_AlreadyMember")
      .withArgs(doctor.address);
    expect((await registry.memberOf(id, doctor)).status).to.equal(Status.Suspended);
  });
});
