import { type Hex, type RpcBlock, concatHex, fromRlp, hexToBigInt, keccak256, sha256, toRlp } from "viem";
import { type PacedHeader, followsRule } from "./difficulty.ts";

/** A header as JSON-RPC gives it, with the fields of the forks up to Prague. */
export type RpcHeader = Omit<RpcBlock, "transactions"> & { readonly requestsHash?: Hex | undefined };

/** A header's fields in the order in which they are hashed (Yellow Paper, 4.3, and later forks); integers without leading zeros. */
export type HeaderFields = readonly Hex[];

/** Places in `HeaderFields`. */
const PLACE = {
  parentHash: 0,
  transactionsRoot: 4,
  receiptsRoot: 5,
  logsBloom: 6,
  difficulty: 7,
  number: 8,
  gasUsed: 10,
  timestamp: 11,
  extraData: 12,
  mixHash: 13,
  nonce: 14,
} as const;

/** 2^256 - 1: the digest of a seal is at most this divided by the difficulty. */
const MAX_DIGEST = (1n << 256n) - 1n;
/** Chains of which every block but the first carries the SHA-256 seal. */
export const SEALED_CHAINS: readonly number[] = [20265];

const ZERO_HASH: Hex = `0x${"0".repeat(64)}`;

/** RLP integers have no leading zeros; zero is empty. */
export function rlpInteger(value: Hex): Hex {
  const digits = value.slice(2).replace(/^0+/, "");
  return digits === "" ? "0x" : `0x${digits.length % 2 ? "0" : ""}${digits}`;
}

/** Integer of an RLP field. */
export function fromRlpInteger(value: Hex): bigint {
  return value === "0x" ? 0n : hexToBigInt(value);
}

/** A header's fields; those of later forks only when the chain has them. */
export function headerFields(header: RpcHeader): HeaderFields {
  const { baseFeePerGas, withdrawalsRoot, blobGasUsed, excessBlobGas, parentBeaconBlockRoot, requestsHash } = header;
  return [
    header.parentHash,
    header.sha3Uncles,
    header.miner,
    header.stateRoot,
    header.transactionsRoot,
    header.receiptsRoot,
    header.logsBloom ?? "0x",
    rlpInteger(header.difficulty),
    rlpInteger(header.number ?? "0x0"),
    rlpInteger(header.gasLimit),
    rlpInteger(header.gasUsed),
    rlpInteger(header.timestamp),
    header.extraData,
    header.mixHash,
    header.nonce ?? "0x",
    ...(baseFeePerGas ? [rlpInteger(baseFeePerGas)] : []),
    ...(withdrawalsRoot ? [withdrawalsRoot] : []),
    ...(blobGasUsed ? [rlpInteger(blobGasUsed)] : []),
    ...(excessBlobGas ? [rlpInteger(excessBlobGas)] : []),
    ...(parentBeaconBlockRoot ? [parentBeaconBlockRoot] : []),
    ...(requestsHash ? [requestsHash] : []),
  ];
}

/** What the checks read of a header. */
export interface HeaderView extends PacedHeader {
  number: bigint;
  hash: Hex;
  parentHash: Hex;
  transactionsRoot: Hex;
  receiptsRoot: Hex;
  logsBloom: Hex;
}

/** The block's hash, keccak256(rlp(header)), and what else is needed of it. */
export function viewHeader(fields: HeaderFields, hash: Hex = keccak256(toRlp(fields))): HeaderView {
  const at = (place: keyof typeof PLACE) => fields[PLACE[place]]!;
  return {
    number: fromRlpInteger(at("number")),
    hash,
    parentHash: at("parentHash"),
    transactionsRoot: at("transactionsRoot"),
    receiptsRoot: at("receiptsRoot"),
    logsBloom: at("logsBloom"),
    difficulty: fromRlpInteger(at("difficulty")),
    gasUsed: fromRlpInteger(at("gasUsed")),
    timestamp: fromRlpInteger(at("timestamp")),
    extraData: at("extraData"),
  };
}

/** Fields of an encoded header; undefined when it is none, or not encoded in the one right way. */
export function decodeHeader(rlp: Hex): HeaderFields | undefined {
  let fields: readonly unknown[] | Hex;
  try {
    fields = fromRlp(rlp, "hex");
  } catch {
    return undefined;
  }
  if (typeof fields === "string" || !isHeader(fields)) return undefined;
  return toRlp(fields) === rlp ? fields : undefined;
}

function isHeader(fields: readonly unknown[]): fields is HeaderFields {
  if (fields.length < 15 || fields.length > 21 || !fields.every((field) => typeof field === "string")) return false;
  const size = (place: keyof typeof PLACE) => ((fields[PLACE[place]] as Hex).length - 2) / 2;
  const hashes = (["parentHash", "receiptsRoot", "mixHash"] as const).every((place) => size(place) === 32);
  const integers = (["difficulty", "gasUsed", "timestamp", "extraData"] as const).every((place) => size(place) <= 32);
  return hashes && integers && size("logsBloom") === 256 && size("nonce") === 8 && size("number") <= 6;
}

/** The digest that the work is measured by: sha256(sha256(rlp(header without mixHash and nonce)) ++ nonce). */
export function sealDigest(fields: HeaderFields): Hex {
  const unsealed = sha256(toRlp([...fields.slice(0, PLACE.mixHash), ...fields.slice(PLACE.nonce + 1)]));
  return sha256(concatHex([unsealed, fields[PLACE.nonce]!]));
}

/** The greatest digest that a difficulty allows. */
export function sealTarget(difficulty: bigint): bigint {
  return MAX_DIGEST / (difficulty > 0n ? difficulty : 1n);
}

/** Whether the SHA-256 work of the header's difficulty is there; never for difficulty 0. */
export function isSealed(fields: HeaderFields, digest: Hex = sealDigest(fields)): boolean {
  const difficulty = fromRlpInteger(fields[PLACE.difficulty]!);
  return difficulty > 0n && digest === fields[PLACE.mixHash] && hexToBigInt(digest) <= sealTarget(difficulty);
}

/** ok: it holds; broken: it does not; none: the chain has no such thing, or there is nothing to compare with. */
export type Check = "ok" | "broken" | "none";

export interface HeaderReport {
  /** Whether the block's hash is that of its header. */
  readonly hash: Check;
  /** Whether the header names its parent by the hash of the parent's header; none without the parent. */
  readonly link: Check;
  /** Whether the SHA-256 work is there; none for genesis and on chains without work (difficulty 0). */
  readonly seal: Check;
  /** Whether the difficulty is what the chain's rule gives after the parent; none for genesis, without the parent, and on chains without work. */
  readonly difficulty: Check;
  /** The digest that the work is measured by. */
  readonly digest: Hex;
}

/** Checks a header by its own bytes and its parent's. Nothing that the node says about them is believed. */
export function verifyHeader(header: RpcHeader, parent: RpcHeader | null = null): HeaderReport {
  const fields = headerFields(header);
  const view = viewHeader(fields);
  const before = parent === null ? undefined : viewHeader(headerFields(parent));
  const { number, hash, parentHash, difficulty } = view;
  const digest = sealDigest(fields);
  const verdict = (holds: boolean): Check => (holds ? "ok" : "broken");
  const link = () => {
    if (number === 0n) return parentHash === ZERO_HASH ? "none" : "broken";
    return before === undefined ? "none" : verdict(before.hash === parentHash);
  };
  const isPaced = number > 0n && before !== undefined && (difficulty > 0n || before.difficulty > 0n);
  return {
    hash: verdict(hash === header.hash),
    link: link(),
    seal: difficulty === 0n || number === 0n ? "none" : verdict(isSealed(fields, digest)),
    difficulty: isPaced ? verdict(followsRule(view, before)) : "none",
    digest,
  };
}
