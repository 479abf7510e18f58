import { crc32 } from "node:zlib";

/* The layout of the files in a data directory, from its description in ../src/record-format.ts. */
export const FILE_HEADER = 48;
export const RECORD_HEADER = 12;

export interface FileRecord {
  /** Offset of the record's header. */
  readonly start: number;
  readonly content: Buffer;
}

export function records(file: Buffer): FileRecord[] {
  const found: FileRecord[] = [];
  for (let start = FILE_HEADER; start < file.length;) {
    const content = file.subarray(start + RECORD_HEADER, start + RECORD_HEADER + file.readUInt32BE(start));
    found.push({ start, content });
    start += RECORD_HEADER + content.length;
  }
  return found;
}

/** The file with the content of one record replaced and its checksums made right, as a forger would. */
export function forge(file: Buffer, number: number, content: Uint8Array): Buffer {
  const { start, content: old } = records(file)[number - 1]!;
  const header = Buffer.alloc(RECORD_HEADER);
  const checked = Buffer.alloc(12);
  checked.writeBigUInt64BE(BigInt(number));
  checked.writeUInt32BE(content.length, 8);
  header.writeUInt32BE(content.length);
  header.writeUInt32BE(crc32(checked), 4);
  header.writeUInt32BE(crc32(content), 8);
  return Buffer.concat([file.subarray(0, start), header, content, file.subarray(start + RECORD_HEADER + old.length)]);
}
