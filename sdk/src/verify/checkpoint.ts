import {
  type Address,
  type Hash,
  type Hex,
  type PublicClient,
  concatHex,
  getAddress,
  isAddressEqual,
  numberToHex,
  slice,
  stringToHex,
  hexToBigInt,
  hexToNumber,
} from "viem";
import { toChainError } from "../chain/reverts.ts";
import type { Wallet } from "../chain/transact.ts";
import { ChartkeyError } from "../errors.ts";
import { headerFields, viewHeader } from "./header.ts";

/** A block of a chain, which stands for all before it and for the state that its header names. */
export interface BlockClaim {
  chainId: number;
  number: bigint;
  hash: Hex;
}

/** A claim that another chain holds, in a transaction of whoever made it. */
export interface Checkpoint extends BlockClaim {
  transactionHash: Hash;
  /** When the witness took it, by its own clock; Unix seconds. */
  time: number;
}

/** A checkpoint held against the chain: `hash` is what the chain has there now, undefined when it is shorter. */
export interface CheckedCheckpoint {
  checkpoint: Checkpoint;
  hash: Hex | undefined;
  ok: boolean;
}

const PREFIX = stringToHex("chartkey/checkpoint/1|");
const PREFIX_BYTES = (PREFIX.length - 2) / 2;
const BYTES = PREFIX_BYTES + 8 + 8 + 32;

/** The data of a checkpoint's transaction: a prefix, chain id and block number (8 bytes each, big-endian), and the block's hash. */
export function encodeCheckpoint({ chainId, number, hash }: BlockClaim): Hex {
  return concatHex([PREFIX, numberToHex(chainId, { size: 8 }), numberToHex(number, { size: 8 }), hash]);
}

/** What a transaction's data claim; undefined when they are no checkpoint. */
export function decodeCheckpoint(data: Hex): BlockClaim | undefined {
  if (data.length !== 2 + 2 * BYTES || !data.startsWith(PREFIX)) return undefined;
  const at = (from: number, length: number) => slice(data, PREFIX_BYTES + from, PREFIX_BYTES + from + length);
  const [chainId, number] = [at(0, 8), at(8, 8)];
  if (hexToBigInt(chainId) > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return { chainId: hexToNumber(chainId), number: hexToBigInt(number), hash: at(16, 32) };
}

/** The hash of a block, computed from the header that the node gives; undefined when the chain is shorter. */
async function computedHash(client: PublicClient, number: bigint): Promise<Hex | undefined> {
  const params = [numberToHex(number), false] as const;
  const header = await client.request({ method: "eth_getBlockByNumber", params: [...params] });
  if (!header) return undefined;
  const view = viewHeader(headerFields(header));
  return view.number === number ? view.hash : undefined;
}

/** The block with `depth` blocks above it, or the first. Throws `CHAIN_FAILED`. */
export async function claimBlock(client: PublicClient, chainId: number, depth: number): Promise<BlockClaim> {
  const newest = await client.getBlockNumber({ cacheTime: 0 });
  const number = newest > BigInt(depth) ? newest - BigInt(depth) : 0n;
  const hash = await computedHash(client, number);
  if (hash !== undefined) return { chainId, number, hash };
  throw new ChartkeyError("CHAIN_FAILED", `The node does not give block ${number}. Nothing was sent. Ask again.`);
}

/** Writes a claim to the witness: the data of a transaction from the wallet's account to itself. Throws what `toChainError` gives. */
export async function writeCheckpoint(witness: PublicClient, wallet: Wallet, claim: BlockClaim): Promise<Hash> {
  const { account, chain } = wallet;
  try {
    const data = encodeCheckpoint(claim);
    const hash = await wallet.sendTransaction({ account, chain: chain ?? null, to: account.address, data });
    await witness.waitForTransactionReceipt({ hash });
    return hash;
  } catch (cause) {
    throw toChainError(cause);
  }
}

/** The first block after which an account has sent `count` transactions, between two blocks. */
async function blockOf(witness: PublicClient, account: Address, count: number, newest: bigint): Promise<bigint> {
  let [low, high] = [0n, newest];
  while (low < high) {
    const middle = (low + high) / 2n;
    const sent = await witness.getTransactionCount({ address: account, blockNumber: middle });
    if (sent >= count) high = middle;
    else low = middle + 1n;
  }
  return low;
}

/**
 * The checkpoints of a chain among the newest `last` transactions of an account at the witness, newest first. The account's count of
 * transactions leads to their blocks: one that is counted and not shown is an error; the witness's node has to know the counts of old blocks. Throws
 * `CHAIN_FAILED`, `CHAIN_UNREACHABLE`.
 */
export async function readCheckpoints(
  witness: PublicClient,
  { account, chainId, last }: { account: Address; chainId: number; last: number },
): Promise<Checkpoint[]> {
  try {
    const found: Checkpoint[] = [];
    let newest = await witness.getBlockNumber({ cacheTime: 0 });
    const sent = await witness.getTransactionCount({ address: account, blockNumber: newest });
    for (let count = sent; count > 0 && count > sent - last; count -= 1) {
      newest = await blockOf(witness, account, count, newest);
      const block = await witness.getBlock({ blockNumber: newest, includeTransactions: true });
      const transaction = block.transactions.find(
        ({ from, nonce }) => isAddressEqual(getAddress(from), account) && nonce === count - 1,
      );
      if (transaction === undefined) {
        // An authorization counts as well, in somebody's transaction (EIP-7702).
        if (block.transactions.some(({ type }) => type === "eip7702")) continue;
        throw new ChartkeyError(
          "CHAIN_FAILED",
          "The witness counts a transaction that it does not show. Ask another node of that chain.",
          { details: { account, nonce: count - 1 } },
        );
      }
      const claim = decodeCheckpoint(transaction.input);
      if (claim?.chainId === chainId)
        found.push({ ...claim, transactionHash: transaction.hash, time: Number(block.timestamp) });
    }
    return found;
  } catch (cause) {
    throw toChainError(cause);
  }
}

/** Holds each checkpoint against what the chain has now. The hash of each block is computed from its header. */
export function checkCheckpoints(
  client: PublicClient,
  checkpoints: readonly Checkpoint[],
): Promise<CheckedCheckpoint[]> {
  return Promise.all(
    checkpoints.map(async (checkpoint) => {
      const hash = await computedHash(client, checkpoint.number);
      return { checkpoint, hash, ok: hash === checkpoint.hash };
    }),
  );
}
