import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { Action, COOL_DOWN, KEY, NOTES, OTHER_KEY, SUCCESSION_DELAY, SUITE } from "./fixtures/codes.ts";
import { buildTerms, digest } from "./fixtures/builders.ts";
import { loadFixture, time } from "./fixtures/network.ts";
import { replayConsent } from "./fixtures/replay.ts";
import { openClinic } from "./fixtures/system.ts";

/** A clinic whose patient has a recovery address, which has just proposed the successor. */
async function withProposal() {
  const clinic = await openClinic();
  const { keyDirectory, patient, recovery, successor } = clinic;
  await keyDirectory.connect(patient).setRecovery(patient, recovery);
  await keyDirectory.connect(recovery).proposeSuccessor(patient, successor);
  return { ...clinic, effective: BigInt(await time.latest()) + SUCCESSION_DELAY };
}

/** The same after the successor has accepted. */
async function succeeded() {
  const clinic = await withProposal();
  await time.increaseTo(clinic.effective);
  await clinic.keyDirectory.connect(clinic.successor).acceptSuccession(clinic.patient);
  return clinic;
}

describe("KeyDirectory: succession", () => {
  describe("setRecovery", () => {
    it("P58 is replaced by itself alone, and leaves a proposal that is waiting", async () => {
      const { keyDirectory, patient, recovery, stranger } = await loadFixture(withProposal);
      const proposal = await keyDirectory.proposalOf(patient);
      await expect(keyDirectory.connect(patient).setRecovery(patient, ZeroAddress))
        .to.be.revertedWithCustomError(keyDirectory, "Succession_NotEntitled")
        .withArgs(patient.address, patient.address);
      await expect(keyDirectory.connect(recovery).setRecovery(patient, stranger))
        .to.emit(keyDirectory, "RecoveryChanged")
        .withArgs(patient.address, stranger.address);
      expect(await keyDirectory.proposalOf(patient)).to.deep.equal(proposal);
    });

    it("P58 a thief of the wallet cannot take it away and then take the account", async () => {
      const { keyDirectory, patient, recovery, stranger } = await loadFixture(withProposal);
      const thief = keyDirectory.connect(patient);
      await expect(thief.setRecovery(patient, stranger)).to.be.revertedWithCustomError(
        keyDirectory,
        "Succession_NotEntitled",
      );
      await thief.proposeSuccessor(patient, stranger);
      await keyDirectory.connect(recovery).vetoSuccessor(patient);
      await time.increase(SUCCESSION_DELAY);
      await expect(keyDirectory.connect(stranger).acceptSuccession(patient)).to.be.revertedWithCustomError(
        keyDirectory,
        "Succession_NotProposed",
      );
    });

    it("P11 P58 refuses the account itself, whoever acts for it, and what is so already", async () => {
      const { keyDirectory, patient, successor } = await loadFixture(succeeded);
      const as = keyDirectory.connect(successor);
      for (const address of [patient, successor]) {
        await expect(as.setRecovery(patient, address))
          .to.be.revertedWithCustomError(keyDirectory, "Succession_InvalidRecovery")
          .withArgs(address.address);
      }
    });
  });

  describe("proposeSuccessor", () => {
    it("P58 announces when it takes effect, replacing a proposal that is waiting", async () => {
      const { keyDirectory, patient, stranger } = await loadFixture(withProposal);
      const now = BigInt(await time.latest()) + 500n;
      await time.setNextBlockTimestamp(now);
      await expect(keyDirectory.connect(patient).proposeSuccessor(patient, stranger))
        .to.emit(keyDirectory, "SuccessorProposed")
        .withArgs(patient.address, stranger.address, patient.address, now + SUCCESSION_DELAY);
      expect(await keyDirectory.proposalOf(patient)).to.deep.equal([stranger.address, now + SUCCESSION_DELAY]);
    });

    it("P11 P58 refuses nobody, the account itself and who acts for it already", async () => {
      const { keyDirectory, patient, recovery, successor } = await loadFixture(succeeded);
      await keyDirectory.connect(successor).setRecovery(patient, recovery);
      for (const address of [ZeroAddress, patient.address, successor.address]) {
        await expect(keyDirectory.connect(recovery).proposeSuccessor(patient, address))
          .to.be.revertedWithCustomError(keyDirectory, "Succession_InvalidSuccessor")
          .withArgs(address);
      }
    });

    it("P58 without a recovery address nobody but the account proposes", async () => {
      const { keyDirectory, patient, recovery, stranger } = await loadFixture(openClinic);
      for (const caller of [recovery, stranger]) {
        await expect(keyDirectory.connect(caller).proposeSuccessor(patient, stranger))
          .to.be.revertedWithCustomError(keyDirectory, "Succession_NotEntitled")
          .withArgs(patient.address, caller.address);
      }
      await keyDirectory.connect(patient).proposeSuccessor(patient, stranger);
    });
  });

  describe("vetoSuccessor", () => {
    for (const by of ["patient", "recovery"] as const) {
      it(`P58 by the ${by} ends the proposal for good, and is silent the second time`, async () => {
        const clinic = await loadFixture(withProposal);
        const { keyDirectory, patient, successor, effective } = clinic;
        await time.increaseTo(effective);
        await expect(keyDirectory.connect(clinic[by]).vetoSuccessor(patient))
          .to.emit(keyDirectory, "SuccessionVetoed")
          .withArgs(patient.address, successor.address, clinic[by].address);
        await expect(keyDirectory.connect(clinic[by]).vetoSuccessor(patient)).to.not.emit(
          keyDirectory,
          "SuccessionVetoed",
        );
        await expect(keyDirectory.connect(successor).acceptSuccession(patient))
          .to.be.revertedWithCustomError(keyDirectory, "Succession_NotProposed")
          .withArgs(patient.address, successor.address);
        expect(await keyDirectory.actorOf(patient)).to.equal(patient.address);
      });
    }

    it("P58 by anybody else, the proposed one included, is refused", async () => {
      const { keyDirectory, patient, successor, admin, registrar } = await loadFixture(withProposal);
      for (const caller of [successor, admin, registrar]) {
        await expect(keyDirectory.connect(caller).vetoSuccessor(patient))
          .to.be.revertedWithCustomError(keyDirectory, "Succession_NotEntitled")
          .withArgs(patient.address, caller.address);
      }
    });
  });

  describe("acceptSuccession", () => {
    it("P58 is possible from the first second after the delay, not before", async () => {
      const { keyDirectory, consent, appointments, patient, successor, effective } = await loadFixture(withProposal);
      const as = keyDirectory.connect(successor);
      await time.setNextBlockTimestamp(effective - 1n);
      await expect(as.acceptSuccession(patient))
        .to.be.revertedWithCustomError(keyDirectory, "Succession_TooEarly")
        .withArgs(effective, effective - 1n);
      await time.setNextBlockTimestamp(effective);
      const sent = as.acceptSuccession(patient);
      await expect(sent)
        .to.emit(keyDirectory, "Succeeded")
        .withArgs(patient.address, successor.address, patient.address);
      const { head } = await replayConsent(consent, patient.address);
      await expect(sent).to.emit(consent, "ConsentSucceeded").withArgs(patient.address, successor.address, head);
      await expect(sent).to.emit(appointments, "AccountSucceeded").withArgs(patient.address, successor.address);
      expect(await consent.consentHead(patient)).to.equal(head);
      expect(head.slice(-2)).to.equal("01");
      expect(await keyDirectory.actorOf(patient)).to.equal(successor.address);
    });

    it("P58 happens once, and by the proposed account alone", async () => {
      const { keyDirectory, patient, successor, stranger, recovery, effective } = await loadFixture(withProposal);
      await time.increaseTo(effective);
      for (const caller of [stranger, recovery, patient]) {
        await expect(keyDirectory.connect(caller).acceptSuccession(patient))
          .to.be.revertedWithCustomError(keyDirectory, "Succession_NotProposed")
          .withArgs(patient.address, caller.address);
      }
      await keyDirectory.connect(successor).acceptSuccession(patient);
      await expect(keyDirectory.connect(successor).acceptSuccession(patient)).to.be.revertedWithCustomError(
        keyDirectory,
        "Succession_NotProposed",
      );
    });

    it("P58 is one step, not a chain: who succeeds the successor does not act for the first account", async () => {
      const { keyDirectory, patient, successor, candidate } = await loadFixture(succeeded);
      await keyDirectory.connect(successor).proposeSuccessor(successor, candidate);
      await time.increase(SUCCESSION_DELAY);
      await keyDirectory.connect(candidate).acceptSuccession(successor);
      expect(await keyDirectory.actorOf(successor)).to.equal(candidate.address);
      expect(await keyDirectory.actorOf(patient)).to.equal(successor.address);
      await keyDirectory.connect(successor).publish(patient, SUITE, KEY, 0n, digest("vault"), 0n);
    });

    it("P58 may happen again, and then it is the second successor who acts", async () => {
      const { keyDirectory, consent, patient, successor, stranger, recovery } = await loadFixture(succeeded);
      expect(await keyDirectory.recoveryOf(patient)).to.equal(ZeroAddress);
      await keyDirectory.connect(successor).setRecovery(patient, recovery);
      await keyDirectory.connect(recovery).proposeSuccessor(patient, stranger);
      await time.increase(SUCCESSION_DELAY);
      const sent = keyDirectory.connect(stranger).acceptSuccession(patient);
      await expect(sent)
        .to.emit(keyDirectory, "Succeeded")
        .withArgs(patient.address, stranger.address, successor.address);
      expect((await consent.consentHead(patient)).slice(-2)).to.equal("02");
      await expect(
        keyDirectory.connect(successor).publish(patient, SUITE, KEY, 0n, digest("vault"), 0n),
      ).to.be.revertedWithCustomError(keyDirectory, "KeyDirectory_NotActor");
    });
  });

  it("P58 a rotation after it keeps the fact that the account was succeeded", async () => {
    const { keyDirectory, patient, successor } = await loadFixture(succeeded);
    const as = keyDirectory.connect(successor);
    await as.publish(patient, SUITE, KEY, 0n, digest("vault"), 0n);
    await as.publishVault(patient, digest("vault 2"), 1n);
    for (const call of [
      () => keyDirectory.connect(patient).publish(patient, SUITE, OTHER_KEY, 1n, digest("vault 3"), 2n),
      () => keyDirectory.connect(patient).publishVault(patient, digest("vault 3"), 2n),
    ]) {
      await expect(call()).to.be.revertedWithCustomError(keyDirectory, "KeyDirectory_NotActor");
    }
  });

  it("P24 P58 mandates end with it; grants and emergencies stay, and are the successor's to end", async () => {
    const clinic = await loadFixture(withProposal);
    const { consent, keyDirectory, patient, successor, delegate, doctor, colleague, id, effective } = clinic;
    await time.increase(COOL_DOWN);
    const as = consent.connect(patient);
    await as.appointDelegate(patient, delegate, Action.Grant, effective + COOL_DOWN);
    await as.grant(patient, await buildTerms(doctor), ZeroHash);
    await time.setNextBlockTimestamp(effective);
    await keyDirectory.connect(successor).acceptSuccession(patient);
    await consent.connect(colleague).openEmergency(patient, id, 1n << NOTES, digest("reason"));
    expect(await consent.isMandated(patient, delegate, Action.Grant)).to.equal(false);
    expect(await consent.canRead(patient, doctor, NOTES)).to.equal(true);
    expect(await consent.canRead(patient, successor, NOTES)).to.equal(true);
    expect(await consent.canRead(patient, patient, NOTES)).to.equal(false);
    await consent.connect(successor).endEmergency(patient, colleague);
    await consent.connect(successor).revoke(patient, doctor, ZeroHash);
    expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
    expect(await consent.canRead(patient, colleague, NOTES)).to.equal(false);
  });
});
