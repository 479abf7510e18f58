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

/**
 * Digest of an account's newest vault, from the event that published it, held against the tag that the contract stores; undefined before
 * the first. Throws `VAULT_EVENT_MISSING`, `VAULT_WRONG_DIGEST`, and `CHAIN_FAILED`.
 */
export async function readVaultDigest(chain: Chain, account: Address): Promise<Hex | undefined> {
  const [version, tag] = await chain.client.readContract({
    ...directoryOf(chain),
    functionName: "vaultOf",
    args: [account],
  });
  if (version === 0) return undefined;
  const toBlock = await chain.client.getBlockNumber({ cacheTime: 0 });
  const { keyDirectory: address } = chain.deployment;
  const published = await readLogs(chain, { address, event: VAULT_PUBLISHED, args: { account, version }, toBlock });
  const digests = published.map(({ args }) => args.vault);
  const digest = digests.find((each) => slice(each, 0, 20) === tag.toLowerCase());
  if (digest !== undefined) return digest;
  throw digests.length === 0
    ? new ChartkeyError("VAULT_EVENT_MISSING", "The node does not say where the key vault is. Ask another node.")
    : new ChartkeyError("VAULT_WRONG_DIGEST", "The node names another key vault than the contract. Ask another node.");
}

function directoryOf({ deployment }: Chain) {
  return { address: deployment.keyDirectory, abi: keyDirectoryAbi } as const;
}
