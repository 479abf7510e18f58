import { hash } from "node:crypto";
import { RLP } from "@ethereumjs/rlp";
import { bytesToBigInt, equalsBytes } from "@ethereumjs/util";

/*
 * The seal replaces Ethash in an otherwise ordinary Ethereum header:
 *   sealHash = sha256(rlp(header without mixHash and nonce))
 *   digest   = sha256(sealHash || nonce)            nonce: 8 bytes, big endian
 *   valid when mixHash = digest and digest, read big endian, <= floor((2^256 - 1) / difficulty)
 */

const MAX_UINT256 = (1n << 256n) - 1n;
const MIX_HASH_FIELD = 13;

/** Position of mixHash and nonce in the RLP list of a header (Yellow Paper, 4.3). */
export const SEAL_FIELDS = { mixHash: MIX_HASH_FIELD, nonce: MIX_HASH_FIELD + 1 } as const;

/** What the seal depends on: of a header of EthereumJS, or of ours. */
export interface SealedHeader {
  readonly difficulty: bigint;
  readonly mixHash: Uint8Array;
  readonly nonce: Uint8Array;
  /** The fields in order. */
  raw(): readonly Uint8Array[];
  /** The RLP of the fields. */
  serialize(): Uint8Array;
}

/** In the RLP of a header: a byte and two bytes of length, as the logs bloom alone has 256 bytes. */
const LIST_PREFIX = 3;
const LIST_OF_TWO_LENGTH_BYTES = 0xf9;
/** In the RLP of a header: mixHash and nonce, each with a byte before it. */
const SEAL_BYTES = 33 + 9;

const sha256 = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(hash("sha256", Buffer.concat(parts), "buffer"));

/**
 * Largest digest that a block of this difficulty may have.
 *
 * @param difficulty expected number of hashes, at least 1
 * @throws RangeError when the difficulty is below 1
 */
export function target(difficulty: bigint): bigint {
  if (difficulty < 1n) throw new RangeError("difficulty must be at least 1");
  return MAX_UINT256 / difficulty;
}

/** SHA-256 over the RLP of all header fields but mixHash and nonce: what the miner works on (32 bytes). */
export function sealHash(header: Pick<SealedHeader, "raw" | "serialize">): Uint8Array {
  // Cut out of the RLP that is there: to encode the fields anew is half of the time to check a seal.
  const rlp = header.serialize();
  const after = Buffer.concat(
    header
      .raw()
      .slice(SEAL_FIELDS.nonce + 1)
      .map((field) => RLP.encode(field)),
  );
  const before = rlp.subarray(LIST_PREFIX, rlp.length - SEAL_BYTES - after.length);
  const length = before.length + after.length;
  return sha256(Uint8Array.of(LIST_OF_TWO_LENGTH_BYTES, length >> 8, length & 0xff), before, after);
}

/** Digest of one attempt: SHA-256 over the seal hash (32 bytes) and the nonce (8 bytes, big endian). */
export function sealDigest(sealed: Uint8Array, nonce: Uint8Array): Uint8Array {
  return sha256(sealed, nonce);
}

/** True when mixHash is the digest of this header with its nonce, and the digest meets the difficulty. */
export function verifySeal(header: SealedHeader): boolean {
  if (header.difficulty < 1n) return false;
  const digest = sealDigest(sealHash(header), header.nonce);
  return equalsBytes(digest, header.mixHash) && bytesToBigInt(digest) <= target(header.difficulty);
}
