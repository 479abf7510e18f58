import { expect } from "chai";
import { ZeroHash } from "ethers";
import { buildTerms, digest } from "./fixtures/builders.ts";
import { Accreditation, NOTES, RAW, RESULTS, scope } from "./fixtures/codes.ts";
import { ethers, ignition, loadFixture, time } from "./fixtures/network.ts";
import { replayLedger } from "./fixtures/replay.ts";
import { openClinic } from "./fixtures/system.ts";

const PAYLOAD = digest("payload");
const WRAPS = digest("wraps");
const ROOT = digest("root");
const MANIFEST = digest("manifest");

/** A clinic whose patient lets the doctor add notes and results. */
async function withGrant() {
  const clinic = await openClinic();
  await clinic.consent.connect(clinic.patient).grant(clinic.patient, await buildTerms(clinic.doctor), ZeroHash);
  return clinic;
}

describe("RecordRegistry", () => {
  describe("anchor", () => {
    it("P33 P36 adds an entry of the doctor, whose id is the new head", async () => {
      const { records, patient, doctor, id } = await loadFixture(withGrant);
      const sent = records.connect(doctor).anchor(patient, RESULTS, 1n, PAYLOAD, WRAPS);
      await sent;
      const now = BigInt(await time.latest());
      const { head } = await replayLedger(records, patient.address);
      await expect(sent)
        .to.emit(records, "EntryAnchored")
        .withArgs(patient.address, doctor.address, head, id, RESULTS, 1n, now, PAYLOAD, WRAPS);
      expect(await records.head(patient)).to.equal(head);
    });

    it("P36 adds an entry of the patient, without a hospital", async () => {
      const { records, patient } = await loadFixture(withGrant);
      const sent = records.connect(patient).anchor(patient, NOTES, RAW, PAYLOAD, WRAPS);
      await sent;
      const now = BigInt(await time.latest());
      await expect(sent)
        .to.emit(records, "EntryAnchored")
        .withArgs(patient.address, patient.address, await records.head(patient), 0n, NOTES, RAW, now, PAYLOAD, WRAPS);
    });

    it("P36 is refused without write access to the category", async () => {
      const { records, patient, doctor, colleague, otherDoctor, admin, neighbour } = await loadFixture(withGrant);
      for (const [author, category] of [
        [doctor, 3n],
        [colleague, NOTES],
        [otherDoctor, NOTES],
        [admin, NOTES],
        [neighbour, NOTES],
      ] as const) {
        await expect(records.connect(author).anchor(patient, category, RAW, PAYLOAD, WRAPS))
          .to.be.revertedWithCustomError(records, "RecordRegistry_NoAccess")
          .withArgs(patient.address, author.address, scope(category));
      }
    });

    it("P14 P36 is refused when the doctor or his hospital is suspended", async () => {
      const { records, registry, registrar, hospital, admin, patient, doctor, id } = await loadFixture(withGrant);
      const refused = async () =>
        expect(records.connect(doctor).anchor(patient, NOTES, RAW, PAYLOAD, WRAPS)).to.be.revertedWithCustomError(
          records,
          "RecordRegistry_NoAccess",
        );
      await registry.connect(registrar).setAccreditation(id, hospital, Accreditation.Suspended, digest("profile"));
      await refused();
      await registry.connect(registrar).setAccreditation(id, hospital, Accreditation.Accredited, digest("profile"));
      await records.connect(doctor).anchor(patient, NOTES, RAW, PAYLOAD, WRAPS);
      await hospital.connect(admin).suspend(doctor);
      await refused();
    });

    it("P39 refuses empty digests, unknown categories and codecs", async () => {
      const { records, patient } = await loadFixture(withGrant);
      const as = records.connect(patient);
      for (const [payload, wraps] of [
        [ZeroHash, WRAPS],
        [PAYLOAD, ZeroHash],
      ] as const) {
        await expect(as.anchor(patient, NOTES, RAW, payload, wraps)).to.be.revertedWithCustomError(
          records,
          "RecordRegistry_EmptyDigest",
        );
      }
      for (const category of [0n, 10n, 255n]) {
        await expect(as.anchor(patient, category, RAW, PAYLOAD, WRAPS))
          .to.be.revertedWithCustomError(records, "RecordRegistry_UnknownCategory")
          .withArgs(category);
      }
      await expect(as.anchor(patient, NOTES, 2n, PAYLOAD, WRAPS))
        .to.be.revertedWithCustomError(records, "RecordRegistry_UnknownCodec")
        .withArgs(2n);
    });

    it("P37 the same digest may be anchored again, by anybody entitled", async () => {
      const { records, patient, doctor } = await loadFixture(withGrant);
      await records.connect(doctor).anchor(patient, NOTES, RAW, PAYLOAD, WRAPS);
      await records.connect(patient).anchor(patient, NOTES, RAW, PAYLOAD, WRAPS);
      const { announced, computed } = await replayLedger(records, patient.address);
      expect(announced).to.deep.equal(computed);
      expect(new Set(computed).size).to.equal(2);
    });
  });

  describe("anchorBatch", () => {
    it("P36 adds one entry for many records", async () => {
      const { records, patient, doctor, id } = await loadFixture(withGrant);
      const mask = scope(NOTES, RESULTS);
      const sent = records.connect(doctor).anchorBatch(patient, mask, 65_536n, ROOT, MANIFEST, WRAPS);
      await sent;
      const now = BigInt(await time.latest());
      const { head } = await replayLedger(records, patient.address);
      await expect(sent)
        .to.emit(records, "BatchAnchored")
        .withArgs(patient.address, doctor.address, head, id, mask, 65_536n, now, ROOT, MANIFEST, WRAPS);
      expect(await records.head(patient)).to.equal(head);
    });

    it("P36 needs write access to every category of the mask", async () => {
      const { records, patient, doctor } = await loadFixture(withGrant);
      const mask = scope(NOTES, 3n);
      await expect(records.connect(doctor).anchorBatch(patient, mask, 2n, ROOT, MANIFEST, WRAPS))
        .to.be.revertedWithCustomError(records, "RecordRegistry_NoAccess")
        .withArgs(patient.address, doctor.address, mask);
    });

    it("P39 P51 refuses unknown categories, empty digests, no records and too many", async () => {
      const { records, patient } = await loadFixture(withGrant);
      const as = records.connect(patient);
      for (const mask of [0n, 1n, scope(NOTES) | 1n, 1n << 10n]) {
        await expect(as.anchorBatch(patient, mask, 1n, ROOT, MANIFEST, WRAPS))
          .to.be.revertedWithCustomError(records, "RecordRegistry_UnknownCategory")
          .withArgs(mask);
      }
      for (const count of [0n, 65_537n]) {
        await expect(as.anchorBatch(patient, scope(NOTES), count, ROOT, MANIFEST, WRAPS))
          .to.be.revertedWithCustomError(records, "RecordRegistry_InvalidCount")
          .withArgs(count, 65_536n);
      }
      for (const [root, manifest, wraps] of [
        [ZeroHash, MANIFEST, WRAPS],
        [ROOT, ZeroHash, WRAPS],
        [ROOT, MANIFEST, ZeroHash],
      ] as const) {
        await expect(as.anchorBatch(patient, scope(NOTES), 1n, root, manifest, wraps)).to.be.revertedWithCustomError(
          records,
          "RecordRegistry_EmptyDigest",
        );
      }
    });
  });

  describe("the ledger", () => {
    it("P33 P52 is proved by its head: the replay of the events gives every id and the stored head", async () => {
      const { records, patient, doctor, neighbour } = await loadFixture(withGrant);
      const mask = scope(NOTES);
      await records.connect(doctor).anchor(patient, NOTES, RAW, digest("a"), WRAPS);
      await records.connect(patient).anchor(patient, 1n, 1n, digest("b"), WRAPS);
      await records.connect(neighbour).anchor(neighbour, 1n, RAW, digest("elsewhere"), WRAPS);
      await records.connect(doctor).anchorBatch(patient, mask, 3n, ROOT, MANIFEST, WRAPS);
      await records.connect(doctor).anchor(patient, RESULTS, RAW, digest("c"), WRAPS);
      const { computed, announced, head } = await replayLedger(records, patient.address);
      expect(computed.map((recordId) => Number(`0x${recordId.slice(-8)}`))).to.deep.equal([1, 2, 3, 4]);
      expect(announced).to.deep.equal(computed);
      expect(await records.head(patient)).to.equal(head);
    });
  });

  describe("wiring", () => {
    it("P36 anchorFor is refused to everybody but Prescriptions", async () => {
      const { records, patient, doctor, admin, registrar } = await loadFixture(withGrant);
      for (const caller of [doctor, patient, admin, registrar]) {
        await expect(records.connect(caller).anchorFor(doctor, patient, NOTES, RAW, PAYLOAD, WRAPS))
          .to.be.revertedWithCustomError(records, "RecordRegistry_OnlyPrescriptions")
          .withArgs(caller.address);
      }
    });

    it("P36 happens once, by the deployer", async () => {
      const { records, prescriptions, consent, keyDirectory, registrar, stranger } = await loadFixture(withGrant);
      await expect(records.connect(registrar).wirePrescriptions(stranger))
        .to.be.revertedWithCustomError(records, "RecordRegistry_AlreadyWired")
        .withArgs(await prescriptions.getAddress());

      const fresh = await ethers.deployContract("RecordRegistry", [consent, keyDirectory], registrar);
      await expect(fresh.connect(stranger).wirePrescriptions(stranger))
        .to.be.revertedWithCustomError(fresh, "RecordRegistry_OnlyDeployer")
        .withArgs(stranger.address);
      await expect(fresh.connect(registrar).wirePrescriptions(stranger))
        .to.emit(fresh, "PrescriptionsWired")
        .withArgs(stranger.address);
    });

    it("the module lets another account be the registrar", async () => {
      const { default: Chartkey } = await import("../../ignition/modules/Chartkey.ts");
      const [, , registrar] = await ethers.getSigners();
      const parameters = { Chartkey: { registrar: registrar?.address ?? "" } };
      const { registry } = await ignition.deploy(Chartkey, { parameters });
      const deployed = await ethers.getContractAt("HospitalRegistry", await registry.getAddress());
      expect(await deployed.owner()).to.equal(registrar?.address);
    });
  });
});
