import { type Address, type Hex, getAbiItem, hexToBytes, slice } from "viem";
import { ChartkeyError } from "../errors.ts";
import { keyDirectoryAbi } from "../generated/abi/KeyDirectory.ts";
import type { Chain } from "./connection.ts";
import { readLogs } from "./logs.ts";

const VAULT_PUBLISHED = getAbiItem({ abi: keyDirectoryAbi, name: "VaultPublished" });

/** An account's current encryption key. */
export interface PublishedKey {
  account: Address;
  /** From 1. */
  keyVersion: number;
  /** 32-byte X25519 key. */
  publicKey: Uint8Array;
}

/** An account's key, or undefined before its first. */
export async function findKey(chain: Chain, account: Address): Promise<PublishedKey | undefined> {
  const [keyVersion, , key] = await chain.client.readContract({
    ...directoryOf(chain),
    functionName: "keyOf",
    args: [account],
  });
  return keyVersion === 0 ? undefined : { account, keyVersion, publicKey: hexToBytes(key) };
}

/** An account's key. Throws `KEY_MISSING`. */
export async function requireKey(chain: Chain, account: Address): Promise<PublishedKey> {
  const key = await findKey(chain, account);
  if (key === undefined)
    throw new ChartkeyError(
      "KEY_MISSING",
      `${account} has no encryption key yet. They must open Chartkey and make their vault first.`,
      {
        details: { account },
      },
    );
  return key;
}

/** Versions of an account's key and vault; 0 before the first. */
export async function readVersions(
  chain: Chain,
  account: Address,
): Promise<{ keyVersion: number; vaultVersion: number }> {
  const [[keyVersion], [vaultVersion]] = await Promise.all([
    chain.client.readContract({ ...directoryOf(chain), functionName: "keyOf", args: [account] }),
    chain.client.readContract({ ...directoryOf(chain), functionName: "vaultOf", args: [account] }),
  ]);
  return { keyVersion, vaultVersion };
}

/** A vault document that an account published. */
export interface PublishedVault {
  /** From 1. */
  version: number;
  /** 0x-prefixed SHA-256 of the document. */
  digest: Hex;
}

async function readPublished(chain: Chain, args: { account: Address; version?: number }): Promise<PublishedVault[]> {
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  const { keyDirectory: address } = chain.deployment;
  const published = await readLogs(chain, { address, event: VAULT_PUBLISHED, args, toBlock });
  return published.map(({ args: { version, vault } }) => ({ version, digest: vault }));
}

/**
 * An account's newest vault, from the event that published it, held against the tag that the contract stores; undefined before the first.
 * Throws `VAULT_EVENT_MISSING`, `VAULT_WRONG_DIGEST`, and `CHAIN_FAILED`.
 */
export async function readVault(chain: Chain, account: Address): Promise<PublishedVault | undefined> {
  const [version, tag] = await chain.client.readContract({
    ...directoryOf(chain),
    functionName: "vaultOf",
    args: [account],
  });
  if (version === 0) return undefined;
  const published = await readPublished(chain, { account, version });
  const newest = published.find(({ digest }) => slice(digest, 0, 20) === tag.toLowerCase());
  if (newest !== undefined) return newest;
  throw published.length === 0
    ? new ChartkeyError("VAULT_EVENT_MISSING", "The node does not say where the key vault is. Ask another node.")
    : new ChartkeyError("VAULT_WRONG_DIGEST", "The node names another key vault than the contract. Ask another node.");
}

/** The vaults that an account published before `version`, newest first, as the node's events tell them. Throws `CHAIN_FAILED`. */
export async function readEarlierVaults(chain: Chain, account: Address, version: number): Promise<PublishedVault[]> {
  const published = await readPublished(chain, { account });
  return published.filter((vault) => vault.version < version).sort((left, right) => right.version - left.version);
}

function directoryOf({ deployment }: Chain) {
  return { address: deployment.keyDirectory, abi: keyDirectoryAbi } as const;
}
