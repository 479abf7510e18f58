import { expect } from "chai";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { ZeroAddress, ZeroHash } from "ethers";
import { buildTerms, digest } from "./fixtures/builders.ts";
import { Accreditation, COOL_DOWN, DAY, MEDICATION, NOTES, Outcome, RESULTS, Role, scope } from "./fixtures/codes.ts";
import { ethers, loadFixture, time } from "./fixtures/network.ts";
import type { Clinic } from "./fixtures/system.ts";
import { claimByAccount, openClinic } from "./fixtures/system.ts";

const SCOPE = scope(NOTES, MEDICATION);
const REASON = digest("justification");
const TERM = 4n * 3_600n;

/** A clinic whose staff was appointed long enough ago, and which has a reviewer. */
async function withReviewer() {
  const clinic = await openClinic();
  await clinic.hospital.connect(clinic.admin).setReviewer(clinic.sponsor, true);
  await time.increase(COOL_DOWN);
  return clinic;
}

/** The same with an emergency of the doctor's. */
async function withEmergency() {
  const clinic = await withReviewer();
  await open(clinic, clinic.doctor);
  const openedAt = BigInt(await time.latest());
  return { ...clinic, openedAt, end: openedAt + TERM };
}

function open({ consent, patient, id }: Clinic, doctor: HardhatEthersSigner, categories = SCOPE) {
  return consent.connect(doctor).openEmergency(patient, id, categories, REASON);
}

describe("ConsentRegistry: break-glass", () => {
  describe("openEmergency", () => {
    it("P27 tells who, whom, where, what, until when and why, and is counted", async () => {
      const clinic = await loadFixture(withReviewer);
      const { consent, patient, doctor, colleague, id } = clinic;
      const sent = open(clinic, doctor);
      await sent;
      const openedAt = BigInt(await time.latest());
      await expect(sent)
        .to.emit(consent, "EmergencyOpened")
        .withArgs(id, patient.address, doctor.address, 1n, SCOPE, openedAt + TERM, REASON);
      await open(clinic, colleague);
      expect([await consent.emergenciesOf(patient), await consent.emergencyCount(id)]).to.deep.equal([2n, 2n]);
      expect(await consent.emergencyAt(id, 1n)).to.deep.equal([
        patient.address,
        doctor.address,
        SCOPE,
        openedAt,
        openedAt + TERM,
        Outcome.None,
      ]);
    });

    it("P13 P31 gives reading of the categories named, and nothing else", async () => {
      const { consent, records, prescriptions, patient, doctor, colleague } = await loadFixture(withEmergency);
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(true);
      for (const category of [0n, RESULTS, 10n, 255n]) {
        expect(await consent.canRead(patient, doctor, category)).to.equal(false);
      }
      expect(await consent.canRead(patient, colleague, NOTES)).to.equal(false);
      expect(await consent.writableAs(patient, doctor, scope(NOTES))).to.equal(0n);
      await expect(
        records.connect(doctor).anchor(patient, NOTES, 0n, digest("payload"), digest("wraps")),
      ).to.be.revertedWithCustomError(records, "RecordRegistry_NoAccess");
      const expiry = BigInt(await time.latest()) + DAY;
      await expect(
        prescriptions.connect(doctor).issue(patient, 0n, REASON, REASON, 1n, expiry, doctor),
      ).to.be.revertedWithCustomError(records, "RecordRegistry_NoAccess");
    });

    it("P28 is refused without a justification or with categories that do not exist", async () => {
      const clinic = await loadFixture(withReviewer);
      const { consent, patient, doctor, id } = clinic;
      await expect(consent.connect(doctor).openEmergency(patient, id, SCOPE, ZeroHash)).to.be.revertedWithCustomError(
        consent,
        "BreakGlass_NoJustification",
      );
      for (const categories of [0n, 1n, SCOPE | 1n, 1n << 10n]) {
        await expect(open(clinic, doctor, categories))
          .to.be.revertedWithCustomError(consent, "BreakGlass_InvalidScope")
          .withArgs(categories);
      }
    });

    it("P07 P28 is refused to everybody but active doctors of that hospital", async () => {
      const clinic = await loadFixture(withReviewer);
      const { consent, hospital, registry, registrar, id } = clinic;
      const { patient, neighbour, doctor, otherDoctor, pharmacist, admin, sponsor } = clinic;
      const refused = async (caller: HardhatEthersSigner) =>
        expect(open(clinic, caller))
          .to.be.revertedWithCustomError(consent, "BreakGlass_NotDoctor")
          .withArgs(id, caller.address);
      for (const caller of [patient, neighbour, otherDoctor, pharmacist, admin, sponsor]) await refused(caller);
      await registry.connect(registrar).setAccreditation(id, hospital, Accreditation.Suspended, digest("profile"));
      await refused(doctor);
      await registry.connect(registrar).setAccreditation(id, hospital, Accreditation.Accredited, digest("profile"));
      await hospital.connect(admin).suspend(doctor);
      await refused(doctor);
    });

    it("P28 is refused about somebody who is not a patient of that hospital", async () => {
      const { consent, hospital, admin, patient, doctor, stranger, otherDoctor, id, otherId } =
        await loadFixture(withReviewer);
      const refused = async (by: HardhatEthersSigner, where: bigint, whom: HardhatEthersSigner) =>
        expect(consent.connect(by).openEmergency(whom, where, SCOPE, REASON))
          .to.be.revertedWithCustomError(consent, "BreakGlass_NotEnrolled")
          .withArgs(where, whom.address);
      await refused(doctor, id, stranger);
      await refused(otherDoctor, otherId, patient);
      await hospital.connect(admin).suspend(patient);
      await refused(doctor, id, patient);
    });

    it("P28 is refused to a doctor until the cool-down after his appointment or reactivation is over", async () => {
      const clinic = await loadFixture(withReviewer);
      const { consent, hospital, registry, admin, doctor, id } = clinic;
      await hospital.connect(admin).suspend(doctor);
      await hospital.connect(admin).reactivate(doctor);
      const earliest = (await registry.activeSince(id, doctor, Role.Doctor)) + COOL_DOWN;
      await time.setNextBlockTimestamp(earliest - 1n);
      await expect(open(clinic, doctor))
        .to.be.revertedWithCustomError(consent, "BreakGlass_AppointedTooRecently")
        .withArgs(earliest, earliest - 1n);
      await time.setNextBlockTimestamp(earliest);
      await open(clinic, doctor);
    });

    it("P28 is refused to an admin who confirmed or reactivated himself, until another admin has", async () => {
      const clinic = await loadFixture(withReviewer);
      const { consent, hospital, admin, stranger } = clinic;
      await claimByAccount(hospital, admin, admin, Role.Doctor, 5n);
      await hospital.connect(admin).confirm(admin, Role.Doctor, 5n, ZeroHash);
      await hospital.connect(admin).proposeAdmin(stranger);
      await hospital.connect(stranger).acceptAdmin();
      const refused = async () => {
        await time.increase(COOL_DOWN + 1n);
        await expect(open(clinic, admin))
          .to.be.revertedWithCustomError(consent, "BreakGlass_SelfAppointed")
          .withArgs(admin.address);
      };
      await refused();
      await hospital.connect(admin).suspend(admin);
      await hospital.connect(admin).reactivate(admin);
      await refused();
      await hospital.connect(stranger).suspend(admin);
      await hospital.connect(stranger).reactivate(admin);
      await time.increase(COOL_DOWN + 1n);
      await open(clinic, admin);
    });
  });

  describe("the window", () => {
    it("P29 ends after four hours, to the second", async () => {
      const { consent, patient, doctor, end } = await loadFixture(withEmergency);
      await time.increaseTo(end - 1n);
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(true);
      await time.increaseTo(end);
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
    });

    it("P29 is neither stacked nor prolonged: the same doctor waits until a day after he opened it", async () => {
      const clinic = await loadFixture(withEmergency);
      const { consent, doctor, openedAt, end } = clinic;
      for (const moment of [openedAt + 60n, end, openedAt + DAY - 1n]) {
        await time.setNextBlockTimestamp(moment);
        await expect(open(clinic, doctor))
          .to.be.revertedWithCustomError(consent, "BreakGlass_TooSoon")
          .withArgs(openedAt + DAY, moment);
      }
      await time.setNextBlockTimestamp(openedAt + DAY);
      await open(clinic, doctor);
    });

    it("P29 doctors who take turns get three in any 24 hours for a patient and hospital", async () => {
      const clinic = await loadFixture(withReviewer);
      const { consent, hospital, admin, patient, neighbour, doctor, colleague, stranger, id } = clinic;
      const { suspended: fourth } = clinic;
      for (const account of [stranger, fourth]) {
        await claimByAccount(hospital, admin, account, Role.Doctor, 5n);
        await hospital.connect(admin).confirm(account, Role.Doctor, 5n, ZeroHash);
      }
      await time.increase(COOL_DOWN + 1n);
      await open(clinic, doctor);
      const first = BigInt(await time.latest());
      await time.increase(3_600);
      await open(clinic, colleague);
      await open(clinic, stranger);
      await time.setNextBlockTimestamp(first + DAY - 1n);
      await expect(open(clinic, fourth))
        .to.be.revertedWithCustomError(consent, "BreakGlass_HospitalCap")
        .withArgs(first + DAY, first + DAY - 1n);
      await consent.connect(fourth).openEmergency(neighbour, id, SCOPE, REASON);
      await time.setNextBlockTimestamp(first + DAY + 1n);
      await open(clinic, fourth);
      expect(await consent.emergenciesOf(patient)).to.equal(4n);
    });

    it("P14 P26 closes with the doctor's suspension, for good, and with the hospital's", async () => {
      const { consent, hospital, registry, registrar, admin, patient, doctor, id } = await loadFixture(withEmergency);
      await registry.connect(registrar).setAccreditation(id, hospital, Accreditation.Suspended, digest("profile"));
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
      await registry.connect(registrar).setAccreditation(id, hospital, Accreditation.Accredited, digest("profile"));
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(true);
      await hospital.connect(admin).suspend(doctor);
      await hospital.connect(admin).reactivate(doctor);
      await time.increase(60);
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
    });

    it("P15 a grant beside it counts on its own", async () => {
      const { consent, patient, doctor, end } = await loadFixture(withEmergency);
      await consent.connect(patient).grant(patient, await buildTerms(doctor, { read: scope(RESULTS) }), ZeroHash);
      for (const category of [NOTES, RESULTS]) expect(await consent.canRead(patient, doctor, category)).to.equal(true);
      await time.increaseTo(end);
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
      expect(await consent.canRead(patient, doctor, RESULTS)).to.equal(true);
    });
  });

  describe("endEmergency", () => {
    it("P16 P30 ends it in the same second, keeps the trail, and does not let the doctor begin again", async () => {
      const clinic = await loadFixture(withEmergency);
      const { consent, patient, doctor, id, openedAt } = clinic;
      const sent = consent.connect(patient).endEmergency(patient, doctor);
      await expect(sent).to.emit(consent, "EmergencyEnded").withArgs(id, patient.address, doctor.address, 1n);
      const now = BigInt(await time.latest());
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
      const trail = await consent.emergencyAt(id, 1n);
      expect([trail.doctor, trail.openedAt, trail.end]).to.deep.equal([doctor.address, openedAt, now]);
      expect(await consent.emergenciesOf(patient)).to.equal(1n);
      await expect(open(clinic, doctor)).to.be.revertedWithCustomError(consent, "BreakGlass_TooSoon");
    });

    it("P16 P55 never reverts, is silent when there is nothing to end, and never moves an end", async () => {
      const { consent, registry, registrar, hospital, patient, neighbour, doctor, stranger, id, end } =
        await loadFixture(withEmergency);
      for (const whom of [stranger.address, ZeroAddress, patient.address]) {
        await expect(consent.connect(patient).endEmergency(patient, whom)).to.not.emit(consent, "EmergencyEnded");
      }
      for (const by of [neighbour, doctor]) {
        await expect(consent.connect(by).endEmergency(by, doctor)).to.not.emit(consent, "EmergencyEnded");
        await expect(consent.connect(by).endEmergency(patient, doctor))
          .to.be.revertedWithCustomError(consent, "BreakGlass_NotActor")
          .withArgs(patient.address, by.address);
      }
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(true);
      await time.increaseTo(end + 5n);
      await expect(consent.connect(patient).endEmergency(patient, doctor)).to.not.emit(consent, "EmergencyEnded");
      expect((await consent.emergencyAt(id, 1n)).end).to.equal(end);
      await registry.connect(registrar).setAccreditation(id, hospital, Accreditation.Suspended, digest("profile"));
      await consent.connect(patient).endEmergency(patient, doctor);
    });
  });

  describe("reviewEmergency", () => {
    it("P32 is done once, after the end, by a reviewer of that hospital", async () => {
      const { consent, admin, patient, stranger, sponsor, id, end } = await loadFixture(withEmergency);
      const review = (by: HardhatEthersSigner, outcome: bigint = Outcome.Justified, number = 1n) =>
        consent.connect(by).reviewEmergency(id, number, outcome, digest("report"));
      await expect(review(sponsor))
        .to.be.revertedWithCustomError(consent, "BreakGlass_StillOpen")
        .withArgs(end, BigInt(await time.latest()) + 1n);
      await time.increaseTo(end - 1n);
      for (const by of [admin, patient, stranger]) {
        await expect(review(by))
          .to.be.revertedWithCustomError(consent, "BreakGlass_NotReviewer")
          .withArgs(id, by.address);
      }
      await expect(review(sponsor, Outcome.None)).to.be.revertedWithCustomError(consent, "BreakGlass_NoOutcome");
      await expect(review(sponsor, Outcome.Justified, 2n))
        .to.be.revertedWithCustomError(consent, "BreakGlass_UnknownEmergency")
        .withArgs(id, 2n);
      await expect(review(sponsor, Outcome.Questioned))
        .to.emit(consent, "EmergencyReviewed")
        .withArgs(id, 1n, sponsor.address, Outcome.Questioned, digest("report"));
      await expect(review(sponsor))
        .to.be.revertedWithCustomError(consent, "BreakGlass_AlreadyReviewed")
        .withArgs(id, 1n);
    });

    it("P32 is never done by the doctor himself, nor by a reviewer of another hospital or one dismissed", async () => {
      const { consent, hospital, otherHospital, admin, otherAdmin, doctor, stranger, sponsor, id, end } =
        await loadFixture(withEmergency);
      await hospital.connect(admin).setReviewer(doctor, true);
      await hospital.connect(admin).setReviewer(sponsor, false);
      await otherHospital.connect(otherAdmin).setReviewer(stranger, true);
      await time.increaseTo(end);
      for (const by of [doctor, stranger, sponsor]) {
        await expect(consent.connect(by).reviewEmergency(id, 1n, Outcome.Justified, ZeroHash))
          .to.be.revertedWithCustomError(consent, "BreakGlass_NotReviewer")
          .withArgs(id, by.address);
      }
    });

    it("P32 P52 what waits for review is found in the views and in the events alike", async () => {
      const clinic = await loadFixture(withEmergency);
      const { consent, patient, colleague, sponsor, id } = clinic;
      await open(clinic, colleague);
      await consent.connect(patient).endEmergency(patient, colleague);
      await consent.connect(sponsor).reviewEmergency(id, 2n, Outcome.Unjustified, ZeroHash);

      const waiting: bigint[] = [];
      for (let number = 1n; number <= (await consent.emergencyCount(id)); number++) {
        if ((await consent.emergencyAt(id, number)).outcome === Outcome.None) waiting.push(number);
      }
      const opened = await consent.queryFilter(consent.filters.EmergencyOpened(id));
      const reviewed = await consent.queryFilter(consent.filters.EmergencyReviewed(id));
      const done = reviewed.map(({ args }) => args.number);
      const open_ = opened.map(({ args }) => args.number).filter((number) => !done.includes(number));
      expect(waiting).to.deep.equal([1n]);
      expect(open_).to.deep.equal(waiting);
    });
  });

  describe("Hospital.setReviewer", () => {
    it("announces appointment and dismissal, and refuses nobody and what is so already", async () => {
      const { hospital, admin, sponsor, stranger } = await loadFixture(withReviewer);
      const as = hospital.connect(admin);
      await expect(as.setReviewer(stranger, true))
        .to.emit(hospital, "ReviewerChanged")
        .withArgs(stranger.address, true, admin.address);
      expect(await hospital.isReviewer(stranger)).to.equal(true);
      for (const [account, appointed] of [
        [ZeroAddress, true],
        [sponsor.address, true],
        [ethers.getAddress(`0x${"a1".repeat(20)}`), false],
      ] as const) {
        await expect(as.setReviewer(account, appointed))
          .to.be.revertedWithCustomError(hospital, "Hospital_InvalidReviewer")
          .withArgs(account);
      }
    });
  });
});
