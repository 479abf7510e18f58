import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { PowchainError } from "./errors.ts";
import {
  altered,
  checkFileHeader,
  FILE_HEADER,
  fileHeader,
  isUnfinishedHeader,
  lengthChecksum,
  RECORD_HEADER,
  recordHeader,
} from "./record-format.ts";

/** How much is read at once. */
const WINDOW = 1 << 20;

/** Append-only file with a record for each block. It is read once from the beginning, and then written. */
export class RecordFile {
  readonly path: string;
  readonly #descriptor: number;
  /** Where the records that were read or written end; first where they begin. */
  readonly #ends = [FILE_HEADER];
  #size: number;
  #damage: string | undefined;
  /** A part of the file that was read ahead, and where it begins. */
  #window: { readonly start: number; readonly bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };

  private constructor(path: string, descriptor: number) {
    this.path = path;
    this.#descriptor = descriptor;
    this.#size = fstatSync(descriptor).size;
  }

  /**
   * Opens or creates the file.
   *
   * @param magic the first 8 characters, which tell one kind of file from another
   * @param genesisHash 32 bytes; records of another genesis are refused
   * @throws PowchainError POWCHAIN_FILE_ALTERED when the header is not intact, POWCHAIN_GENESIS_MISMATCH
   */
  static open(path: string, magic: string, genesisHash: Uint8Array): RecordFile {
    const file = RecordFile.#create(path);
    try {
      const found = file.#readAt(0, FILE_HEADER);
      const wanted = fileHeader(magic, genesisHash);
      if (isUnfinishedHeader(found, wanted)) file.#begin(wanted);
      else checkFileHeader(found, wanted, path, file.#size === FILE_HEADER);
      return file;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** Opens the file without any of its records. */
  static anew(path: string, magic: string, genesisHash: Uint8Array): RecordFile {
    const file = RecordFile.#create(path);
    file.#begin(fileHeader(magic, genesisHash));
    return file;
  }

  /**
   * The first record of a file, which is only read; undefined when the file has none.
   *
   * @throws PowchainError POWCHAIN_FILE_ALTERED when a checksum of the record does not match
   */
  static first(path: string): Uint8Array | undefined {
    if (!existsSync(path)) return undefined;
    const file = new RecordFile(path, openSync(path, "r"));
    try {
      const record = file.next();
      if (file.damage !== undefined) throw altered(path, file.damage);
      return record;
    } finally {
      file.close();
    }
  }

  static #create(path: string): RecordFile {
    // Not in append mode: Windows cannot truncate such a file.
    return new RecordFile(path, openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644));
  }

  /** How many records have been read or written. */
  get count(): number {
    return this.#ends.length - 1;
  }

  /** Bytes after the last record that was read. When reading has ended they are an unfinished record, or damage. */
  get rest(): number {
    return this.#size - this.#end;
  }

  /** What is wrong with the rest, when it is not what a crash while writing leaves. */
  get damage(): string | undefined {
    return this.#damage;
  }

  /** The next record, its checksums verified and its content not; undefined when no whole one follows. */
  next(): Uint8Array | undefined {
    const header = this.#readAt(this.#end, RECORD_HEADER);
    // A crash can leave less than a record header, or a tail that was allocated but never written.
    if (header.length < RECORD_HEADER || (isZero(header) && isZero(this.#readAt(this.#end, this.rest))))
      return undefined;
    const length = header.readUInt32BE(0);
    if (header.readUInt32BE(4) !== lengthChecksum(this.count + 1, length)) {
      return this.#damaged("its length does not match its checksum");
    }
    const content = this.#readAt(this.#end + RECORD_HEADER, length);
    if (content.length < length) return undefined;
    if (header.readUInt32BE(8) !== crc32(content)) return this.#damaged("its content does not match its checksum");
    this.#ends.push(this.#end + RECORD_HEADER + length);
    // Not as a Buffer, whose slices are views: what is decoded from it would keep all of it in memory.
    return new Uint8Array(content.buffer, content.byteOffset, content.length);
  }

  /** Removes everything after the first records, as many as are to stay; otherwise after those that were read. */
  cut(records = this.count): void {
    this.#ends.length = records + 1;
    this.#damage = undefined;
    this.#size = this.#end;
    ftruncateSync(this.#descriptor, this.#size);
    fsyncSync(this.#descriptor);
  }

  /**
   * Appends the next record.
   *
   * @param durable wait until it is on disk
   * @throws PowchainError POWCHAIN_WRITE_FAILED; the file then ends after the previous record
   */
  append(content: Uint8Array, durable: boolean): void {
    const number = this.count + 1;
    const record = Buffer.concat([recordHeader(number, content), content]);
    try {
      this.#writeAt(this.#end, record);
      if (durable) fsyncSync(this.#descriptor);
    } catch (error) {
      ftruncateSync(this.#descriptor, this.#end);
      const message = `block ${number} could not be written to ${this.path}`;
      throw new PowchainError("POWCHAIN_WRITE_FAILED", message, { cause: error });
    }
    this.#ends.push(this.#end + record.length);
    this.#size = this.#end;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  get #end(): number {
    return this.#ends[this.count]!;
  }

  #begin(header: Uint8Array): void {
    ftruncateSync(this.#descriptor, 0);
    this.#writeAt(0, header);
    fsyncSync(this.#descriptor);
    syncDirectory(dirname(this.path));
    this.#size = header.length;
  }

  #damaged(what: string): undefined {
    this.#damage = `block ${this.count + 1} (byte ${this.#end}): ${what}`;
  }

  /** As many of the bytes as the file has. */
  #readAt(position: number, length: number): Buffer {
    const end = Math.min(position + length, this.#size);
    const { start, bytes } = this.#window;
    if (position < start || end > start + bytes.length) {
      this.#window = { start: position, bytes: this.#load(position, Math.max(length, WINDOW)) };
      return this.#window.bytes.subarray(0, length);
    }
    return bytes.subarray(position - start, Math.max(position, end) - start);
  }

  #load(position: number, length: number): Buffer {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, this.#size - position)));
    for (let read = 0; read < bytes.length;) {
      const more = readSync(this.#descriptor, bytes, read, bytes.length - read, position + read);
      if (more === 0) return bytes.subarray(0, read);
      read += more;
    }
    return bytes;
  }

  #writeAt(position: number, bytes: Uint8Array): void {
    let written = 0;
    while (written < bytes.length) {
      written += writeSync(this.#descriptor, bytes, written, bytes.length - written, position + written);
    }
  }
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
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
