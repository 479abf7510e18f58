import type { Block, BlockHeader } from "@ethereumjs/block";
import { createBlockchain, type Blockchain, type Consensus } from "@ethereumjs/blockchain";
import type { Common, GenesisState } from "@ethereumjs/common";
import { verifySeal } from "./seal.ts";

/** Name under which EthereumJS finds the plug-in. */
export const SEAL_ALGORITHM = "sha256-seal";

/** Consensus plug-in of EthereumJS: a valid SHA-256 seal, and the difficulty of the genesis block. */
export class Sha256Consensus implements Consensus {
  readonly algorithm = SEAL_ALGORITHM;
  #blockchain: Blockchain | undefined;

  async genesisInit(): Promise<void> {}

  async setup({ blockchain }: { blockchain: Blockchain }): Promise<void> {
    this.#blockchain = blockchain;
  }

  /** @throws Error when mixHash or nonce do not seal the header, or when extra data or uncles are present */
  async validateConsensus(block: Block): Promise<void> {
    if (!verifySeal(block.header)) throw new Error("the SHA-256 seal is invalid (mixHash, nonce)");
    if (block.uncleHeaders.length > 0) throw new Error("uncles are not allowed");
  }

  /** @throws Error when the difficulty is not the one of the genesis block */
  async validateDifficulty(header: BlockHeader): Promise<void> {
    const expected = this.#blockchain?.genesisBlock.header.difficulty;
    if (header.difficulty !== expected) {
      throw new Error(`the difficulty is ${header.difficulty}, but must be ${expected}`);
    }
  }

  async newBlock(): Promise<void> {}
}

/** Creates the in-memory blockchain which validates every block that is put into it. */
export async function createPowBlockchain(common: Common, genesisState: GenesisState): Promise<Blockchain> {
  const blockchain = await createBlockchain({
    common,
    genesisState,
    validateBlocks: true,
    validateConsensus: true,
    consensusDict: { [SEAL_ALGORITHM]: new Sha256Consensus() },
  });
  allowParentTimestamp(blockchain);
  return blockchain;
}

/**
 * Lets a block carry the timestamp of its parent: blocks are mined on demand, several a second, and must not run ahead
 * of the clock. The library wants each block later than its parent, so it is shown an equal timestamp as one second
 * later; no other header rule reads the time. Everything else, the seal included, is checked on the real header.
 */
function allowParentTimestamp(blockchain: Blockchain): void {
  const validate = blockchain.validateHeader.bind(blockchain);
  blockchain.validateHeader = async (header, height) => {
    if (header.isGenesis()) return;
    const parent = await blockchain.getBlock(header.parentHash);
    const equal = header.timestamp === parent.header.timestamp;
    await validate(equal ? withTimestamp(header, header.timestamp + 1n) : header, height);
  };
}

function withTimestamp(header: BlockHeader, timestamp: bigint): BlockHeader {
  const view: BlockHeader = Object.create(header, { timestamp: { value: timestamp } });
  return view;
}
