import type { Block } from "@ethereumjs/block";
import { bigIntToHex } from "@ethereumjs/util";
import type { Chain } from "../chain.ts";
import { minerTip } from "../pool.ts";
import { invalidParams } from "./errors.ts";
import { index, requireBlock, type MethodTable } from "./params.ts";

/** Suggested tip, in wei per gas. There is no competition for space, so any tip does. */
const SUGGESTED_TIP = 1_000_000_000n;
const MAX_HISTORY = 1024;

/** Gas prices in wei per gas. */
export function feeMethods(chain: Chain): MethodTable {
  const nextBaseFee = () => chain.head.header.calcNextBaseFee();
  return {
    eth_gasPrice: () => bigIntToHex(nextBaseFee() + SUGGESTED_TIP),
    eth_maxPriorityFeePerGas: () => bigIntToHex(SUGGESTED_TIP),
    eth_feeHistory: ([count, newest, percentiles]) => {
      const wanted = index(count, "block count");
      const ranks = parsePercentiles(percentiles);
      const reference = requireBlock(chain, newest);
      const last = reference.kind === "pending" ? chain.head : reference.block;
      const length = Math.min(wanted, MAX_HISTORY, Number(last.header.number) + 1);
      const oldest = last.header.number - BigInt(length) + 1n;
      const blocks = Array.from({ length }, (_, offset) => chain.history.byNumber(oldest + BigInt(offset))!);
      const fees = [...blocks.map((block) => block.header.baseFeePerGas ?? 0n), last.header.calcNextBaseFee()];
      return {
        oldestBlock: bigIntToHex(oldest),
        baseFeePerGas: fees.map((fee) => bigIntToHex(fee)),
        gasUsedRatio: blocks.map(({ header }) => Number(header.gasUsed) / Number(header.gasLimit)),
        ...(ranks.length > 0 && { reward: blocks.map((block) => rewards(chain, block, ranks)) }),
      };
    },
  };
}

function parsePercentiles(value: unknown): number[] {
  if (value === undefined || value === null) return [];
  const list: unknown[] = Array.isArray(value) ? value : [undefined];
  const ranks = list.filter((rank): rank is number => typeof rank === "number" && rank >= 0 && rank <= 100);
  if (ranks.length !== list.length || ranks.some((rank, at) => at > 0 && rank < ranks[at - 1]!)) {
    throw invalidParams("reward percentiles must be rising numbers from 0 to 100");
  }
  return ranks;
}

/** Tips at the percentiles of the gas used in the block, as eth_feeHistory defines them. */
function rewards(chain: Chain, block: Block, ranks: readonly number[]): string[] {
  const baseFee = block.header.baseFeePerGas ?? 0n;
  const paid = chain.history
    .receiptsOf(block)
    .map((receipt, at) => ({ gas: BigInt(receipt.gasUsed), tip: minerTip(block.transactions[at]!, baseFee) }))
    .sort((a, b) => Number(a.tip - b.tip));
  return ranks.map((rank) => {
    const threshold = (Number(block.header.gasUsed) * rank) / 100;
    let gas = 0n;
    const at = paid.find((entry) => Number((gas += entry.gas)) >= threshold);
    return bigIntToHex(at?.tip ?? 0n);
  });
}
