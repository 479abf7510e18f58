import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { ZeroHash } from "ethers";
import { buildBooking, buildTerms, buildVoucher, counts, digest, signVoucher } from "./fixtures/builders.ts";
import { DAY, MEDICATION, NOTES, RAW, Role, scope } from "./fixtures/codes.ts";
import { ethers, loadFixture, time } from "./fixtures/network.ts";
import { sign } from "./fixtures/signatures.ts";
import { openClinic } from "./fixtures/system.ts";
import { ALL_DAY, FEE, PAID } from "./fixtures/visits.ts";

/** How many records, grants, doctors, appointments and orders there were before. */
const BEFORE = [10, 100, 1_000];
const TOLERANCE = 200;
const WRAPS = digest("wraps");
/** Given, so that nothing is estimated. */
const LIMIT = { gasLimit: 400_000n };
const SLOTS = 96;

/** A clinic whose doctor may write, and receives for the next 31 days. */
async function withRoom() {
  const clinic = await openClinic();
  const { consent, appointments, patient, doctor, id } = clinic;
  await time.increase(60);
  const write = scope(NOTES, MEDICATION);
  await consent.connect(patient).grant(patient, await buildTerms(doctor, { write }), ZeroHash);
  const day = BigInt(await time.latest()) / DAY + 1n;
  await appointments.connect(doctor).publishAvailability(id, day, Array<bigint>(31).fill(ALL_DAY), FEE);
  const terms = await buildTerms(doctor);
  const expiry = BigInt(await time.latest()) + 90n * DAY;
  return { ...clinic, day, terms, expiry };
}

type Room = Awaited<ReturnType<typeof withRoom>>;

/** The n-th of everything, whoever it is about; what is sent for each. */
async function round(clinic: Room, n: number): Promise<Record<string, () => Promise<ContractTransactionResponse>>> {
  const { consent, records, prescriptions, appointments, hospital, keyDirectory } = clinic;
  const { patient, doctor, sponsor, admin, expiry, day } = clinic;
  const terms = { ...clinic.terms, grantee: ethers.getAddress(`0x${digest(`grantee ${n}`).slice(-40)}`) };
  const booking = buildBooking(doctor, day + BigInt(Math.floor(n / SLOTS)), BigInt(n % SLOTS));
  const newcomer = new ethers.Wallet(digest(`newcomer ${n}`));
  const account = newcomer.address;
  const voucher = await buildVoucher({ role: Role.Doctor, speciality: 5n, account, expiry });
  const message = { account, voucher, admin: admin.address, card: WRAPS, deadline: expiry };
  const [byAdmin, join] = [
    await signVoucher(admin, hospital, voucher),
    await sign(newcomer, "Join", hospital, message),
  ];
  const vault = digest(`vault ${n}`);
  const order = digest(`order ${n}`);
  const head = await consent.consentHead(patient);
  return {
    anchor: () => records.connect(doctor).anchor(patient, NOTES, RAW, digest(`payload ${n}`), WRAPS, LIMIT),
    grant: () => consent.connect(patient).grant(patient, terms, head, LIMIT),
    "publish a vault": () => keyDirectory.connect(patient).publishVault(patient, vault, n, LIMIT),
    book: () => appointments.connect(patient).book(patient, booking, { ...PAID, ...LIMIT }),
    prescribe: () =>
      prescriptions.connect(doctor).issue(patient, RAW, order, WRAPS, counts(3n), expiry, doctor.address, LIMIT),
    admit: () =>
      hospital.connect(sponsor).claimBySig(account, voucher, admin, byAdmin, "0x", WRAPS, expiry, join, LIMIT),
    decline: () => appointments.connect(doctor).decline(1n, booking.day, booking.slot, 1n, LIMIT),
  };
}

describe("Gas: slope", () => {
  it(`P51 nothing costs more after ${BEFORE.join(", ")} records, grants, doctors, visits and orders`, async function () {
    this.timeout(180_000);
    const clinic = await loadFixture(withRoom);
    const gas: Record<string, number[]> = {};
    for (let n = 0; n <= Math.max(...BEFORE); n++) {
      for (const [operation, send] of Object.entries(await round(clinic, n))) {
        const response = await send();
        if (!BEFORE.includes(n)) continue;
        const receipt = await response.wait();
        (gas[operation] ??= []).push(Number(receipt?.gasUsed));
      }
    }
    const { requests } = await clinic.appointments.accountOf(clinic.patient);
    expect(requests).to.equal(0n);
    expect((await clinic.records.head(clinic.patient)).slice(-8)).to.equal((2 * 1_001).toString(16).padStart(8, "0"));
    for (const [operation, [first = 0, ...rest]] of Object.entries(gas)) {
      expect(rest, operation).to.have.length(BEFORE.length - 1);
      for (const later of rest) expect(later, operation).to.be.closeTo(first, TOLERANCE);
    }
    console.table(gas);
  });
});
