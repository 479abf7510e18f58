import type { IncomingMessage } from "node:http";
import type { CID } from "multiformats/cid";
import * as raw from "multiformats/codecs/raw";
import { StoreError } from "../errors.ts";
import type { Passage } from "../passage.ts";
import { OPEN_PASSAGE } from "../passage.ts";
import type { Pins } from "../pins.ts";
import { Budget } from "./budget.ts";
import { guarded } from "./guarded.ts";
import { Links } from "./links/links.ts";
import { Listings } from "./listings.ts";
import type { GateOptions } from "./options.ts";
import { DEFAULTS, MAX_LETTER_BYTES, MAX_PUBLIC_BYTES } from "./options.ts";
import { Readers } from "./readers.ts";
import { ReceiptLog } from "./receipts.ts";
import type { Scope } from "./scope.ts";
import type { FiledScope, Letter } from "./scope-book.ts";
import { ScopeBook, overQuota } from "./scope-book.ts";
import type { Session } from "./sessions.ts";
import { Sessions } from "./sessions.ts";
import type { Act, SignedRequest } from "./signed-request.ts";
import { REQUEST_HEADER, takeGroup, takeRequest } from "./signed-request.ts";
import { digest, isBearerOf, tokenOf } from "./tokens.ts";

/** What the gate must know of the server around it. */
export interface Surroundings {
  isOwnOrigin(origin: string): boolean;
  isKnownDomain(domain: string): boolean;
  /** Largest file that the store accepts. */
  readonly maxFileBytes: number;
  readonly log: (line: string) => void;
}

const PRIVATE = "private, no-store";

const FORBIDDEN =
  "the store has nothing under this content id that you may read: you have no access now, or it was not delivered here";

/** Decides who may do what, and keeps what files belong to and the receipts of what was handed out. */
export class Gate {
  readonly sessions: Sessions;
  readonly readers: Readers;
  readonly receipts: ReceiptLog;
  readonly scopes: ScopeBook;
  readonly links: Links;
  readonly listings = new Listings();
  readonly #surroundings: Surroundings;
  readonly #quotaBytes: number;
  readonly #operator: Buffer | undefined;
  readonly #byAccount: Budget;
  readonly #byAddress: Budget;
  readonly #signIns: Budget;
  readonly #linkRequests: Budget;

  private constructor(
    options: GateOptions,
    surroundings: Surroundings,
    { scopes, receipts, links }: Pick<Gate, "scopes" | "receipts" | "links">,
  ) {
    const { rights, operatorToken, ...given } = options;
    const limits = { ...DEFAULTS, ...given };
    this.sessions = new Sessions({ rights, ...surroundings });
    this.readers = new Readers(rights, limits.freshForMs);
    this.receipts = receipts;
    this.scopes = scopes;
    this.links = links;
    this.#surroundings = surroundings;
    this.#quotaBytes = limits.quotaBytes;
    this.#operator = operatorToken === undefined ? undefined : digest(operatorToken);
    this.#byAccount = new Budget(limits.accountRate);
    this.#byAddress = new Budget(limits.addressRate);
    this.#signIns = new Budget(limits.signInRate);
    this.#linkRequests = new Budget(limits.linkRate);
  }

  /** @throws StoreError STORE_SCOPES_DAMAGED, STORE_LINKS_DAMAGED, STORE_IO_FAILED */
  static async open(dataDir: string, pins: Pins, options: GateOptions, surroundings: Surroundings): Promise<Gate> {
    if ((options.operatorToken?.length ?? 32) < 32)
      throw new RangeError("an operator token has at least 32 characters");
    const receipts = await ReceiptLog.open(dataDir);
    const scopes = await ScopeBook.open(dataDir, pins);
    const links = await Links.open(dataDir, surroundings.log).catch(async (error: unknown) => {
      await scopes.close();
      await receipts.close();
      throw error;
    });
    return new Gate(options, surroundings, { scopes, receipts, links });
  }

  /** Counts a request. @throws StoreError STORE_RATE_LIMITED */
  count({ socket }: IncomingMessage): void {
    this.#byAddress.take(socket.remoteAddress ?? "");
  }

  /** Counts a sign-in. @throws StoreError STORE_RATE_LIMITED */
  countSignIn({ socket }: IncomingMessage): void {
    this.#signIns.take(socket.remoteAddress ?? "");
  }

  /** Counts a request of whoever has a link. @throws StoreError STORE_RATE_LIMITED */
  countLinkRequest({ socket }: IncomingMessage): void {
    this.#linkRequests.take(socket.remoteAddress ?? "");
  }

  /** The origin by which a request reached this store. */
  originOf({ headers: { host } }: IncomingMessage): string | undefined {
    return [`https://${host}`, `http://${host}`].find((origin) => this.#surroundings.isOwnOrigin(origin));
  }

  /** Who asks; it counts as so many requests. @throws StoreError STORE_UNAUTHORIZED, STORE_RATE_LIMITED */
  sessionOf(request: IncomingMessage, count = 1): Session {
    const session = this.sessions.find(tokenOf(request));
    this.#byAccount.take(session.account, count);
    return session;
  }

  /** Counts what a request took beyond itself, as so many more: when it is over, as nobody knows it before. */
  countMore({ socket }: IncomingMessage, { account }: Session, count: number): void {
    this.#byAccount.owe(account, count);
    this.#byAddress.owe(socket.remoteAddress ?? "", count);
  }

  /** For what would list, unpin or bring in files of others. @throws StoreError STORE_UNAUTHORIZED, STORE_FORBIDDEN */
  admitOperator(request: IncomingMessage): Passage {
    if (this.#isOperator(request)) return OPEN_PASSAGE;
    tokenOf(request);
    throw new StoreError("STORE_FORBIDDEN", "this is for the operator of the store");
  }

  /**
   * For one upload.
   * @throws StoreError STORE_UNAUTHORIZED, STORE_FORBIDDEN, STORE_QUOTA_EXCEEDED, STORE_RATE_LIMITED, STORE_CHAIN_UNREACHABLE
   */
  async admitUpload(request: IncomingMessage, scopeOf: () => Scope): Promise<Passage> {
    if (this.#isOperator(request)) return OPEN_PASSAGE;
    const { account: uploader } = this.sessionOf(request);
    const scope = scopeOf();
    await this.readers.requireUpload(scope, uploader);
    const left = this.#quotaBytes - this.scopes.usedBy(uploader);
    if (left <= 0 || Number(request.headers["content-length"] ?? 0) > left + MAX_LETTER_BYTES) throw overQuota();
    return {
      ...OPEN_PASSAGE,
      maxFileBytes: Math.min(left, this.#mostOf(scope)),
      stored: async (root, bytes) => {
        // A grant may have ended while this ran.
        await this.readers.requireUpload(scope, uploader);
        const pendingSince = scope.kind === "chart" ? Date.now() : 0;
        await this.scopes.add(root, { ...scope, uploader, bytes, pendingSince }, this.#quotaBytes);
      },
    };
  }

  /**
   * For reading one file. What is public needs no session; for the rest a signed request, which becomes its receipt.
   * @throws StoreError STORE_UNAUTHORIZED, STORE_FORBIDDEN, STORE_BLOCK_MISSING, STORE_RATE_LIMITED, STORE_CHAIN_UNREACHABLE
   */
  async admitReading(request: IncomingMessage, cid: CID): Promise<Passage> {
    if (this.#isOperator(request)) return OPEN_PASSAGE;
    const scopes = this.scopes.of(cid);
    if (scopes.some(({ kind }) => kind === "public")) return OPEN_PASSAGE;
    const check = await this.admitDelivery(this.sessionOf(request), cid, request.headers[REQUEST_HEADER]);
    return { ...OPEN_PASSAGE, cacheControl: PRIVATE, guard: (source) => guarded(source, check) };
  }

  /**
   * For handing one private file to whoever signed for it: files the receipt, and gives what to ask on the way, which throws when the right
   * has ended.
   * @throws StoreError STORE_UNAUTHORIZED, STORE_FORBIDDEN, STORE_BLOCK_MISSING, STORE_CHAIN_UNREACHABLE
   */
  async admitDelivery(
    session: Session,
    cid: CID,
    request: string | string[] | undefined,
  ): Promise<() => Promise<void>> {
    const signed = await this.#takeRequest("delivery", request, cid, session);
    const scope = await this.#findAs(signed, cid, session);
    if (!scope) throw refusal(await this.readers.mayReadAs(signed.scope, session.account));
    await this.receipts.add(session, signed, scope, "delivery");
    return () => this.#requireStill(scope, session);
  }

  /**
   * For handing several private files of one block each to whoever signed for all of them at once: files a receipt for those that he may have, and gives them,
   * in the order of his list, with what to ask on the way. Files that he may not have, that belong to anything else than he names, or that are
   * not here, are left out.
   * @throws StoreError STORE_UNAUTHORIZED, STORE_REQUEST_INVALID, STORE_CID_INVALID, STORE_CHAIN_UNREACHABLE
   */
  async admitDeliveries(session: Session, request: string): Promise<{ cids: CID[]; check: () => Promise<void> }> {
    const group = await takeGroup(request, session, this.#surroundings.isOwnOrigin);
    const findScope = async (cid: CID) => (cid.code === raw.code ? this.#findAs(group, cid, session) : undefined);
    const found = await Promise.all(group.cids.map(findScope));
    const admitted = found.flatMap((scope, place) => (scope === undefined ? [] : [{ scope, place }]));
    const places = admitted.map(({ place }) => place);
    const [first] = admitted;
    if (first !== undefined) await this.receipts.add(session, group, first.scope, "delivery", places);
    return {
      cids: places.map((place) => group.cids[place]!),
      check: async () => void (await Promise.all(admitted.map(({ scope }) => this.#requireStill(scope, session)))),
    };
  }

  /**
   * For giving up one file: the patient's of his chart, whoever wrote it; of a letter its owner's and its sender's. What is public, and
   * what others uploaded as theirs, stays. Needs a signed request, like a delivery.
   * @throws StoreError STORE_UNAUTHORIZED, STORE_FORBIDDEN, STORE_BLOCK_MISSING, STORE_RATE_LIMITED, STORE_CHAIN_UNREACHABLE
   */
  async admitRemoval(request: IncomingMessage, cid: CID): Promise<Passage> {
    if (this.#isOperator(request)) return OPEN_PASSAGE;
    const session = this.sessionOf(request);
    const signed = await this.#takeRequest("removal", request.headers[REQUEST_HEADER], cid, session);
    const release: Passage["release"] = async (_root, remove) => {
      const all = [...this.scopes.of(cid)];
      const own = await this.readers.findOwned(all, session.account);
      if (own.length === 0) throw refusal(await this.readers.mayOwn(signed.scope, session.account));
      const isLast = own.length === all.length;
      // The bytes first: as long as it is known whose they are, what failed can be asked for again.
      if (isLast) await remove();
      for (const scope of toldOf(own, signed)) await this.receipts.add(session, signed, scope, "removal");
      for (const scope of own) await this.scopes.remove(cid, scope);
      return isLast;
    };
    return { ...OPEN_PASSAGE, release, purges: true };
  }

  /**
   * For ending one link, or replacing what it opens: needs a signed request, as a removal does.
   * @throws StoreError STORE_UNAUTHORIZED, STORE_FORBIDDEN, STORE_RATE_LIMITED, STORE_CHAIN_UNREACHABLE
   */
  async admitLinkChange(act: "removal" | "renewal", request: IncomingMessage, link: CID): Promise<void> {
    const session = this.sessionOf(request);
    const { scope } = await this.#takeRequest(act, request.headers[REQUEST_HEADER], link, session);
    await this.readers.requirePatient(session.account, this.links.patientOf(link.toString()) ?? scope.owner);
  }

  /**
   * Letters to an account or hospital, oldest first, for whoever receives them.
   * @throws StoreError STORE_UNAUTHORIZED, STORE_FORBIDDEN, STORE_RATE_LIMITED, STORE_CHAIN_UNREACHABLE
   */
  async lettersTo(request: IncomingMessage, owner: string): Promise<Iterable<Letter>> {
    const { account } = this.sessionOf(request);
    if (!(await this.readers.mayReceive(owner, account)))
      throw new StoreError("STORE_FORBIDDEN", "only who receives letters sees which there are");
    return this.scopes.lettersTo(owner);
  }

  async close(): Promise<void> {
    await this.links.close();
    await this.scopes.close();
    await this.receipts.close();
  }

  async #requireStill(scope: FiledScope, { account }: Session): Promise<void> {
    if (!(await this.readers.mayRead(scope, account))) throw new StoreError("STORE_FORBIDDEN", FORBIDDEN);
  }

  /**
   * By which scope whoever signed for a file may have it. A receipt proves what was signed: it names the owner and the categories by which the
   * file was handed out, or its owner would see a delivery that nobody owned up to.
   */
  #findAs({ scope }: SignedRequest, cid: CID, session: Session) {
    return this.readers.findScope(this.scopes.of(cid).filter(isAs(scope)), session.account);
  }

  #takeRequest(act: Act, header: string | string[] | undefined, cid: CID, session: Session): Promise<SignedRequest> {
    return takeRequest(act, header, cid, session, this.#surroundings.isOwnOrigin);
  }

  #mostOf({ kind }: Scope): number {
    if (kind === "chart" || kind === "staged") return this.#surroundings.maxFileBytes;
    return kind === "letter" ? MAX_LETTER_BYTES : MAX_PUBLIC_BYTES;
  }

  #isOperator({ headers }: IncomingMessage): boolean {
    return this.#operator !== undefined && isBearerOf(this.#operator, headers.authorization);
  }
}

/** Tells whether a file was filed as this. */
const isAs =
  ({ kind, owner, categories }: Scope) =>
  (filed: Scope): boolean =>
    filed.kind === kind && filed.owner === owner && filed.categories === categories;

/**
 * Of the scopes that one removal takes from a file, those that it leaves a receipt of: what was signed for, which is proven, stands for all others
 * of its owner, which no signature names.
 */
function toldOf(taken: readonly FiledScope[], { scope }: SignedRequest): FiledScope[] {
  const signed = taken.find(isAs(scope));
  return signed === undefined ? [...taken] : [signed, ...taken.filter(({ owner }) => owner !== signed.owner)];
}

/** Only who might have it, if it were there, is told that nothing is. */
function refusal(mayKnow: boolean): StoreError {
  if (!mayKnow) return new StoreError("STORE_FORBIDDEN", FORBIDDEN);
  return new StoreError("STORE_BLOCK_MISSING", "nothing of this chart or account was delivered under this content id");
}
