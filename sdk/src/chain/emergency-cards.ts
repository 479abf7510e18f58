import type { Address, Hex } from "viem";
import { equalBytes } from "../bytes.ts";
import { recordRegistryAbi } from "../generated/abi/RecordRegistry.ts";
import type { Chain } from "./connection.ts";
import { findKey, readVault } from "./directory.ts";
import { sequenceOf } from "./head.ts";

/** What is published of a withdrawn set: the SHA-256 of no bytes (FIPS 180-4), which no document has. */
export const WITHDRAWN: Hex = "0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** What KeyDirectory says of an account under which emergency sets are published. */
export interface PublishedCard {
  /** Key of the card that is in force: 32 bytes, X25519. */
  key: Uint8Array;
  /** How often key and set were published. */
  version: number;
  /** Digest of the set that is in force; undefined when it was withdrawn. */
  digest: Hex | undefined;
}

/** Undefined before the first set. Throws what `readVault` throws. */
export async function readCard(chain: Chain, card: Address): Promise<PublishedCard | undefined> {
  const [key, published] = await Promise.all([findKey(chain, card), readVault(chain, card)]);
  if (key === undefined || published === undefined) return undefined;
  const digest = published.digest === WITHDRAWN ? undefined : published.digest;
  return { key: key.publicKey, version: key.keyVersion, digest };
}

/** Whether a card that opens with `key` is the one in force. */
export function isInForce(published: PublishedCard | undefined, key: Uint8Array): boolean {
  return published?.digest !== undefined && equalBytes(published.key, key);
}

/** Number of the newest entry in a patient's ledger; 0 before the first. */
export async function readSequence({ client, deployment }: Chain, patient: Address): Promise<number> {
  const query = { address: deployment.records, abi: recordRegistryAbi, functionName: "head", args: [patient] } as const;
  return sequenceOf(await client.readContract(query));
}

const SET_TYPES = {
  EmergencySet: [
    { name: "patient", type: "address" },
    { name: "card", type: "address" },
    { name: "number", type: "uint32" },
    { name: "version", type: "uint32" },
    { name: "payload", type: "bytes32" },
  ],
} as const;

/**
 * EIP-712 form of a set, which whoever acts for the patient signs: that this ciphertext speaks for him, in the publication of this version
 * and in no later one.
 */
export function setTypedData(
  { id: chainId, deployment }: Chain,
  message: { patient: Address; card: Address; number: number; version: number; payload: Hex },
) {
  const domain = { name: "Chartkey Emergency Set", version: "1", chainId, verifyingContract: deployment.keyDirectory };
  return { domain, types: SET_TYPES, primaryType: "EmergencySet", message } as const;
}

const PUBLISH_TYPES = {
  Publish: [
    { name: "account", type: "address" },
    { name: "suite", type: "uint16" },
    { name: "key", type: "bytes32" },
    { name: "expectedKeyVersion", type: "uint32" },
    { name: "vault", type: "bytes32" },
    { name: "expectedVaultVersion", type: "uint32" },
    { name: "deadline", type: "uint40" },
  ],
} as const;

/** What an account publishes when somebody else sends it. */
export interface Publication {
  account: Address;
  suite: number;
  key: Hex;
  expectedKeyVersion: number;
  vault: Hex;
  expectedVaultVersion: number;
  /** Unix seconds. */
  deadline: number;
}

/** EIP-712 form of KeyDirectory's `publishBySig`. */
export function publishTypedData({ id: chainId, deployment }: Chain, message: Publication) {
  const domain = { name: "Chartkey Keys", version: "1", chainId, verifyingContract: deployment.keyDirectory };
  return { domain, types: PUBLISH_TYPES, primaryType: "Publish", message } as const;
}
