import { expect } from "chai";
import { ZeroHash } from "ethers";
import { buildBooking, buildVoucher, signVoucher } from "./fixtures/builders.ts";
import { ethers, loadFixture, networkHelpers } from "./fixtures/network.ts";
import { PAID, SLOT, book, booksOf, take, withOpenDay, withVisit } from "./fixtures/visits.ts";

const Greed = { Content: 0n, Reverting: 1n, Burning: 2n, Reentering: 3n } as const;

/** A patient who is a contract account, with two declined visits' fees to withdraw and a third visit open. */
async function withHostile() {
  const clinic = await withOpenDay();
  const { appointments, hospital, admin, doctor, stranger, id, day } = clinic;
  const hostile = await ethers.deployContract("HostileReceiver", [stranger.address]);
  const account = await hostile.getAddress();
  const voucher = await buildVoucher({ account });
  const signature = await signVoucher(admin, hospital, voucher);
  const claim = [account, voucher, admin.address, signature, "0x", ZeroHash] as const;
  await hostile.execute(hospital, hospital.interface.encodeFunctionData("claim", claim as never));
  for (const slot of [1n, 2n, 3n]) {
    const data = appointments.interface.encodeFunctionData("book", [account, buildBooking(doctor, day, slot)]);
    await hostile.execute(appointments, data, PAID);
  }
  for (const slot of [1n, 2n]) await appointments.connect(doctor).decline(id, day, slot, 1n);
  // Somebody else's fee, to be stolen.
  await book(clinic);
  const withdrawal = appointments.interface.encodeFunctionData("withdraw", [account, account]);
  return { ...clinic, hostile, account, withdrawal };
}

describe("Abuse: ether", () => {
  it("P50 no contract takes plain ether, with or without data, and none can be paid where nothing is asked", async () => {
    const clinic = await loadFixture(withOpenDay);
    const { registry, hospital, keyDirectory, consent, records, appointments, prescriptions, accessLog, stranger } =
      clinic;
    for (const contract of [
      registry,
      hospital,
      keyDirectory,
      consent,
      records,
      appointments,
      prescriptions,
      accessLog,
    ]) {
      const to = await contract.getAddress();
      for (const data of ["0x", "0x12345678", "0x00"]) {
        await expect(stranger.sendTransaction({ to, value: 1n, data, gasLimit: 100_000n })).to.be.revert(ethers);
      }
      expect(await ethers.provider.getBalance(to)).to.equal(0n);
    }
    const data = appointments.interface.encodeFunctionData("withdraw", [stranger.address, stranger.address]);
    const to = await appointments.getAddress();
    await expect(stranger.sendTransaction({ to, value: 1n, data, gasLimit: 100_000n })).to.be.revert(ethers);
  });

  it("forced ether: P46 what was forced upon the contract is nobody's, and changes nobody's sums", async () => {
    const clinic = await loadFixture(withVisit);
    const { appointments, patient, doctor, stranger } = clinic;
    const before = await booksOf(clinic, [patient, doctor]);
    const forced = 7n * 10n ** 18n;
    await networkHelpers.setBalance(await appointments.getAddress(), before.held + forced);
    await take(clinic, "decline");
    for (const account of [patient, doctor, stranger]) {
      await appointments.connect(account).withdraw(account, account.address);
    }
    expect(await booksOf(clinic, [patient, doctor])).to.deep.equal({ held: forced, owed: 0n });
  });

  it("re-entry: P46 P48 a receiver that withdraws again while it is paid gets its own sum, once", async () => {
    const clinic = await loadFixture(withHostile);
    const { appointments, hostile, account, withdrawal, patient, doctor } = clinic;
    await hostile.setGreed(Greed.Reentering, appointments, withdrawal);
    const sent = hostile.execute(appointments, withdrawal);
    // The second call finds nothing, and nothing is no error.
    await expect(sent).to.emit(hostile, "Reentered").withArgs(true, "0x");
    await expect(sent).to.changeEtherBalances(
      ethers,
      [await appointments.getAddress(), account],
      [-2n * PAID.value, 2n * PAID.value],
    );
    const { held, owed } = await booksOf(clinic, [patient, doctor, { address: account }]);
    expect([held, owed]).to.deep.equal([2n * PAID.value, 2n * PAID.value]);
  });

  it("re-entry: P46 P47 a receiver that cancels a visit while it is paid leaves the books balanced", async () => {
    const clinic = await loadFixture(withHostile);
    const { appointments, hostile, account, withdrawal, patient, doctor, id, day } = clinic;
    const cancel = appointments.interface.encodeFunctionData("cancel", [id, doctor.address, day, 3n, 1n]);
    await hostile.setGreed(Greed.Reentering, appointments, cancel);
    await expect(hostile.execute(appointments, withdrawal)).to.emit(hostile, "Reentered").withArgs(true, "0x");
    expect((await appointments.accountOf(account)).balance).to.equal(PAID.value);
    const { held, owed } = await booksOf(clinic, [patient, doctor, { address: account }]);
    expect([held, owed]).to.deep.equal([2n * PAID.value, 2n * PAID.value]);
    await hostile.execute(appointments, withdrawal);
    expect((await appointments.accountOf(account)).balance).to.equal(0n);
    expect(await ethers.provider.getBalance(appointments)).to.equal(PAID.value);
  });

  for (const greed of ["Reverting", "Burning"] as const) {
    it(`griefing: P16 P48 a receiver that is ${greed.toLowerCase()} hurts only itself, and may be paid elsewhere`, async () => {
      const clinic = await loadFixture(withHostile);
      const { appointments, hostile, account, withdrawal, patient, doctor, stranger, id, day } = clinic;
      await hostile.setGreed(Greed[greed], appointments, "0x");
      await expect(hostile.execute(appointments, withdrawal, { gasLimit: 1_000_000n })).to.be.revert(ethers);
      expect((await appointments.accountOf(account)).balance).to.equal(2n * PAID.value);
      // Nobody who settles a visit with it pays it, so none of them can be stopped.
      await appointments.connect(doctor).decline(id, day, 3n, 1n);
      await appointments.connect(doctor).decline(id, day, SLOT, 1n);
      await appointments.connect(patient).withdraw(patient, patient.address);
      const elsewhere = appointments.interface.encodeFunctionData("withdraw", [account, stranger.address]);
      await expect(hostile.execute(appointments, elsewhere)).to.changeEtherBalance(ethers, stranger, 3n * PAID.value);
      expect(await booksOf(clinic, [patient, doctor, { address: account }])).to.deep.equal({ held: 0n, owed: 0n });
    });
  }
});
