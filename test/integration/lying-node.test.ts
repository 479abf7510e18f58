import {
  type HeadKeeper,
  HeadMemory,
  type Session,
  connectChain,
  readLedger,
  rpcClient,
  sha256,
  utf8,
} from "@chartkey/sdk";
import { startPowchain } from "@chartkey/powchain";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Hex, bytesToHex, numberToHex } from "viem";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { genesisBalances } from "../../scripts/lib/accounts.ts";
import { actor } from "../../scripts/lib/actor.ts";
import { LOCAL_CHAIN_ID } from "../../scripts/lib/stack.ts";
import { type Expectations } from "../../sdk/src/chain/connection.ts";
import { transact } from "../../sdk/src/chain/transact.ts";
import { recordRegistryAbi } from "../../sdk/src/generated/abi/RecordRegistry.ts";
import { type EdrStack, openEdrStack } from "../support/edr-stack.ts";
import { type LyingNode, freezeAt, startLyingNode } from "../support/lying-node.ts";

/** A node between a client and a true chain that lies about one thing at a time. */

let stack: EdrStack;
let node: LyingNode;
let patient: Session;

beforeAll(async () => {
  stack = await openEdrStack();
  node = await startLyingNode(stack.rpcUrl);
  patient = await actor(stack, 3);
  await anchor();
}, 300_000);
afterEach(() => node.lies.clear());
afterAll(async () => {
  await node.close();
  await stack.close();
});

const whose = () => patient.wallet.account.address;
const connect = (expected: Expectations = {}, url = node.url) => connectChain(rpcClient(url, 20), expected);
const honest = () => rpcClient(stack.rpcUrl, 20);
const newest = async () => numberToHex(await patient.chain.client.getBlockNumber({ cacheTime: 0 }));
const mine = (blocks: number) => stack.control("hardhat_mine", numberToHex(blocks));

let count = 0;
async function anchorCall() {
  const digest = bytesToHex(await sha256(utf8(`record ${(count += 1)}`)));
  const args = [whose(), 2, 0, digest, digest] as const;
  return { address: patient.chain.deployment.records, abi: recordRegistryAbi, functionName: "anchor", args } as const;
}
async function anchor(): Promise<void> {
  await transact(patient.chain, patient.wallet, await anchorCall());
}

function keeper(): HeadKeeper & { text: string | undefined } {
  const kept: HeadKeeper & { text: string | undefined } = {
    text: undefined,
    read: () => Promise.resolve(kept.text),
    write: async (_chainId, text) => void (kept.text = text),
  };
  return kept;
}

describe("a node that is not the one it should be", () => {
  it("O14 is refused when it is another chain, or one that this build does not know", async () => {
    node.lies.set("eth_chainId", { told: () => "0x1" });
    await expect(connect({ chainId: LOCAL_CHAIN_ID })).rejects.toMatchObject({ code: "CHAIN_WRONG_NETWORK" });
    await expect(connect()).rejects.toMatchObject({ code: "CHAIN_UNKNOWN" });
  });

  it("O14 is refused when the contracts are not there", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "chartkey-empty-"));
    const empty = await startPowchain({
      dataDir,
      port: 0,
      chainId: LOCAL_CHAIN_ID,
      accounts: genesisBalances(),
      difficulty: 64n,
    });
    try {
      await expect(connect({}, empty.url)).rejects.toMatchObject({ code: "CHAIN_NO_CONTRACT" });
    } finally {
      await empty.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  });

  it("O14 is refused when any contract has another code than this build's", async () => {
    await expect(connect()).resolves.toMatchObject({ id: LOCAL_CHAIN_ID });
    for (const word of [1, 8]) {
      const at = 2 + 64 * word;
      node.lies.set("eth_call", {
        told: (words, [call]) =>
          (call as { to?: Hex }).to === undefined
            ? `${(words as Hex).slice(0, at)}${"ab".repeat(32)}${(words as Hex).slice(at + 64)}`
            : words,
      });
      await expect(connect()).rejects.toMatchObject({ code: "CHAIN_OTHER_CONTRACT" });
    }
  });
});

describe("a node that makes a receipt up", () => {
  const receipt = (transactionHash: unknown, blockHash: Hex, blockNumber: Hex) => ({
    ...{ transactionHash, blockHash, blockNumber, transactionIndex: "0x0", status: "0x1", type: "0x2", logs: [] },
    ...{ from: whose(), to: whose(), contractAddress: null, logsBloom: `0x${"00".repeat(256)}` },
    ...{ gasUsed: "0x5208", cumulativeGasUsed: "0x5208", effectiveGasPrice: "0x1" },
  });

  it("O14 is not believed: neither a block that is not there, nor one without the transaction", async () => {
    const liar = await actor({ ...stack, rpcUrl: node.url }, 3);
    const before = await readLedger(patient.chain, whose());
    const { hash, number } = await honest().getBlock();
    node.lies.set("eth_sendRawTransaction", { silent: true, told: () => `0x${"cd".repeat(32)}` });
    for (const blockHash of [`0x${"ef".repeat(32)}`, hash] as const) {
      node.lies.set("eth_getTransactionReceipt", {
        silent: true,
        told: (_, [transaction]) => receipt(transaction, blockHash, numberToHex(number)),
      });
      const sending = transact(liar.chain, liar.wallet, await anchorCall());
      await expect(sending).rejects.toMatchObject({ code: "CHAIN_RECEIPT_FALSE" });
    }
    expect((await readLedger(patient.chain, whose())).head).toBe(before.head);
  });
});

describe("a node that does not show everything", () => {
  it("O14 is noticed when it leaves out the newest entry", async () => {
    await anchor();
    const chain = await connect();
    node.lies.set("eth_getLogs", { told: (logs) => (logs as unknown[]).slice(0, -1) });
    await expect(readLedger(chain, whose())).rejects.toMatchObject({ code: "LEDGER_INCOMPLETE" });
  });

  it("O14 is noticed when it tells an older state than was seen: in this connection, and after the next start", async () => {
    const kept = keeper();
    const old = await newest();
    const chain = await connect({ heads: new HeadMemory(kept) });
    await anchor();
    await readLedger(chain, whose());
    freezeAt(node, old);
    await expect(readLedger(chain, whose())).rejects.toMatchObject({ code: "CHAIN_STALE" });
    await expect(connect({ heads: new HeadMemory(kept) })).rejects.toMatchObject({ code: "CHAIN_STALE" });
    node.lies.clear();
    await expect(readLedger(chain, whose())).resolves.toMatchObject({ patient: whose() });
  });

  it("O14 is noticed by a client that saw nothing before, when a second node knows more entries", async () => {
    const old = await newest();
    await anchor();
    freezeAt(node, old);
    const chain = await connect({ witness: honest() });
    await expect(readLedger(chain, whose())).rejects.toMatchObject({ code: "CHAIN_STALE" });
    await expect(readLedger(await connect(), whose())).resolves.toMatchObject({ blockNumber: BigInt(old) });
  });
});

describe("a node that tells another history", () => {
  it("O14 is believed about the newest blocks, as chains reorganise, and not about older ones", async () => {
    const kept = keeper();
    await mine(20);
    const snapshot = await stack.control("evm_snapshot");
    await mine(3);
    await connect({ heads: new HeadMemory(kept) });
    await stack.control("evm_revert", snapshot);
    await mine(5);
    await connect({ heads: new HeadMemory(kept) });

    const deep = await stack.control("evm_snapshot");
    await mine(20);
    await connect({ heads: new HeadMemory(kept) });
    await mine(20);
    await connect({ heads: new HeadMemory(kept) });
    await stack.control("evm_revert", deep);
    await mine(60);
    await expect(connect({ heads: new HeadMemory(kept) })).rejects.toMatchObject({ code: "CHAIN_REWRITTEN" });
    await expect(connect()).resolves.toMatchObject({ id: LOCAL_CHAIN_ID });
  });

  it("O14 is noticed when a second node has another block, another head, or another chain", async () => {
    patient = await actor(stack, 3);
    node.lies.set("eth_getBlockByNumber", {
      told: (block) => ({ ...(block as object), hash: `0x${"ab".repeat(32)}` }),
    });
    await expect(connect({ witness: honest() })).rejects.toMatchObject({ code: "CHAIN_DISAGREES" });
    node.lies.clear();

    const chain = await connect({ witness: rpcClient(node.url, 20) }, stack.rpcUrl);
    await expect(readLedger(chain, whose())).resolves.toMatchObject({ patient: whose() });
    node.lies.set("eth_call", { told: (head) => `0x${"ab".repeat(28)}${String(head).slice(58)}` });
    await expect(readLedger(chain, whose())).rejects.toMatchObject({ code: "CHAIN_DISAGREES" });
    node.lies.clear();

    node.lies.set("eth_chainId", { told: () => "0x1" });
    const elsewhere = connect({ witness: rpcClient(node.url, 20) }, stack.rpcUrl);
    await expect(elsewhere).rejects.toMatchObject({ code: "CHAIN_DISAGREES" });
    const away = connect({ witness: rpcClient("http://127.0.0.1:9", 20) }, stack.rpcUrl);
    await expect(away).rejects.toMatchObject({ code: "CHAIN_UNREACHABLE", details: { node: "witness" } });
  });

  it("O14 what somebody else left in the place of what was seen counts as nothing", async () => {
    for (const text of ["", "null", "{}", '[["1","0x"],["2","0x"]]', `[["x","0x${"00".repeat(32)}"]]`]) {
      const kept = keeper();
      kept.text = text;
      await connect({ heads: new HeadMemory(kept) });
      expect(kept.text).toContain(String(BigInt(await newest())));
    }
  });
});
