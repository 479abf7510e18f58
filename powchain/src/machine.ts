import { createBlock, type Block } from "@ethereumjs/block";
import type { Common } from "@ethereumjs/common";
import { createEVM, type EVMMockBlockchainInterface } from "@ethereumjs/evm";
import { createMPT } from "@ethereumjs/mpt";
import { MerkleStateManager } from "@ethereumjs/statemanager";
import { createAccount, createAddressFromString, ValueEncoding, type PrefixedHexString } from "@ethereumjs/util";
import { createVM, runBlock, type VM } from "@ethereumjs/vm";
import type { Executed, SavedExecuted } from "./executed.ts";
import { History } from "./history.ts";
import { NodeLayer, type NodeStore } from "./nodes.ts";
import { encodeReceipts } from "./receipts.ts";
import type { StoredBlock } from "./stored-block.ts";

/** A virtual machine on the state of one block. What it changes is seen by nobody else. */
export interface Workspace {
  readonly vm: VM;
  readonly state: MerkleStateManager;
  readonly layer: NodeLayer;
}

/** Executes on the state of any block of a history. */
export class Machine {
  readonly common: Common;
  readonly nodes: NodeStore;
  readonly history: History;
  readonly #blocks: EVMMockBlockchainInterface;

  private constructor(common: Common, nodes: NodeStore, history: History) {
    this.common = common;
    this.nodes = nodes;
    this.history = history;
    this.#blocks = {
      getBlock: async (number) => history.byNumber(BigInt(number))!, // for BLOCKHASH
      putBlock: async () => undefined,
      shallowCopy: () => this.#blocks,
    };
  }

  /**
   * A machine whose history is the genesis block.
   *
   * @param accounts genesis balances in wei by address
   */
  static async create(
    common: Common,
    nodes: NodeStore,
    accounts: Readonly<Record<PrefixedHexString, bigint>>,
  ): Promise<Machine> {
    const { state, layer } = await stateAt(common, nodes);
    await state.checkpoint();
    for (const [address, balance] of Object.entries(accounts)) {
      await state.putAccount(createAddressFromString(address), createAccount({ balance }));
    }
    await state.commit();
    const stateRoot = await state.getStateRoot();
    nodes.add(layer.newNodes(stateRoot));
    const genesis = createBlock({ header: { ...common.genesis(), number: 0, stateRoot } }, { common });
    return new Machine(common, nodes, new History(genesis));
  }

  /** @throws PowchainError POWCHAIN_STATE_DAMAGED, also later and from whatever reads the state */
  async at(stateRoot: Uint8Array): Promise<Workspace> {
    const { common } = this;
    const { state, layer } = await stateAt(common, this.nodes, stateRoot);
    const evm = await createEVM({ common, stateManager: state, blockchain: this.#blocks });
    const vm = await createVM({ common, stateManager: state, blockchain: this.#blocks, evm });
    return { vm, state, layer };
  }

  /** The state alone, for what executes nothing. */
  async stateAt(stateRoot: Uint8Array): Promise<MerkleStateManager> {
    return (await stateAt(this.common, this.nodes, stateRoot)).state;
  }

  /**
   * Executes the block after the head.
   *
   * @throws Error when a transaction is not valid, or gas, receipts, logs bloom or state root are not those of the header
   */
  async execute(block: Block): Promise<Executed> {
    await block.validateData();
    const root = this.history.headHeader.stateRoot;
    const { vm, layer } = await this.at(root);
    const { receipts } = await runBlock(vm, { block, root, skipBlockValidation: true });
    return { receipts: encodeReceipts(block, receipts), nodes: layer.newNodes(block.header.stateRoot) };
  }

  /** Makes the block that was just executed the head. */
  add(block: StoredBlock, { receipts, nodes }: Executed): void {
    this.nodes.add(nodes);
    this.history.add(block, receipts);
  }

  /** Makes a block the head whose receipts and nodes were read from disk. */
  load(block: StoredBlock, { receipts, nodes }: SavedExecuted): void {
    this.nodes.load(nodes);
    this.history.add(block, receipts);
  }
}

async function stateAt(
  common: Common,
  nodes: NodeStore,
  root?: Uint8Array,
): Promise<Pick<Workspace, "state" | "layer">> {
  const layer = new NodeLayer(nodes);
  const trie = await createMPT({ useKeyHashing: true, common, db: layer, valueEncoding: ValueEncoding.Bytes });
  const state = new MerkleStateManager({ common, trie });
  if (root) await state.setStateRoot(root);
  return { state, layer };
}
