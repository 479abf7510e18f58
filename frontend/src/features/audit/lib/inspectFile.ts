import { referenceOf, sha256, type Bytes, type ContentReference } from "@chartkey/sdk";
import type { ExportReport } from "@chartkey/sdk/verify";
import { bytesToHex, type Hex } from "viem";

/** Largest file that is read, in bytes: the largest payload there can be. */
export const MAX_FILE = 1 << 30;

/** A file as computed in this browser. Its bytes go nowhere. */
export interface InspectedFile {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Of all its bytes. */
  readonly sha256: Hex;
  /** What a store would file it under. Its digest is that of the root block, which for at most 1 MiB is the whole file. */
  readonly reference: ContentReference;
  /** What checking it found, when it is an export of a ledger. */
  readonly report: ExportReport | null;
}

/** Whether bytes look like an export of a ledger, also an altered one: JSON that names its kind. */
export function isExport(bytes: Uint8Array): boolean {
  const start = bytes.findIndex((byte) => byte > 0x20);
  if (bytes[start] !== 0x7b) return false;
  return new TextDecoder().decode(bytes).includes('"chartkey-ledger"');
}

async function verify(bytes: Bytes): Promise<ExportReport> {
  const { verifyExport } = await import("@chartkey/sdk/verify");
  return verifyExport(bytes);
}

/** Computes digest and reference of a file, and checks it when it is an export. */
export async function inspectFile(file: File): Promise<InspectedFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const [digest, reference, report] = await Promise.all([
    sha256(bytes),
    referenceOf(bytes),
    isExport(bytes) ? verify(bytes) : null,
  ]);
  return { name: file.name, size: bytes.length, sha256: bytesToHex(digest), reference, report };
}
