import { type Certificate, certificateId } from "./certificate.ts";
import type { Receipt, ReceiptLog } from "./receipts.ts";

/** A line of a day's log, counted from 0. */
export interface ReceiptPlace {
  readonly day: string;
  readonly line: number;
}

/** What is asked of the log. */
export interface ReceiptQuery {
  /** Lower-case address of whom the receipts are about. */
  readonly owner: string;
  /** First day. */
  readonly from: string;
  /** Of each reader the first so many deliveries of the chart's files, oldest first; all receipts, newest first, when absent. */
  readonly first?: number | undefined;
  /** Where the page begins, as the one before said. */
  readonly after?: ReceiptPlace | undefined;
}

export type PageLine =
  | { readonly anchoredBy: string }
  | { readonly certificate: Certificate }
  | { readonly receipt: Receipt }
  | { readonly next: ReceiptPlace };

/** How much was read for a page: lines, of whomever they are. */
export interface Effort {
  lines: number;
}

/** Bytes after which a page ends: whoever may read can make as many lines as his rate allows. */
const RECEIPT_PAGE = 1 << 23;

/** A receipt that is asked for: its line, and how long it and its certificate are as they are sent, in bytes. */
interface Found {
  readonly line: number;
  readonly bytes: number;
  readonly certificate: string;
  readonly certificateBytes: number;
}

/** Tells the first so many receipts of deliveries of a chart's files to each reader from everything else, asked oldest first. */
function firstOfEachReader(limit: number): (receipt: Receipt) => boolean {
  const counts = new Map<string, number>();
  return ({ act, kind, reader }) => {
    const before = counts.get(reader) ?? 0;
    if (act !== "delivery" || kind !== "chart" || before >= limit) return false;
    counts.set(reader, before + 1);
    return true;
  };
}

/** As `sendLines` sends it. */
const bytesOf = (line: unknown): number => Buffer.byteLength(JSON.stringify(line)) + 1;

/** The receipts of a day that are wanted, oldest first: not the lines, which may be many. */
async function find(
  log: ReceiptLog,
  day: string,
  { owner }: ReceiptQuery,
  isWanted: (receipt: Receipt) => boolean,
  effort: Effort,
): Promise<Found[]> {
  const certificates = new Map<string, number>();
  const found: Found[] = [];
  let place = 0;
  for await (const read of log.readDay(day, owner)) {
    const line = place++;
    effort.lines++;
    if (read === undefined) continue;
    if ("certificate" in read) certificates.set(certificateId(read.certificate), bytesOf(read));
    if (!("receipt" in read) || read.receipt.owner !== owner || !isWanted(read.receipt)) continue;
    const { certificate } = read.receipt;
    found.push({ line, bytes: bytesOf(read), certificate, certificateBytes: certificates.get(certificate) ?? 0 });
  }
  return found;
}

/** Reads a day again for the lines that are sent, each behind its certificate. */
async function* send(
  log: ReceiptLog,
  day: string,
  { owner }: ReceiptQuery,
  chosen: readonly Found[],
  effort: Effort,
): AsyncGenerator<PageLine> {
  const lines = new Set(chosen.map(({ line }) => line));
  const certificates = new Set(chosen.map(({ certificate }) => certificate));
  let place = 0;
  for await (const read of log.readDay(day, owner)) {
    const line = place++;
    effort.lines++;
    if (read === undefined) continue;
    if ("certificate" in read ? certificates.delete(certificateId(read.certificate)) : lines.delete(line)) yield read;
    if (lines.size === 0) return;
  }
}

/** How many of some receipts, in their order, still go on a page that has so many bytes left, and how many are left then. */
function fill(found: readonly Found[], left: number): { count: number; left: number } {
  const certificates = new Set<string>();
  let count = 0;
  for (const { bytes, certificate, certificateBytes } of found) {
    if (left <= 0) break;
    left -= certificates.has(certificate) ? bytes : bytes + certificateBytes;
    certificates.add(certificate);
    count++;
  }
  return { count, left };
}

/**
 * A page of receipts, each behind its certificate, and all behind the account that publishes them; at its end, when there are more, where they are.
 * Days come newest first, and of a day that is too long for the page its newest receipts; with `first`, oldest first.
 * @param effort counts the lines that are read.
 * @throws StoreError STORE_IO_FAILED
 */
export async function* pageOfReceipts(log: ReceiptLog, query: ReceiptQuery, effort: Effort): AsyncGenerator<PageLine> {
  const { from, first, after } = query;
  if (log.anchoredBy !== undefined) yield { anchoredBy: log.anchoredBy };
  // Who counts has to count what was on the pages before.
  const isWanted = first === undefined ? () => true : firstOfEachReader(first);
  const sign = first === undefined ? -1 : 1;
  const isOver = (day: string) => after !== undefined && (sign > 0 ? day < after.day : day > after.day);
  const days = (await log.days()).filter((day) => day >= from && (first !== undefined || !isOver(day)));
  let left = RECEIPT_PAGE;
  for (const day of sign > 0 ? days : days.reverse()) {
    const all = await find(log, day, query, isWanted, effort);
    if (isOver(day)) continue;
    const behind = all.filter(({ line }) => day !== after?.day || sign * (line - after.line) >= 0);
    const found = sign > 0 ? behind : behind.reverse();
    const filled = fill(found, left);
    left = filled.left;
    if (filled.count > 0) yield* send(log, day, query, found.slice(0, filled.count), effort);
    const next = found[filled.count];
    if (next === undefined) continue;
    yield { next: { day, line: next.line } };
    return;
  }
}
