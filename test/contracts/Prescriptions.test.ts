import { expect } from "chai";
import { Signature, ZeroAddress, ZeroHash, concat, toBeHex } from "ethers";
import { buildTerms, counts, digest, signCancel, signDispense } from "./fixtures/builders.ts";
import { DAY, MEDICATION, NOTES, RAW, Role, scope } from "./fixtures/codes.ts";
import { ethers, loadFixture, time } from "./fixtures/network.ts";
import { replayLedger } from "./fixtures/replay.ts";
import type { Clinic } from "./fixtures/system.ts";
import { claimByAccount, openClinic } from "./fixtures/system.ts";

const PAYLOAD = digest("order");
const WRAPS = digest("wraps");
const COUNTS = counts(3n, 1n);
const dispenseKey = new ethers.Wallet(digest("dispense key"));

/** A clinic whose doctor may write medication. */
async function withGrant() {
  const clinic = await openClinic();
  const terms = await buildTerms(clinic.doctor, { write: scope(MEDICATION) });
  await clinic.consent.connect(clinic.patient).grant(clinic.patient, terms, ZeroHash);
  return { ...clinic, expiry: BigInt(await time.latest()) + 90n * DAY };
}

/** The same with an order of two medicines. */
async function withOrder() {
  const clinic = await withGrant();
  await issue(clinic, clinic.expiry);
  return { ...clinic, orderId: await clinic.records.head(clinic.patient) };
}

function issue(
  { prescriptions, doctor, patient }: Clinic,
  expiry: bigint,
  allowed = COUNTS,
  key = dispenseKey.address,
) {
  return prescriptions.connect(doctor).issue(patient, RAW, PAYLOAD, WRAPS, allowed, expiry, key);
}

type WithOrder = Awaited<ReturnType<typeof withOrder>>;

async function dispense(clinic: WithOrder, amounts: bigint, remaining: bigint, pharmacist = clinic.pharmacist) {
  const { prescriptions, orderId, id } = clinic;
  const message = { order: orderId, pharmacist, amounts, remaining };
  const capability = await signDispense(dispenseKey, prescriptions, message);
  return prescriptions.connect(pharmacist).dispense(orderId, dispenseKey.address, id, amounts, capability);
}

describe("Prescriptions", () => {
  describe("issue", () => {
    it("P36 P43 anchors the order in the patient's ledger in the doctor's name", async () => {
      const clinic = await loadFixture(withGrant);
      const { prescriptions, records, patient, doctor, id, expiry } = clinic;
      const sent = issue(clinic, expiry);
      await sent;
      const { head } = await replayLedger(records, patient.address);
      const now = BigInt(await time.latest());
      await expect(sent)
        .to.emit(records, "EntryAnchored")
        .withArgs(patient.address, doctor.address, head, id, MEDICATION, RAW, now, PAYLOAD, WRAPS);
      await expect(sent)
        .to.emit(prescriptions, "Issued")
        .withArgs(head, doctor.address, patient.address, id, COUNTS, expiry, dispenseKey.address);
      expect(await prescriptions.orderOf(head, dispenseKey)).to.deep.equal([doctor.address, expiry, COUNTS]);
      expect(await records.head(patient)).to.equal(head);
    });

    it("P43 is refused without write access to medication now", async () => {
      const { prescriptions, records, consent, patient, doctor, colleague, pharmacist, expiry } =
        await loadFixture(withGrant);
      const terms = await buildTerms(colleague, { write: scope(NOTES), read: scope(MEDICATION) });
      await consent.connect(patient).grant(patient, terms, await consent.consentHead(patient));
      await consent.connect(patient).revoke(patient, doctor, ZeroHash);
      for (const caller of [doctor, colleague, pharmacist]) {
        await expect(
          prescriptions.connect(caller).issue(patient, RAW, PAYLOAD, WRAPS, COUNTS, expiry, dispenseKey.address),
        )
          .to.be.revertedWithCustomError(records, "RecordRegistry_NoAccess")
          .withArgs(patient.address, caller.address, scope(MEDICATION));
      }
    });

    it("P43 nobody prescribes for himself", async () => {
      const { prescriptions, patient, doctor, expiry } = await loadFixture(withGrant);
      for (const caller of [patient, doctor]) {
        await expect(
          prescriptions.connect(caller).issue(caller, RAW, PAYLOAD, WRAPS, COUNTS, expiry, dispenseKey.address),
        )
          .to.be.revertedWithCustomError(prescriptions, "Prescriptions_OwnChart")
          .withArgs(caller.address);
      }
    });

    it("refuses no counts, an expiry out of bounds and no dispense key", async () => {
      const clinic = await loadFixture(withGrant);
      const { prescriptions, expiry } = clinic;
      await expect(issue(clinic, expiry, 0n))
        .to.be.revertedWithCustomError(prescriptions, "Prescriptions_InvalidCounts")
        .withArgs(0n);
      await expect(issue(clinic, expiry, COUNTS, ZeroAddress)).to.be.revertedWithCustomError(
        prescriptions,
        "Prescriptions_EmptyDispenseKey",
      );
      let now = BigInt(await time.latest());
      for (const ahead of [0n, 366n * DAY + 1n]) {
        now += 100n;
        await time.setNextBlockTimestamp(now);
        await expect(issue(clinic, now + ahead))
          .to.be.revertedWithCustomError(prescriptions, "Prescriptions_InvalidExpiry")
          .withArgs(now + ahead, now + 1n, now + 366n * DAY);
      }
      await time.setNextBlockTimestamp(now + 100n);
      await issue(clinic, now + 100n + 366n * DAY);
    });
  });

  describe("dispense", () => {
    it("P42 P43 subtracts what is dispensed, to the last refill", async () => {
      const clinic = await loadFixture(withOrder);
      const { prescriptions, pharmacist, orderId, id } = clinic;
      const amounts = counts(2n, 1n);
      await expect(dispense(clinic, amounts, COUNTS))
        .to.emit(prescriptions, "Dispensed")
        .withArgs(orderId, pharmacist.address, id, amounts, counts(1n));
      await expect(dispense(clinic, counts(1n), counts(1n)))
        .to.emit(prescriptions, "Dispensed")
        .withArgs(orderId, pharmacist.address, id, counts(1n), 0n);
      await expect(dispense(clinic, counts(1n), 0n))
        .to.be.revertedWithCustomError(prescriptions, "Prescriptions_TooMuch")
        .withArgs(counts(1n), 0n);
    });

    it("P42 of two pharmacies racing for the last refill, one wins", async () => {
      const clinic = await loadFixture(withOrder);
      const { prescriptions, hospital, admin, stranger, orderId, id } = clinic;
      await claimByAccount(hospital, admin, stranger, Role.Pharmacist);
      await hospital.connect(admin).confirm(stranger, Role.Pharmacist, 0n, ZeroHash);
      const amounts = counts(0n, 1n);
      const send = async (pharmacist: typeof stranger) => {
        const message = { order: orderId, pharmacist, amounts, remaining: COUNTS };
        const capability = await signDispense(dispenseKey, prescriptions, message);
        const as = prescriptions.connect(pharmacist);
        return as.dispense(orderId, dispenseKey.address, id, amounts, capability, { gasLimit: 200_000n });
      };
      await ethers.provider.send("evm_setAutomine", [false]);
      const first = await send(clinic.pharmacist);
      const second = await send(stranger);
      await ethers.provider.send("evm_mine", []);
      await ethers.provider.send("evm_setAutomine", [true]);
      const status = async (hash: string) => (await ethers.provider.getTransactionReceipt(hash))?.status;
      expect(((await status(first.hash)) ?? 0) + ((await status(second.hash)) ?? 0)).to.equal(1);
      expect((await prescriptions.orderOf(orderId, dispenseKey)).remaining).to.equal(counts(3n));
    });

    it("P43 a capability works once, for one pharmacist, these amounts and this remainder", async () => {
      const clinic = await loadFixture(withOrder);
      const { prescriptions, hospital, admin, pharmacist, stranger, orderId, id } = clinic;
      await claimByAccount(hospital, admin, stranger, Role.Pharmacist);
      await hospital.connect(admin).confirm(stranger, Role.Pharmacist, 0n, ZeroHash);
      const amounts = counts(1n);
      const message = { order: orderId, pharmacist, amounts, remaining: COUNTS };
      const capability = await signDispense(dispenseKey, prescriptions, message);
      const refused = async (caller: typeof stranger, asked: bigint, signature: string) =>
        expect(prescriptions.connect(caller).dispense(orderId, dispenseKey.address, id, asked, signature))
          .to.be.revertedWithCustomError(prescriptions, "Prescriptions_InvalidCapability")
          .withArgs(dispenseKey.address);
      await refused(stranger, amounts, capability);
      await refused(pharmacist, counts(2n), capability);
      await refused(pharmacist, amounts, await signDispense(stranger, prescriptions, message));
      await refused(
        pharmacist,
        amounts,
        await signDispense(dispenseKey, prescriptions, { ...message, order: digest("other") }),
      );
      const { r, s, v, compactSerialized } = Signature.from(capability);
      await refused(pharmacist, amounts, compactSerialized);
      await refused(pharmacist, amounts, concat([r, s, toBeHex(v === 27 ? 28 : 27, 1)]));
      await refused(pharmacist, amounts, "0x");

      const as = prescriptions.connect(pharmacist);
      await as.dispense(orderId, dispenseKey.address, id, amounts, capability);
      await refused(pharmacist, amounts, capability);
    });

    it("P43 needs an active pharmacist of the hospital he names", async () => {
      const clinic = await loadFixture(withOrder);
      const { prescriptions, hospital, admin, doctor, patient, stranger, pharmacist } = clinic;
      for (const caller of [doctor, patient, stranger]) {
        await expect(dispense(clinic, counts(1n), COUNTS, caller))
          .to.be.revertedWithCustomError(prescriptions, "Prescriptions_NotPharmacist")
          .withArgs(clinic.id, caller.address);
      }
      await hospital.connect(admin).suspend(pharmacist);
      await expect(dispense(clinic, counts(1n), COUNTS)).to.be.revertedWithCustomError(
        prescriptions,
        "Prescriptions_NotPharmacist",
      );
    });

    it("P43 ends with the expiry, to the second", async () => {
      const clinic = await loadFixture(withOrder);
      const { prescriptions, expiry } = clinic;
      await time.setNextBlockTimestamp(expiry - 1n);
      await dispense(clinic, counts(1n), COUNTS);
      await time.setNextBlockTimestamp(expiry);
      await expect(dispense(clinic, counts(1n), counts(2n, 1n)))
        .to.be.revertedWithCustomError(prescriptions, "Prescriptions_Expired")
        .withArgs(expiry, expiry);
    });

    it("P45 goes on when the prescriber is suspended later, or the patient revokes his grant", async () => {
      const clinic = await loadFixture(withOrder);
      const { hospital, consent, admin, patient, doctor } = clinic;
      await hospital.connect(admin).suspend(doctor);
      await dispense(clinic, counts(1n), COUNTS);
      await consent.connect(patient).revoke(patient, doctor, ZeroHash);
      await dispense(clinic, counts(1n), counts(2n, 1n));
    });

    it("refuses nothing at all, and orders or dispense keys that are not known", async () => {
      const clinic = await loadFixture(withOrder);
      const { prescriptions, pharmacist, orderId, id } = clinic;
      await expect(dispense(clinic, 0n, COUNTS))
        .to.be.revertedWithCustomError(prescriptions, "Prescriptions_InvalidCounts")
        .withArgs(0n);
      for (const [order, key] of [
        [digest("order"), dispenseKey.address],
        [orderId, pharmacist.address],
      ] as const) {
        await expect(prescriptions.connect(pharmacist).dispense(order, key, id, 1n, "0x"))
          .to.be.revertedWithCustomError(prescriptions, "Prescriptions_UnknownOrder")
          .withArgs(order, key);
      }
    });
  });

  describe("cancel", () => {
    it("P44 is the prescriber's, suspended or not, and final", async () => {
      const clinic = await loadFixture(withOrder);
      const { prescriptions, hospital, admin, patient, doctor, colleague, pharmacist, orderId } = clinic;
      for (const caller of [patient, colleague, pharmacist, admin]) {
        await expect(prescriptions.connect(caller).cancel(orderId, dispenseKey))
          .to.be.revertedWithCustomError(prescriptions, "Prescriptions_OnlyPrescriber")
          .withArgs(caller.address, doctor.address);
      }
      await hospital.connect(admin).suspend(doctor);
      await expect(prescriptions.connect(doctor).cancel(orderId, dispenseKey))
        .to.emit(prescriptions, "Cancelled")
        .withArgs(orderId, doctor.address);
      expect(await prescriptions.orderOf(orderId, dispenseKey)).to.deep.equal([doctor.address, 1n, COUNTS]);
      await expect(dispense(clinic, counts(1n), COUNTS))
        .to.be.revertedWithCustomError(prescriptions, "Prescriptions_Cancelled")
        .withArgs(orderId);
    });

    it("P16 never reverts for the prescriber: twice, and after the expiry", async () => {
      const clinic = await loadFixture(withOrder);
      const { prescriptions, doctor, orderId, expiry } = clinic;
      const as = prescriptions.connect(doctor);
      await as.cancel(orderId, dispenseKey);
      await time.increaseTo(expiry);
      await as.cancel(orderId, dispenseKey);
    });

    it("P44 P58 is possible for the patient's side, by a signature of the order's dispense key", async () => {
      const clinic = await loadFixture(withOrder);
      const { prescriptions, sponsor, orderId } = clinic;
      const as = prescriptions.connect(sponsor);
      const signature = await signCancel(dispenseKey, prescriptions, orderId);
      await expect(as.cancelBySig(orderId, dispenseKey, signature))
        .to.emit(prescriptions, "Cancelled")
        .withArgs(orderId, dispenseKey.address);
      await expect(dispense(clinic, counts(1n), COUNTS))
        .to.be.revertedWithCustomError(prescriptions, "Prescriptions_Cancelled")
        .withArgs(orderId);
      const other = await signCancel(dispenseKey, prescriptions, digest("order"));
      await expect(as.cancelBySig(orderId, dispenseKey, other))
        .to.be.revertedWithCustomError(prescriptions, "Prescriptions_InvalidCapability")
        .withArgs(dispenseKey.address);
    });

    it("refuses an unknown order", async () => {
      const { prescriptions, doctor } = await loadFixture(withOrder);
      await expect(prescriptions.connect(doctor).cancel(digest("order"), dispenseKey))
        .to.be.revertedWithCustomError(prescriptions, "Prescriptions_UnknownOrder")
        .withArgs(digest("order"), dispenseKey.address);
    });
  });
});
