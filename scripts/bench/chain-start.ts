import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTxFromRLP } from "@ethereumjs/tx";
import { getContractAddress, hexToBytes, type Hex } from "viem";
import { Chain } from "../../powchain/src/chain.ts";
import { verifySeal } from "../../powchain/src/seal.ts";
import { developmentAccount, genesisBalances } from "../lib/accounts.ts";
import { type Benchmark, timed } from "./measure.ts";

const BLOCKS = Number(process.env["CHARTKEY_BENCH_BLOCKS"] ?? 10_000);
const CHAIN_ID = 20265;

/** Writes the block's number into a slot of its own, and logs it: sstore(number, number), mstore(0, number), log1(0, 32, number). */
const RUNTIME = "434355435f524360205fa100";
const DEPLOYMENT: Hex = `0x6b${RUNTIME}5f52600c6014f3`;

/** How long a chain takes to start, each block of which changed a contract's state and logged an event, and what it takes on disk. */
export const chainStart: Benchmark = {
  name: "chain-start",
  run: async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "chartkey-bench-"));
    const options = { dataDir, chainId: CHAIN_ID, difficulty: 2n, accounts: genesisBalances(), log: () => {} };
    const size = async (file: string) => (await stat(join(dataDir, file))).size / 1e6;
    try {
      await (await filled(options)).close();
      const { wall, cpu } = await timed(async () => (await Chain.open(options)).close());
      return [
        { name: `start with ${BLOCKS} blocks`, value: wall, unit: "s", goal: { atMost: 3 } },
        // Of one thread, so that it is the time above on a machine with nothing else to do.
        { name: "processor time of that", value: cpu, unit: "s" },
        {
          name: "seals checked",
          value: await sealsPerSecond(options),
          unit: "a processor second",
          goal: { atLeast: 20_000 },
        },
        { name: "blocks on disk", value: await size("blocks.dat"), unit: "MB" },
        { name: "state, receipts and events on disk", value: await size("state.dat"), unit: "MB" },
      ];
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

async function filled(options: Parameters<typeof Chain.open>[0]): Promise<Chain> {
  const chain = await Chain.open(options);
  const from = developmentAccount(1);
  const to = getContractAddress({ from: from.address, nonce: 0n });
  for (let nonce = 0; nonce < BLOCKS; nonce += 1) {
    const what = nonce === 0 ? { data: DEPLOYMENT } : { to };
    const fee = { maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 1n, gas: 100_000n };
    const raw = await from.signTransaction({ chainId: CHAIN_ID, nonce, type: "eip1559", ...what, ...fee });
    await chain.submit(createTxFromRLP(hexToBytes(raw), { common: chain.common }));
    await chain.mine();
  }
  return chain;
}

async function sealsPerSecond(options: Parameters<typeof Chain.open>[0]): Promise<number> {
  const chain = await Chain.open(options);
  const { head } = chain;
  await chain.close();
  const headers = Array.from(
    { length: Number(head.header.number) },
    (_, at) => chain.history.byNumber(BigInt(at + 1))!.header,
  );
  const { cpu } = await timed(async () => {
    if (!headers.every(verifySeal)) throw new Error("a seal does not hold");
  });
  return headers.length / cpu;
}
