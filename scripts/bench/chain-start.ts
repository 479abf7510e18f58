import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTxFromRLP } from "@ethereumjs/tx";
import { hexToBytes } from "viem";
import { Chain } from "../../powchain/src/chain.ts";
import { developmentAccount, genesisBalances } from "../lib/accounts.ts";
import { type Benchmark, timed } from "./measure.ts";

const BLOCKS = Number(process.env["CHARTKEY_BENCH_BLOCKS"] ?? 10_000);

/** How long a chain of many blocks, each with a transaction, takes to start: every block is verified and run again. */
export const chainStart: Benchmark = {
  name: "chain-start",
  run: async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "chartkey-bench-"));
    const options = { dataDir, chainId: 20265, difficulty: 2n, accounts: genesisBalances(), log: () => {} };
    try {
      const chain = await Chain.open(options);
      const [from, { address: to }] = [developmentAccount(1), developmentAccount(2)];
      for (let nonce = 0; nonce < BLOCKS; nonce += 1) {
        const fee = { maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 1n, gas: 21_000n };
        const call = { chainId: 20265, nonce, to, value: 1n, type: "eip1559" } as const;
        const raw = await from.signTransaction({ ...call, ...fee });
        await chain.submit(createTxFromRLP(hexToBytes(raw), { common: chain.common }));
        await chain.mine();
      }
      await chain.close();
      const { wall, cpu } = await timed(async () => (await Chain.open(options)).close());
      return [
        { name: `start with ${BLOCKS} blocks`, value: wall, unit: "s", goal: { atMost: 3 } },
        { name: "processor time of that", value: cpu, unit: "s" },
      ];
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};
