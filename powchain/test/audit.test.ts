/*
 * An auditor who trusts nothing of powchain: JSON-RPC, node:crypto for SHA-256, viem's keccak, and his own RLP.
 */
import { createHash } from "node:crypto";
import { keccak256, type Hex } from "viem";
import { describe, expect, it } from "vitest";
import { alice, bob, clients, ETHER, result, slowdown, start } from "./helpers.ts";

type Header = Record<
  | ("parentHash" | "sha3Uncles" | "miner" | "stateRoot" | "transactionsRoot" | "receiptsRoot" | "logsBloom")
  | ("difficulty" | "number" | "gasLimit" | "gasUsed" | "timestamp" | "extraData" | "mixHash" | "nonce")
  | ("baseFeePerGas" | "hash" | "totalDifficulty"),
  Hex
>;

const bytes = (hex: Hex) => Buffer.from(hex.slice(2), "hex");
const integer = (hex: Hex) =>
  BigInt(hex) === 0n ? Buffer.alloc(0) : Buffer.from(even(BigInt(hex).toString(16)), "hex");
const even = (digits: string) => (digits.length % 2 ? `0${digits}` : digits);

function prefix(length: number, offset: number): Buffer {
  if (length < 56) return Buffer.of(offset + length);
  const size = Buffer.from(even(length.toString(16)), "hex");
  return Buffer.concat([Buffer.of(offset + 55 + size.length), size]);
}
const item = (data: Buffer) =>
  data.length === 1 && data[0]! < 128 ? data : Buffer.concat([prefix(data.length, 128), data]);
const list = (items: Buffer[]) => {
  const body = Buffer.concat(items.map(item));
  return Buffer.concat([prefix(body.length, 192), body]);
};
const sha256 = (data: Buffer) => createHash("sha256").update(data).digest();

/** Re-hashes every header of a chain; returns the sum of the difficulties. */
async function audit(url: string): Promise<bigint> {
  const head = Number(await result<Hex>(url, "eth_blockNumber"));
  let parent: Hex | undefined;
  let work = 0n;
  for (let number = 0; number <= head; number++) {
    const header = await result<Header>(url, "eth_getBlockByNumber", [`0x${number.toString(16)}`, false]);
    const { parentHash, sha3Uncles, miner, stateRoot, transactionsRoot, receiptsRoot, logsBloom } = header;
    const roots = [parentHash, sha3Uncles, miner, stateRoot, transactionsRoot, receiptsRoot, logsBloom].map(bytes);
    const { difficulty, gasLimit, gasUsed, timestamp } = header;
    const counts = [difficulty, header.number, gasLimit, gasUsed, timestamp].map(integer);
    const before = [...roots, ...counts, bytes(header.extraData)];
    const after = [integer(header.baseFeePerGas)];
    const whole = list([...before, bytes(header.mixHash), bytes(header.nonce), ...after]);
    expect(keccak256(whole)).toBe(header.hash);
    if (parent) {
      expect(header.parentHash).toBe(parent);
      const digest = sha256(Buffer.concat([sha256(list([...before, ...after])), bytes(header.nonce)]));
      expect(`0x${digest.toString("hex")}`).toBe(header.mixHash);
      expect(BigInt(header.mixHash) <= (2n ** 256n - 1n) / BigInt(header.difficulty)).toBe(true);
    }
    parent = header.hash;
    work += BigInt(header.difficulty);
    expect(BigInt(header.totalDifficulty)).toBe(work);
  }
  return work;
}

describe("at the default difficulty of 2^16", () => {
  it("an independent audit confirms every header, and a receipt comes within 150 ms (median) of a quiet machine", async () => {
    const chain = await start({ difficulty: 2n ** 16n, accounts: { [alice.address]: ETHER } });
    const { reader, wallet } = clients(chain);
    const times: number[] = [];
    const before = slowdown();
    for (let nonce = 0; nonce < 15; nonce++) {
      const request = { to: bob.address, value: 1n, gas: 21_000n, nonce, maxFeePerGas: 2_000_000_000n } as const;
      const serializedTransaction = await wallet.signTransaction({ ...request, maxPriorityFeePerGas: 1n });
      const started = performance.now();
      const hash = await wallet.sendRawTransaction({ serializedTransaction });
      while (!(await result(chain.url, "eth_getTransactionReceipt", [hash])));
      times.push(performance.now() - started);
    }
    const median = times.sort((a, b) => a - b)[7]!;
    expect(median).toBeLessThan(150 * Math.max(before, slowdown()));
    expect(await reader.getBlockNumber()).toBe(15n);
    expect(await audit(chain.url)).toBe(16n * 2n ** 16n);
  });
});
