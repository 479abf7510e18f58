import type { Blockchain } from "@ethereumjs/blockchain";
import type { Common, GenesisState } from "@ethereumjs/common";
import { createEVM } from "@ethereumjs/evm";
import { createMPT } from "@ethereumjs/mpt";
import { MerkleStateManager } from "@ethereumjs/statemanager";
import { bigIntToHex, createAccount, createAddressFromString, type PrefixedHexString } from "@ethereumjs/util";
import { createVM, type VM } from "@ethereumjs/vm";
import { createPowBlockchain } from "./consensus.ts";

/** The EthereumJS parts wired together, with the genesis state in the trie. */
export interface Machine {
  readonly vm: VM;
  readonly state: MerkleStateManager;
  readonly blockchain: Blockchain;
}

/**
 * Creates virtual machine, state trie and blockchain at the genesis block.
 *
 * @param accounts genesis balances in wei by address
 */
export async function createMachine(
  common: Common,
  accounts: Readonly<Record<PrefixedHexString, bigint>>,
): Promise<Machine> {
  const genesisState: GenesisState = Object.fromEntries(
    Object.entries(accounts).map(([address, balance]) => [address.toLowerCase(), bigIntToHex(balance)]),
  );
  const blockchain = await createPowBlockchain(common, genesisState);
  const trie = await createMPT({ useKeyHashing: true, common });
  const state = new MerkleStateManager({ common, trie });
  const evm = await createEVM({ common, stateManager: state, blockchain });
  const vm = await createVM({ common, stateManager: state, blockchain, evm });
  await state.checkpoint();
  for (const [address, balance] of Object.entries(accounts)) {
    await state.putAccount(createAddressFromString(address), createAccount({ balance }));
  }
  await state.commit();
  return { vm, state, blockchain };
}
