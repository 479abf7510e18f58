import { expect } from "chai";
import { Signature, ZeroAddress, ZeroHash, concat, toBeHex } from "ethers";
import type { SignedGrant } from "./fixtures/builders.ts";
import { buildSignedGrant, buildTerms, digest, signGrant } from "./fixtures/builders.ts";
import { NOTES, scope } from "./fixtures/codes.ts";
import { ethers, loadFixture, time } from "./fixtures/network.ts";
import type { Clinic } from "./fixtures/system.ts";
import { openClinic } from "./fixtures/system.ts";

const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

function submit({ consent, sponsor }: Clinic, grant: SignedGrant, signature: string) {
  const { patient, terms, expectedHead, signedAt, deadline } = grant;
  return consent.connect(sponsor).grantBySig(patient, terms, expectedHead, signedAt, deadline, signature);
}

/** A clinic with a grant that its patient has signed and nobody has sent. */
async function withSignature() {
  const clinic = await openClinic();
  const grant = await buildSignedGrant(clinic.patient, await buildTerms(clinic.doctor));
  const signature = await signGrant(clinic.patient, clinic.consent, grant);
  return { ...clinic, grant, signature };
}

describe("ConsentRegistry: signed grants", () => {
  it("P19 leave exactly what the patient signed, whoever sends them", async () => {
    const clinic = await loadFixture(withSignature);
    const { consent, patient, doctor, grant, signature } = clinic;
    const sent = submit(clinic, grant, signature);
    await sent;
    const { grantee, hospital, read, write, expiry, keyring } = grant.terms;
    const head = await consent.consentHead(patient);
    await expect(sent)
      .to.emit(consent, "Granted")
      .withArgs(patient.address, grantee, hospital, read, write, expiry, grant.signedAt, keyring, head);
    expect(await consent.grantOf(patient, doctor)).to.deep.equal([read, write, expiry, hospital, grant.signedAt]);
    expect(await consent.canRead(patient, doctor, NOTES)).to.equal(true);
  });

  it("P18 work once", async () => {
    const clinic = await loadFixture(withSignature);
    await submit(clinic, clinic.grant, clinic.signature);
    const head = await clinic.consent.consentHead(clinic.patient);
    await expect(submit(clinic, clinic.grant, clinic.signature))
      .to.be.revertedWithCustomError(clinic.consent, "ConsentRegistry_StaleHead")
      .withArgs(head, ZeroHash);
  });

  it("P17 give nothing after a revoke, also of somebody else", async () => {
    const clinic = await loadFixture(withSignature);
    const { consent, patient, doctor, stranger, grant, signature } = clinic;
    await consent.connect(patient).revoke(patient, stranger, ZeroHash);
    await expect(submit(clinic, grant, signature)).to.be.revertedWithCustomError(consent, "ConsentRegistry_StaleHead");
    expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
  });

  it("P18 end with the deadline, to the second, and do not begin before they are signed", async () => {
    const clinic = await loadFixture(withSignature);
    const { consent, patient, grant, signature } = clinic;
    const future = { ...grant, signedAt: grant.signedAt + 500n };
    await time.setNextBlockTimestamp(future.signedAt - 1n);
    await expect(submit(clinic, future, await signGrant(patient, consent, future)))
      .to.be.revertedWithCustomError(consent, "ConsentRegistry_SignedInFuture")
      .withArgs(future.signedAt, future.signedAt - 1n);
    await time.setNextBlockTimestamp(grant.deadline);
    await expect(submit(clinic, grant, signature))
      .to.be.revertedWithCustomError(consent, "ConsentRegistry_SignatureExpired")
      .withArgs(grant.deadline, grant.deadline);
  });

  it("P18 count until the second before the deadline", async () => {
    const clinic = await loadFixture(withSignature);
    await time.setNextBlockTimestamp(clinic.grant.deadline - 1n);
    await submit(clinic, clinic.grant, clinic.signature);
  });

  it("P18 fail with any field changed", async () => {
    const clinic = await loadFixture(withSignature);
    const { consent, grant, signature, stranger, colleague } = clinic;
    const { terms } = grant;
    const changed: SignedGrant[] = [
      { ...grant, patient: stranger.address },
      { ...grant, patient: ZeroAddress },
      { ...grant, terms: { ...terms, grantee: colleague.address } },
      { ...grant, terms: { ...terms, hospital: 2n } },
      { ...grant, terms: { ...terms, read: scope(NOTES) } },
      { ...grant, terms: { ...terms, write: 0n } },
      { ...grant, terms: { ...terms, expiry: terms.expiry + 1n } },
      { ...grant, terms: { ...terms, keyring: digest("another") } },
      { ...grant, expectedHead: digest("head") },
      { ...grant, signedAt: grant.signedAt - 1n },
      { ...grant, deadline: grant.deadline + 1n },
    ];
    for (const altered of changed) {
      await expect(submit(clinic, altered, signature))
        .to.be.revertedWithCustomError(consent, "ConsentRegistry_InvalidSignature")
        .withArgs(altered.patient);
    }
  });

  it("P18 fail in compact form, with high s, with a wrong v, for another contract or chain, or by another signer", async () => {
    const clinic = await loadFixture(withSignature);
    const { consent, patient, stranger, registry, grant, signature } = clinic;
    const { r, s, v, compactSerialized } = Signature.from(signature);
    const flipped = toBeHex(v === 27 ? 28 : 27, 1);
    for (const altered of [
      compactSerialized,
      concat([r, toBeHex(CURVE_ORDER - BigInt(s), 32), flipped]),
      concat([r, s, flipped]),
      concat([r, s, toBeHex(v - 27, 1)]),
      "0x",
      await signGrant(stranger, consent, grant),
      await signGrant(patient, registry, grant),
      await signGrant(patient, consent, grant, 1n),
    ]) {
      await expect(submit(clinic, grant, altered))
        .to.be.revertedWithCustomError(consent, "ConsentRegistry_InvalidSignature")
        .withArgs(patient.address);
    }
  });

  it("P26 signed before a suspension give nothing after it", async () => {
    const clinic = await loadFixture(withSignature);
    const { consent, hospital, admin, patient, doctor, grant, signature } = clinic;
    await hospital.connect(admin).suspend(doctor);
    await hospital.connect(admin).reactivate(doctor);
    await time.increase(60);
    await submit(clinic, grant, signature);
    expect(await consent.canRead(patient, doctor, NOTES)).to.equal(false);
  });

  it("P20 P21 of a contract account count while it says so", async () => {
    const clinic = await loadFixture(withSignature);
    const { consent, patient, doctor, grant } = clinic;
    const wallet = await ethers.deployContract("ContractWallet", [patient.address]);
    const own = { ...grant, patient: await wallet.getAddress() };
    const signature = await signGrant(patient, consent, own);
    for (const mood of [1n, 2n, 3n]) {
      await wallet.setMood(mood);
      await expect(submit(clinic, own, signature))
        .to.be.revertedWithCustomError(consent, "ConsentRegistry_InvalidSignature")
        .withArgs(own.patient);
    }
    await wallet.setMood(0n);
    await submit(clinic, own, signature);
    expect(await consent.canRead(own.patient, doctor, NOTES)).to.equal(true);
  });
});
