import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { writeFileAtomically } from "../durable.ts";
import { errnoOf, fileError } from "../errors.ts";
import { LineLog, streamLines } from "../linelog.ts";
import type { Certificate } from "./certificate.ts";
import type { FiledScope } from "./scope-book.ts";
import type { Session } from "./sessions.ts";
import type { Act, SignedRequest } from "./signed-request.ts";

/** One delivery or removal: what was signed for it, and what the store says of it. */
export interface Receipt {
  readonly act: Act;
  /** The signed text and the session key's signature over `chartkey/<act>/1|<request>`. */
  readonly request: string;
  readonly signature: string;
  /** Which certificate names the session key: the hash of its wallet signature. */
  readonly certificate: string;
  readonly reader: string;
  /** By which scope the file was delivered, or from which it was removed. */
  readonly kind: string;
  readonly owner: string;
  readonly categories: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Of a request for several files: the places, in its list, of those that this is about. */
  readonly files?: readonly number[];
}

/** A place in the log from which a list goes on: so many lines of that day are behind it. */
export interface ReceiptPlace {
  readonly day: string;
  readonly line: number;
}

/** What is asked of the log. */
export interface ReceiptQuery {
  /** First day. */
  readonly from: string;
  /** Which receipts; all when absent. It is asked in their order, from the first day on. */
  readonly isWanted?: (receipt: Receipt) => boolean;
  /** Where the page before ended. */
  readonly after?: ReceiptPlace | undefined;
}

/** Characters of a page of receipts after which another one begins: whoever may read can make as many as his rate allows. */
const RECEIPT_PAGE = 1 << 23;

/** A line of the log. A certificate stands before the first receipt of its day that needs it. */
export type ReceiptLine =
  { readonly certificate: Certificate } | { readonly receipt: Receipt } | { readonly damaged: true };

interface Day {
  readonly name: string;
  readonly log: LineLog;
  readonly certificates: Set<string>;
}

const FILE = /^(\d{4}-\d\d-\d\d)\.log$/;

/** Tells the first so many receipts of deliveries of a chart's files to each reader from everything else, asked in the order of the receipts. */
export function firstOfEachReader(limit: number): (receipt: Receipt) => boolean {
  const counts = new Map<string, number>();
  return ({ act, kind, reader }) => {
    const before = counts.get(reader) ?? 0;
    if (act !== "delivery" || kind !== "chart" || before >= limit) return false;
    counts.set(reader, before + 1);
    return true;
  };
}

const isBefore = (one: ReceiptPlace, other: ReceiptPlace): boolean =>
  one.day < other.day || (one.day === other.day && one.line < other.line);

function certificateId({ signature }: Certificate): string {
  return createHash("sha256").update(signature).digest("base64url");
}

/** Receipts of all private deliveries and of removals, a file for each day (UTC). A day that is over does not change any more. */
export class ReceiptLog {
  readonly #directory: string;
  /** The account under which their leaves are published. */
  anchoredBy: string | undefined;
  #day: Promise<Day> | undefined;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async open(dataDir: string): Promise<ReceiptLog> {
    const directory = path.join(dataDir, "receipts");
    await mkdir(directory, { recursive: true });
    return new ReceiptLog(directory);
  }

  /** Writes a receipt; it is on the disk when this resolves. @throws StoreError STORE_DISK_FULL, STORE_IO_FAILED */
  async add(
    session: Session,
    signed: Pick<SignedRequest, "text" | "signature">,
    scope: FiledScope,
    act: Act,
    files?: readonly number[],
  ): Promise<void> {
    const { log, certificates } = await this.#today();
    const certificate = certificateId(session.certificate);
    const { kind, owner, categories } = scope;
    const { text: request, signature } = signed;
    const what = { act, request, signature, certificate, reader: session.account };
    const receipt: Receipt = { ...what, kind, owner, categories, time: Date.now(), ...(files && { files }) };
    const written = certificates.has(certificate)
      ? []
      : [log.append(JSON.stringify({ certificate: session.certificate }))];
    certificates.add(certificate);
    try {
      await Promise.all([...written, log.append(JSON.stringify({ receipt }))]);
    } catch (error) {
      certificates.delete(certificate);
      throw error;
    }
  }

  /** Days that have receipts, ascending. */
  async days(): Promise<string[]> {
    const names = await readdir(this.#directory);
    return names.flatMap((name) => FILE.exec(name)?.[1] ?? []).sort();
  }

  /** All lines of a day, in the order they were written. @throws StoreError STORE_IO_FAILED */
  async *readDay(day: string): AsyncGenerator<ReceiptLine> {
    for await (const text of streamLines(this.#fileOf(day))) {
      yield text === undefined ? { damaged: true } : (JSON.parse(text) as ReceiptLine);
    }
  }

  /**
   * The leaves of a day that is over, 32 bytes each: SHA-256 of 0x00 and the text of a receipt's line. They are kept, so that they are the
   * same for ever.
   * @throws StoreError STORE_DISK_FULL, STORE_IO_FAILED
   */
  async leavesOf(day: string): Promise<Uint8Array> {
    const file = path.join(this.#directory, `${day}.leaves`);
    try {
      return await readFile(file);
    } catch (error) {
      if (errnoOf(error) !== "ENOENT") throw fileError(error, "read");
    }
    const hashes: Buffer[] = [];
    for await (const text of streamLines(this.#fileOf(day)))
      if (text?.startsWith('{"receipt":') === true) hashes.push(createHash("sha256").update(`\0${text}`).digest());
    const leaves = Buffer.concat(hashes);
    await rm(`${file}.tmp`, { force: true });
    await writeFileAtomically(file, `${file}.tmp`, leaves).catch((error: unknown) => {
      throw fileError(error, "write");
    });
    return leaves;
  }

  /**
   * A page of receipts about what belongs to `owner`, each after its certificate, and after the account that publishes them; at its end, when
   * there are more, where they are.
   */
  async *about(
    owner: string,
    { from, isWanted = () => true, after }: ReceiptQuery,
  ): AsyncGenerator<ReceiptLine | { readonly anchoredBy: string } | { readonly next: ReceiptPlace }> {
    if (this.anchoredBy !== undefined) yield { anchoredBy: this.anchoredBy };
    let size = 0;
    for (const day of (await this.days()).filter((name) => name >= from)) {
      const certificates = new Map<string, Certificate>();
      let place = 0;
      for await (const line of this.readDay(day)) {
        const next = { day, line: place++ };
        if ("certificate" in line) certificates.set(certificateId(line.certificate), line.certificate);
        if (!("receipt" in line) || line.receipt.owner !== owner || !isWanted(line.receipt)) continue;
        if (after !== undefined && isBefore(next, after)) continue;
        if (size >= RECEIPT_PAGE) {
          yield { next };
          return;
        }
        const certificate = certificates.get(line.receipt.certificate);
        if (certificate) yield { certificate };
        certificates.delete(line.receipt.certificate);
        size += JSON.stringify(line).length;
        yield line;
      }
    }
  }

  async close(): Promise<void> {
    await (await this.#day)?.log.close();
  }

  #fileOf(day: string): string {
    return path.join(this.#directory, `${day}.log`);
  }

  #today(): Promise<Day> {
    const name = new Date().toISOString().slice(0, 10);
    this.#day = this.#turn(this.#day, name);
    return this.#day;
  }

  async #turn(before: Promise<Day> | undefined, name: string): Promise<Day> {
    const day = await before?.catch(() => undefined);
    if (day?.name === name) return day;
    await day?.log.close();
    return { name, log: await LineLog.extend(this.#fileOf(name)), certificates: new Set() };
  }
}
