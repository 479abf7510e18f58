import type { Block } from "@ethereumjs/block";
import { hexToBytes, type PrefixedHexString } from "@ethereumjs/util";
import type { Chain } from "../chain.ts";
import { nextEnvironment } from "../block-builder.ts";
import { invalidParams, RPC_CODE, RpcError } from "./errors.ts";

/** Implementation of a method. The session is there when the caller is connected by WebSocket. */
export type Method = (params: readonly unknown[], session?: Session) => unknown;
export type MethodTable = Readonly<Record<string, Method>>;

/** A WebSocket connection, which can be sent notifications. */
export interface Session {
  notify(subscription: string, result: unknown): void;
  /** Calls the function when the connection ends. */
  onClose(cleanUp: () => void): void;
}

/** A block and whether it stands for the state on which the next block builds. */
export interface BlockReference {
  readonly block: Block;
  readonly kind: "latest" | "pending" | "mined";
}

const HEX = /^0x[0-9a-f]*$/i;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Lower-case hex string, with a fixed number of bytes if given. */
export function hex(value: unknown, name: string, bytes?: number): PrefixedHexString {
  const valid = typeof value === "string" && HEX.test(value) && value.length % 2 === 0;
  if (!valid || (bytes !== undefined && value.length !== 2 + 2 * bytes)) {
    throw invalidParams(`${name} must be 0x-prefixed hex${bytes === undefined ? "" : ` of ${bytes} bytes`}`);
  }
  return `0x${value.slice(2).toLowerCase()}`;
}

export function address(value: unknown, name = "address"): PrefixedHexString {
  return hex(value, name, 20);
}

export function hash(value: unknown, name = "hash"): PrefixedHexString {
  return hex(value, name, 32);
}

/** Unsigned integer of at most 256 bits, as 0x-prefixed hex. */
export function quantity(value: unknown, name: string): bigint {
  if (typeof value !== "string" || !/^0x[0-9a-f]{1,64}$/i.test(value)) {
    throw invalidParams(`${name} must be a 0x-prefixed hex number of at most 256 bits`);
  }
  return BigInt(value);
}

/** A quantity that fits an index into memory. */
export function index(value: unknown, name: string): number {
  const number =
    typeof value === "number" && Number.isInteger(value) && value >= 0 ? BigInt(value) : quantity(value, name);
  if (number > BigInt(Number.MAX_SAFE_INTEGER)) throw invalidParams(`${name} is too large`);
  return Number(number);
}

/** Left-padded 32-byte storage key; clients send it as a number or as 32 bytes. */
export function storageKey(value: unknown): Uint8Array {
  return hexToBytes(`0x${quantity(value, "storage position").toString(16).padStart(64, "0")}`);
}

/**
 * Resolves a block number, tag, hash or EIP-1898 object; absent means latest. "pending" gives the block to come, without
 * transactions, on the state of the head.
 *
 * @returns undefined when there is no such block
 */
export function findBlock(chain: Chain, value: unknown): BlockReference | undefined {
  if (value === undefined || value === null) return { block: chain.head, kind: "latest" };
  if (isObject(value)) {
    if (value["blockHash"] !== undefined) return mined(chain.history.byHash(hash(value["blockHash"], "blockHash")));
    return findBlock(chain, value["blockNumber"]);
  }
  switch (value) {
    case "latest":
    case "safe":
    case "finalized":
      return { block: chain.head, kind: "latest" };
    case "pending":
      return { block: nextEnvironment(chain.head), kind: "pending" };
    case "earliest":
      return mined(chain.history.genesis);
  }
  if (typeof value === "string" && value.length === 66) return mined(chain.history.byHash(hash(value)));
  return mined(chain.history.byNumber(quantity(value, "block number or tag")));
}

/** As findBlock, for methods that cannot answer without the block. */
export function requireBlock(chain: Chain, value: unknown): BlockReference {
  const found = findBlock(chain, value);
  if (!found) throw new RpcError(RPC_CODE.rejected, "header not found");
  return found;
}

/** State root on which a request at this block works; the pending block has no state of its own. */
export function stateRootAt(chain: Chain, { block, kind }: BlockReference): Uint8Array {
  return kind === "pending" ? chain.head.header.stateRoot : block.header.stateRoot;
}

function mined(block: Block | undefined): BlockReference | undefined {
  return block && { block, kind: "mined" };
}
