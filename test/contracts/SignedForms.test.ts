import { expect } from "chai";
import type { ContractTransactionResponse, Signer } from "ethers";
import { ZeroAddress } from "ethers";
import type { Voucher } from "./fixtures/builders.ts";
import { digest } from "./fixtures/builders.ts";
import { NOTES, Role, Status } from "./fixtures/codes.ts";
import { loadFixture, time } from "./fixtures/network.ts";
import type { Message } from "./fixtures/signatures.ts";
import { malleated } from "./fixtures/signatures.ts";
import type { SignedClinic, SignedForm } from "./fixtures/signed-forms.ts";
import { FEE, FORMS, formOf, signForm, submitForm } from "./fixtures/signed-forms.ts";
import { withOpenDay } from "./fixtures/visits.ts";

/** Who a message is about. */
const accountOf = (message: Message) => (message.patient ?? message.account) as string;

/** The message with one field changed, for each of its fields. */
function changesOf(message: Message, { stranger }: SignedClinic): [string, Message][] {
  const other = (value: Message[string]): Message[string] => {
    if (typeof value === "bigint") return value + 1n;
    if (typeof value === "object") return { ...value, expiry: value.expiry + 1n };
    return value.length === 42 ? stranger.address : digest("another");
  };
  const fields = Object.entries(message).filter(([, value]) => typeof value !== "object");
  const vouchers = Object.entries(message).flatMap(([name, value]) =>
    typeof value === "object" ? voucherChanges(value, stranger.address).map((each) => [name, each] as const) : [],
  );
  return [
    ...fields.map(([name, value]): [string, Message] => [name, { ...message, [name]: other(value) }]),
    ...vouchers.map(([name, value]): [string, Message] => [name, { ...message, [name]: value }]),
  ];
}

function voucherChanges(voucher: Voucher, account: string): Voucher[] {
  return [
    { ...voucher, role: Role.Pharmacist },
    { ...voucher, speciality: 1n },
    { ...voucher, expiry: voucher.expiry + 1n },
    { ...voucher, epoch: 1n },
    { ...voucher, account },
    { ...voucher, claimKey: account },
  ];
}

/** Sends it as the sponsor. */
const submit = (form: SignedForm, clinic: SignedClinic, message: Message, signature: string) =>
  submitForm(form, clinic, clinic.sponsor, message, signature) as Promise<ContractTransactionResponse>;

async function refused(form: SignedForm, clinic: SignedClinic, message: Message, signature: string, why?: string) {
  await expect(submit(form, clinic, message, signature), why)
    .to.be.revertedWithCustomError(form.contract(clinic), form.invalid)
    .withArgs(accountOf(message));
}

for (const form of FORMS) {
  /** A message of the patient's, and how to sign it. */
  const signed = async () => {
    const clinic = await loadFixture(withOpenDay);
    const message = await form.message(clinic, clinic.patient.address);
    const as = (signer: Signer, elsewhere = {}) => signForm(signer, form, clinic, message, elsewhere);
    return { clinic, message, as, signature: await as(clinic.patient) };
  };

  describe(`Signed forms: ${form.name}`, () => {
    it("P18 works once, sent by anybody", async () => {
      const { clinic, message, signature } = await signed();
      await submit(form, clinic, message, signature);
      await expect(submit(form, clinic, message, signature)).to.be.revertedWithCustomError(
        form.contract(clinic),
        form.spent,
      );
    });

    it("P18 counts until the second before its deadline", async () => {
      const { clinic, message, signature } = await signed();
      const deadline = message.deadline as bigint;
      await time.setNextBlockTimestamp(deadline - 1n);
      await submit(form, clinic, message, signature);
    });

    it("P18 does not count from its deadline on", async () => {
      const { clinic, message, signature } = await signed();
      const deadline = message.deadline as bigint;
      await time.setNextBlockTimestamp(deadline);
      await expect(submit(form, clinic, message, signature))
        .to.be.revertedWithCustomError(form.contract(clinic), form.expired)
        .withArgs(deadline, deadline);
    });

    it("P18 P19 O25 fails with any field changed, whoever sends it", async () => {
      const { clinic, message, signature } = await signed();
      const changes = changesOf(message, clinic);
      expect(new Set(changes.map(([field]) => field))).to.deep.equal(new Set(Object.keys(message)));
      for (const [field, changed] of changes) await refused(form, clinic, changed, signature, field);
      await submit(form, clinic, message, signature);
    });

    it("P18 fails in compact form, with high s, with a wrong v, cut, lengthened or empty", async () => {
      const { clinic, message, signature } = await signed();
      for (const altered of malleated(signature)) await refused(form, clinic, message, altered, altered);
    });

    it("P18 fails by another signer, for another chain, contract or name", async () => {
      const { clinic, message, as } = await signed();
      const { stranger, sponsor, patient, registry, hospital, appointments } = clinic;
      for (const other of [stranger, sponsor]) await refused(form, clinic, message, await as(other));
      await refused(form, clinic, message, await as(patient, { chainId: 1n }));
      await refused(form, clinic, message, await as(patient, { name: "Chartkey" }));
      for (const contract of [registry, hospital, form.name === "bookBySig" ? hospital : appointments]) {
        const signature = await signForm(patient, { ...form, contract: () => contract }, clinic, message);
        await refused(form, clinic, message, signature);
      }
      await refused(form, clinic, { ...message, ...("patient" in message ? { patient: ZeroAddress } : {}) }, "0x");
    });

    it("P18 fails in the place of every other form", async () => {
      const { clinic, message } = await signed();
      for (const other of FORMS.filter(({ name }) => name !== form.name)) {
        const theirs = await other.message(clinic, clinic.patient.address);
        for (const contract of [other.contract(clinic), form.contract(clinic)]) {
          const signature = await signForm(clinic.patient, { ...other, contract: () => contract }, clinic, theirs);
          await refused(form, clinic, message, signature, other.name);
        }
      }
    });
  });
}

describe("Signed forms: what they leave behind", () => {
  const send = async (name: string) => {
    const clinic = await loadFixture(withOpenDay);
    const form = formOf(name);
    const message = await form.message(clinic, clinic.patient.address);
    const signature = await signForm(clinic.patient, form, clinic, message);
    return { clinic, form, message, signature, sent: submit(form, clinic, message, signature) };
  };

  it("P19 a claim makes the signer a member, not the sponsor", async () => {
    const { clinic, message, sent } = await send("claimBySig");
    const { otherHospital, registry, otherAdmin, patient, sponsor, otherId } = clinic;
    await expect(sent)
      .to.emit(otherHospital, "Claimed")
      .withArgs(patient.address, Role.Patient, otherAdmin.address, ZeroAddress, message.card);
    expect((await registry.memberOf(otherId, patient)).status).to.equal(Status.Active);
    expect((await registry.memberOf(otherId, sponsor)).status).to.equal(Status.None);
  });

  it("P19 keys are the signer's", async () => {
    const { clinic, message, sent } = await send("publishBySig");
    const { keyDirectory, patient, sponsor } = clinic;
    await expect(sent).to.emit(keyDirectory, "KeyPublished").withArgs(patient.address, 1n, message.suite, message.key);
    expect(await keyDirectory.keyOf(patient)).to.deep.equal([1n, message.suite, message.key]);
    expect((await keyDirectory.keyOf(sponsor)).version).to.equal(0n);
  });

  it("P19 a visit is the signer's, and so is the fee that the sponsor paid", async () => {
    const { clinic, sent } = await send("bookBySig");
    const { appointments, patient, sponsor, doctor, id, day } = clinic;
    await sent;
    const { visitId, patient: whose } = await appointments.visitOf(id, doctor, day, 90n);
    await expect(sent).to.emit(appointments, "VisitChanged").withArgs(visitId, 1n, 1n, sponsor.address);
    expect(whose).to.equal(patient.address);
    await appointments.connect(doctor).decline(id, day, 90n, 1n);
    expect((await appointments.accountOf(patient)).balance).to.equal(FEE * 1_000_000_000n);
    expect((await appointments.accountOf(sponsor)).balance).to.equal(0n);
  });

  it("P18 a signed booking is not repeated when the visit was cancelled", async () => {
    const { clinic, form, message, signature, sent } = await send("bookBySig");
    const { appointments, patient, doctor, id, day } = clinic;
    await sent;
    await appointments.connect(patient).cancel(id, doctor, day, 90n, 1n);
    await expect(submit(form, clinic, message, signature))
      .to.be.revertedWithCustomError(appointments, "Appointments_WrongRound")
      .withArgs(2n, 1n);
  });

  it("P16 P17 a signed revoke works on any consent head, but not on a grant that was signed after it", async () => {
    const clinic = await loadFixture(withOpenDay);
    const { consent, patient, doctor, colleague } = clinic;
    await time.increase(60);
    const [revoke, grant] = [formOf("revokeBySig"), formOf("grantBySig")];
    const given = await grant.message(clinic, patient.address);
    await submit(grant, clinic, given, await signForm(patient, grant, clinic, given));
    expect(await consent.canRead(patient, colleague, NOTES)).to.equal(true);

    const earlier = { ...(await revoke.message(clinic, patient.address)), signedAt: (given.signedAt as bigint) - 1n };
    await expect(submit(revoke, clinic, earlier, await signForm(patient, revoke, clinic, earlier)))
      .to.be.revertedWithCustomError(consent, "ConsentRegistry_SignedBeforeGrant")
      .withArgs(earlier.signedAt, given.signedAt);

    const message = { ...earlier, signedAt: given.signedAt as bigint };
    const signature = await signForm(patient, revoke, clinic, message);
    await consent.connect(patient).revoke(patient, doctor, digest("the head moves on"));
    await submit(revoke, clinic, message, signature);
    expect(await consent.canRead(patient, colleague, NOTES)).to.equal(false);
  });

  it("P18 a signed revoke does not begin before it is signed", async () => {
    const clinic = await loadFixture(withOpenDay);
    const { consent, patient } = clinic;
    const revoke = formOf("revokeBySig");
    const message = {
      ...(await revoke.message(clinic, patient.address)),
      signedAt: BigInt(await time.latest()) + 500n,
    };
    await time.setNextBlockTimestamp(message.signedAt - 1n);
    await expect(submit(revoke, clinic, message, await signForm(patient, revoke, clinic, message)))
      .to.be.revertedWithCustomError(consent, "ConsentRegistry_SignedInFuture")
      .withArgs(message.signedAt, message.signedAt - 1n);
  });
});
