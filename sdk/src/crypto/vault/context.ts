import { type Bytes, utf8 } from "../../bytes.ts";

/** Whose vault: it is bound to the chain and to KeyDirectory. */
export interface VaultContext {
  chainId: number;
  /** Address of KeyDirectory. */
  directory: `0x${string}`;
  /** The account whose keys the vault holds; after a succession not the address of the wallet. */
  account: `0x${string}`;
}

/** What a key or a ciphertext of the vault is bound to, as docs/protocol.md defines it. */
export function vaultText({ chainId, directory, account }: VaultContext, purpose: string): Bytes {
  return utf8(`chartkey/vault/1|eip155:${chainId}|${`${directory}|${account}`.toLowerCase()}|${purpose}`);
}
