import * as dagPb from "@ipld/dag-pb";
import { base32upper } from "multiformats/bases/base32";
import { CID } from "multiformats/cid";
import * as raw from "multiformats/codecs/raw";
import { sha256 } from "multiformats/hashes/sha2";
import { StoreError } from "./errors.ts";

/** Largest block kept or accepted, in bytes: the limit IPFS implementations exchange blocks under. */
export const MAX_BLOCK_BYTES = 2 * 1024 * 1024;

const SHA256_BYTES = 32;
const MAX_CID_CHARACTERS = 128;

/** Identifies the bytes of a block whatever its codec and CID version: base32upper of the multihash. */
export type BlockKey = string;

/** Key of the block a CID names. */
export function blockKey(cid: CID): BlockKey {
  return base32upper.encode(cid.multihash.bytes);
}

/** One CID for one DAG: version 0 and version 1 of the same root compare equal. */
export function dagKey(cid: CID): string {
  return cid.toV1().toString();
}

/**
 * Refuses what the store cannot verify or follow: any hash but sha2-256 (identity included) and any codec but raw and
 * dag-pb, whose links garbage collection would not see.
 * @throws StoreError STORE_CID_UNSUPPORTED
 */
export function assertSupported(cid: CID): void {
  if (cid.multihash.code !== sha256.code || cid.multihash.digest.length !== SHA256_BYTES) {
    throw new StoreError("STORE_CID_UNSUPPORTED", "only CIDs with a full sha2-256 digest are accepted");
  }
  if (cid.code !== raw.code && cid.code !== dagPb.code) {
    throw new StoreError("STORE_CID_UNSUPPORTED", "only CIDs of raw and dag-pb blocks are accepted");
  }
}

/**
 * Parses `<cid>` or `/ipfs/<cid>`.
 * @throws StoreError STORE_CID_INVALID, STORE_CID_UNSUPPORTED
 */
export function parseCid(text: string): CID {
  const encoded = text.replace(/^\/ipfs\//, "");
  if (encoded.length > MAX_CID_CHARACTERS || !/^[0-9A-Za-z]+$/.test(encoded)) {
    throw new StoreError("STORE_CID_INVALID", "invalid path: not a CID");
  }
  let cid: CID;
  try {
    cid = CID.parse(encoded);
  } catch (error) {
    throw new StoreError("STORE_CID_INVALID", "invalid path: not a CID", { cause: error });
  }
  assertSupported(cid);
  return cid;
}
