import { expect } from "chai";
import { ZeroHash, concat, dataSlice, toBeHex } from "ethers";
import { digest } from "./fixtures/builders.ts";
import { ethers, loadFixture, time } from "./fixtures/network.ts";
import { sha256Of } from "./fixtures/replay.ts";
import { deploySystem } from "./fixtures/system.ts";

const ROOT = digest("root");
const MANIFEST = digest("manifest");
const TYPES = ["uint8", "uint256", "address", "bytes32", "uint32", "address", "uint32", "uint40", "bytes32", "bytes32"];

describe("AccessLog", () => {
  it("P33 P52 links each entry of a store to the one before, whose id follows from the event", async () => {
    const { accessLog, sponsor: store, stranger } = await loadFixture(deploySystem);
    const { chainId } = await ethers.provider.getNetwork();
    const address = await accessLog.getAddress();
    let head = ZeroHash;
    for (const [index, count] of [1n, 500n, 65_536n].entries()) {
      const sent = accessLog.connect(store).publishReceipts(ROOT, count, MANIFEST);
      await sent;
      const now = BigInt(await time.latest());
      const values = [2, chainId, address, head, index + 1, store.address, count, now, ROOT, MANIFEST];
      head = concat([dataSlice(sha256Of(TYPES, values), 0, 28), toBeHex(index + 1, 4)]);
      await expect(sent)
        .to.emit(accessLog, "ReceiptsPublished")
        .withArgs(store.address, head, count, now, ROOT, MANIFEST);
      expect(await accessLog.head(store)).to.equal(head);
    }
    expect(await accessLog.head(stranger)).to.equal(ZeroHash);
  });

  it("P37 one store's entries are no other's", async () => {
    const { accessLog, sponsor, stranger } = await loadFixture(deploySystem);
    await accessLog.connect(sponsor).publishReceipts(ROOT, 1n, MANIFEST);
    const before = await accessLog.head(sponsor);
    await accessLog.connect(stranger).publishReceipts(ROOT, 1n, MANIFEST);
    expect(await accessLog.head(sponsor)).to.equal(before);
    expect(await accessLog.head(stranger)).to.not.equal(before);
  });

  it("P39 P51 refuses empty digests, no receipts and too many", async () => {
    const { accessLog, sponsor } = await loadFixture(deploySystem);
    const as = accessLog.connect(sponsor);
    for (const [root, manifest] of [
      [ZeroHash, MANIFEST],
      [ROOT, ZeroHash],
    ] as const) {
      await expect(as.publishReceipts(root, 1n, manifest)).to.be.revertedWithCustomError(
        accessLog,
        "AccessLog_EmptyDigest",
      );
    }
    for (const count of [0n, 65_537n, 2n ** 32n - 1n]) {
      await expect(as.publishReceipts(ROOT, count, MANIFEST))
        .to.be.revertedWithCustomError(accessLog, "AccessLog_InvalidCount")
        .withArgs(count, 65_536n);
    }
  });
});
