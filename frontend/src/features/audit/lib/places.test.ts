import { createPublicClient, custom, pad, type Hex } from "viem";
import { describe, expect, it, vi } from "vitest";
import { findDeployment } from "../../../lib/chain/deployment.ts";
import { placeOf } from "./places.ts";

const deployment = findDeployment(20265)!;
const patient = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
const hash: Hex = `0x${"ab".repeat(32)}`;
const target = { kind: "hash", hash } as const;

/** A client of a node that answers so. */
function nodeThat(answers: Record<string, (params: never) => unknown>) {
  const request = vi.fn(async ({ method, params }: { method: string; params?: unknown }) => {
    const answer = answers[method];
    if (!answer) throw new Error(`${method} is refused`);
    return answer(params as never);
  });
  return { client: createPublicClient({ transport: custom({ request }, { retryCount: 0 }) }), request };
}

const none = { eth_getBlockByHash: () => null, eth_getTransactionByHash: () => null };
const log = (topic: Hex) => ({ address: deployment.records, topics: [hash, pad(patient), pad(patient), topic] });

describe("32 bytes that were searched for", () => {
  it("are a record, looked for in ranges that public nodes answer, the newest first", async () => {
    const asked: [bigint, bigint][] = [];
    const eth_getLogs = ([{ fromBlock, toBlock }]: [{ fromBlock: Hex; toBlock: Hex }]) => {
      asked.push([BigInt(fromBlock), BigInt(toBlock)]);
      return asked.length === 3 ? [log(hash)] : [];
    };
    const { client } = nodeThat({ ...none, eth_blockNumber: () => "0x10000", eth_getLogs });
    expect(await placeOf(client, deployment, target)).toBe(`/audit/ledger/${patient}`);
    expect(asked.every(([from, to]) => to - from === 9_999n)).toBe(true);
    expect(asked.map(([, to]) => to)).toEqual([65_536n, 55_536n, 45_536n]);
  });

  it("are not taken for the record that a node names in place of theirs", async () => {
    const eth_getLogs = () => [log(`0x${"cd".repeat(32)}`)];
    const { client } = nodeThat({ ...none, eth_blockNumber: () => "0x10", eth_getLogs });
    expect(await placeOf(client, deployment, target)).toBe(`/audit/check?look=${hash}`);
  });

  it("lead nowhere while the node refuses to say what they are", async () => {
    const { client } = nodeThat({ ...none, eth_blockNumber: () => "0x10" });
    await expect(placeOf(client, deployment, target)).rejects.toThrow("refused");
  });
});

describe("an address that was searched for", () => {
  const address = { kind: "address", address: patient } as const;

  it("has its page where there are no contracts", async () => {
    const { client } = nodeThat({ eth_call: () => "0x", eth_getCode: () => "0x" });
    expect(await placeOf(client, deployment, address)).toBe(`/audit/address/${patient}`);
  });

  it("is not said to have no ledger while the node refuses", async () => {
    const { client } = nodeThat({ eth_getCode: () => "0x" });
    await expect(placeOf(client, deployment, address)).rejects.toThrow("refused");
  });
});
