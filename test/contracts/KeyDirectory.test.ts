import { expect } from "chai";
import { ZeroHash, dataSlice } from "ethers";
import { digest } from "./fixtures/builders.ts";
import { KEY, OTHER_KEY, SUITE } from "./fixtures/codes.ts";
import { loadFixture } from "./fixtures/network.ts";
import { deploySystem } from "./fixtures/system.ts";

/** What stays in storage of a digest. */
const tag = (vault: string) => dataSlice(vault, 0, 20);
const VAULT = digest("vault");

describe("KeyDirectory", () => {
  it("P10 publishes key and vault together, versioned", async () => {
    const { keyDirectory, patient } = await loadFixture(deploySystem);
    const as = keyDirectory.connect(patient);
    const first = as.publish(patient, SUITE, KEY, 0n, VAULT, 0n);
    await expect(first).to.emit(keyDirectory, "KeyPublished").withArgs(patient.address, 1n, SUITE, KEY);
    await expect(first).to.emit(keyDirectory, "VaultPublished").withArgs(patient.address, 1n, VAULT);
    await as.publishVault(patient, digest("vault 2"), 1n);
    const second = as.publish(patient, SUITE, OTHER_KEY, 1n, digest("vault 3"), 2n);
    await expect(second).to.emit(keyDirectory, "KeyPublished").withArgs(patient.address, 2n, SUITE, OTHER_KEY);
    await expect(second).to.emit(keyDirectory, "VaultPublished").withArgs(patient.address, 3n, digest("vault 3"));
    expect(await keyDirectory.keyOf(patient)).to.deep.equal([2n, SUITE, OTHER_KEY]);
    expect(await keyDirectory.vaultOf(patient)).to.deep.equal([3n, tag(digest("vault 3"))]);
  });

  it("P10 writes nothing but the caller's own", async () => {
    const { keyDirectory, patient, stranger } = await loadFixture(deploySystem);
    for (const call of [
      () => keyDirectory.connect(stranger).publish(patient, SUITE, KEY, 0n, VAULT, 0n),
      () => keyDirectory.connect(stranger).publishVault(patient, VAULT, 0n),
    ]) {
      await expect(call())
        .to.be.revertedWithCustomError(keyDirectory, "KeyDirectory_NotActor")
        .withArgs(patient.address, stranger.address);
    }
    await keyDirectory.connect(patient).publish(patient, SUITE, KEY, 0n, VAULT, 0n);
    await keyDirectory.connect(stranger).publish(stranger, SUITE, KEY, 0n, digest("another's"), 0n);
    expect(await keyDirectory.vaultOf(patient)).to.deep.equal([1n, tag(VAULT)]);
    expect(await keyDirectory.keyOf(stranger)).to.deep.equal([1n, SUITE, KEY]);
  });

  it("P10 replaces only the version that the caller has seen", async () => {
    const { keyDirectory, patient } = await loadFixture(deploySystem);
    const as = keyDirectory.connect(patient);
    await as.publish(patient, SUITE, KEY, 0n, VAULT, 0n);
    await as.publishVault(patient, VAULT, 1n);
    const stale = async (sent: Promise<unknown>, current: bigint, expected: bigint) =>
      expect(sent).to.be.revertedWithCustomError(keyDirectory, "KeyDirectory_StaleVersion").withArgs(current, expected);
    await stale(as.publish(patient, SUITE, KEY, 0n, VAULT, 2n), 1n, 0n);
    await stale(as.publish(patient, SUITE, KEY, 1n, VAULT, 1n), 2n, 1n);
    await stale(as.publishVault(patient, VAULT, 1n), 2n, 1n);
    await stale(as.publishVault(patient, VAULT, 3n), 2n, 3n);
  });

  it("P10 refuses other suites and an empty vault", async () => {
    const { keyDirectory, patient } = await loadFixture(deploySystem);
    const as = keyDirectory.connect(patient);
    for (const suite of [0n, 0x0010n, 0xffffn]) {
      await expect(as.publish(patient, suite, KEY, 0n, VAULT, 0n))
        .to.be.revertedWithCustomError(keyDirectory, "KeyDirectory_UnknownSuite")
        .withArgs(suite);
    }
    await expect(as.publish(patient, SUITE, KEY, 0n, ZeroHash, 0n)).to.be.revertedWithCustomError(
      keyDirectory,
      "KeyDirectory_EmptyVault",
    );
    await expect(as.publishVault(patient, ZeroHash, 0n)).to.be.revertedWithCustomError(
      keyDirectory,
      "KeyDirectory_EmptyVault",
    );
  });

  // The twelve low-order encodings of the Curve25519 page (cr.yp.to/ecdh.html, "small-order points").
  const LOW_ORDER = {
    "0": "00".repeat(32),
    "1": `01${"00".repeat(31)}`,
    "order 8, first": "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "order 8, second": "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "p - 1": `ec${"ff".repeat(30)}7f`,
    p: `ed${"ff".repeat(30)}7f`,
    "p + 1": `ee${"ff".repeat(30)}7f`,
    "order 8, first, top bit set": "cdeb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880",
    "order 8, second, top bit set": "4c9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7",
    "2p - 1": `d9${"ff".repeat(31)}`,
    "2p": `da${"ff".repeat(31)}`,
    "2p + 1": `db${"ff".repeat(31)}`,
  };
  for (const [name, encoding] of Object.entries(LOW_ORDER)) {
    it(`P10 refuses the low-order key ${name}`, async () => {
      const { keyDirectory, patient } = await loadFixture(deploySystem);
      await expect(keyDirectory.connect(patient).publish(patient, SUITE, `0x${encoding}`, 0n, VAULT, 0n))
        .to.be.revertedWithCustomError(keyDirectory, "KeyDirectory_MalformedKey")
        .withArgs(`0x${encoding}`);
    });
  }

  it("P10 accepts the least and the greatest canonical key", async () => {
    const { keyDirectory, patient } = await loadFixture(deploySystem);
    const keys = [`0x02${"00".repeat(31)}`, `0xeb${"ff".repeat(30)}7f`];
    for (const [version, key] of keys.entries()) {
      await keyDirectory.connect(patient).publish(patient, SUITE, key, version, VAULT, version);
      expect((await keyDirectory.keyOf(patient)).key).to.equal(key);
    }
  });
});
