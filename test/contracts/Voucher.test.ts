import { expect } from "chai";
import { Signature, ZeroAddress, ZeroHash } from "ethers";
import { buildVoucher, digest, signClaim, signVoucher } from "./fixtures/builders.ts";
import { Role, Status } from "./fixtures/codes.ts";
import { ethers, loadFixture, time } from "./fixtures/network.ts";
import { claimByAccount, claimByKey, openClinic } from "./fixtures/system.ts";

/** A clinic with an invitation that nobody has claimed yet. */
async function withInvitation() {
  const clinic = await openClinic();
  const claimKey = new ethers.Wallet(digest("invitation"));
  const voucher = await buildVoucher({ claimKey: claimKey.address });
  const signature = await signVoucher(clinic.admin, clinic.hospital, voucher);
  return { ...clinic, claimKey, voucher, signature };
}

describe("Hospital: vouchers", () => {
  it("P09 P57 a patient becomes active with his own claim", async () => {
    const { hospital, registry, admin, stranger, id, claimKey, voucher, signature } = await loadFixture(withInvitation);
    const claim = await signClaim(claimKey, hospital, stranger);
    const sent = hospital.connect(stranger).claim(stranger, voucher, admin, signature, claim, digest("card"));
    await expect(sent)
      .to.emit(hospital, "Claimed")
      .withArgs(stranger.address, Role.Patient, admin.address, claimKey.address, digest("card"));
    const since = BigInt(await time.latest()) + 1n;
    await expect(sent)
      .to.emit(registry, "MemberChanged")
      .withArgs(id, stranger.address, Role.Patient, Status.Active, 0n, since);
    expect(await registry.activeSince(id, stranger, Role.Patient)).to.equal(since);
    expect(await hospital.isVoucherUsed(claimKey.address)).to.equal(true);
  });

  it("P57 staff have no power before an admin's confirmation", async () => {
    const { hospital, registry, admin, stranger, id } = await loadFixture(openClinic);
    await claimByKey(hospital, admin, stranger, Role.Doctor, 5n);
    expect((await registry.memberOf(id, stranger)).status).to.equal(Status.Requested);
    expect(await registry.activeSince(id, stranger, Role.Doctor)).to.equal(0n);
    await hospital.connect(admin).confirm(stranger, Role.Doctor, 5n, ZeroHash);
    expect(await registry.activeSince(id, stranger, Role.Doctor)).to.not.equal(0n);
  });

  it("P57 an invitation works once, even with another claim signature of its key", async () => {
    const { hospital, admin, stranger, sponsor, claimKey, voucher, signature } = await loadFixture(withInvitation);
    const first = await signClaim(claimKey, hospital, stranger);
    const second = await signClaim(claimKey, hospital, sponsor);
    await hospital.connect(stranger).claim(stranger, voucher, admin, signature, first, ZeroHash);
    await expect(hospital.connect(sponsor).claim(sponsor, voucher, admin, signature, second, ZeroHash))
      .to.be.revertedWithCustomError(hospital, "Hospital_VoucherUsed")
      .withArgs(claimKey.address);
  });

  it("P37 P57 a copied claim fails for anybody else", async () => {
    const { hospital, admin, stranger, sponsor, claimKey, voucher, signature } = await loadFixture(withInvitation);
    const claim = await signClaim(claimKey, hospital, stranger);
    await expect(hospital.connect(sponsor).claim(sponsor, voucher, admin, signature, claim, ZeroHash))
      .to.be.revertedWithCustomError(hospital, "Hospital_InvalidClaimSignature")
      .withArgs(claimKey.address);
    await hospital.connect(stranger).claim(stranger, voucher, admin, signature, claim, ZeroHash);
  });

  it("P08 P57 a voucher for an account works once, and not after a suspension", async () => {
    const { hospital, admin, patient } = await loadFixture(openClinic);
    const refused = async () =>
      expect(claimByAccount(hospital, admin, patient, Role.Patient))
        .to.be.revertedWithCustomError(hospital, "Hospital_AlreadyMember")
        .withArgs(patient.address);
    await refused();
    await hospital.connect(admin).suspend(patient);
    await refused();
  });

  it("P57 a voucher for an account is nobody else's", async () => {
    const { hospital, admin, stranger, sponsor } = await loadFixture(openClinic);
    const voucher = await buildVoucher({ account: stranger.address });
    const signature = await signVoucher(admin, hospital, voucher);
    await expect(hospital.connect(sponsor).claim(sponsor, voucher, admin, signature, "0x", ZeroHash))
      .to.be.revertedWithCustomError(hospital, "Hospital_WrongClaimer")
      .withArgs(sponsor.address, stranger.address);
  });

  it("P57 names an account or a key, not none and not both", async () => {
    const { hospital, admin, stranger, claimKey } = await loadFixture(withInvitation);
    for (const changes of [{}, { account: stranger.address, claimKey: claimKey.address }]) {
      const voucher = await buildVoucher(changes);
      const signature = await signVoucher(admin, hospital, voucher);
      await expect(
        hospital.connect(stranger).claim(stranger, voucher, admin, signature, "0x", ZeroHash),
      ).to.be.revertedWithCustomError(hospital, "Hospital_VoucherUnbound");
    }
  });

  it("P57 expires to the second", async () => {
    const { hospital, admin, stranger, claimKey, voucher, signature } = await loadFixture(withInvitation);
    const claim = await signClaim(claimKey, hospital, stranger);
    const send = () => hospital.connect(stranger).claim(stranger, voucher, admin, signature, claim, ZeroHash);
    await time.setNextBlockTimestamp(voucher.expiry);
    await expect(send())
      .to.be.revertedWithCustomError(hospital, "Hospital_VoucherExpired")
      .withArgs(voucher.expiry, voucher.expiry);
  });

  it("P57 works in the last second before its expiry", async () => {
    const { hospital, admin, stranger, claimKey, voucher, signature } = await loadFixture(withInvitation);
    const claim = await signClaim(claimKey, hospital, stranger);
    await time.setNextBlockTimestamp(voucher.expiry - 1n);
    await hospital.connect(stranger).claim(stranger, voucher, admin, signature, claim, ZeroHash);
  });

  it("P57 ends with the signer's epoch and with his office, for good", async () => {
    const { hospital, admin, stranger, sponsor, claimKey, voucher, signature } = await loadFixture(withInvitation);
    const claim = await signClaim(claimKey, hospital, stranger);
    const send = () => hospital.connect(stranger).claim(stranger, voucher, admin, signature, claim, ZeroHash);
    await hospital.connect(admin).proposeAdmin(sponsor);
    await hospital.connect(sponsor).acceptAdmin();
    await hospital.connect(sponsor).removeAdmin(admin);
    await expect(send()).to.be.revertedWithCustomError(hospital, "Hospital_InvalidAdmin").withArgs(admin.address);

    await hospital.connect(sponsor).proposeAdmin(admin);
    await hospital.connect(admin).acceptAdmin();
    await expect(send()).to.be.revertedWithCustomError(hospital, "Hospital_VoucherOutdated").withArgs(0n, 1n);
    await expect(hospital.connect(admin).revokeVouchers())
      .to.emit(hospital, "VouchersRevoked")
      .withArgs(admin.address, 2n);
    expect(await hospital.voucherEpoch(admin)).to.equal(2n);
  });

  it("P18 P57 changed fields, another signer, another hospital and altered signatures fail", async () => {
    const clinic = await loadFixture(withInvitation);
    const { hospital, otherHospital, admin, otherAdmin, stranger, claimKey, voucher, signature } = clinic;
    const claim = await signClaim(claimKey, hospital, stranger);
    const refused = async (changed: typeof voucher, altered: string) =>
      expect(hospital.connect(stranger).claim(stranger, changed, admin, altered, claim, ZeroHash))
        .to.be.revertedWithCustomError(hospital, "Hospital_InvalidVoucherSignature")
        .withArgs(admin.address);

    await refused({ ...voucher, role: Role.Pharmacist }, signature);
    await refused({ ...voucher, role: Role.Doctor, speciality: 1n }, signature);
    await refused({ ...voucher, expiry: voucher.expiry + 1n }, signature);
    await refused({ ...voucher, claimKey: new ethers.Wallet(digest("other")).address }, signature);
    await refused(voucher, await signVoucher(stranger, hospital, voucher));
    await refused(voucher, await signVoucher(otherAdmin, hospital, voucher));
    await refused(voucher, await signVoucher(admin, otherHospital, voucher));
    const { r, s, v, compactSerialized } = Signature.from(signature);
    await refused(voucher, compactSerialized);
    await refused(voucher, ethers.concat([r, s, ethers.toBeHex(v === 27 ? 28 : 27, 1)]));
    await refused(voucher, ethers.concat([r, s, ethers.toBeHex(v - 27, 1)]));
    const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
    const highS = ethers.toBeHex(order - BigInt(s), 32);
    await refused(voucher, ethers.concat([r, highS, ethers.toBeHex(v === 27 ? 28 : 27, 1)]));
    await hospital.connect(stranger).claim(stranger, voucher, admin, signature, claim, ZeroHash);
  });

  it("P20 an admin may be a contract", async () => {
    const { hospital, admin, stranger, claimKey, voucher } = await loadFixture(withInvitation);
    const wallet = await ethers.deployContract("ContractWallet", [stranger.address]);
    const address = await wallet.getAddress();
    await hospital.connect(admin).proposeAdmin(address);
    await wallet.execute(hospital, hospital.interface.encodeFunctionData("acceptAdmin"));
    const signature = await signVoucher(stranger, hospital, voucher);
    const claim = await signClaim(claimKey, hospital, stranger);
    const send = () => hospital.connect(stranger).claim(stranger, voucher, address, signature, claim, ZeroHash);
    for (const mood of [1n, 2n, 3n]) {
      await wallet.setMood(mood);
      await expect(send())
        .to.be.revertedWithCustomError(hospital, "Hospital_InvalidVoucherSignature")
        .withArgs(address);
    }
    await wallet.setMood(0n);
    await send();
  });

  it("refuses a signer who is nobody", async () => {
    const { hospital, stranger, voucher } = await loadFixture(withInvitation);
    await expect(hospital.connect(stranger).claim(stranger, voucher, ZeroAddress, "0x", "0x", ZeroHash))
      .to.be.revertedWithCustomError(hospital, "Hospital_InvalidAdmin")
      .withArgs(ZeroAddress);
  });
});
