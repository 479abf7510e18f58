import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { equalsBytes } from "@ethereumjs/util";
import { PowchainError } from "./errors.ts";

/*
 * Layout, integers big endian:
 *   file   = "POWCHAIN" | u32 version | genesis hash (32) | u32 crc(preceding bytes), then records
 *   record = u32 length | u32 crc(u64 block number | length) | u32 crc(block) | block (RLP)
 * The length has a checksum of its own: a file that ends inside a record was cut by a crash, while a changed length
 * must not pass for that. The checksums name accidents early; forgery is refused by link, seal and re-execution.
 */
const MAGIC = Buffer.from("POWCHAIN");
const VERSION = 1;
const FILE_HEADER = MAGIC.length + 4 + 32 + 4;
const RECORD_HEADER = 12;

/** What a block file held when it was opened. */
export interface OpenedBlockFile {
  readonly file: BlockFile;
  /** RLP of the blocks from number 1 on. Checksums are verified, contents are not. */
  readonly blocks: Uint8Array[];
  /** Bytes of an unfinished last record that were cut off. */
  readonly truncated: number;
}

/** Append-only file of blocks, each on disk (fsync) before append returns. */
export class BlockFile {
  readonly #descriptor: number;
  #size: number;
  #nextNumber: number;

  private constructor(descriptor: number, size: number, nextNumber: number) {
    this.#descriptor = descriptor;
    this.#size = size;
    this.#nextNumber = nextNumber;
  }

  /**
   * Opens or creates the file.
   *
   * @param genesisHash 32 bytes; blocks of another genesis are refused
   * @throws PowchainError POWCHAIN_FILE_ALTERED naming the block, POWCHAIN_GENESIS_MISMATCH
   */
  static open(path: string, genesisHash: Uint8Array): OpenedBlockFile {
    // Not in append mode: Windows cannot truncate such a file.
    const descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644);
    try {
      const content = readFileSync(descriptor);
      const created = isUnfinishedHeader(content);
      if (created) {
        ftruncateSync(descriptor, 0);
        writeFully(descriptor, fileHeader(genesisHash), 0);
        fsyncSync(descriptor);
        syncDirectory(dirname(path));
      } else {
        checkFileHeader(content, genesisHash, path);
      }
      const { blocks, end } = created ? { blocks: [], end: FILE_HEADER } : readRecords(content, path);
      const truncated = created ? content.length : content.length - end;
      if (truncated > 0 && !created) {
        ftruncateSync(descriptor, end);
        fsyncSync(descriptor);
      }
      return { file: new BlockFile(descriptor, end, blocks.length + 1), blocks, truncated };
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }

  /**
   * Appends the next block and waits until it is on disk.
   *
   * @throws PowchainError POWCHAIN_WRITE_FAILED; the file then ends after the previous block
   */
  append(block: Uint8Array): void {
    const record = Buffer.concat([recordHeader(this.#nextNumber, block), block]);
    try {
      writeFully(this.#descriptor, record, this.#size);
      fsyncSync(this.#descriptor);
    } catch (error) {
      ftruncateSync(this.#descriptor, this.#size);
      throw new PowchainError("POWCHAIN_WRITE_FAILED", `block ${this.#nextNumber} could not be written to disk`, {
        cause: error,
      });
    }
    this.#size += record.length;
    this.#nextNumber++;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

function readRecords(content: Buffer, path: string): { blocks: Uint8Array[]; end: number } {
  const blocks: Uint8Array[] = [];
  let offset = FILE_HEADER;
  while (offset < content.length) {
    const number = blocks.length + 1;
    const rest = content.subarray(offset);
    // A crash can leave less than a record header, or a tail that was allocated but never written.
    if (rest.length < RECORD_HEADER || rest.every((byte) => byte === 0)) break;
    const length = rest.readUInt32BE(0);
    if (rest.readUInt32BE(4) !== lengthChecksum(number, length)) {
      throw altered(path, number, offset, "its length does not match its checksum");
    }
    if (rest.length < RECORD_HEADER + length) break;
    const block = rest.subarray(RECORD_HEADER, RECORD_HEADER + length);
    if (rest.readUInt32BE(8) !== crc32(block)) {
      throw altered(path, number, offset, "its content does not match its checksum");
    }
    blocks.push(new Uint8Array(block));
    offset += RECORD_HEADER + length;
  }
  return { blocks, end: offset };
}

function altered(path: string, number: number, offset: number, what: string): PowchainError {
  return new PowchainError(
    "POWCHAIN_FILE_ALTERED",
    `${path} has been altered: block ${number} (byte ${offset}): ${what}. ` +
      "Restore the file from a copy, or move it away to begin a new chain.",
  );
}

function recordHeader(number: number, block: Uint8Array): Buffer {
  const header = Buffer.alloc(RECORD_HEADER);
  header.writeUInt32BE(block.length, 0);
  header.writeUInt32BE(lengthChecksum(number, block.length), 4);
  header.writeUInt32BE(crc32(block), 8);
  return header;
}

function lengthChecksum(number: number, length: number): number {
  const bytes = Buffer.alloc(12);
  bytes.writeBigUInt64BE(BigInt(number), 0);
  bytes.writeUInt32BE(length, 8);
  return crc32(bytes);
}

function fileHeader(genesisHash: Uint8Array): Buffer {
  const header = Buffer.alloc(FILE_HEADER);
  MAGIC.copy(header);
  header.writeUInt32BE(VERSION, MAGIC.length);
  header.set(genesisHash, MAGIC.length + 4);
  header.writeUInt32BE(crc32(header.subarray(0, FILE_HEADER - 4)), FILE_HEADER - 4);
  return header;
}

/** An empty file, or one cut while its own header was written: it never held a block. */
function isUnfinishedHeader(content: Buffer): boolean {
  if (content.length >= FILE_HEADER) return false;
  const magic = content.subarray(0, MAGIC.length);
  return equalsBytes(magic, MAGIC.subarray(0, magic.length));
}

function checkFileHeader(content: Buffer, genesisHash: Uint8Array, path: string): void {
  const intact =
    content.length >= FILE_HEADER &&
    equalsBytes(content.subarray(0, MAGIC.length), MAGIC) &&
    content.readUInt32BE(FILE_HEADER - 4) === crc32(content.subarray(0, FILE_HEADER - 4));
  if (!intact) {
    throw new PowchainError(
      "POWCHAIN_FILE_ALTERED",
      `${path} is not a block file of powchain, or its header (before block 1) has been altered.`,
    );
  }
  const stored = content.subarray(MAGIC.length + 4, FILE_HEADER - 4);
  if (content.readUInt32BE(MAGIC.length) !== VERSION || !equalsBytes(stored, genesisHash)) {
    throw new PowchainError(
      "POWCHAIN_GENESIS_MISMATCH",
      `${path} belongs to a chain with another genesis block (chain id, difficulty, accounts or program version ` +
        "differ). Start with the same settings, or choose another data directory.",
    );
  }
}

function writeFully(descriptor: number, bytes: Uint8Array, position: number): void {
  let written = 0;
  while (written < bytes.length) {
    written += writeSync(descriptor, bytes, written, bytes.length - written, position + written);
  }
}

/** Makes the new directory entry durable. Windows cannot open directories and does not need it. */
function syncDirectory(directory: string): void {
  if (process.platform === "win32") return;
  const descriptor = openSync(directory, "r");
  try {
    if (fstatSync(descriptor).isDirectory()) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
