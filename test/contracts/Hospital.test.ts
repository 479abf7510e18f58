import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { digest } from "./fixtures/builders.ts";
import { Role, Status } from "./fixtures/codes.ts";
import { ethers, loadFixture, networkHelpers, time } from "./fixtures/network.ts";
import { openClinic } from "./fixtures/system.ts";

describe("Hospital", () => {
  describe("initialize", () => {
    it("P02 is refused to everybody, and to the registry the second time", async () => {
      const { registry, hospital, implementation, stranger } = await loadFixture(openClinic);
      const caller = await ethers.getImpersonatedSigner(await registry.getAddress());
      await networkHelpers.setBalance(caller.address, 10n ** 18n);
      for (const contract of [hospital, implementation]) {
        await expect(contract.connect(stranger).initialize(9n, stranger, digest("key")))
          .to.be.revertedWithCustomError(contract, "Hospital_OnlyRegistry")
          .withArgs(stranger.address);
        await expect(contract.connect(caller).initialize(9n, stranger, digest("key"))).to.be.revertedWithCustomError(
          contract,
          "Hospital_AlreadyInitialized",
        );
      }
    });
  });

  describe("admins", () => {
    it("P05 are appointed in two steps", async () => {
      const { hospital, admin, stranger } = await loadFixture(openClinic);
      await expect(hospital.connect(admin).proposeAdmin(stranger))
        .to.emit(hospital, "AdminProposed")
        .withArgs(stranger.address, admin.address);
      expect(await hospital.isAdmin(stranger)).to.equal(false);
      await expect(hospital.connect(stranger).acceptAdmin()).to.emit(hospital, "AdminAdded").withArgs(stranger.address);
      expect(await hospital.isAdmin(stranger)).to.equal(true);
      expect(await hospital.adminCount()).to.equal(2n);
    });

    it("P05 are refused when nobody proposed them, twice, or as nobody", async () => {
      const { hospital, admin, stranger } = await loadFixture(openClinic);
      await expect(hospital.connect(stranger).acceptAdmin())
        .to.be.revertedWithCustomError(hospital, "Hospital_NotProposed")
        .withArgs(stranger.address);
      for (const account of [ZeroAddress, admin.address]) {
        await expect(hospital.connect(admin).proposeAdmin(account))
          .to.be.revertedWithCustomError(hospital, "Hospital_InvalidAdmin")
          .withArgs(account);
      }
      await hospital.connect(admin).proposeAdmin(stranger);
      await hospital.connect(stranger).acceptAdmin();
      await expect(hospital.connect(stranger).acceptAdmin()).to.be.revertedWithCustomError(
        hospital,
        "Hospital_NotProposed",
      );
    });

    it("P05 never leave the hospital without one", async () => {
      const { hospital, admin, stranger } = await loadFixture(openClinic);
      await expect(hospital.connect(admin).removeAdmin(admin)).to.be.revertedWithCustomError(
        hospital,
        "Hospital_LastAdmin",
      );
      await hospital.connect(admin).proposeAdmin(stranger);
      await hospital.connect(stranger).acceptAdmin();
      await expect(hospital.connect(stranger).removeAdmin(admin))
        .to.emit(hospital, "AdminRemoved")
        .withArgs(admin.address, stranger.address);
      expect(await hospital.isAdmin(admin)).to.equal(false);
      expect(await hospital.adminCount()).to.equal(1n);
      await expect(hospital.connect(stranger).removeAdmin(stranger)).to.be.revertedWithCustomError(
        hospital,
        "Hospital_LastAdmin",
      );
      await expect(hospital.connect(stranger).removeAdmin(admin))
        .to.be.revertedWithCustomError(hospital, "Hospital_InvalidAdmin")
        .withArgs(admin.address);
    });

    it("P05 come back only by a new appointment, the founder as well", async () => {
      const { hospital, admin, stranger } = await loadFixture(openClinic);
      await hospital.connect(admin).proposeAdmin(stranger);
      await hospital.connect(stranger).acceptAdmin();
      await hospital.connect(stranger).removeAdmin(admin);
      await hospital.connect(stranger).proposeAdmin(admin);
      await hospital.connect(admin).acceptAdmin();
      expect(await hospital.isAdmin(admin)).to.equal(true);
      await hospital.connect(admin).removeAdmin(stranger);
      expect(await hospital.isAdmin(stranger)).to.equal(false);
      expect(await hospital.adminCount()).to.equal(1n);
    });

    it("P05 take their open proposals with them", async () => {
      const { hospital, admin, stranger, sponsor } = await loadFixture(openClinic);
      await hospital.connect(admin).proposeAdmin(stranger);
      await hospital.connect(stranger).acceptAdmin();
      await hospital.connect(stranger).proposeAdmin(sponsor);
      await hospital.connect(admin).removeAdmin(stranger);
      await expect(hospital.connect(sponsor).acceptAdmin()).to.be.revertedWithCustomError(
        hospital,
        "Hospital_NotProposed",
      );
      await hospital.connect(admin).proposeAdmin(stranger);
      await hospital.connect(stranger).acceptAdmin();
      await expect(hospital.connect(sponsor).acceptAdmin()).to.be.revertedWithCustomError(
        hospital,
        "Hospital_NotProposed",
      );
    });
  });

  describe("memberships", () => {
    it("P08 cannot be started again by a requested, active or suspended member", async () => {
      const { hospital, admin, doctor, stranger, registry, id } = await loadFixture(openClinic);
      const refused = async (account: typeof doctor) =>
        expect(hospital.connect(account).requestAdmission(account, Role.Doctor, 5n, ZeroHash))
          .to.be.revertedWithCustomError(hospital, "Hospital_AlreadyMember")
          .withArgs(account.address);
      await refused(doctor);
      await hospital.connect(admin).suspend(doctor);
      await refused(doctor);
      expect((await registry.memberOf(id, doctor)).status).to.equal(Status.Suspended);
      await hospital.connect(stranger).requestAdmission(stranger, Role.Patient, 0n, ZeroHash);
      await refused(stranger);
    });

    it("P09 begin with the person's own request, which an admin confirms with a new profile", async () => {
      const { hospital, registry, admin, stranger, id } = await loadFixture(openClinic);
      await expect(hospital.connect(stranger).requestAdmission(stranger, Role.Doctor, 7n, digest("card")))
        .to.emit(hospital, "AdmissionRequested")
        .withArgs(stranger.address, Role.Doctor, 7n, digest("card"));
      expect(await registry.activeSince(id, stranger, Role.Doctor)).to.equal(0n);

      const sent = hospital.connect(admin).confirm(stranger, Role.Doctor, 7n, digest("with the new doctor"));
      await expect(sent).to.emit(hospital, "MembershipConfirmed").withArgs(stranger.address, admin.address);
      await expect(sent).to.emit(registry, "ProfilePublished").withArgs(id, digest("with the new doctor"));
      const since = BigInt(await time.latest()) + 1n;
      await expect(sent)
        .to.emit(registry, "MemberChanged")
        .withArgs(id, stranger.address, Role.Doctor, Status.Active, 7n, since);
      expect(await registry.activeSince(id, stranger, Role.Doctor)).to.equal(since);
    });

    it("P09 are not made by an admin alone", async () => {
      const { hospital, admin, stranger } = await loadFixture(openClinic);
      await expect(hospital.connect(admin).confirm(stranger, Role.Patient, 0n, ZeroHash))
        .to.be.revertedWithCustomError(hospital, "Hospital_NotRequested")
        .withArgs(stranger.address);
    });

    it("P08 P09 that were only asked for are declined, by an admin, and may be asked for again", async () => {
      const { hospital, registry, admin, doctor, stranger, id } = await loadFixture(openClinic);
      const as = hospital.connect(admin);
      for (let round = 0; round < 2; round++) {
        await hospital.connect(stranger).requestAdmission(stranger, Role.Doctor, 7n, digest("card"));
        await expect(hospital.connect(stranger).decline(stranger))
          .to.be.revertedWithCustomError(hospital, "Hospital_OnlyAdmin")
          .withArgs(stranger.address);
        const sent = as.decline(stranger);
        await expect(sent).to.emit(hospital, "AdmissionDeclined").withArgs(stranger.address, admin.address);
        await expect(sent).to.emit(registry, "MemberChanged");
        const { role, status, speciality } = await registry.memberOf(id, stranger);
        expect([role, status, speciality]).to.deep.equal([Role.Doctor, Status.Declined, 7n]);
      }
      const refused = async (account: typeof doctor) =>
        expect(as.decline(account))
          .to.be.revertedWithCustomError(hospital, "Hospital_NotRequested")
          .withArgs(account.address);
      await refused(stranger);
      // Nobody who was a member loses, or sheds, what he was.
      await refused(doctor);
      await as.suspend(doctor);
      await refused(doctor);
    });

    it("P26 start anew, in the next second, with every suspension and reactivation", async () => {
      const { hospital, registry, admin, doctor, id } = await loadFixture(openClinic);
      const first = await registry.activeSince(id, doctor, Role.Doctor);
      await expect(hospital.connect(admin).suspend(doctor))
        .to.emit(hospital, "MembershipSuspended")
        .withArgs(doctor.address, admin.address);
      expect(await registry.activeSince(id, doctor, Role.Doctor)).to.equal(0n);
      await expect(hospital.connect(admin).reactivate(doctor))
        .to.emit(hospital, "MembershipReactivated")
        .withArgs(doctor.address, admin.address);
      const second = await registry.activeSince(id, doctor, Role.Doctor);
      expect(second).to.equal(BigInt(await time.latest()) + 1n);
      expect(second > first).to.equal(true);
    });

    it("refuse to suspend or reactivate out of turn", async () => {
      const { hospital, admin, doctor, stranger } = await loadFixture(openClinic);
      await expect(hospital.connect(admin).reactivate(doctor))
        .to.be.revertedWithCustomError(hospital, "Hospital_NotSuspended")
        .withArgs(doctor.address);
      await hospital.connect(admin).suspend(doctor);
      for (const account of [doctor, stranger]) {
        await expect(hospital.connect(admin).suspend(account))
          .to.be.revertedWithCustomError(hospital, "Hospital_NotActive")
          .withArgs(account.address);
      }
    });

    it("keep their age when the speciality changes", async () => {
      const { hospital, registry, admin, doctor, id } = await loadFixture(openClinic);
      const before = await registry.memberOf(id, doctor);
      await expect(hospital.connect(admin).changeSpeciality(doctor, 9n))
        .to.emit(hospital, "SpecialityChanged")
        .withArgs(doctor.address, 9n, admin.address);
      const after = await registry.memberOf(id, doctor);
      expect([after.speciality, after.since]).to.deep.equal([9n, before.since]);
    });

    it("have a speciality exactly when they are a doctor's", async () => {
      const { hospital, admin, doctor, patient, stranger } = await loadFixture(openClinic);
      const invalid = "Hospital_InvalidSpeciality";
      for (const [role, speciality] of [
        [Role.Doctor, 0n],
        [Role.Patient, 1n],
        [Role.Pharmacist, 1n],
      ] as const) {
        await expect(hospital.connect(stranger).requestAdmission(stranger, role, speciality, ZeroHash))
          .to.be.revertedWithCustomError(hospital, invalid)
          .withArgs(role, speciality);
      }
      await expect(hospital.connect(admin).changeSpeciality(patient, 5n))
        .to.be.revertedWithCustomError(hospital, invalid)
        .withArgs(Role.Patient, 5n);
      for (const speciality of [0n, 5n]) {
        await expect(hospital.connect(admin).changeSpeciality(doctor, speciality))
          .to.be.revertedWithCustomError(hospital, invalid)
          .withArgs(Role.Doctor, speciality);
      }
      await expect(hospital.connect(stranger).requestAdmission(stranger, Role.None, 0n, ZeroHash))
        .to.be.revertedWithCustomError(hospital, "Hospital_InvalidRole")
        .withArgs(Role.None);
    });
  });

  describe("who may call what", () => {
    it("P06 P07 every function of an admin is refused to everybody else, another hospital's admin included", async () => {
      const clinic = await loadFixture(openClinic);
      const { hospital, doctor, pharmacist, patient, registrar, otherAdmin, stranger } = clinic;
      for (const caller of [registrar, otherAdmin, doctor, pharmacist, patient, stranger]) {
        const as = hospital.connect(caller);
        for (const call of [
          () => as.proposeAdmin(stranger),
          () => as.removeAdmin(clinic.admin),
          () => as.revokeVouchers(),
          () => as.publishReceptionKey(digest("key")),
          () => as.publishProfile(digest("profile")),
          () => as.confirm(doctor, Role.Doctor, 5n, ZeroHash),
          () => as.suspend(doctor),
          () => as.reactivate(doctor),
          () => as.changeSpeciality(doctor, 9n),
        ]) {
          await expect(call()).to.be.revertedWithCustomError(hospital, "Hospital_OnlyAdmin").withArgs(caller.address);
        }
      }
    });

    it("publishes a reception key, not an empty one", async () => {
      const { hospital, admin } = await loadFixture(openClinic);
      await expect(hospital.connect(admin).publishReceptionKey(digest("new key")))
        .to.emit(hospital, "ReceptionKeyPublished")
        .withArgs(digest("new key"));
      expect(await hospital.receptionKey()).to.equal(digest("new key"));
      await expect(hospital.connect(admin).publishReceptionKey(ZeroHash)).to.be.revertedWithCustomError(
        hospital,
        "Hospital_EmptyKey",
      );
    });
  });
});
