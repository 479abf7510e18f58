import { equalsBytes, KECCAK256_RLP_ARRAY } from "@ethereumjs/util";
import { announcement, nextDifficulty } from "./difficulty.ts";
import type { Header } from "./header.ts";
import { listRoot } from "./list-root.ts";
import { verifySeal } from "./seal.ts";
import type { StoredBlock } from "./stored-block.ts";

/** Name of the proof of work in the chain's configuration. */
export const SEAL_ALGORITHM = "sha256-seal";

/** What is said of a block without its work. */
export const INVALID_SEAL = "the SHA-256 seal is invalid (mixHash, nonce)";

const MIN_GAS_LIMIT = 5000n;
const GAS_LIMIT_DIVISOR = 1024n;

/**
 * What can be told of a block without executing it: link, seal, difficulty, the rules for headers, and that its transactions are those
 * of the header. A block may carry the timestamp of its parent: blocks are mined on demand, several a second, and must not run ahead of
 * the clock. All else is as in Ethereum before the merge.
 *
 * @throws Error that says which rule is broken
 */
export async function checkBlock({ header, transactions }: StoredBlock, parent: Header): Promise<void> {
  const { number, difficulty, gasLimit, gasUsed } = header;
  const mustHold = (holds: boolean, otherwise: string) => {
    if (!holds) throw new Error(otherwise);
  };
  mustHold(equalsBytes(header.parentHash, parent.hash), "the parent hash is not the hash of the block before");
  mustHold(number === parent.number + 1n, `the number is ${number}, but must be ${parent.number + 1n}`);
  mustHold(header.timestamp >= parent.timestamp, "the timestamp is before that of the parent");
  const rule = [header, parent].map(({ extraData }) => announcement(extraData));
  mustHold(equalsBytes(rule[0]!, rule[1]!), "the extra data announce another difficulty rule than those of the parent");
  const due = nextDifficulty(parent, header.timestamp);
  mustHold(difficulty === due, `the difficulty is ${difficulty}, but must be ${due}`);
  mustHold(verifySeal(header), INVALID_SEAL);
  mustHold(header.baseFeePerGas === parent.nextBaseFee(), "the base fee does not follow from the parent");
  const step = parent.gasLimit / GAS_LIMIT_DIVISOR;
  const isNear = gasLimit < parent.gasLimit + step && gasLimit > parent.gasLimit - step;
  mustHold(isNear && gasLimit >= MIN_GAS_LIMIT, "the gas limit is too far from that of the parent");
  mustHold(gasUsed <= gasLimit, "more gas is used than the limit");
  mustHold(equalsBytes(header.uncleHash, KECCAK256_RLP_ARRAY), "uncles are not allowed");
  const root = await listRoot(transactions);
  mustHold(equalsBytes(root, header.transactionsRoot), "the transactions are not those of the header");
}
