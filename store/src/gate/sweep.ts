import { CID } from "multiformats/cid";
import * as raw from "multiformats/codecs/raw";
import * as digest from "multiformats/hashes/digest";
import { sha256 } from "multiformats/hashes/sha2";
import { dagKey } from "../cid.ts";
import { StoreError } from "../errors.ts";
import type { Repo } from "../repo.ts";
import type { GateOptions } from "./options.ts";
import { DEFAULTS } from "./options.ts";
import type { PendingFile, ReadDocument, Rights } from "./rights.ts";
import { answerOf } from "./rights.ts";
import type { FiledScope, ScopeBook, ScopedFile } from "./scope-book.ts";

/** A file waiting in one scope. */
interface Waiting {
  readonly key: string;
  readonly file: PendingFile;
}

function toPending(cid: CID, { categories, uploader, pendingSince }: FiledScope): PendingFile {
  const hex = Buffer.from(cid.multihash.digest).toString("hex");
  const codec = cid.code === raw.code ? 0 : 1;
  return { codec, digest: `0x${hex}`, categories, uploader, since: Math.floor(pendingSince / 1000) };
}

/** The waiting files of each chart. */
function byOwner(files: readonly ScopedFile[]): Map<string, Waiting[]> {
  const all = new Map<string, Waiting[]>();
  for (const { cid, scopes } of files) {
    for (const scope of scopes) {
      const waiting = { key: cid.toString(), file: toPending(cid, scope) };
      all.set(scope.owner, [...(all.get(scope.owner) ?? []), waiting]);
    }
  }
  return all;
}

/**
 * Gives up what was stored for a chart and never anchored, once it has waited long enough and the chain says so; and what was staged for
 * an invitation, once that is over.
 */
export class Sweep {
  readonly #repo: Repo;
  readonly #book: ScopeBook;
  readonly #rights: Rights;
  readonly #pendingForMs: number;
  readonly #log: (line: string) => void;

  constructor(repo: Repo, book: ScopeBook, options: GateOptions, log: (line: string) => void) {
    this.#repo = repo;
    this.#book = book;
    this.#rights = options.rights;
    this.#pendingForMs = options.pendingForMs ?? DEFAULTS.pendingForMs;
    this.#log = log;
  }

  /**
   * Asks the chain for every file that has waited long enough: what it names waits no longer, what it does not name leaves the
   * disk. Where the chain does not answer, or cannot know, everything stays.
   * @throws StoreError STORE_DISK_FULL, STORE_IO_FAILED, STORE_BLOCK_MISSING, STORE_BLOCK_CORRUPT
   */
  async run(): Promise<void> {
    const before = Date.now() - this.#pendingForMs;
    const files = this.#book.pendingBefore(before);
    const [named, unknown] = [new Set<string>(), new Set<string>()];
    for (const [owner, waiting] of byOwner(files)) {
      const answers = await this.#ask(owner, waiting);
      waiting.forEach(({ key }, index) => {
        if (answers === undefined) unknown.add(key);
        else if (answers[index] === true) named.add(key);
      });
    }
    let swept = 0;
    for (const { cid } of files) {
      const key = cid.toString();
      if (named.has(key)) await this.#repo.claims.take(dagKey(cid), () => this.#book.settle(cid));
      else if (!unknown.has(key) && (await this.#giveUp(cid, before))) swept++;
    }
    if (swept > 0) this.#log(`swept ${swept} files that were stored and never anchored`);
    await this.#runStaged();
  }

  /** Gives up what was staged for invitations that nobody can use any more. */
  async #runStaged(): Promise<void> {
    const awaited = new Map<string, boolean>();
    let swept = 0;
    for (const { cid, scope } of [...this.#book.staged()]) {
      const { owner, voucher } = scope;
      const key = `${owner} ${voucher}`;
      if (!awaited.has(key)) awaited.set(key, await this.#isAwaited(owner, voucher));
      if (awaited.get(key) === true) continue;
      if (await this.#giveUpStaged(cid, scope)) swept++;
    }
    if (swept > 0) this.#log(`swept ${swept} files that were staged for invitations that are over`);
  }

  /** The question takes time, in which whom it was for may have given it up. */
  #giveUpStaged(cid: CID, scope: FiledScope): Promise<boolean> {
    return this.#repo.claims.take(dagKey(cid), async () => {
      const scopes = this.#book.of(cid);
      if (!scopes.includes(scope)) return false;
      if (scopes.length === 1) await this.#repo.purge(cid);
      await this.#book.remove(cid, scope);
      return true;
    });
  }

  async #isAwaited(claimKey: string, voucher: string): Promise<boolean> {
    try {
      return await answerOf(() => this.#rights.isAwaited(claimKey, voucher));
    } catch {
      this.#log("the chain did not say whether an invitation is over; what was staged for it stays");
      return true;
    }
  }

  async #ask(owner: string, waiting: readonly Waiting[]): Promise<boolean[] | undefined> {
    try {
      const files = waiting.map(({ file }) => file);
      return await this.#rights.named(owner, files, this.#read);
    } catch {
      this.#log(`the chain did not say what it names of ${waiting.length} files that wait; they stay`);
      return undefined;
    }
  }

  /** The question takes time, in which the file may have been stored again: then it stays. */
  #giveUp(cid: CID, before: number): Promise<boolean> {
    return this.#repo.claims.take(dagKey(cid), async () => {
      if (!this.#book.isPendingBefore(cid, before)) return false;
      for (const scope of this.#book.of(cid)) await this.#book.remove(cid, scope);
      await this.#repo.purge(cid);
      return true;
    });
  }

  readonly #read: ReadDocument = async (hex) => {
    const hash = digest.create(sha256.code, Buffer.from(hex.slice(2), "hex"));
    try {
      return await this.#repo.blocks.get(CID.createV1(raw.code, hash));
    } catch (error) {
      if (error instanceof StoreError) return undefined;
      throw error;
    }
  };
}
