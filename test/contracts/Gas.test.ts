import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { ZeroHash } from "ethers";
import {
  buildSignedGrant,
  buildTerms,
  buildVoucher,
  counts,
  digest,
  signClaim,
  signDispense,
  signGrant,
  signVoucher,
} from "./fixtures/builders.ts";
import { Action, COOL_DOWN, DAY, MEDICATION, NOTES, Outcome, RAW, Role, scope } from "./fixtures/codes.ts";
import { ethers, loadFixture, time } from "./fixtures/network.ts";
import { claimByAccount, createHospital, openClinic } from "./fixtures/system.ts";

/** Most gas that each operation may cost in the steady state: not the patient's, doctor's or hospital's first. */
const LIMITS = {
  grant: 58_000,
  "grant by signature": 70_000,
  revoke: 34_000,
  "appoint a delegate": 52_000,
  "grant as a delegate": 65_000,
  "revoke as a delegate": 38_000,
  "open an emergency": 170_000,
  "end an emergency": 40_000,
  "review an emergency": 50_000,
  anchor: 50_000,
  "anchor a batch": 50_000,
  "publish a first key and vault": 97_000,
  "rotate key and vault": 46_000,
  "publish a vault": 38_000,
  "claim by a named doctor": 90_000,
  "claim by a doctor with an invitation": 112_500,
  "book an appointment": 75_000,
  "prescribe eight medicines": 95_000,
  dispense: 54_000,
  "create a hospital": 170_000,
} as const;

type Operation = keyof typeof LIMITS;

const measured = new Map<Operation, number>();
const KEY = `0x09${"00".repeat(31)}`;
const WRAPS = digest("wraps");
const dispenseKey = new ethers.Wallet(digest("dispense key"));

async function gasOf(sent: Promise<ContractTransactionResponse>): Promise<number> {
  const receipt = await (await sent).wait();
  return Number(receipt?.gasUsed);
}

async function measure(operation: Operation, sent: Promise<ContractTransactionResponse>): Promise<void> {
  const gas = await gasOf(sent);
  measured.set(operation, gas);
  expect(gas, operation).to.be.at.most(LIMITS[operation]);
}

/** A clinic in the steady state: everybody has done everything once. */
async function inSteadyState() {
  const clinic = await openClinic();
  const { consent, records, appointments, prescriptions, patient, doctor, colleague, id } = clinic;
  const write = scope(NOTES, MEDICATION);
  await consent.connect(patient).grant(await buildTerms(doctor, { write }), ZeroHash);
  await consent.connect(patient).grant(await buildTerms(colleague, { write }), await consent.consentHead(patient));
  await consent.connect(patient).revoke(colleague, ZeroHash);
  await records.connect(doctor).anchor(patient, NOTES, RAW, digest("payload"), WRAPS);
  const expiry = BigInt(await time.latest()) + 90n * DAY;
  await prescriptions
    .connect(doctor)
    .issue(patient, RAW, digest("order"), WRAPS, counts(3n), expiry, dispenseKey.address);
  const orderId = await records.head(patient);
  const day = BigInt(await time.latest()) / DAY + 1n;
  await appointments.connect(doctor).publishAvailability(id, day, [(1n << 96n) - 1n]);
  await appointments.connect(patient).book(id, doctor, day, 0n, digest("request"), WRAPS);
  await clinic.keyDirectory.connect(patient).publish(0x20n, KEY, 0n, digest("vault"), 0n);
  return { ...clinic, orderId, expiry, day };
}

describe("Gas", () => {
  it("of consent is within its limits", async () => {
    const { consent, patient, doctor, colleague, sponsor } = await loadFixture(inSteadyState);
    const as = consent.connect(patient);
    await measure("grant", as.grant(await buildTerms(colleague), await consent.consentHead(patient)));
    await measure("revoke", as.revoke(colleague, digest("keyring")));

    const expectedHead = await consent.consentHead(patient);
    const grant = await buildSignedGrant(patient, await buildTerms(colleague), { expectedHead });
    const signature = await signGrant(patient, consent, grant);
    const { terms, signedAt, deadline } = grant;
    const by = consent.connect(sponsor);
    await measure("grant by signature", by.grantBySig(patient, terms, expectedHead, signedAt, deadline, signature));
    expect(await consent.canRead(patient, doctor, NOTES)).to.equal(true);
  });

  it("of delegates is within its limits", async () => {
    const { consent, patient, colleague, delegate } = await loadFixture(inSteadyState);
    const until = BigInt(await time.latest()) + 90n * DAY;
    await measure(
      "appoint a delegate",
      consent.connect(patient).appointDelegate(delegate, Action.Grant | Action.Revoke, until),
    );
    const as = consent.connect(delegate);
    const head = await consent.consentHead(patient);
    await measure("grant as a delegate", as.grantFor(patient, await buildTerms(colleague), head));
    await measure("revoke as a delegate", as.revokeFor(patient, colleague, digest("keyring")));
  });

  it("of emergencies is within its limits", async () => {
    const { consent, hospital, admin, patient, doctor, colleague, sponsor, id } = await loadFixture(inSteadyState);
    await hospital.connect(admin).setReviewer(sponsor, true);
    await time.increase(COOL_DOWN);
    await consent.connect(colleague).openEmergency(patient, id, scope(NOTES), digest("reason"));
    const opened = consent.connect(doctor).openEmergency(patient, id, scope(NOTES), digest("reason"));
    await measure("open an emergency", opened);
    await measure("end an emergency", consent.connect(patient).endEmergency(doctor));
    const reviewed = consent.connect(sponsor).reviewEmergency(id, 2n, Outcome.Justified, digest("report"));
    await measure("review an emergency", reviewed);
  });

  it("of records is within its limits", async () => {
    const { records, patient, doctor } = await loadFixture(inSteadyState);
    const as = records.connect(doctor);
    await measure("anchor", as.anchor(patient, NOTES, RAW, digest("payload 2"), WRAPS));
    const mask = scope(NOTES, MEDICATION);
    await measure("anchor a batch", as.anchorBatch(patient, mask, 200n, digest("root"), digest("manifest"), WRAPS));
  });

  it("of keys and vaults is within its limits", async () => {
    const { keyDirectory, patient, doctor } = await loadFixture(inSteadyState);
    const as = keyDirectory.connect(patient);
    const first = keyDirectory.connect(doctor).publish(0x20n, KEY, 0n, digest("vault"), 0n);
    await measure("publish a first key and vault", first);
    const next = `0x0a${digest("key").slice(4, -2)}00`;
    await measure("rotate key and vault", as.publish(0x20n, next, 1n, digest("vault 2"), 1n));
    await measure("publish a vault", as.publishVault(digest("vault 3"), 2n));
  });

  it("of hospitals and admissions is within its limits", async () => {
    const clinic = await loadFixture(inSteadyState);
    const { registry, hospital, admin, stranger, sponsor } = clinic;
    await measure("claim by a named doctor", claimByAccount(hospital, admin, stranger, Role.Doctor, 5n));
    const claimKey = new ethers.Wallet(digest("invitation"));
    const voucher = await buildVoucher({ role: Role.Doctor, speciality: 5n, claimKey: claimKey.address });
    const signature = await signVoucher(admin, hospital, voucher);
    const claim = await signClaim(claimKey, hospital, sponsor);
    const invited = hospital.connect(sponsor).claim(voucher, admin, signature, claim, digest("card"));
    await measure("claim by a doctor with an invitation", invited);
    await createHospital(clinic, stranger);
    const as = registry.connect(stranger);
    await measure("create a hospital", as.createHospital(digest("salt 2"), digest("profile"), digest("key")));
  });

  it("of appointments and prescriptions is within its limits", async () => {
    const clinic = await loadFixture(inSteadyState);
    const { appointments, prescriptions, patient, doctor, pharmacist, id, day, expiry, orderId } = clinic;
    const request = appointments.connect(patient).book(id, doctor, day, 1n, digest("request"), WRAPS);
    await measure("book an appointment", request);
    const eight = counts(1n, 2n, 3n, 4n, 5n, 6n, 7n, 127n);
    const issued = prescriptions
      .connect(doctor)
      .issue(patient, RAW, digest("order 2"), WRAPS, eight, expiry, dispenseKey.address);
    await measure("prescribe eight medicines", issued);

    const message = { order: orderId, pharmacist, amounts: counts(1n), remaining: counts(3n) };
    const capability = await signDispense(dispenseKey, prescriptions, message);
    const as = prescriptions.connect(pharmacist);
    await measure("dispense", as.dispense(orderId, dispenseKey.address, id, counts(1n), capability));
  });

  it("does not grow with what went before", async () => {
    const clinic = await loadFixture(inSteadyState);
    const { consent, records, prescriptions, appointments, patient, doctor, id, day, expiry } = clinic;
    const round = async (n: number) => {
      const grantee = { address: ethers.getAddress(`0x${digest(`grantee ${n}`).slice(-40)}`) };
      const head = await consent.consentHead(patient);
      return [
        await gasOf(records.connect(doctor).anchor(patient, NOTES, RAW, digest(`payload ${n}`), WRAPS)),
        await gasOf(consent.connect(patient).grant(await buildTerms(grantee), head)),
        await gasOf(appointments.connect(patient).book(id, doctor, day, BigInt(n), digest(`request ${n}`), WRAPS)),
        await gasOf(
          prescriptions
            .connect(doctor)
            .issue(patient, RAW, digest(`order ${n}`), WRAPS, counts(3n), expiry, dispenseKey.address),
        ),
      ];
    };
    const first = await round(10);
    for (let n = 11; n < 90; n++) await round(n);
    const last = await round(90);
    for (const [index, gas] of last.entries()) expect(gas).to.be.closeTo(first[index] ?? 0, 200);
  });

  after("prints the table", () => {
    const rows = [...measured].map(([operation, gas]) => ({ operation, gas, "at most": LIMITS[operation] }));
    console.table(rows);
  });
});
