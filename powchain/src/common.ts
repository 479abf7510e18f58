import { Common, type ChainConfig } from "@ethereumjs/common";
import { bigIntToHex, bytesToHex, utf8ToBytes, type PrefixedHexString } from "@ethereumjs/util";
import { SEAL_ALGORITHM } from "./consensus.ts";

/** Gas that one block may spend; also the cap of eth_call and eth_estimateGas. */
export const BLOCK_GAS_LIMIT = 30_000_000n;

/** Receives the priority fees. Nobody holds its key: on a local chain fees have no owner. */
export const COINBASE: PrefixedHexString = "0x00000000000000000000000000000000c0ffee01";

const GENESIS_TIMESTAMP = 1_767_225_600n; // 2026-01-01T00:00:00Z, before any block
const INITIAL_BASE_FEE = 1_000_000_000n;

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
 * Chain rules: the opcodes of Cancun under proof of work.
 *
 * Paris is left out, so that the header keeps difficulty, nonce and mixHash. Shanghai and Cancun are therefore spelled
 * out: warm coinbase (3651), PUSH0 (3855), initcode limit (3860), transient storage (1153), MCOPY (5656), restricted
 * SELFDESTRUCT (6780), without withdrawals, blobs and the beacon root, which need a beacon chain. No block reward.
 *
 * @param chainId EIP-155 chain id
 * @param difficulty expected hashes per block; every block has the difficulty of the genesis block
 */
export function createPowCommon(chainId: number, difficulty: bigint): Common {
  const chain: ChainConfig = {
    name: "powchain",
    chainId,
    defaultHardfork: "cancun",
    consensus: { type: "pow", algorithm: SEAL_ALGORITHM },
    genesis: {
      gasLimit: bigIntToHex(BLOCK_GAS_LIMIT),
      difficulty: bigIntToHex(difficulty),
      nonce: "0x0000000000000000",
      extraData: bytesToHex(utf8ToBytes(`powchain ${chainId}`)),
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
  return new Common({ chain, hardfork: "cancun" });
}
