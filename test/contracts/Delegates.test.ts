import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { buildTerms, digest } from "./fixtures/builders.ts";
import { Action, DAY, NOTES } from "./fixtures/codes.ts";
import { ethers, loadFixture, time } from "./fixtures/network.ts";
import { replayConsent } from "./fixtures/replay.ts";
import { openClinic } from "./fixtures/system.ts";

const ALL = Action.Grant | Action.Revoke | Action.Book;

/** A clinic whose patient lets the stranger do everything for 60 days. */
async function withDelegate() {
  const clinic = await openClinic();
  const { consent, patient, stranger: delegate } = clinic;
  const expiry = BigInt(await time.latest()) + 60n * DAY;
  await consent.connect(patient).appointDelegate(patient, delegate, ALL, expiry);
  return { ...clinic, delegate, expiry };
}

describe("ConsentRegistry: delegates", () => {
  describe("appointDelegate", () => {
    it("P24 gives a mandate and announces it, replacing an earlier one", async () => {
      const { consent, patient, delegate } = await loadFixture(withDelegate);
      const expiry = BigInt(await time.latest()) + DAY;
      await expect(consent.connect(patient).appointDelegate(patient, delegate, Action.Book, expiry))
        .to.emit(consent, "DelegateAppointed")
        .withArgs(patient.address, delegate.address, Action.Book, expiry);
      expect(await consent.mandateOf(patient, delegate)).to.deep.equal([Action.Book, expiry]);
      expect(await consent.isMandated(patient, delegate, Action.Grant)).to.equal(false);
    });

    it("P11 P24 refuses nobody, oneself, the contract, unknown actions and an end that is not in the next two years", async () => {
      const { consent, patient, delegate } = await loadFixture(withDelegate);
      const as = consent.connect(patient);
      const now = BigInt(await time.latest()) + 100n;
      for (const account of [ZeroAddress, patient.address, await consent.getAddress()]) {
        await expect(as.appointDelegate(patient, account, ALL, now + DAY))
          .to.be.revertedWithCustomError(consent, "Delegates_InvalidDelegate")
          .withArgs(account);
      }
      for (const actions of [0n, 8n, 255n]) {
        await expect(as.appointDelegate(patient, delegate, actions, now + DAY))
          .to.be.revertedWithCustomError(consent, "Delegates_InvalidActions")
          .withArgs(actions);
      }
      const latest = now + 2n * 365n * DAY;
      for (const expiry of [0n, now, latest + 1n]) {
        await time.setNextBlockTimestamp(now);
        await expect(as.appointDelegate.staticCall(patient, delegate, ALL, expiry, { blockTag: "pending" }))
          .to.be.revertedWithCustomError(consent, "Delegates_InvalidExpiry")
          .withArgs(expiry, now + 1n, latest);
      }
      await time.setNextBlockTimestamp(now);
      await as.appointDelegate(patient, delegate, ALL, latest);
    });

    it("P25 a delegate's own delegates have no power over the patient", async () => {
      const { consent, patient, delegate, sponsor, doctor, expiry } = await loadFixture(withDelegate);
      await consent.connect(delegate).appointDelegate(delegate, sponsor, ALL, expiry);
      expect(await consent.isMandated(patient, sponsor, Action.Grant)).to.equal(false);
      await expect(consent.connect(sponsor).grant(patient, await buildTerms(doctor), ZeroHash))
        .to.be.revertedWithCustomError(consent, "Delegates_NotMandated")
        .withArgs(patient.address, sponsor.address, Action.Grant);
    });
  });

  describe("grant and revoke", () => {
    it("P17 P22 P24 do what the patient could, within the mandate, and say who did it", async () => {
      const { consent, patient, doctor, delegate } = await loadFixture(withDelegate);
      const terms = await buildTerms(doctor);
      const granted = consent.connect(delegate).grant(patient, terms, ZeroHash);
      await expect(granted).to.emit(consent, "DelegateActed").withArgs(patient.address, delegate.address, Action.Grant);
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(true);
      expect(await consent.canRead(delegate, doctor, NOTES)).to.equal(false);
      const revoked = consent.connect(delegate).revoke(patient, doctor, digest("smaller"));
      await expect(revoked)
        .to.emit(consent, "DelegateActed")
        .withArgs(patient.address, delegate.address, Action.Revoke);
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
      const { computed, announced, head } = await replayConsent(consent, patient.address);
      expect(announced).to.deep.equal(computed);
      expect(await consent.consentHead(patient)).to.equal(head);
    });

    it("P17 grant builds on the head that the delegate has seen", async () => {
      const { consent, patient, doctor, delegate } = await loadFixture(withDelegate);
      await consent.connect(patient).revoke(patient, doctor, ZeroHash);
      await expect(
        consent.connect(delegate).grant(patient, await buildTerms(doctor), ZeroHash),
      ).to.be.revertedWithCustomError(consent, "ConsentRegistry_StaleHead");
    });

    it("P22 P24 each needs its own action", async () => {
      const { consent, patient, doctor, delegate, expiry } = await loadFixture(withDelegate);
      const as = consent.connect(delegate);
      const terms = await buildTerms(doctor);
      await consent.connect(patient).appointDelegate(patient, delegate, ALL & ~Action.Grant, expiry);
      await expect(as.grant(patient, terms, ZeroHash))
        .to.be.revertedWithCustomError(consent, "Delegates_NotMandated")
        .withArgs(patient.address, delegate.address, Action.Grant);
      await consent.connect(patient).appointDelegate(patient, delegate, ALL & ~Action.Revoke, expiry);
      await expect(as.revoke(patient, doctor, ZeroHash))
        .to.be.revertedWithCustomError(consent, "Delegates_NotMandated")
        .withArgs(patient.address, delegate.address, Action.Revoke);
      expect(await consent.isMandated(patient, delegate, 0n)).to.equal(false);
      expect(await consent.isMandated(patient, delegate, Action.Grant | Action.Revoke)).to.equal(false);
    });

    it("P22 a delegate grants nothing to himself and nothing that outlasts his mandate", async () => {
      const { consent, patient, doctor, delegate, expiry } = await loadFixture(withDelegate);
      const as = consent.connect(delegate);
      await expect(as.grant(patient, await buildTerms(delegate), ZeroHash))
        .to.be.revertedWithCustomError(consent, "ConsentRegistry_InvalidGrantee")
        .withArgs(delegate.address);
      await expect(as.grant(patient, await buildTerms(doctor, { expiry: expiry + 1n }), ZeroHash))
        .to.be.revertedWithCustomError(consent, "Delegates_BeyondMandate")
        .withArgs(expiry + 1n, expiry);
      await as.grant(patient, await buildTerms(doctor, { expiry }), ZeroHash);
    });

    it("P24 power ends with the expiry, to the second", async () => {
      const { consent, patient, doctor, delegate, expiry } = await loadFixture(withDelegate);
      await time.setNextBlockTimestamp(expiry - 1n);
      await consent.connect(delegate).revoke(patient, doctor, ZeroHash);
      await expect(consent.connect(delegate).revoke(patient, doctor, ZeroHash))
        .to.be.revertedWithCustomError(consent, "Delegates_NotMandated")
        .withArgs(patient.address, delegate.address, Action.Revoke);
    });
  });

  describe("removeDelegate", () => {
    it("P24 takes all power in the same block", async () => {
      const { consent, patient, doctor, delegate } = await loadFixture(withDelegate);
      const terms = await buildTerms(doctor);
      const gasLimit = 300_000n;
      await ethers.provider.send("evm_setAutomine", [false]);
      const removed = await consent
        .connect(patient)
        .removeDelegate(patient, delegate, { gasLimit, gasPrice: 9_000_000_000n });
      const late = await consent
        .connect(delegate)
        .grant(patient, terms, ZeroHash, { gasLimit, gasPrice: 8_000_000_000n });
      await ethers.provider.send("evm_mine", []);
      await ethers.provider.send("evm_setAutomine", [true]);
      await expect(removed)
        .to.emit(consent, "DelegateRemoved")
        .withArgs(patient.address, delegate.address, patient.address);
      await expect(late)
        .to.be.revertedWithCustomError(consent, "Delegates_NotMandated")
        .withArgs(patient.address, delegate.address, Action.Grant);
      const [first, second] = await Promise.all([removed.wait(), ethers.provider.getTransactionReceipt(late.hash)]);
      expect(second?.blockNumber).to.equal(first?.blockNumber);
      expect(await consent.mandateOf(patient, delegate)).to.deep.equal([0n, 0n]);
    });

    it("P16 never reverts, and is silent when there is nothing to end", async () => {
      const { consent, patient, neighbour, delegate } = await loadFixture(withDelegate);
      for (const account of [neighbour.address, ZeroAddress]) {
        await expect(consent.connect(patient).removeDelegate(patient, account)).to.not.emit(consent, "DelegateRemoved");
      }
      await expect(consent.connect(neighbour).removeDelegate(neighbour, delegate)).to.not.emit(
        consent,
        "DelegateRemoved",
      );
      await expect(consent.connect(neighbour).removeDelegate(patient, neighbour)).to.not.emit(
        consent,
        "DelegateRemoved",
      );
      await consent.connect(delegate).removeDelegate(patient, delegate);
      await expect(consent.connect(delegate).removeDelegate(patient, delegate)).to.not.emit(consent, "DelegateRemoved");
    });

    it("P24 is refused to everybody but the patient and the delegate himself", async () => {
      const { consent, patient, neighbour, delegate } = await loadFixture(withDelegate);
      await expect(consent.connect(neighbour).removeDelegate(patient, delegate))
        .to.be.revertedWithCustomError(consent, "Delegates_NotActor")
        .withArgs(patient.address, neighbour.address);
      expect(await consent.isMandated(patient, delegate, Action.Grant)).to.equal(true);
    });

    it("P24 a delegate cannot remove the patient or another delegate, or appoint; he gives back his own mandate", async () => {
      const { consent, patient, doctor, sponsor, delegate, expiry } = await loadFixture(withDelegate);
      await consent.connect(patient).appointDelegate(patient, sponsor, ALL, expiry);
      const as = consent.connect(delegate);
      for (const call of [
        () => as.removeDelegate(patient, patient),
        () => as.removeDelegate(patient, sponsor),
        () => as.appointDelegate(patient, sponsor, ALL, expiry),
        () => as.appointDelegate(patient, delegate, ALL, expiry + DAY),
      ]) {
        await expect(call())
          .to.be.revertedWithCustomError(consent, "Delegates_NotActor")
          .withArgs(patient.address, delegate.address);
      }
      await consent.connect(patient).grant(patient, await buildTerms(doctor), ZeroHash);
      expect(await consent.isMandated(patient, sponsor, Action.Grant)).to.equal(true);
      await expect(as.removeDelegate(patient, delegate))
        .to.emit(consent, "DelegateRemoved")
        .withArgs(patient.address, delegate.address, delegate.address);
      expect(await consent.isMandated(patient, delegate, Action.Grant)).to.equal(false);
    });

    it("P24 what he granted stays until the patient revokes it", async () => {
      const { consent, patient, doctor, delegate } = await loadFixture(withDelegate);
      await consent.connect(delegate).grant(patient, await buildTerms(doctor), ZeroHash);
      await consent.connect(patient).removeDelegate(patient, delegate);
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(true);
      await consent.connect(patient).revoke(patient, doctor, ZeroHash);
      expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
    });
  });
});
