import { expect } from "chai";
import { ZeroHash } from "ethers";
import { buildTerms, buildVoucher, counts, digest, signDispense, signVoucher } from "./fixtures/builders.ts";
import { inOneBlock } from "./fixtures/blocks.ts";
import { Action, DAY, MEDICATION, RAW, Role, SUCCESSION_DELAY, scope } from "./fixtures/codes.ts";
import { ethers, loadFixture, time } from "./fixtures/network.ts";
import { openClinic } from "./fixtures/system.ts";

const WRAPS = digest("wraps");

describe("Abuse: races and theft", () => {
  describe("races", () => {
    it("P42 of two pharmacies that dispense the last refill in one block exactly one wins", async () => {
      const clinic = await loadFixture(openClinic);
      const { consent, records, prescriptions, hospital, admin, patient, doctor, pharmacist, stranger, id } = clinic;
      const voucher = await buildVoucher({ role: Role.Pharmacist, account: stranger.address });
      const signature = await signVoucher(admin, hospital, voucher);
      await hospital.connect(stranger).claim(stranger, voucher, admin, signature, "0x", ZeroHash);
      await hospital.connect(admin).confirm(stranger, Role.Pharmacist, 0n, ZeroHash);
      await time.increase(60);
      await consent.connect(patient).grant(patient, await buildTerms(doctor, { write: scope(MEDICATION) }), ZeroHash);
      const key = new ethers.Wallet(digest("dispense key"));
      const expiry = BigInt(await time.latest()) + 90n * DAY;
      await prescriptions.connect(doctor).issue(patient, RAW, digest("order"), WRAPS, counts(1n), expiry, key.address);
      const order = await records.head(patient);
      const dispense = async (by: typeof pharmacist) => {
        const message = { order, pharmacist: by, amounts: counts(1n), remaining: counts(1n) };
        const capability = await signDispense(key, prescriptions, message);
        return (ordered: object) =>
          prescriptions.connect(by).dispense(order, key.address, id, counts(1n), capability, ordered);
      };
      const [won, lost] = await inOneBlock(await dispense(stranger), await dispense(pharmacist));
      await expect(won).to.emit(prescriptions, "Dispensed").withArgs(order, stranger.address, id, counts(1n), 0n);
      await expect(lost).to.be.revertedWithCustomError(prescriptions, "Prescriptions_TooMuch").withArgs(counts(1n), 0n);
      expect((await prescriptions.orderOf(order, key.address)).remaining).to.equal(0n);
    });

    it("P17 of two devices that build on one consent head in one block the second changes nothing", async () => {
      const { consent, patient, doctor, colleague } = await loadFixture(openClinic);
      const terms = [await buildTerms(doctor), await buildTerms(colleague)] as const;
      const [first, lost] = await inOneBlock(
        ...terms.map((each) => (ordered: object) => consent.connect(patient).grant(patient, each, ZeroHash, ordered)),
      );
      await expect(first).to.emit(consent, "Granted");
      await expect(lost).to.be.revertedWithCustomError(consent, "ConsentRegistry_StaleHead");
      expect((await consent.grantOf(patient, colleague)).expiry).to.equal(0n);
    });

    it("P17 P24 a delegate's grant on the head before the patient's revoke, in one block, does not undo it", async () => {
      const { consent, patient, doctor, delegate, sponsor } = await loadFixture(openClinic);
      const until = BigInt(await time.latest()) + 60n * DAY;
      for (const each of [delegate, sponsor]) {
        await consent.connect(patient).appointDelegate(patient, each, Action.Grant | Action.Revoke, until);
      }
      const terms = await buildTerms(doctor);
      await consent.connect(patient).grant(patient, terms, ZeroHash);
      const head = await consent.consentHead(patient);
      const [, ...late] = await inOneBlock(
        (ordered) => consent.connect(patient).revoke(patient, doctor, ZeroHash, ordered),
        (ordered) => consent.connect(delegate).grant(patient, terms, head, ordered),
        (ordered) => consent.connect(sponsor).grant(patient, terms, head, ordered),
      );
      for (const each of late) {
        await expect(each).to.be.revertedWithCustomError(consent, "ConsentRegistry_StaleHead");
      }
      expect((await consent.grantOf(patient, doctor)).expiry).to.equal(0n);
    });

    it("P17 of two delegates who grant on one head in one block the first wins, and both are named", async () => {
      const { consent, patient, doctor, colleague, delegate, sponsor } = await loadFixture(openClinic);
      const until = BigInt(await time.latest()) + 60n * DAY;
      for (const each of [delegate, sponsor]) {
        await consent.connect(patient).appointDelegate(patient, each, Action.Grant, until);
      }
      const terms = [await buildTerms(doctor), await buildTerms(colleague)] as const;
      const [won, lost] = await inOneBlock(
        (ordered) => consent.connect(delegate).grant(patient, terms[0], ZeroHash, ordered),
        (ordered) => consent.connect(sponsor).grant(patient, terms[1], ZeroHash, ordered),
      );
      await expect(won).to.emit(consent, "DelegateActed").withArgs(patient.address, delegate.address, Action.Grant);
      await expect(lost).to.be.revertedWithCustomError(consent, "ConsentRegistry_StaleHead");
    });
  });

  describe("theft", () => {
    it("P58 the owner's recovery code takes the account back from a thief of the wallet who does not notice", async () => {
      const clinic = await loadFixture(openClinic);
      const { keyDirectory, consent, patient: thief, recovery, successor: owner, stranger } = clinic;
      await keyDirectory.connect(thief).setRecovery(thief, recovery);
      await keyDirectory.connect(recovery).proposeSuccessor(thief, owner);
      await time.increase(SUCCESSION_DELAY);
      await keyDirectory.connect(owner).acceptSuccession(thief);
      for (const call of [
        () => keyDirectory.connect(thief).vetoSuccessor(thief),
        () => keyDirectory.connect(thief).proposeSuccessor(thief, stranger),
        () => keyDirectory.connect(thief).setRecovery(thief, stranger),
        () => consent.connect(thief).revoke(thief, stranger, ZeroHash),
      ]) {
        await expect(call()).to.be.revert(ethers);
      }
      expect(await keyDirectory.actorOf(thief)).to.equal(owner.address);
    });

    it("P58 a thief of the recovery code takes nothing from the owner of the wallet, who vetoes", async () => {
      const { keyDirectory, patient: owner, recovery: thief, stranger } = await loadFixture(openClinic);
      await keyDirectory.connect(owner).setRecovery(owner, thief);
      await keyDirectory.connect(thief).proposeSuccessor(owner, stranger);
      await time.increase(SUCCESSION_DELAY - 10n);
      await keyDirectory.connect(owner).vetoSuccessor(owner);
      await time.increase(SUCCESSION_DELAY);
      await expect(keyDirectory.connect(stranger).acceptSuccession(owner)).to.be.revertedWithCustomError(
        keyDirectory,
        "Succession_NotProposed",
      );
      expect(await keyDirectory.actorOf(owner)).to.equal(owner.address);
    });

    it("P58 a thief of the wallet who proposes himself is vetoed with the recovery code", async () => {
      const { keyDirectory, patient: thief, recovery, stranger } = await loadFixture(openClinic);
      await keyDirectory.connect(thief).setRecovery(thief, recovery);
      await keyDirectory.connect(thief).proposeSuccessor(thief, stranger);
      await time.increase(SUCCESSION_DELAY);
      await keyDirectory.connect(recovery).vetoSuccessor(thief);
      await expect(keyDirectory.connect(stranger).acceptSuccession(thief)).to.be.revertedWithCustomError(
        keyDirectory,
        "Succession_NotProposed",
      );
    });
  });
});
