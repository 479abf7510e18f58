import { type Address, type Hex, hexToBytes } from "viem";
import { ChartkeyError } from "../errors.ts";
import { keyDirectoryAbi } from "../generated/abi/KeyDirectory.ts";
import type { Chain } from "./connection.ts";

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
  const { keyDirectory: address } = chain.deployment;
  const [keyVersion, , key] = await chain.client.readContract({
    address,
    abi: keyDirectoryAbi,
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

/** Version and digest of an account's vault; version 0 before the first. */
export async function readVaultPointer(
  chain: Chain,
  account: Address,
): Promise<{ version: number; digest: Hex; keyVersion: number }> {
  const { keyDirectory: address } = chain.deployment;
  const [[version, digest], [keyVersion]] = await Promise.all([
    chain.client.readContract({ address, abi: keyDirectoryAbi, functionName: "vaultOf", args: [account] }),
    chain.client.readContract({ address, abi: keyDirectoryAbi, functionName: "keyOf", args: [account] }),
  ]);
  return { version, digest, keyVersion };
}
