import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { writeFileAtomically } from "../durable.ts";
import { errnoOf, fileError } from "../errors.ts";
import { LineLog, streamLines } from "../linelog.ts";
import { type Certificate, certificateId } from "./certificate.ts";
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

/** A line of the log. A certificate stands before the first receipt of its day that needs it. */
export type ReceiptLine = { readonly certificate: Certificate } | { readonly receipt: Receipt };

interface Day {
  readonly name: string;
  readonly log: LineLog;
  readonly certificates: Set<string>;
}

/** How the line of a receipt begins. */
const RECEIPT = '{"receipt":';
const FILE = /^(\d{4}-\d\d-\d\d)\.log$/;

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

  /**
   * All lines of a day, in the order they were written, undefined for a receipt that is not about `owner` and for what is damaged.
   * @throws StoreError STORE_IO_FAILED
   */
  async *readDay(day: string, owner: string): AsyncGenerator<ReceiptLine | undefined> {
    const named = `"owner":"${owner}"`;
    for await (const text of streamLines(this.#fileOf(day))) {
      // Most receipts are about somebody else: they are not worth their parsing.
      const isOther = text === undefined || (text.startsWith(RECEIPT) && !text.includes(named));
      yield isOther ? undefined : (JSON.parse(text) as ReceiptLine);
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
      if (text?.startsWith(RECEIPT) === true) hashes.push(createHash("sha256").update(`\0${text}`).digest());
    const leaves = Buffer.concat(hashes);
    await rm(`${file}.tmp`, { force: true });
    await writeFileAtomically(file, `${file}.tmp`, leaves).catch((error: unknown) => {
      throw fileError(error, "write");
    });
    return leaves;
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
