import path from "node:path";
import { CID } from "multiformats/cid";
import { dagKey } from "../cid.ts";
import { StoreError } from "../errors.ts";
import { LineLog, readLines } from "../linelog.ts";
import type { Pins } from "../pins.ts";
import type { Scope } from "./scope.ts";
import { parseAddress, parseScope, sameScope } from "./scope.ts";

/** A scope with who gave it. */
export interface FiledScope extends Scope {
  /** Lower-case address. */
  readonly uploader: string;
  /** Size of the file. */
  readonly bytes: number;
  /** Of a chart's file: when it was stored last, in milliseconds since 1970, until the chain is seen to name it; 0 from then on. */
  readonly pendingSince: number;
}

/** A file with all that it belongs to. */
export interface ScopedFile {
  readonly cid: CID;
  readonly scopes: readonly FiledScope[];
}

/** Scopes that one account may give to one file: each costs the chain a question when the file is asked for. */
const MAX_OF_UPLOADER = 16;

/**
 * What each stored file belongs to, on the disk beside the pins. A file uploaded twice has both scopes; neither changes the other, and
 * whoever adds one has the bytes already.
 */
export class ScopeBook {
  readonly #log: LineLog;
  /** By dagKey. */
  readonly #scopes = new Map<string, FiledScope[]>();
  readonly #used = new Map<string, number>();
  /** dagKeys of the letters to an owner, oldest first. */
  readonly #letters = new Map<string, Set<string>>();

  private constructor(log: LineLog) {
    this.#log = log;
  }

  /**
   * Reads the scopes of what is pinned. A scope is written before its pin, so that one without a pin is that of an upload that never
   * was acknowledged, or of a file that was given up.
   * @throws StoreError STORE_SCOPES_DAMAGED, STORE_IO_FAILED
   */
  static async open(dataDir: string, pins: Pins): Promise<ScopeBook> {
    const file = path.join(dataDir, "scopes.log");
    const kept = replay((await readLines(file)).map(decode)).filter(({ cid }) => pins.has(CID.parse(cid)));
    const log = await LineLog.rewrite(file, kept.map(encode));
    const book = new ScopeBook(log);
    for (const { cid, scope } of kept) {
      book.#enter(cid, scope);
      book.#use(scope.uploader, scope.bytes);
    }
    return book;
  }

  /** Number of files that have a scope. */
  get count(): number {
    return this.#scopes.size;
  }

  of(cid: CID): readonly FiledScope[] {
    return this.#scopes.get(dagKey(cid)) ?? [];
  }

  /** Bytes that an account has uploaded. */
  usedBy(uploader: string): number {
    return this.#used.get(uploader) ?? 0;
  }

  /**
   * @param quotaBytes what the uploader may have in all
   * @throws StoreError STORE_QUOTA_EXCEEDED, STORE_REQUEST_INVALID, STORE_DISK_FULL, STORE_IO_FAILED
   */
  async add(cid: CID, scope: FiledScope, quotaBytes: number): Promise<void> {
    const own = this.of(cid).filter(({ uploader }) => uploader === scope.uploader);
    const known = own.find((filed) => sameScope(filed, scope));
    // Stored again: a file that still waits begins to wait anew.
    if (known)
      return known.pendingSince === 0 ? undefined : this.#change(cid, { ...known, pendingSince: scope.pendingSince });
    if (own.length >= MAX_OF_UPLOADER) {
      throw new StoreError("STORE_REQUEST_INVALID", "this file already belongs to too many things");
    }
    // Counted before it is written: uploads of one account run side by side.
    this.#use(scope.uploader, scope.bytes);
    try {
      if (this.usedBy(scope.uploader) > quotaBytes) throw overQuota();
      const key = dagKey(cid);
      await this.#log.append(encode({ cid: key, scope }));
      this.#enter(key, scope);
    } catch (error) {
      this.#use(scope.uploader, -scope.bytes);
      throw error;
    }
  }

  /** Forgets that a file belongs to this. @throws StoreError STORE_DISK_FULL, STORE_IO_FAILED */
  async remove(cid: CID, scope: FiledScope): Promise<void> {
    const key = dagKey(cid);
    await this.#log.append(encode({ cid: key, scope, removed: true }));
    const left = this.of(cid).filter((known) => !isSame(known, scope));
    if (left.length === 0) this.#scopes.delete(key);
    else this.#scopes.set(key, left);
    this.#use(scope.uploader, -scope.bytes);
    if (scope.kind === "letter" && !left.some((known) => isLetterTo(known, scope.owner)))
      this.#forgetLetter(scope.owner, key);
  }

  /** Letters to an account or hospital, oldest first. */
  *lettersTo(owner: string): Generator<Letter> {
    for (const cid of this.#letters.get(owner) ?? [])
      for (const scope of this.#scopes.get(cid) ?? [])
        if (isLetterTo(scope, owner)) yield { cid, from: scope.uploader, bytes: scope.bytes };
  }

  /** Files that wait for the chain to name them in every scope, and were last stored before `time`. */
  pendingBefore(time: number): ScopedFile[] {
    return [...this.#scopes]
      .map(([key, scopes]) => ({ cid: CID.parse(key), scopes }))
      .filter(({ cid }) => this.isPendingBefore(cid, time));
  }

  isPendingBefore(cid: CID, time: number): boolean {
    const scopes = this.of(cid);
    return scopes.length > 0 && scopes.every(({ pendingSince }) => pendingSince !== 0 && pendingSince < time);
  }

  /** What was staged for invitations. */
  *staged(): Generator<{ readonly cid: CID; readonly scope: FiledScope }> {
    for (const [key, scopes] of this.#scopes)
      for (const scope of scopes) if (scope.kind === "staged") yield { cid: CID.parse(key), scope };
  }

  /** Notes that the chain names a file: it waits no longer. @throws StoreError STORE_DISK_FULL, STORE_IO_FAILED */
  async settle(cid: CID): Promise<void> {
    await Promise.all(this.of(cid).map((scope) => this.#change(cid, { ...scope, pendingSince: 0 })));
  }

  close(): Promise<void> {
    return this.#log.close();
  }

  async #change(cid: CID, scope: FiledScope): Promise<void> {
    const key = dagKey(cid);
    await this.#log.append(encode({ cid: key, scope }));
    this.#enter(key, scope);
  }

  /** In the place of the same scope's older state, if there is one. */
  #enter(key: string, scope: FiledScope): void {
    const others = (this.#scopes.get(key) ?? []).filter((known) => !isSame(known, scope));
    this.#scopes.set(key, [...others, scope]);
    if (scope.kind !== "letter") return;
    const letters = this.#letters.get(scope.owner) ?? new Set();
    this.#letters.set(scope.owner, letters.add(key));
  }

  #forgetLetter(owner: string, key: string): void {
    const letters = this.#letters.get(owner);
    letters?.delete(key);
    if (letters?.size === 0) this.#letters.delete(owner);
  }

  #use(uploader: string, bytes: number): void {
    this.#used.set(uploader, this.usedBy(uploader) + bytes);
  }
}

function isSame(left: FiledScope, right: FiledScope): boolean {
  return left.uploader === right.uploader && sameScope(left, right);
}

export function overQuota(): StoreError {
  return new StoreError(
    "STORE_QUOTA_EXCEEDED",
    "this account has no room left in the store; ask its operator for more",
  );
}

/** A letter, for whom it is for. */
export interface Letter {
  readonly cid: string;
  /** Who uploaded it: lower-case address. */
  readonly from: string;
  readonly bytes: number;
}

function isLetterTo({ kind, owner }: FiledScope, to: string): boolean {
  return kind === "letter" && owner === to;
}

interface Line {
  readonly cid: string;
  readonly scope: FiledScope;
  /** Whether the file belongs to this no more. */
  readonly removed?: boolean;
}

function encode({ cid, scope, removed = false }: Line): string {
  const { kind, owner, categories, to, uploader, bytes, until, pendingSince, voucher } = scope;
  const more = voucher === "" ? [] : [voucher];
  return JSON.stringify([cid, kind, owner, categories, to, uploader, bytes, until, removed, pendingSince, ...more]);
}

/** What still counts of all lines, in their order. */
function replay(lines: Line[]): Line[] {
  const kept = new Map<string, Line>();
  for (const line of lines) {
    const key = encode({ ...line, removed: false, scope: { ...line.scope, pendingSince: 0 } });
    if (line.removed) kept.delete(key);
    else kept.set(key, line);
  }
  return [...kept.values()];
}

function decode(text: string | undefined, index: number): Line {
  try {
    const [cid, kind, owner, categories, to, uploader, bytes, until, removed, pendingSince, voucher] = JSON.parse(
      text ?? "",
    ) as unknown[];
    const scope = parseScope({ kind, owner, categories, to: to === "" ? undefined : to, until, voucher });
    const numbers = { bytes: Number(bytes), pendingSince: Number(pendingSince ?? 0) };
    const filed = { ...scope, uploader: parseAddress(uploader, "uploader"), ...numbers };
    return { cid: dagKey(CID.parse(String(cid))), scope: filed, removed: removed === true };
  } catch (cause) {
    throw new StoreError(
      "STORE_SCOPES_DAMAGED",
      `line ${index + 1} of scopes.log is damaged, so the store cannot tell who may read what. ` +
        "Restore the file from a backup, or remove that line: its file is then readable for nobody until it is uploaded again.",
      { cause },
    );
  }
}
