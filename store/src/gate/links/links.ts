import { StoreError } from "../../errors.ts";
import { Turns } from "../../turns.ts";
import { Budget } from "../budget.ts";
import type { FiledLink, LinkState } from "./link-book.ts";
import { LinkBook, stateOf } from "./link-book.ts";
import { LinkFiles } from "./link-files.ts";
import type { LinkFile, LinkRequest } from "./link.ts";
import { MAX_ATTEMPTS, bytesOf, nameOf } from "./link.ts";
import { hashPasscode, isPasscode } from "./passcode.ts";
import { Slots } from "./slots.ts";
import { TICKET_MS, Tickets } from "./tickets.ts";

/** Of one patient, links that open, and their sealed bytes. */
const MAX_PATIENT_BYTES = 32 * 1024 * 1024;
const MAX_PATIENT_LINKS = 200;
/** How many links of one patient are made: so many at once, and in a day. Their names outlive them. */
const MAKING_RATE = { burst: 200, perSecond: 200 / 86_400 };
/** How often what links open is removed when they are over, in milliseconds. */
const SWEEP_MS = 5 * 60_000;
/** Longest file that a manifest holds itself when its reader names no bound, in characters. */
const EMBEDDED = 1024 * 1024;

/** What a reader sends for a manifest. */
export interface ManifestRequest {
  readonly recipient: string;
  readonly passcode: string | undefined;
  readonly embeddedLengthMax: number | undefined;
}

/** A file of a manifest: whole, or by a ticket for it. */
export interface ManifestFile extends Omit<LinkFile, "jwe"> {
  readonly lastUpdated: string;
  readonly status: "finalized" | "can-change";
  readonly embedded?: string;
  readonly ticket?: string;
}

/** What is answered to who asks with no passcode, or another. */
export interface WrongPasscode {
  readonly remainingAttempts: number;
}

/** A link in its patient's list. */
export interface ListedLink extends Omit<FiledLink, "patient" | "passcode" | "attempts" | "revoked"> {
  readonly state: LinkState;
  readonly passcode: boolean;
  readonly remainingAttempts: number;
}

const notActive = () =>
  new StoreError("STORE_NOT_FOUND", "this link opens nothing: it is over, was ended, or never was; ask for a new one");

/** What patients made readable for whoever has a link, until they end it (HL7 SMART Health Links). The keys are in the links alone. */
export class Links {
  readonly making = new Slots();
  readonly #book: LinkBook;
  readonly #files: LinkFiles;
  readonly #tickets = new Tickets();
  /** Passcodes of one link one after another, so that no more are tried at a time than are left. */
  readonly #turns = new Turns();
  readonly #made = new Budget(MAKING_RATE);
  readonly #timer: NodeJS.Timeout;

  private constructor(book: LinkBook, files: LinkFiles, log: (line: string) => void) {
    this.#book = book;
    this.#files = files;
    const sweep = () => void this.sweep().catch(() => log("files of links that are over could not be removed"));
    this.#timer = setInterval(sweep, SWEEP_MS).unref();
  }

  /** @throws StoreError STORE_LINKS_DAMAGED, STORE_IO_FAILED, STORE_DISK_FULL */
  static async open(dataDir: string, log: (line: string) => void): Promise<Links> {
    const book = await LinkBook.open(dataDir);
    const wanted = (link: string) => {
      const filed = book.get(link);
      return filed !== undefined && stateOf(filed) === "open";
    };
    return new Links(book, await LinkFiles.open(dataDir, wanted), log);
  }

  /**
   * Files a link of a patient who was asked for. The same once more is the same link.
   * @returns by what it is ended
   * @throws StoreError STORE_QUOTA_EXCEEDED, STORE_RATE_LIMITED, STORE_REQUEST_INVALID, STORE_DISK_FULL, STORE_IO_FAILED
   */
  async make({ id, passcode, files, ...request }: LinkRequest): Promise<string> {
    const link = await nameOf(id);
    const { patient } = request;
    // Counted one after another: a patient's programs run side by side.
    return this.#turns.take(patient, async () => {
      const known = this.#book.get(link);
      if (known !== undefined && known.patient !== patient) throw taken();
      if (known !== undefined) return link;
      const bytes = bytesOf(files);
      this.#requireRoom(patient, bytes);
      this.#made.take(patient);
      const hash = passcode === undefined ? null : await hashPasscode(passcode);
      await this.#files.put(link, files);
      await this.#book.note("made", { ...request, link, bytes, made: Date.now(), passcode: hash });
      return link;
    });
  }

  /**
   * Replaces what a link opens that was made for it, all or nothing; whoever asks meanwhile gets the one or the other.
   * @throws StoreError STORE_NOT_FOUND, STORE_QUOTA_EXCEEDED, STORE_RATE_LIMITED, STORE_REQUEST_INVALID, STORE_DISK_FULL, STORE_IO_FAILED
   */
  async renew(link: string, files: readonly LinkFile[]): Promise<void> {
    const { patient, renewable } = this.#openLink(link);
    if (!renewable) throw new StoreError("STORE_REQUEST_INVALID", "this link was made to stay as it is");
    const bytes = bytesOf(files);
    await this.#turns.take(patient, () =>
      this.#turns.take(link, async () => {
        // Another may have ended it meanwhile.
        this.#openLink(link);
        this.#requireRoom(patient, bytes, link);
        this.#made.take(patient);
        await this.#files.put(link, files);
        await this.#book.note("renewed", link, { time: Date.now(), bytes });
        // Then what was just put there is removed in the next turn.
        if (this.#book.get(link)?.revoked !== undefined) throw notActive();
      }),
    );
  }

  /** Oldest first. */
  listOf(patient: string): ListedLink[] {
    return this.#book.of(patient).map(({ passcode, attempts, revoked, renewable = false, ...filed }) => {
      const state = stateOf({ passcode, attempts, revoked, ...filed });
      return { ...filed, renewable, state, passcode: passcode !== null, remainingAttempts: MAX_ATTEMPTS - attempts };
    });
  }

  /** Whose a link is. */
  patientOf(link: string): string | undefined {
    return this.#book.get(link)?.patient;
  }

  /** Ends a link for good; once more changes nothing. @throws StoreError STORE_NOT_FOUND, STORE_DISK_FULL, STORE_IO_FAILED */
  async revoke(link: string): Promise<void> {
    const filed = this.#book.get(link);
    if (filed === undefined) throw notActive();
    if (filed.revoked === undefined) await this.#book.note("revoked", link, Date.now());
    await this.#turns.take(link, () => this.#files.remove(link));
  }

  /**
   * What a link opens, for who knows its id, and its passcode.
   * @throws StoreError STORE_NOT_FOUND, STORE_DISK_FULL, STORE_IO_FAILED
   */
  async open(id: string, request: ManifestRequest): Promise<ManifestFile[] | WrongPasscode> {
    const link = await nameOf(id);
    return this.#turns.take(link, async () => {
      const filed = this.#openLink(link);
      const refused = await this.#checkPasscode(filed, request.passcode);
      if (refused !== undefined) return refused;
      const files = await this.#files.get(link);
      await this.#book.note("opened", link, { time: Date.now(), recipient: request.recipient });
      // Another may have ended it meanwhile.
      if (this.#book.get(link)?.revoked !== undefined) throw notActive();
      return files.map((file, index) => this.#describe(file, filed, index, request));
    });
  }

  /** The JWE that a ticket is for. @throws StoreError STORE_NOT_FOUND, STORE_IO_FAILED */
  async fetch(text: string): Promise<string> {
    const ticket = this.#tickets.take(text);
    const filed = ticket && this.#book.get(ticket.link);
    // The last one whom it was opened for is still to fetch its files.
    if (!ticket || !filed || !["open", "spent"].includes(stateOf(filed))) throw notActive();
    if (ticket.version !== versionOf(filed)) throw notActive();
    return (await this.#files.get(ticket.link))[ticket.index]!.jwe;
  }

  /** Removes what links open that are over, and forgets what is too old. @throws StoreError STORE_IO_FAILED */
  async sweep(): Promise<void> {
    // In the link's turn: one whose last try is looked at counts as locked until that is known.
    for (const link of this.#book.names()) await this.#turns.take(link, () => this.#sweepOne(link));
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#book.close();
  }

  async #sweepOne(link: string): Promise<void> {
    const filed = this.#book.get(link);
    if (filed === undefined) return;
    const isOver = stateOf(filed) !== "open" && (filed.openings.at(-1)?.time ?? 0) < Date.now() - TICKET_MS;
    // The files first: those of a link that nobody knows would stay until the next start.
    if (isOver) await this.#files.remove(link);
    this.#book.forget(link);
  }

  #openLink(link: string): Readonly<FiledLink> {
    const filed = this.#book.get(link);
    if (filed === undefined || stateOf(filed) !== "open") throw notActive();
    return filed;
  }

  /** For a link that is made, or, when one is named, for what that is to open instead. */
  #requireRoom(patient: string, bytes: number, renewed?: string): void {
    const open = this.#book.of(patient).filter((filed) => stateOf(filed) === "open" && filed.link !== renewed);
    const used = open.reduce((sum, filed) => sum + filed.bytes, 0);
    if (open.length < MAX_PATIENT_LINKS && used + bytes <= MAX_PATIENT_BYTES) return;
    throw new StoreError("STORE_QUOTA_EXCEEDED", "there are too many links; end some, or wait until they are over");
  }

  /** A try is counted before it is looked at: whoever ends the store meanwhile has no further one. */
  async #checkPasscode({ link, passcode }: FiledLink, given: string | undefined): Promise<WrongPasscode | undefined> {
    if (passcode === null) return undefined;
    if (given !== undefined) {
      await this.#book.note("attempt", link);
      if (await isPasscode(passcode, given)) return undefined;
    }
    return { remainingAttempts: MAX_ATTEMPTS - this.#book.get(link)!.attempts };
  }

  #describe(
    { contentType, jwe }: LinkFile,
    filed: Readonly<FiledLink>,
    index: number,
    { embeddedLengthMax = EMBEDDED }: ManifestRequest,
  ): ManifestFile {
    const version = versionOf(filed);
    const status = filed.renewable ? "can-change" : "finalized";
    const about = { contentType, lastUpdated: new Date(version).toISOString(), status } as const;
    if (jwe.length <= embeddedLengthMax) return { ...about, embedded: jwe };
    return { ...about, ticket: this.#tickets.issue({ link: filed.link, index, version }) };
  }
}

/** By when what it opens was put there. */
const versionOf = ({ made, renewed }: Readonly<FiledLink>): number => renewed ?? made;

const taken = () => new StoreError("STORE_REQUEST_INVALID", '"id" is that of another link; make another one');
