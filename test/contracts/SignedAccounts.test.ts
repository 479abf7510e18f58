import { expect } from "chai";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { ContractTransactionResponse } from "ethers";
import { HDNodeWallet, ZeroAddress, ZeroHash } from "ethers";
import hre from "hardhat";
import { buildVoucher, signVoucher } from "./fixtures/builders.ts";
import { DAY, Role } from "./fixtures/codes.ts";
import type { Chain } from "./fixtures/network.ts";
import { ethers, loadFixture } from "./fixtures/network.ts";
import type { SignedClinic, SignedForm } from "./fixtures/signed-forms.ts";
import { FEE, FORMS, signForm, submitForm } from "./fixtures/signed-forms.ts";
import { openClinic } from "./fixtures/system.ts";
import { ALL_DAY, withOpenDay } from "./fixtures/visits.ts";

const BAD_MOODS = { refusing: 1n, reverting: 2n, short: 3n, "burning all gas": 4n } as const;
/** The accounts that Hardhat makes. */
const MNEMONIC = "test test test test test test test test test test test junk";

async function refused(form: SignedForm, clinic: SignedClinic, sent: Promise<unknown>, account: string) {
  await expect(sent).to.be.revertedWithCustomError(form.contract(clinic), form.invalid).withArgs(account);
}

/** A clinic with an ERC-1271 account as a patient, which the stranger's key signs for. */
async function withWallet() {
  const clinic = await withOpenDay();
  const { hospital, admin, stranger } = clinic;
  const wallet = await ethers.deployContract("ContractWallet", [stranger.address]);
  const account = await wallet.getAddress();
  const voucher = await buildVoucher({ account });
  const args = [account, voucher, admin.address, await signVoucher(admin, hospital, voucher), "0x", ZeroHash];
  await wallet.execute(hospital, hospital.interface.encodeFunctionData("claim", args as never));
  return { ...clinic, wallet, account };
}

describe("Signed forms: contract accounts", () => {
  for (const form of FORMS) {
    it(`P20 ${form.name} of an ERC-1271 account counts only while it says so, and a bad one hurts only itself`, async () => {
      const clinic = await loadFixture(withWallet);
      const { wallet, account, stranger, patient, sponsor } = clinic;
      const message = await form.message(clinic, account);
      const signature = await signForm(stranger, form, clinic, message);
      const submit = () => submitForm(form, clinic, sponsor, message, signature);
      for (const mood of Object.values(BAD_MOODS)) {
        await wallet.setMood(mood);
        await refused(form, clinic, submit(), account);
      }
      const other = await form.message(clinic, patient.address);
      const theirs = await signForm(patient, form, clinic, other);
      // In another slot, where that is what both want.
      const elsewhere = "slot" in other ? { ...other, slot: 91n } : other;
      const valid = "slot" in other ? await signForm(patient, form, clinic, elsewhere) : theirs;
      await submitForm(form, clinic, sponsor, elsewhere, valid);
      await wallet.setMood(0n);
      await refused(form, clinic, submitForm(form, clinic, sponsor, message, theirs), account);
      await submit();
    });
  }
});

/** The same on a chain with EIP-7702, where the patient has let a contract account's code speak for his. */
async function onPrague() {
  const chain = await hre.network.create({ network: "default", override: { hardfork: "prague" } });
  const clinic = await openClinic(chain as Chain);
  const latest = async () => BigInt((await chain.ethers.provider.getBlock("latest"))?.timestamp ?? 0);
  const day = (await latest()) / DAY + 2n;
  await clinic.appointments.connect(clinic.doctor).publishAvailability(clinic.id, day, [ALL_DAY], FEE);
  return { chain, clinic: { ...clinic, day }, latest };
}

type Prague = Awaited<ReturnType<typeof onPrague>>;

/** Points the patient's account at `code`; at nobody, to be a plain account again. */
async function delegateTo({ chain, clinic: { patient, sponsor } }: Prague, code: string) {
  const key = (index: number) => HDNodeWallet.fromPhrase(MNEMONIC, undefined, `m/44'/60'/0'/0/${index}`);
  const [owner, payer] = [5, 9].map(key) as [HDNodeWallet, HDNodeWallet];
  expect([owner.address, payer.address]).to.deep.equal([patient.address, sponsor.address]);
  const { provider } = chain.ethers;
  const { chainId } = await provider.getNetwork();
  const nonce = await provider.getTransactionCount(owner.address);
  const authorization = await owner.authorize({ address: code, nonce, chainId });
  const raw = await payer.signTransaction({
    type: 4,
    chainId,
    nonce: await provider.getTransactionCount(payer.address),
    to: payer.address,
    gasLimit: 200_000n,
    maxFeePerGas: 10n ** 11n,
    maxPriorityFeePerGas: 1n,
    authorizationList: [authorization],
  });
  await provider.send("eth_sendRawTransaction", [raw]);
}

describe("Signed forms: EIP-7702 accounts", () => {
  let prague: Prague;
  before(async () => {
    prague = await onPrague();
  });
  after(() => prague.chain.close());

  /** Signs now, by the clock of that chain. */
  async function send(form: SignedForm, signer: HardhatEthersSigner) {
    const { clinic, latest } = prague;
    const now = await latest();
    const drafted = await form.message(clinic, clinic.patient.address);
    const times = { signedAt: now, deadline: now + 3_600n, expiry: now + 30n * DAY };
    const own = Object.entries(times).filter(([name]) => name in drafted);
    const voucher = await buildVoucher({ account: clinic.patient.address, role: Role.Patient, expiry: now + DAY });
    const message = {
      ...drafted,
      ...Object.fromEntries(own),
      ...("voucher" in drafted ? { voucher } : {}),
    };
    const signature = await signForm(signer, form, clinic, message);
    return submitForm(form, clinic, clinic.sponsor, message, signature) as Promise<ContractTransactionResponse>;
  }

  for (const form of FORMS) {
    it(`P21 ${form.name} follows the code that the account points at, and the key again afterwards`, async () => {
      const { chain, clinic } = prague;
      const { patient, stranger } = clinic;
      const code = await chain.ethers.deployContract("ContractWallet", [stranger.address]);
      await delegateTo(prague, await code.getAddress());
      expect(await chain.ethers.provider.getCode(patient)).to.match(/^0xef0100/);
      await refused(form, clinic, send(form, patient), patient.address);
      const account = code.attach(patient.address) as typeof code;
      await account.connect(clinic.sponsor).setMood(BAD_MOODS.refusing);
      await refused(form, clinic, send(form, stranger), patient.address);
      await account.connect(clinic.sponsor).setMood(0n);
      const snapshot = await chain.networkHelpers.takeSnapshot();
      await send(form, stranger);
      await snapshot.restore();

      await delegateTo(prague, ZeroAddress);
      await refused(form, clinic, send(form, stranger), patient.address);
      await send(form, patient);
    });
  }
});
