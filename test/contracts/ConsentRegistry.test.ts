import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { buildTerms, digest } from "./fixtures/builders.ts";
import { ALL_CATEGORIES, Accreditation, Action, DAY, MEDICATION, NOTES, RESULTS, scope } from "./fixtures/codes.ts";
import { ethers, loadFixture, time } from "./fixtures/network.ts";
import { replayConsent } from "./fixtures/replay.ts";
import { openClinic } from "./fixtures/system.ts";

/** A clinic whose patient has granted the doctor notes and results. */
async function withGrant() {
  const clinic = await openClinic();
  const terms = await buildTerms(clinic.doctor);
  await clinic.consent.connect(clinic.patient).grant(clinic.patient, terms, ZeroHash);
  return { ...clinic, terms };
}

describe("ConsentRegistry", () => {
  describe("grant", () => {
    it("P17 stores the terms and announces them with the new head", async () => {
      const { consent, patient, doctor } = await loadFixture(openClinic);
      const terms = await buildTerms(doctor);
      const sent = consent.connect(patient).grant(patient, terms, ZeroHash);
      await sent;
      const since = BigInt(await time.latest());
      const { head } = await replayConsent(consent, patient.address);
      const { grantee, hospital, read, write, expiry, keyring } = terms;
      await expect(sent)
        .to.emit(consent, "Granted")
        .withArgs(patient.address, grantee, hospital, read, write, expiry, since, keyring, head);
      expect(await consent.consentHead(patient)).to.equal(head);
      expect(await consent.grantOf(patient, doctor)).to.deep.equal([read, write, expiry, hospital, since]);
    });

    it("P17 builds on the head that the patient has seen", async () => {
      const { consent, patient, colleague } = await loadFixture(withGrant);
      const head = await consent.consentHead(patient);
      const terms = await buildTerms(colleague);
      await expect(consent.connect(patient).grant(patient, terms, ZeroHash))
        .to.be.revertedWithCustomError(consent, "ConsentRegistry_StaleHead")
        .withArgs(head, ZeroHash);
      await consent.connect(patient).grant(patient, terms, head);
    });

    it("replaces an earlier grant to the same grantee", async () => {
      const { consent, patient, doctor } = await loadFixture(withGrant);
      const narrower = await buildTerms(doctor, { read: scope(NOTES), write: 0n });
      await consent.connect(patient).grant(patient, narrower, await consent.consentHead(patient));
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(true);
      expect(await consent.canRead(patient, doctor, RESULTS)).to.equal(false);
      expect(await consent.writableAs(patient, doctor, scope(NOTES))).to.equal(0n);
    });

    it("P11 refuses nobody, oneself and the contract itself as grantee", async () => {
      const { consent, patient, doctor } = await loadFixture(openClinic);
      for (const grantee of [ZeroAddress, patient.address, await consent.getAddress()]) {
        await expect(consent.connect(patient).grant(patient, await buildTerms(doctor, { grantee }), ZeroHash))
          .to.be.revertedWithCustomError(consent, "ConsentRegistry_InvalidGrantee")
          .withArgs(grantee);
      }
    });

    it("P13 refuses an empty scope, category 0 and unknown categories", async () => {
      const { consent, patient, doctor } = await loadFixture(openClinic);
      for (const [read, write] of [
        [0n, 0n],
        [1n, 0n],
        [scope(NOTES), 1n],
        [1n << 10n, 0n],
        [scope(NOTES), 1n << 15n],
      ] as const) {
        await expect(consent.connect(patient).grant(patient, await buildTerms(doctor, { read, write }), ZeroHash))
          .to.be.revertedWithCustomError(consent, "ConsentRegistry_InvalidScope")
          .withArgs(read, write);
      }
    });

    it("P12 refuses an expiry that is not in the next five years", async () => {
      const { consent, patient, doctor } = await loadFixture(openClinic);
      const now = BigInt(await time.latest()) + 100n;
      const latest = now + 5n * 365n * DAY;
      for (const expiry of [0n, now, latest + 1n]) {
        const terms = await buildTerms(doctor, { expiry });
        await time.setNextBlockTimestamp(now);
        await expect(consent.connect(patient).grant.staticCall(patient, terms, ZeroHash, { blockTag: "pending" }))
          .to.be.revertedWithCustomError(consent, "ConsentRegistry_InvalidExpiry")
          .withArgs(expiry, now + 1n, latest);
      }
      await time.setNextBlockTimestamp(now);
      await consent.connect(patient).grant(patient, await buildTerms(doctor, { expiry: latest }), ZeroHash);
    });

    it("refuses hospital 0", async () => {
      const { consent, patient, doctor } = await loadFixture(openClinic);
      await expect(
        consent.connect(patient).grant(patient, await buildTerms(doctor, { hospital: 0n }), ZeroHash),
      ).to.be.revertedWithCustomError(consent, "ConsentRegistry_InvalidHospital");
    });
  });

  describe("revoke", () => {
    it("P16 ends access and announces it, in the same block too", async () => {
      const { consent, records, patient, doctor } = await loadFixture(withGrant);
      await ethers.provider.send("evm_setAutomine", [false]);
      const gasLimit = 200_000n;
      const revoked = await consent.connect(patient).revoke(patient, doctor, digest("smaller keyring"), { gasLimit });
      const anchored = await records
        .connect(doctor)
        .anchor(patient, NOTES, 0n, digest("payload"), digest("wraps"), { gasLimit });
      await ethers.provider.send("evm_mine", []);
      await ethers.provider.send("evm_setAutomine", [true]);

      const head = await consent.consentHead(patient);
      await expect(revoked)
        .to.emit(consent, "Revoked")
        .withArgs(patient.address, doctor.address, digest("smaller keyring"), head);
      await expect(anchored)
        .to.be.revertedWithCustomError(records, "RecordRegistry_NoAccess")
        .withArgs(patient.address, doctor.address, scope(NOTES));
      expect((await ethers.provider.getTransactionReceipt(anchored.hash))?.blockNumber).to.equal(
        (await ethers.provider.getTransactionReceipt(revoked.hash))?.blockNumber,
      );
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
    });

    it("P16 never reverts, not even without a grant, twice, or for nobody", async () => {
      const { consent, patient, doctor, stranger } = await loadFixture(withGrant);
      for (const account of [doctor.address, doctor.address, stranger.address, ZeroAddress, patient.address]) {
        await consent.connect(patient).revoke(patient, account, ZeroHash);
      }
    });

    it("P23 is nobody else's to do or undo", async () => {
      const { consent, patient, doctor, admin, registrar, sponsor } = await loadFixture(withGrant);
      for (const caller of [doctor, admin, registrar, sponsor]) {
        const notMandated = async (sent: Promise<unknown>, action: bigint) =>
          expect(sent)
            .to.be.revertedWithCustomError(consent, "Delegates_NotMandated")
            .withArgs(patient.address, caller.address, action);
        await notMandated(consent.connect(caller).revoke(patient, doctor, ZeroHash), Action.Revoke);
        const head = await consent.consentHead(patient);
        await notMandated(consent.connect(caller).grant(patient, await buildTerms(admin), head), Action.Grant);
        // Of his own chart he may, and nothing follows for the patient's.
        await consent.connect(caller).revoke(caller, doctor, ZeroHash);
      }
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(true);
    });
  });

  describe("access", () => {
    it("P12 lasts up to the second before the expiry", async () => {
      const { consent, patient, doctor, terms } = await loadFixture(withGrant);
      await time.increaseTo(terms.expiry - 1n);
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(true);
      expect(await consent.writableAs(patient, doctor, scope(NOTES))).to.equal(1n);
      await time.increaseTo(terms.expiry);
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
      expect(await consent.writableAs(patient, doctor, scope(NOTES))).to.equal(0n);
    });

    it("P13 covers the granted categories exactly; reading and writing apart", async () => {
      const { consent, patient, doctor } = await loadFixture(openClinic);
      const terms = await buildTerms(doctor, { read: scope(NOTES), write: scope(RESULTS, MEDICATION) });
      await consent.connect(patient).grant(patient, terms, ZeroHash);
      for (let category = 0n; category < 256n; category += category < 16n ? 1n : 60n) {
        expect(await consent.canRead(patient, doctor, category), `read ${category}`).to.equal(category === NOTES);
        const writable = category === RESULTS || category === MEDICATION;
        const mask = (1n << category) & 0xffffn;
        expect(await consent.writableAs(patient, doctor, mask), `write ${category}`).to.equal(writable ? 1n : 0n);
      }
      expect(await consent.writableAs(patient, doctor, scope(RESULTS, MEDICATION))).to.equal(1n);
      expect(await consent.writableAs(patient, doctor, scope(RESULTS, NOTES))).to.equal(0n);
    });

    it("P13 the patient reads every category that exists", async () => {
      const { consent, patient } = await loadFixture(openClinic);
      for (let category = 0n; category < 12n; category++) {
        expect(await consent.canRead(patient, patient, category)).to.equal((ALL_CATEGORIES >> category) % 2n === 1n);
      }
    });

    it("P14 P07 needs a doctor who is active in the hospital that the grant names", async () => {
      const { consent, patient, pharmacist, otherDoctor, stranger, admin } = await loadFixture(openClinic);
      for (const account of [pharmacist, otherDoctor, stranger, admin]) {
        await consent.connect(patient).grant(patient, await buildTerms(account), await consent.consentHead(patient));
        expect(await consent.canRead(patient, account, NOTES)).to.equal(false);
        expect(await consent.writableAs(patient, account, scope(NOTES))).to.equal(0n);
      }
    });

    it("P26 does not come back when a suspended doctor is reactivated", async () => {
      const { consent, hospital, admin, patient, doctor } = await loadFixture(withGrant);
      await hospital.connect(admin).suspend(doctor);
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
      await hospital.connect(admin).reactivate(doctor);
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
      await consent.connect(patient).grant(patient, await buildTerms(doctor), await consent.consentHead(patient));
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(true);
    });

    it("P26 comes back when a suspended hospital is accredited again, unless it was revoked", async () => {
      const { consent, registry, registrar, hospital, id, patient, doctor, colleague } = await loadFixture(withGrant);
      await consent.connect(patient).grant(patient, await buildTerms(colleague), await consent.consentHead(patient));
      await registry.connect(registrar).setAccreditation(id, hospital, Accreditation.Suspended, digest("profile"));
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
      await consent.connect(patient).revoke(patient, colleague, ZeroHash);
      await registry.connect(registrar).setAccreditation(id, hospital, Accreditation.Accredited, digest("profile"));
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(true);
      expect(await consent.canRead(patient, colleague, NOTES)).to.equal(false);
    });

    it("P26 a grant in the second of a reactivation does not count", async () => {
      const { consent, hospital, admin, patient, doctor } = await loadFixture(withGrant);
      await hospital.connect(admin).suspend(doctor);
      const terms = await buildTerms(doctor);
      const head = await consent.consentHead(patient);
      await ethers.provider.send("evm_setAutomine", [false]);
      await hospital.connect(admin).reactivate(doctor, { gasLimit: 200_000n });
      await consent.connect(patient).grant(patient, terms, head, { gasLimit: 200_000n });
      await ethers.provider.send("evm_mine", []);
      await ethers.provider.send("evm_setAutomine", [true]);
      await time.increase(60);
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
    });
  });

  it("P17 P52 the head equals the replay of the events", async () => {
    const { consent, patient, doctor, colleague } = await loadFixture(withGrant);
    const as = consent.connect(patient);
    await as.revoke(patient, doctor, ZeroHash);
    await as.grant(patient, await buildTerms(colleague, { write: 0n }), await consent.consentHead(patient));
    await as.revoke(patient, doctor, digest("keyring 3"));
    const { computed, announced, head } = await replayConsent(consent, patient.address);
    expect(computed).to.have.length(4);
    expect(announced).to.deep.equal(computed);
    expect(await consent.consentHead(patient)).to.equal(head);
  });
});
