import { type Address, bytesToHex } from "viem";
import { type Bytes, fromUtf8, sha256 } from "../bytes.ts";
import { collect } from "../chunks.ts";
import { ChartkeyError } from "../errors.ts";
import { type ContentReference, IMPORT_PROFILE, rawReference, referenceOf, toCid } from "./cid.ts";
import type { AskedFile } from "./deliveries.ts";
import { type Sent, fetchBody, fetchCapped } from "./fetch.ts";
import { MAX_LETTER_LIST, type StoredLetter, asWithoutLetters, toLetters } from "./letter-list.ts";
import { whenNotBusy } from "./patience.ts";
import { MAX_RECEIPT_PAGE, type ReceiptList, asWithoutReceipts, isBeforeLists, toReceipts } from "./receipt-list.ts";
import { type FileScope, sameScope } from "./scope.ts";
import { LinkStore } from "./link-store.ts";
import { type Headers, signedIn } from "./signed-in.ts";
import type { StoreSession } from "./store-session.ts";
import { Together } from "./together.ts";
import { type SmallFile, type Upload, SMALL_FILE, addAlone, addTogether, fitsUpload } from "./uploads.ts";

/** Largest document that is one block, in bytes. */
export const MAX_DOCUMENT = IMPORT_PROFILE.chunkSize;
/** Largest payload that is read when nobody says otherwise, in bytes. */
const MAX_PAYLOAD = 1 << 30;
/** Most files that are fetched in one request (docs/protocol.md, Deliveries and receipts). */
const MAX_DELIVERED_TOGETHER = 64;
/** Largest answer to a removal, in bytes. */
const MAX_ANSWER = 4096;

/** What became of a file that was given up: gone, not there anyway, or kept because another uploaded the same bytes as his. */
export type Removal = "removed" | "absent" | "kept";

/** Where encrypted bytes are kept. Every byte that comes back was checked against its digest. */
export interface ContentStore {
  readonly url: string;
  /** Health links that it serves; of several stores, the first's. */
  readonly links: LinkStore;
  /**
   * Stores and pins bytes for whom `scope` says, reads the root block back, and returns what to anchor. Throws `STORE_FORBIDDEN`,
   * `STORE_QUOTA`, `STORE_WRONG_CID`, and what `get` throws.
   */
  put(file: Bytes | Blob, scope: FileScope, upload?: Upload): Promise<ContentReference>;
  /**
   * Reads a file that belongs to `scope`. Throws `STORE_NOT_FOUND` (nothing was delivered for that scope), `STORE_FORBIDDEN` (no access),
   * `STORE_UNAUTHORIZED`, `STORE_BUSY`, `STORE_CHAIN_UNREACHABLE`, `STORE_DAMAGED`, `STORE_WRONG_BYTES`, `STORE_TOO_LARGE`,
   * `STORE_UNREACHABLE`, `STORE_REFUSED`, and `WALLET_REJECTED` when the sign-in was declined.
   */
  get(reference: ContentReference, scope: FileScope): Promise<Bytes>;
  /**
   * Reads a file block by block in constant memory, each checked before it comes; that none is missing is known at the end (O08).
   * Throws what `get` throws, here or between the parts.
   * @param maxSize Largest file in bytes.
   */
  read(reference: ContentReference, scope: FileScope, maxSize?: number): AsyncGenerator<Uint8Array>;
  /** Reads a document of at most 1 MiB by its digest. Throws what `get` throws. */
  getDocument(digest: `0x${string}`, scope: FileScope): Promise<Bytes>;
  /**
   * Letters of one block to an account or hospital that the session receives for, oldest first; of one sender, or of all.
   * Throws `STORE_WITHOUT_LETTERS` for a store without a gate, and what `get` throws.
   */
  lettersTo(owner: Address, from?: Address): Promise<StoredLetter[]>;
  /**
   * Who was handed what of a chart since a day, and what was removed from it, newest days first; for the patient, and for auditors. Throws
   * `STORE_WITHOUT_RECEIPTS` for a store without a gate, and what `get` throws.
   * @param since UTC, as `2026-01-31`. Stores look back 400 days: of a list from before that it is said that there is more.
   * @param first of each reader only so many deliveries of the chart's files, the oldest: 1 to 9,999. A store that does not know this gives all.
   */
  receiptsOf(patient: Address, since: string, first?: number): Promise<ReceiptList>;
  /**
   * Gives a file of `scope` up: for the patient of a chart, and whoever sent or was sent a letter. A store with a gate takes it off its
   * disk before it answers; a plain one unpins it and drops it with its next collection. Throws what `get` throws, but `STORE_NOT_FOUND`.
   */
  remove(reference: ContentReference, scope: FileScope): Promise<Removal>;
}

const wrongBytes = (digest: string) =>
  new ChartkeyError("STORE_WRONG_BYTES", "The store returned other bytes than were anchored. We do not show them.", {
    details: { digest },
  });

async function checkBlock(bytes: Bytes, digest: string): Promise<Bytes> {
  if (bytesToHex(await sha256(bytes)) !== digest.toLowerCase()) throw wrongBytes(digest);
  return bytes;
}

/** Whether a file may be asked for with others: one signature is for all of them, as files of one scope, each named once. */
function fitsDelivery(group: readonly AskedFile[], { cid, scope }: AskedFile): boolean {
  const isNamed = group.some((file) => file.cid === cid);
  return group.length < MAX_DELIVERED_TOGETHER && sameScope(group[0]!.scope, scope) && !isNamed;
}

/** A store that speaks the Kubo RPC API for writing and the trustless gateway for reading. */
class KuboStore implements ContentStore {
  readonly url: string;
  readonly links: LinkStore;
  readonly #session: StoreSession | undefined;
  readonly #deliveries: Together<AskedFile, Bytes>;
  readonly #uploads: Together<SmallFile, string>;
  /** Settles when no list of receipts is being asked for. */
  #lastList: Promise<unknown> = Promise.resolve();

  constructor(url: string, session: StoreSession | undefined) {
    this.url = url.replace(/\/+$/, "");
    this.links = new LinkStore(this.url, session);
    this.#session = session;
    this.#deliveries = new Together(async (files) => {
      if (session === undefined) return [];
      const { fetchTogether } = await import("./deliveries.ts"); // Only for many at a time.
      return fetchTogether(this.url, session, files);
    }, fitsDelivery);
    this.#uploads = new Together(
      (files) => this.#addSignedIn((headers) => addTogether(this.url, headers, files)),
      fitsUpload,
    );
  }

  async put(file: Bytes | Blob, scope: FileScope, upload: Upload = {}): Promise<ContentReference> {
    const expected = await referenceOf(file);
    const isSmall = !(file instanceof Blob) && file.length <= SMALL_FILE && upload.signal === undefined;
    const together = isSmall ? await this.#uploads.ask({ bytes: file, scope }) : undefined;
    const stored =
      together ?? (await this.#addSignedIn((headers) => addAlone(this.url, headers, { file, scope, upload })));
    if (stored !== toCid(expected).toString())
      throw new ChartkeyError(
        "STORE_WRONG_CID",
        "The store filed the bytes under another content id. Nothing was anchored.",
        {
          details: { expected: toCid(expected).toString(), stored },
        },
      );
    await checkBlock(await this.#fetch(stored, 2 * MAX_DOCUMENT, scope), expected.digest);
    return expected;
  }

  async get(reference: ContentReference, scope: FileScope): Promise<Bytes> {
    return reference.codec === 0 ? this.getDocument(reference.digest, scope) : collect(this.read(reference, scope));
  }

  async *read(reference: ContentReference, scope: FileScope, maxSize = MAX_PAYLOAD): AsyncGenerator<Uint8Array> {
    const { readCarStream } = await import("./stream-car.ts"); // Only for files of several blocks.
    const body = await this.#ask(toCid(reference).toString(), "car", scope, fetchBody);
    yield* readCarStream(reference, body, maxSize);
  }

  async getDocument(digest: `0x${string}`, scope: FileScope): Promise<Bytes> {
    const cid = toCid(rawReference(digest)).toString();
    return checkBlock(await this.#fetch(cid, MAX_DOCUMENT, scope), digest);
  }

  async lettersTo(owner: Address, from?: Address): Promise<StoredLetter[]> {
    const query = new URLSearchParams({ owner, ...(from === undefined ? {} : { from }) });
    return toLetters(await this.#list(`letters?${query}`, MAX_LETTER_LIST).catch(asWithoutLetters));
  }

  receiptsOf(...asked: Parameters<ContentStore["receiptsOf"]>): Promise<ReceiptList> {
    // One after the other: a store refuses a second list of an account while it makes one.
    const list = this.#lastList.then(() => this.#receiptsOf(...asked));
    this.#lastList = list.catch(() => {});
    return list;
  }

  async #receiptsOf(...[patient, since, first]: Parameters<ContentStore["receiptsOf"]>): Promise<ReceiptList> {
    const query = new URLSearchParams({ patient, since, ...(first === undefined ? {} : { first: String(first) }) });
    const { receipts, more } = await toReceipts((after) => {
      if (after !== undefined) query.set("after", after);
      return this.#list(`receipts?${query}`, MAX_RECEIPT_PAGE).catch(asWithoutReceipts);
    });
    return { receipts, more: more || isBeforeLists(since) };
  }

  #list(path: string, limit: number): Promise<Bytes> {
    return whenNotBusy(() =>
      this.#signedIn(
        async (session) => session.headersFor(this.url),
        (headers) => fetchCapped(`${this.url}/${path}`, limit, { headers }),
      ),
    );
  }

  async remove(reference: ContentReference, scope: FileScope): Promise<Removal> {
    const cid = toCid(reference).toString();
    const url = `${this.url}/api/v0/pin/rm?arg=${cid}`;
    const remove = () =>
      this.#signedIn(
        async (session) => session.headersForFile("removal", this.url, cid, scope),
        (headers) => fetchCapped(url, MAX_ANSWER, { method: "POST", headers }),
      );
    try {
      const { Pins: unpinned } = JSON.parse(fromUtf8(await whenNotBusy(remove))) as { Pins?: unknown };
      return Array.isArray(unpinned) && unpinned.length > 0 ? "removed" : "kept";
    } catch (error) {
      if (error instanceof ChartkeyError && error.code === "STORE_NOT_FOUND") return "absent";
      throw error;
    }
  }

  #addSignedIn<T>(add: (headers: Headers) => Promise<T>): Promise<T> {
    return whenNotBusy(() => this.#signedIn((session) => session.headersFor(this.url), add));
  }

  async #fetch(cid: string, limit: number, scope: FileScope): Promise<Bytes> {
    const isPrivate = this.#session !== undefined && scope.kind !== "public";
    const together = isPrivate ? await this.#deliveries.ask({ cid, scope }) : undefined;
    if (together !== undefined && together.length <= limit) return together;
    return this.#ask(cid, "raw", scope, (url, sent) => fetchCapped(url, limit, sent));
  }

  #ask<T>(cid: string, format: "raw" | "car", scope: FileScope, fetch: (url: string, sent: Sent) => Promise<T>) {
    const url = `${this.url}/ipfs/${cid}?format=${format}`;
    // What is public is read without saying who reads it.
    if (scope.kind === "public") return whenNotBusy(() => fetch(url, {}));
    // Each try is signed anew: a signature is a receipt for one delivery.
    return whenNotBusy(() =>
      this.#signedIn(
        async (session) => session.headersForFile("delivery", this.url, cid, scope),
        (headers) => fetch(url, { headers }),
      ),
    );
  }

  #signedIn<T>(headersOf: (session: StoreSession) => Promise<Headers>, ask: (headers: Headers) => Promise<T>) {
    return signedIn(this.url, this.#session, headersOf, ask);
  }
}

/**
 * A client of the store at `url`, e.g. `http://127.0.0.1:5001`. Without a session it reads what is public, and whatever a store without a
 * gate gives to everybody.
 */
export function contentStore(url: string, session?: StoreSession): ContentStore {
  return new KuboStore(url, session);
}
