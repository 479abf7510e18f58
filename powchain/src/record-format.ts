import { crc32 } from "node:zlib";
import { equalsBytes } from "@ethereumjs/util";
import { PowchainError } from "./errors.ts";

/*
 * Layout, integers big endian:
 *   file   = magic (8 characters) | u32 version | genesis hash (32) | u32 crc(preceding bytes), then records
 *   record = u32 length | u32 crc(u64 number of the record | length) | u32 crc(content) | content
 * Record n, from 1 on, belongs to block n. The length has a checksum of its own: a file that ends inside a record was cut
 * by a crash, while a changed length must not pass for that. The checksums name accidents early; they stop no forger.
 */
const MAGIC_LENGTH = 8;
const VERSION = 1;
export const FILE_HEADER = MAGIC_LENGTH + 4 + 32 + 4;
export const RECORD_HEADER = 12;

/** The error that says which file is not what powchain wrote, and what can be done. */
export function altered(path: string, what: string, cause?: unknown): PowchainError {
  return new PowchainError(
    "POWCHAIN_FILE_ALTERED",
    `${path} has been altered: ${what}. Restore the file from a copy, or move it away to begin a new chain.`,
    { cause },
  );
}

export function recordHeader(number: number, content: Uint8Array): Buffer {
  const header = Buffer.alloc(RECORD_HEADER);
  header.writeUInt32BE(content.length, 0);
  header.writeUInt32BE(lengthChecksum(number, content.length), 4);
  header.writeUInt32BE(crc32(content), 8);
  return header;
}

export function lengthChecksum(number: number, length: number): number {
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64BE(BigInt(number), 0);
  bytes.writeUInt32BE(length, 8);
  return crc32(bytes);
}

export function fileHeader(magic: string, genesisHash: Uint8Array): Buffer {
  const header = Buffer.alloc(FILE_HEADER);
  header.write(magic, "latin1");
  header.writeUInt32BE(VERSION, MAGIC_LENGTH);
  header.set(genesisHash, MAGIC_LENGTH + 4);
  header.writeUInt32BE(crc32(header.subarray(0, FILE_HEADER - 4)), FILE_HEADER - 4);
  return header;
}

/** Of an empty file, or one cut while its own header was written: it never held a record. */
export function isUnfinishedHeader(found: Buffer, wanted: Buffer): boolean {
  if (found.length >= FILE_HEADER) return false;
  const magic = found.subarray(0, MAGIC_LENGTH);
  return equalsBytes(magic, wanted.subarray(0, magic.length));
}

/**
 * @param isEmpty whether the file has no record: then nothing in it tells the block time
 * @throws PowchainError POWCHAIN_FILE_ALTERED when the header is not intact, POWCHAIN_GENESIS_MISMATCH
 */
export function checkFileHeader(found: Buffer, wanted: Buffer, path: string, isEmpty: boolean): void {
  const intact =
    found.length === FILE_HEADER &&
    equalsBytes(found.subarray(0, MAGIC_LENGTH), wanted.subarray(0, MAGIC_LENGTH)) &&
    found.readUInt32BE(FILE_HEADER - 4) === crc32(found.subarray(0, FILE_HEADER - 4));
  if (!intact) throw altered(path, "its header (before block 1) is not the one that powchain writes");
  if (equalsBytes(found, wanted)) return;
  if (isEmpty)
    throw new PowchainError(
      "POWCHAIN_GENESIS_MISMATCH",
      `${path} was begun for a chain with another genesis block and has no block yet, from which its block time would be known. Start with the ` +
        "settings that it was begun with, the block time (blockTime, --adjust-difficulty) among them; or remove the file: nothing is lost with it.",
    );
  throw new PowchainError(
    "POWCHAIN_GENESIS_MISMATCH",
    `${path} belongs to a chain with another genesis block (chain id, difficulty, block time, accounts or program version ` +
      "differ). Start with the same settings, or choose another data directory.",
  );
}
