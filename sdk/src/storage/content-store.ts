import { type Address, bytesToHex } from "viem";
import type { CID } from "multiformats/cid";
import { type Bytes, copy, fromUtf8, sha256 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { type ContentReference, IMPORT_PROFILE, fromCid, rawReference, referenceOf, toCid } from "./cid.ts";
import { fetchCapped, transferTimeout, unreachable } from "./fetch.ts";
import { MAX_LETTER_LIST, type StoredLetter, asWithoutLetters, toLetters } from "./letter-list.ts";
import { whenNotBusy } from "./patience.ts";
import { refusalOf } from "./refusal.ts";
import type { FileScope } from "./scope.ts";
import type { StoreSession } from "./store-session.ts";

/** Largest document that is one block, in bytes. */
export const MAX_DOCUMENT = IMPORT_PROFILE.chunkSize;
/** Largest payload that is held in memory, in bytes. */
const MAX_PAYLOAD = 1 << 30;
/** Largest answer to a removal, in bytes. */
const MAX_ANSWER = 4096;

/** What became of a file that was given up: gone, not there anyway, or kept because another uploaded the same bytes as his. */
export type Removal = "removed" | "absent" | "kept";

/** Where encrypted bytes are kept. Every byte that comes back was checked against its digest. */
export interface ContentStore {
  readonly url: string;
  /**
   * Stores and pins bytes for whom `scope` says, reads the root block back, and returns what to anchor. Throws `STORE_FORBIDDEN`,
   * `STORE_QUOTA`, `STORE_WRONG_CID`, and what `get` throws.
   */
  put(bytes: Bytes, scope: FileScope): Promise<ContentReference>;
  /**
   * Reads a file that belongs to `scope`. Throws `STORE_NOT_FOUND` (nothing was delivered for that scope), `STORE_FORBIDDEN` (no access),
   * `STORE_UNAUTHORIZED`, `STORE_BUSY`, `STORE_CHAIN_UNREACHABLE`, `STORE_DAMAGED`, `STORE_WRONG_BYTES`, `STORE_TOO_LARGE`,
   * `STORE_UNREACHABLE`, `STORE_REFUSED`, and `WALLET_REJECTED` when the sign-in was declined.
   */
  get(reference: ContentReference, scope: FileScope): Promise<Bytes>;
  /** Reads a document of at most 1 MiB by its digest. Throws what `get` throws. */
  getDocument(digest: `0x${string}`, scope: FileScope): Promise<Bytes>;
  /**
   * Letters of one block to an account or hospital that the session receives for, oldest first; of one sender, or of all.
   * Throws `STORE_WITHOUT_LETTERS` for a store without a gate, and what `get` throws.
   */
  lettersTo(owner: Address, from?: Address): Promise<StoredLetter[]>;
  /**
   * Gives a file of `scope` up: for the patient of a chart, and whoever sent or was sent a letter. A store with a gate takes it off its
   * disk before it answers; a plain one unpins it and drops it with its next collection. Throws what `get` throws, but `STORE_NOT_FOUND`.
   */
  remove(reference: ContentReference, scope: FileScope): Promise<Removal>;
}

/** `maxFileLinks` is Kubo's `max-file-links`, which the client passes on though its types do not name it. */
const ADD_OPTIONS = {
  cidVersion: IMPORT_PROFILE.cidVersion,
  rawLeaves: IMPORT_PROFILE.rawLeaves,
  chunker: `size-${IMPORT_PROFILE.chunkSize}`,
  maxFileLinks: IMPORT_PROFILE.maxLinks,
  pin: true,
};

const wrongBytes = (digest: string) =>
  new ChartkeyError("STORE_WRONG_BYTES", "The store returned other bytes than were anchored. We do not show them.", {
    details: { digest },
  });

async function checkBlock(bytes: Bytes, digest: string): Promise<Bytes> {
  if (bytesToHex(await sha256(bytes)) !== digest.toLowerCase()) throw wrongBytes(digest);
  return bytes;
}

/** A file of several blocks, from a CAR (IPLD CARv1): every block is checked before any byte of it is used. */
async function readCar(car: Bytes, root: CID, digest: string): Promise<Bytes> {
  const [{ CarReader }, { exporter }] = await Promise.all([import("@ipld/car"), import("ipfs-unixfs-exporter")]);
  const blocks = new Map<string, Bytes>();
  try {
    for await (const { cid, bytes } of (await CarReader.fromBytes(car)).blocks())
      blocks.set(cid.toString(), await checkBlock(copy(bytes), fromCid(cid).digest));
  } catch {
    throw wrongBytes(digest);
  }
  const source = {
    async *get(cid: CID) {
      const block = blocks.get(cid.toString());
      if (block === undefined) throw wrongBytes(digest);
      yield block;
    },
  };
  const entry = await exporter(root, source).catch(() => {
    throw wrongBytes(digest);
  });
  if (entry.type !== "file" && entry.type !== "raw") throw wrongBytes(digest);
  if (Number(entry.size) > MAX_PAYLOAD)
    throw new ChartkeyError("STORE_TOO_LARGE", "This file is larger than can be opened here.");
  const out = new Uint8Array(Number(entry.size));
  let offset = 0;
  for await (const part of entry.content()) {
    out.set(part, offset);
    offset += part.length;
  }
  return out;
}

type Headers = Record<string, string>;

/** A store that speaks the Kubo RPC API for writing and the trustless gateway for reading. */
class KuboStore implements ContentStore {
  readonly url: string;
  readonly #session: StoreSession | undefined;

  constructor(url: string, session: StoreSession | undefined) {
    this.url = url.replace(/\/+$/, "");
    this.#session = session;
  }

  async put(bytes: Bytes, scope: FileScope): Promise<ContentReference> {
    const expected = await referenceOf(bytes);
    const add = () =>
      this.#signedIn(
        async (session) => session.headersFor(this.url),
        (headers) => this.#add(bytes, scope, headers),
      );
    const stored = await whenNotBusy(add);
    if (stored !== toCid(expected).toString())
      throw new ChartkeyError(
        "STORE_WRONG_CID",
        "The store filed the bytes under another content id. Nothing was anchored.",
        {
          details: { expected: toCid(expected).toString(), stored },
        },
      );
    await checkBlock(await this.#fetch(stored, "raw", 2 * MAX_DOCUMENT, scope), expected.digest);
    return expected;
  }

  async get(reference: ContentReference, scope: FileScope): Promise<Bytes> {
    if (reference.codec === 0) return this.getDocument(reference.digest, scope);
    const cid = toCid(reference);
    return readCar(await this.#fetch(cid.toString(), "car", MAX_PAYLOAD, scope), cid, reference.digest);
  }

  async getDocument(digest: `0x${string}`, scope: FileScope): Promise<Bytes> {
    const cid = toCid(rawReference(digest)).toString();
    return checkBlock(await this.#fetch(cid, "raw", MAX_DOCUMENT, scope), digest);
  }

  async lettersTo(owner: Address, from?: Address): Promise<StoredLetter[]> {
    const query = new URLSearchParams({ owner, ...(from === undefined ? {} : { from }) });
    const list = () =>
      this.#signedIn(
        async (session) => session.headersFor(this.url),
        (headers) => fetchCapped(`${this.url}/letters?${query}`, MAX_LETTER_LIST, { headers }),
      );
    return toLetters(await whenNotBusy(list).catch(asWithoutLetters));
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

  #fetch(cid: string, format: "raw" | "car", limit: number, scope: FileScope): Promise<Bytes> {
    const url = `${this.url}/ipfs/${cid}?format=${format}`;
    // What is public is read without saying who reads it.
    if (scope.kind === "public") return whenNotBusy(() => fetchCapped(url, limit));
    // Each try is signed anew: a signature is a receipt for one delivery.
    return whenNotBusy(() =>
      this.#signedIn(
        async (session) => session.headersForFile("delivery", this.url, cid, scope),
        (headers) => fetchCapped(url, limit, { headers }),
      ),
    );
  }

  /** A store forgets its sessions when it is started anew: then once more, with a new token for the same certificate. */
  async #signedIn<T>(headersOf: (session: StoreSession) => Promise<Headers>, ask: (headers: Headers) => Promise<T>) {
    const session = this.#session;
    if (session === undefined) return ask({});
    try {
      return await ask(await headersOf(session));
    } catch (error) {
      if (!(error instanceof ChartkeyError && error.code === "STORE_UNAUTHORIZED")) throw error;
      session.forget(this.url);
      return ask(await headersOf(session));
    }
  }

  async #add(bytes: Bytes, scope: FileScope, headers: Headers): Promise<string> {
    const { create } = await import("kubo-rpc-client"); // Only for uploads: who reads need not fetch it.
    try {
      const client = create({ url: `${this.url}/api/v0`, headers });
      const signal = AbortSignal.timeout(transferTimeout(bytes.length));
      const { cid } = await client.add(bytes, { ...ADD_OPTIONS, ...scope, signal });
      return cid.toString();
    } catch (cause) {
      if (!(cause instanceof Error && cause.name === "HTTPError")) throw unreachable(this.url, cause);
      const { status, headers: answered } = (cause as Error & { response: Response }).response;
      const [code, retryAfter] = [answered.get("x-store-error"), answered.get("retry-after")];
      throw refusalOf(this.url, { status, code, retryAfter });
    }
  }
}

/**
 * A client of the store at `url`, e.g. `http://127.0.0.1:5001`. Without a session it reads what is public, and whatever a store without a
 * gate gives to everybody.
 */
export function contentStore(url: string, session?: StoreSession): ContentStore {
  return new KuboStore(url, session);
}
