import { getMerkleStateProof } from "@ethereumjs/statemanager";
import { bigIntToHex, bytesToHex, createAddressFromString, setLengthLeft } from "@ethereumjs/util";
import type { Chain } from "../chain.ts";
import { invalidParams } from "./errors.ts";
import { address, requireBlock, stateRootAt, storageKey, type MethodTable } from "./params.ts";

/** Accounts, code and storage, at any block. */
export function stateMethods(chain: Chain): MethodTable {
  const stateAt = (reference: unknown) => chain.machine.stateAt(stateRootAt(chain, requireBlock(chain, reference)));
  const account = async (owner: unknown, reference: unknown) => {
    const at = createAddressFromString(address(owner));
    return (await stateAt(reference)).getAccount(at);
  };

  return {
    eth_getBalance: async ([owner, reference]) => bigIntToHex((await account(owner, reference))?.balance ?? 0n),
    eth_getTransactionCount: async ([owner, reference]) => {
      const nonce = (await account(owner, reference))?.nonce ?? 0n;
      return bigIntToHex(reference === "pending" ? chain.pool.nextNonce(address(owner), nonce) : nonce);
    },
    eth_getCode: async ([owner, reference]) => {
      const at = createAddressFromString(address(owner));
      return bytesToHex(await (await stateAt(reference)).getCode(at));
    },
    eth_getStorageAt: async ([owner, position, reference]) => {
      const at = createAddressFromString(address(owner));
      const key = storageKey(position);
      return bytesToHex(setLengthLeft(await (await stateAt(reference)).getStorage(at, key), 32));
    },
    eth_getProof: async ([owner, positions, reference]) => {
      const at = createAddressFromString(address(owner));
      if (!Array.isArray(positions)) throw invalidParams("storage positions must be a list");
      return getMerkleStateProof(await stateAt(reference), at, positions.map(storageKey));
    },
  };
}
