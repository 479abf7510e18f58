import { hexToBigInt, keccak256, sha256, concat, toRlp, type Hex, type RpcBlock } from "viem";

/** 2^256 - 1: the digest of a seal is at most this divided by the difficulty. */
const MAX_DIGEST = (1n << 256n) - 1n;
const ZERO_HASH = `0x${"0".repeat(64)}`;

/** A header as JSON-RPC gives it, with the fields of the forks up to Prague. */
export type Header = Omit<RpcBlock, "transactions"> & { readonly requestsHash?: Hex };

/** RLP integers have no leading zeros; zero is empty. */
function quantity(value: Hex): Hex {
  const digits = value.slice(2).replace(/^0+/, "");
  return digits === "" ? "0x" : `0x${digits.length % 2 ? "0" : ""}${digits}`;
}

function beforeSeal(header: Header): Hex[] {
  return [
    header.parentHash,
    header.sha3Uncles,
    header.miner,
    header.stateRoot,
    header.transactionsRoot,
    header.receiptsRoot,
    header.logsBloom ?? "0x",
    quantity(header.difficulty),
    quantity(header.number ?? "0x0"),
    quantity(header.gasLimit),
    quantity(header.gasUsed),
    quantity(header.timestamp),
    header.extraData,
  ];
}

/** Fields that later forks added, in their order, each only when the chain has it. */
function afterSeal(header: Header): Hex[] {
  const { baseFeePerGas, withdrawalsRoot, blobGasUsed, excessBlobGas, parentBeaconBlockRoot, requestsHash } = header;
  return [
    ...(baseFeePerGas ? [quantity(baseFeePerGas)] : []),
    ...(withdrawalsRoot ? [withdrawalsRoot] : []),
    ...(blobGasUsed ? [quantity(blobGasUsed)] : []),
    ...(excessBlobGas ? [quantity(excessBlobGas)] : []),
    ...(parentBeaconBlockRoot ? [parentBeaconBlockRoot] : []),
    ...(requestsHash ? [requestsHash] : []),
  ];
}

/** The hash of a block by its header's bytes: keccak256(rlp(header)). */
export function headerHash(header: Header): Hex {
  return keccak256(toRlp([...beforeSeal(header), header.mixHash, header.nonce ?? "0x", ...afterSeal(header)]));
}

/** The digest that the work is measured by: sha256(sha256(rlp(header without mixHash and nonce)) ++ nonce). */
export function sealDigest(header: Header): Hex {
  const unsealed = sha256(toRlp([...beforeSeal(header), ...afterSeal(header)]));
  return sha256(concat([unsealed, header.nonce ?? "0x"]));
}

/** The greatest digest that a difficulty allows. */
export function sealTarget(difficulty: bigint): bigint {
  return MAX_DIGEST / (difficulty > 0n ? difficulty : 1n);
}

/** ok: it holds; broken: it does not; none: the chain has no such thing, or there is nothing to compare with. */
export type Check = "ok" | "broken" | "none";

export interface HeaderReport {
  /** Whether the block's hash is that of its header. */
  readonly hash: Check;
  /** Whether the header names its parent by the hash of the parent's header. */
  readonly link: Check;
  /** Whether the SHA-256 work is there. None for genesis and on chains without work (difficulty 0). */
  readonly seal: Check;
  readonly digest: Hex;
}

function checkLink(header: Header, parent: Header | null): Check {
  if (hexToBigInt(header.number ?? "0x0") === 0n) return header.parentHash === ZERO_HASH ? "none" : "broken";
  if (!parent) return "none";
  return headerHash(parent) === header.parentHash ? "ok" : "broken";
}

function checkSeal(header: Header, digest: Hex): Check {
  const difficulty = hexToBigInt(header.difficulty);
  if (difficulty === 0n || hexToBigInt(header.number ?? "0x0") === 0n) return "none";
  return digest === header.mixHash && hexToBigInt(digest) <= sealTarget(difficulty) ? "ok" : "broken";
}

/** Checks a header by its own bytes and its parent's. Nothing that the node says about them is believed. */
export function checkHeader(header: Header, parent: Header | null): HeaderReport {
  const digest = sealDigest(header);
  return {
    hash: headerHash(header) === header.hash ? "ok" : "broken",
    link: checkLink(header, parent),
    seal: checkSeal(header, digest),
    digest,
  };
}
