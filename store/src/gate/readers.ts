import { StoreError } from "../errors.ts";
import type { Rights } from "./rights.ts";
import { FreshRights } from "./rights.ts";
import type { FiledScope } from "./scope-book.ts";
import type { Scope } from "./scope.ts";

/** Who may read and write what, asked of the chain. Everything throws STORE_CHAIN_UNREACHABLE when that does not answer. */
export class Readers {
  readonly #rights: Rights;
  readonly #fresh: FreshRights;

  constructor(rights: Rights, freshForMs: number) {
    this.#rights = rights;
    this.#fresh = new FreshRights(freshForMs);
  }

  /** The first scope by which `reader` may have a file. */
  async findScope(scopes: readonly FiledScope[], reader: string): Promise<FiledScope | undefined> {
    for (const scope of scopes) if (await this.mayRead(scope, reader)) return scope;
    return undefined;
  }

  async mayRead(scope: FiledScope, reader: string): Promise<boolean> {
    const { kind, owner, uploader, to, categories } = scope;
    if (kind === "public") return true;
    if (await this.mayReadAs(scope, reader)) return true;
    // Whom the patient named stays named, and whoever uploads reads back what he has sent; both only while nobody took their place.
    if (reader === to && isStillNamed(scope)) return this.mayReceive(to, reader);
    if (reader !== uploader) return false;
    return kind === "chart" ? this.#mayWrite(owner, uploader, categories) : this.mayReceive(uploader, reader);
  }

  /** Whether a reader may have whatever belongs to this, whoever uploaded it. */
  async mayReadAs({ kind, owner, categories }: Scope, reader: string): Promise<boolean> {
    if (kind === "public") return true;
    if (kind !== "chart") return this.mayReceive(owner, reader);
    const ask = () => this.#rights.mayRead(owner, reader, categories);
    return (await this.#fresh.holds(`read ${owner} ${reader} ${categories}`, ask)) || this.isAuditor(reader);
  }

  /** Whether what is addressed to `owner` is for `reader`. */
  mayReceive(owner: string, reader: string): Promise<boolean> {
    return this.#fresh.holds(`receive ${owner} ${reader}`, () => this.#rights.mayReceive(owner, reader));
  }

  isAuditor(reader: string): Promise<boolean> {
    return this.#fresh.holds(`audit ${reader}`, () => this.#rights.isAuditor(reader));
  }

  /** Those scopes that `account` may take back. */
  async findOwned(scopes: readonly FiledScope[], account: string): Promise<FiledScope[]> {
    const owned = await Promise.all(scopes.map((scope) => this.#mayRelease(scope, account)));
    return scopes.filter((_, index) => owned[index]);
  }

  /** Whether `account` may take back whatever belongs to this, whoever uploaded it. */
  async mayOwn({ kind, owner }: Scope, account: string): Promise<boolean> {
    return kind !== "public" && this.mayReceive(owner, account);
  }

  async #mayRelease(scope: FiledScope, account: string): Promise<boolean> {
    const { kind, uploader } = scope;
    if (await this.mayOwn(scope, account)) return true;
    return (kind === "letter" || kind === "staged") && this.mayReceive(uploader, account);
  }

  /** @throws StoreError STORE_FORBIDDEN */
  async requireUpload({ kind, owner, categories, voucher }: Scope, uploader: string): Promise<void> {
    if (kind === "staged") {
      const ask = () => this.#rights.mayStage(owner, voucher, uploader);
      if (await this.#fresh.holds(`stage ${owner} ${voucher} ${uploader}`, ask)) return;
      throw new StoreError(
        "STORE_FORBIDDEN",
        "only admins and doctors of the hospital may stage, for an invitation of a patient that is open",
      );
    }
    if (kind !== "chart" || (await this.#mayWrite(owner, uploader, categories))) return;
    throw new StoreError("STORE_FORBIDDEN", "you may not write in these categories of this chart now; ask the patient");
  }

  /** For what a patient does with his links. @throws StoreError STORE_FORBIDDEN */
  async requirePatient(account: string, patient: string): Promise<void> {
    if (await this.mayReceive(patient, account)) return;
    throw new StoreError("STORE_FORBIDDEN", "only who acts for a patient makes, sees and ends links of the patient");
  }

  #mayWrite(patient: string, author: string, categories: number): Promise<boolean> {
    const ask = () => this.#rights.mayWrite(patient, author, categories);
    return this.#fresh.holds(`write ${patient} ${author} ${categories}`, ask);
  }
}

/** Whether the reader whom an uploader named may still have the file. */
function isStillNamed({ until }: Scope): boolean {
  return until === 0 || Date.now() < until * 1000;
}
