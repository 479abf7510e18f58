import { expect } from "chai";
import { ZeroAddress, ZeroHash, getCreate2Address, keccak256, AbiCoder, concat } from "ethers";
import { digest } from "./fixtures/builders.ts";
import { Accreditation, Role, Status } from "./fixtures/codes.ts";
import { ethers, loadFixture, networkHelpers } from "./fixtures/network.ts";
import { createHospital, deploySystem, openClinic } from "./fixtures/system.ts";

const PROFILE = digest("profile");

describe("HospitalRegistry", () => {
  describe("createHospital", () => {
    it("P01 makes the creator the first admin of a pending hospital, in the same transaction", async () => {
      const system = await loadFixture(deploySystem);
      const { registry, stranger } = system;
      const sent = registry.connect(stranger).createHospital(digest("salt"), PROFILE, digest("reception key"));
      await sent;
      const { hospital: address, status, profile } = await registry.hospitalOf(1n);
      const hospital = await ethers.getContractAt("Hospital", address);

      await expect(sent).to.emit(registry, "HospitalCreated").withArgs(1n, address, stranger.address);
      await expect(sent).to.emit(registry, "ProfilePublished").withArgs(1n, PROFILE);
      await expect(sent).to.emit(hospital, "AdminAdded").withArgs(stranger.address);
      await expect(sent).to.emit(hospital, "ReceptionKeyPublished").withArgs(digest("reception key"));
      expect([status, profile]).to.deep.equal([Accreditation.Pending, PROFILE]);
      expect([await hospital.id(), await hospital.adminCount()]).to.deep.equal([1n, 1n]);
      expect(await hospital.isAdmin(stranger)).to.equal(true);
    });

    it("P03 derives the clone's address from the creator and his salt", async () => {
      const { registry, admin, stranger } = await loadFixture(deploySystem);
      const implementation = await registry.implementation();
      const code = concat([
        "0x3d602d80600a3d3981f3363d3d373d3d3d363d73",
        implementation,
        "0x5af43d82803e903d91602b57fd5bf3",
      ]);
      const salt = keccak256(
        AbiCoder.defaultAbiCoder().encode(["address", "bytes32"], [admin.address, digest("salt")]),
      );
      const expected = getCreate2Address(await registry.getAddress(), salt, keccak256(code));

      await registry.connect(stranger).createHospital(digest("salt"), PROFILE, digest("key"));
      await registry.connect(admin).createHospital(digest("salt"), PROFILE, digest("key"));
      expect((await registry.hospitalOf(2n)).hospital).to.equal(expected);
      await expect(
        registry.connect(admin).createHospital(digest("salt"), PROFILE, digest("key")),
      ).to.be.revertedWithCustomError(registry, "FailedDeployment");
    });

    it("refuses an empty profile and an empty reception key", async () => {
      const { registry, implementation, admin } = await loadFixture(deploySystem);
      await expect(
        registry.connect(admin).createHospital(ZeroHash, ZeroHash, digest("key")),
      ).to.be.revertedWithCustomError(registry, "HospitalRegistry_EmptyProfile");
      await expect(registry.connect(admin).createHospital(ZeroHash, PROFILE, ZeroHash)).to.be.revertedWithCustomError(
        implementation,
        "Hospital_EmptyKey",
      );
    });
  });

  describe("setAccreditation", () => {
    it("P01 goes from pending to accredited, to suspended and back, and announces it", async () => {
      const system = await loadFixture(deploySystem);
      const { registry, registrar, admin } = system;
      const { id, hospital } = await createHospital(system, admin);
      for (const status of [Accreditation.Accredited, Accreditation.Suspended, Accreditation.Accredited]) {
        await expect(registry.connect(registrar).setAccreditation(id, hospital, status, PROFILE))
          .to.emit(registry, "AccreditationChanged")
          .withArgs(id, status, PROFILE);
        expect((await registry.hospitalOf(id)).status).to.equal(status);
      }
    });

    it("P01 refuses every other step", async () => {
      const system = await loadFixture(deploySystem);
      const { registry, registrar, admin } = system;
      const { id, hospital } = await createHospital(system, admin);
      const { None, Pending, Accredited, Suspended } = Accreditation;
      const refused = async (current: bigint, asked: bigint[]) => {
        for (const status of asked) {
          await expect(registry.connect(registrar).setAccreditation(id, hospital, status, PROFILE))
            .to.be.revertedWithCustomError(registry, "HospitalRegistry_InvalidAccreditation")
            .withArgs(current, status);
        }
      };
      await refused(Pending, [None, Pending, Suspended]);
      await registry.setAccreditation(id, hospital, Accredited, PROFILE);
      await refused(Accredited, [None, Pending, Accredited]);
      await registry.setAccreditation(id, hospital, Suspended, PROFILE);
      await refused(Suspended, [None, Pending, Suspended]);
    });

    it("P01 is for the registrar alone, who must have read the current profile of a known hospital", async () => {
      const system = await loadFixture(deploySystem);
      const { registry, registrar, admin } = system;
      const { id, hospital } = await createHospital(system, admin);
      await expect(registry.connect(admin).setAccreditation(id, hospital, Accreditation.Accredited, PROFILE))
        .to.be.revertedWithCustomError(registry, "OwnableUnauthorizedAccount")
        .withArgs(admin.address);
      await expect(
        registry.connect(registrar).setAccreditation(id, hospital, Accreditation.Accredited, digest("older")),
      )
        .to.be.revertedWithCustomError(registry, "HospitalRegistry_ProfileChanged")
        .withArgs(PROFILE, digest("older"));
      await expect(registry.connect(registrar).setAccreditation(2n, hospital, Accreditation.Accredited, PROFILE))
        .to.be.revertedWithCustomError(registry, "HospitalRegistry_UnknownHospital")
        .withArgs(2n);
      await expect(registry.connect(registrar).setAccreditation(id, admin, Accreditation.Accredited, PROFILE))
        .to.be.revertedWithCustomError(registry, "HospitalRegistry_OtherHospital")
        .withArgs(await hospital.getAddress(), admin.address);
    });
  });

  it("P01 suspends a hospital that publishes a new profile just before", async () => {
    const { registry, registrar, hospital, admin, id } = await loadFixture(openClinic);
    await hospital.connect(admin).publishProfile(digest("newer"));
    await expect(registry.connect(registrar).setAccreditation(id, hospital, Accreditation.Suspended, PROFILE))
      .to.emit(registry, "AccreditationChanged")
      .withArgs(id, Accreditation.Suspended, digest("newer"));
  });

  describe("setAuditor", () => {
    it("P06 admits and dismisses, by the registrar alone, and refuses nobody and what is so already", async () => {
      const { registry, registrar, auditor, admin } = await loadFixture(deploySystem);
      const as = registry.connect(registrar);
      for (const admitted of [true, false]) {
        await expect(as.setAuditor(auditor, admitted))
          .to.emit(registry, "AuditorChanged")
          .withArgs(auditor.address, admitted);
        expect(await registry.isAuditor(auditor)).to.equal(admitted);
        for (const account of [auditor.address, ZeroAddress]) {
          await expect(as.setAuditor(account, admitted))
            .to.be.revertedWithCustomError(registry, "HospitalRegistry_InvalidAuditor")
            .withArgs(account);
        }
        await expect(registry.connect(admin).setAuditor(auditor, true))
          .to.be.revertedWithCustomError(registry, "OwnableUnauthorizedAccount")
          .withArgs(admin.address);
      }
    });
  });

  describe("writes of a hospital", () => {
    it("P07 are for that hospital's clone alone", async () => {
      const { registry, admin, otherHospital, hospital, id, stranger } = await loadFixture(openClinic);
      const clone = await ethers.getImpersonatedSigner(await otherHospital.getAddress());
      await networkHelpers.setBalance(clone.address, 10n ** 18n);
      for (const caller of [admin, clone]) {
        const args = [caller.address, await hospital.getAddress()];
        await expect(registry.connect(caller).publishProfile(id, digest("new")))
          .to.be.revertedWithCustomError(registry, "HospitalRegistry_OnlyHospital")
          .withArgs(...args);
        await expect(registry.connect(caller).setMember(id, stranger, Role.Doctor, Status.Active, 1n))
          .to.be.revertedWithCustomError(registry, "HospitalRegistry_OnlyHospital")
          .withArgs(...args);
      }
    });

    it("publishes a profile without touching the accreditation, and refuses an empty one", async () => {
      const { registry, hospital, admin, id } = await loadFixture(openClinic);
      await expect(hospital.connect(admin).publishProfile(digest("new")))
        .to.emit(registry, "ProfilePublished")
        .withArgs(id, digest("new"));
      const { status, profile } = await registry.hospitalOf(id);
      expect([status, profile]).to.deep.equal([Accreditation.Accredited, digest("new")]);
      await expect(hospital.connect(admin).publishProfile(ZeroHash)).to.be.revertedWithCustomError(
        registry,
        "HospitalRegistry_EmptyProfile",
      );
    });
  });

  describe("activeSince", () => {
    it("P07 answers for one role in one hospital", async () => {
      const { registry, doctor, id, otherId } = await loadFixture(openClinic);
      const { since } = await registry.memberOf(id, doctor);
      expect(await registry.activeSince(id, doctor, Role.Doctor))
        .to.equal(since)
        .and.not.equal(0n);
      expect(await registry.activeSince(id, doctor, Role.Pharmacist)).to.equal(0n);
      expect(await registry.activeSince(id, doctor, Role.Patient)).to.equal(0n);
      expect(await registry.activeSince(otherId, doctor, Role.Doctor)).to.equal(0n);
    });

    it("P14 is zero for everybody while the hospital is not accredited", async () => {
      const { registry, registrar, hospital, doctor, patient, id } = await loadFixture(openClinic);
      await registry.connect(registrar).setAccreditation(id, hospital, Accreditation.Suspended, PROFILE);
      expect(await registry.activeSince(id, doctor, Role.Doctor)).to.equal(0n);
      expect(await registry.activeSince(id, patient, Role.Patient)).to.equal(0n);
    });
  });

  describe("ownership", () => {
    it("P04 moves in two steps", async () => {
      const { registry, registrar, stranger, sponsor } = await loadFixture(deploySystem);
      await registry.connect(registrar).transferOwnership(stranger);
      expect(await registry.owner()).to.equal(registrar.address);
      await expect(registry.connect(sponsor).acceptOwnership())
        .to.be.revertedWithCustomError(registry, "OwnableUnauthorizedAccount")
        .withArgs(sponsor.address);
      await registry.connect(stranger).acceptOwnership();
      expect(await registry.owner()).to.equal(stranger.address);
    });

    it("P04 can end, and hospitals keep working", async () => {
      const { registry, registrar, hospital, admin, doctor, id } = await loadFixture(openClinic);
      await registry.connect(registrar).renounceOwnership();
      expect(await registry.owner()).to.equal(ZeroAddress);
      await hospital.connect(admin).suspend(doctor);
      await hospital.connect(admin).reactivate(doctor);
      expect(await registry.activeSince(id, doctor, Role.Doctor)).to.not.equal(0n);
    });
  });
});
