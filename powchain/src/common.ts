import { paramsBlock } from "@ethereumjs/block";
import { Common, type ChainConfig, type CommonOpts, type ParamsDict } from "@ethereumjs/common";
import { paramsEVM } from "@ethereumjs/evm";
import { paramsTx } from "@ethereumjs/tx";
import { bigIntToHex, bytesToHex, utf8ToBytes, type PrefixedHexString } from "@ethereumjs/util";
import { paramsVM } from "@ethereumjs/vm";
import { encodeAdjustment } from "./difficulty.ts";
import { SEAL_ALGORITHM } from "./rules.ts";

/** Gas that one block may spend; also the cap of eth_call and eth_estimateGas. */
export const BLOCK_GAS_LIMIT = 30_000_000n;

/** Receives the priority fees. Nobody holds its key: on a local chain fees have no owner. */
export const COINBASE: PrefixedHexString = "0x00000000000000000000000000000000c0ffee01";

const GENESIS_TIMESTAMP = 1_767_225_600n; // 2026-01-01T00:00:00Z, before any block
const INITIAL_BASE_FEE = 1_000_000_000n;

/** Gas costs and limits as the packages define them. */
const PACKAGE_PARAMS: ReadonlySet<ParamsDict> = new Set([paramsTx, paramsBlock, paramsEVM, paramsVM]);

const FORKS = [
  "chainstart",
  "homestead",
  "tangerineWhistle",
  "spuriousDragon",
  "byzantium",
  "constantinople",
  "petersburg",
  "istanbul",
  "muirGlacier",
  "berlin",
  "london",
  "shanghai",
  "cancun",
];

/**
 * Every header and transaction object copies the rules and merges the parameters of its package into the copy, which is
 * a quarter of the time to verify a block. Merged once here, the copies carry them already.
 */
class MergedCommon extends Common {
  constructor(options: CommonOpts) {
    super(options);
    for (const params of PACKAGE_PARAMS) super.updateParams(params);
  }

  override updateParams(params: ParamsDict): void {
    if (!PACKAGE_PARAMS.has(params)) super.updateParams(params);
  }
}

/**
 * Chain rules: the opcodes of Cancun under proof of work.
 *
 * Paris is left out, so that the header keeps difficulty, nonce and mixHash. Shanghai and Cancun are therefore spelled
 * out: warm coinbase (3651), PUSH0 (3855), initcode limit (3860), transient storage (1153), MCOPY (5656), restricted
 * SELFDESTRUCT (6780), without withdrawals, blobs and the beacon root, which need a beacon chain. No block reward.
 *
 * @param chainId EIP-155 chain id
 * @param difficulty expected hashes per block; with a block time, of the first one and at least
 * @param blockTime seconds that the difficulty is adjusted towards; absent: it stays the same
 */
export function createPowCommon(chainId: number, difficulty: bigint, blockTime?: number): Common {
  const extraData =
    blockTime === undefined
      ? utf8ToBytes(`powchain ${chainId}`)
      : encodeAdjustment({ chainId, blockTime, least: difficulty });
  const chain: ChainConfig = {
    name: "powchain",
    chainId,
    defaultHardfork: "cancun",
    consensus: { type: "pow", algorithm: SEAL_ALGORITHM },
    genesis: {
      gasLimit: bigIntToHex(BLOCK_GAS_LIMIT),
      difficulty: bigIntToHex(difficulty),
      nonce: "0x0000000000000000",
      extraData: bytesToHex(extraData),
      timestamp: bigIntToHex(GENESIS_TIMESTAMP),
      baseFeePerGas: bigIntToHex(INITIAL_BASE_FEE),
    },
    hardforks: FORKS.map((name) => ({ name, block: 0 })),
    customHardforks: {
      shanghai: { eips: [3651, 3855, 3860] },
      // Given here because parameters of the last fork win over those which the VM package sets later.
      cancun: { eips: [1153, 5656, 6780], params: { minerReward: 0 } },
    },
    bootstrapNodes: [],
  };
  return new MergedCommon({ chain, hardfork: "cancun" });
}
