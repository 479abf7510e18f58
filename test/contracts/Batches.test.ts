import { expect } from "chai";
import { AbiCoder, ZeroHash } from "ethers";
import { digest } from "./fixtures/builders.ts";
import { MEDICATION, NOTES, RAW } from "./fixtures/codes.ts";
import { ethers, loadFixture } from "./fixtures/network.ts";
import { leafHash, nodeHash, proofOf, rootOf } from "./fixtures/merkle.ts";
import type { System } from "./fixtures/system.ts";
import { deploySystem } from "./fixtures/system.ts";

interface BatchRecord {
  index: bigint;
  category: bigint;
  codec: bigint;
  payload: string;
}

const TYPES = ["uint256", "address", "address", "address", "uint32", "uint8", "uint8", "bytes32"];

const recordAt = (index: number): BatchRecord => ({
  index: BigInt(index),
  category: index % 2 === 0 ? NOTES : MEDICATION,
  codec: RAW,
  payload: digest(`record ${index}`),
});

/** Leaves as docs/protocol.md writes them. */
async function leavesOf({ records, patient, doctor }: System, count: number, payload?: string) {
  const { chainId } = await ethers.provider.getNetwork();
  const address = await records.getAddress();
  return Array.from({ length: count }, (_, index) => {
    const record = recordAt(index);
    const fields = [record.index, record.category, record.codec, payload ?? record.payload];
    const values = [chainId, address, patient.address, doctor.address, ...fields];
    return leafHash(AbiCoder.defaultAbiCoder().encode(TYPES, values));
  });
}

function proves(system: System, record: BatchRecord, leaves: readonly string[], changes: object = {}) {
  const { records, patient, doctor } = system;
  const index = Number(record.index);
  const proof = index < leaves.length ? proofOf(leaves, index) : [];
  const asked = { patient, doctor, root: rootOf(leaves), count: BigInt(leaves.length), proof, ...changes };
  return records.isInBatch(asked.patient, asked.doctor, record, asked.root, asked.count, asked.proof);
}

describe("RecordRegistry: batches", () => {
  for (const count of [1, 2, 3, 4, 5, 6, 7, 8, 11, 16, 17, 33]) {
    it(`P38 each of ${count} records is proved, and by no other record's proof or place`, async () => {
      const system = await loadFixture(deploySystem);
      const leaves = await leavesOf(system, count);
      for (let index = 0; index < count; index++) {
        expect(await proves(system, recordAt(index), leaves), `${index}`).to.equal(true);
        const other = (index + 1) % count;
        if (other === index) continue;
        expect(await proves(system, recordAt(index), leaves, { proof: proofOf(leaves, other) })).to.equal(false);
        const moved = { ...recordAt(index), index: BigInt(other) };
        expect(await proves(system, moved, leaves)).to.equal(false);
      }
    });
  }

  it("P38 a leaf binds chain, contract, patient, author, place, category, codec and payload", async () => {
    const system = await loadFixture(deploySystem);
    const { stranger, records, consent, keyDirectory } = system;
    const leaves = await leavesOf(system, 5);
    const record = recordAt(3);
    for (const changed of [
      { ...record, index: 2n },
      { ...record, category: NOTES },
      { ...record, codec: 1n },
      { ...record, payload: digest("another") },
    ]) {
      expect(await proves(system, changed, leaves, { proof: proofOf(leaves, 3) })).to.equal(false);
    }
    expect(await proves(system, record, leaves, { patient: stranger })).to.equal(false);
    expect(await proves(system, record, leaves, { doctor: stranger })).to.equal(false);
    const elsewhere = await ethers.deployContract("RecordRegistry", [consent, keyDirectory]);
    expect(await elsewhere.getAddress()).to.not.equal(await records.getAddress());
    expect(await proves({ ...system, records: elsewhere }, record, leaves)).to.equal(false);
    expect(await proves(system, record, leaves)).to.equal(true);
  });

  it("P38 a proof for one root, count or length fails for another", async () => {
    const system = await loadFixture(deploySystem);
    const leaves = await leavesOf(system, 6);
    const record = recordAt(4);
    const proof = proofOf(leaves, 4);
    for (const changes of [
      { root: digest("another") },
      { root: rootOf(leaves.slice(0, 5)) },
      { root: ZeroHash },
      { count: 0n },
      { count: 4n },
      { count: 8n },
      { count: 2n ** 32n - 1n },
      { proof: proof.slice(1) },
      { proof: [...proof, ZeroHash] },
      { proof: [...proof].reverse() },
      { proof: [] },
    ]) {
      expect(await proves(system, record, leaves, changes)).to.equal(false);
    }
  });

  it("P38 no node passes for a leaf, and records that are alike stay apart by their place", async () => {
    const system = await loadFixture(deploySystem);
    const leaves = await leavesOf(system, 4);
    const upper = [nodeHash(leaves[0] ?? "", leaves[1] ?? ""), nodeHash(leaves[2] ?? "", leaves[3] ?? "")];
    expect(rootOf(upper)).to.equal(rootOf(leaves));
    expect(await proves(system, recordAt(0), leaves, { count: 2n, proof: [upper[1]] })).to.equal(false);

    const alike = await leavesOf(system, 5, digest("the same"));
    expect(new Set(alike).size).to.equal(5);
    // No leaf is repeated to fill a level, so 5 and 6 records never share a root.
    expect(rootOf(alike)).to.not.equal(rootOf([...alike, alike[4] ?? ""]));
  });
});
