import { bytesToHex } from "viem";
import type { KuboRPCClient } from "kubo-rpc-client";
import type { CID } from "multiformats/cid";
import { type Bytes, copy, sha256 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { type ContentReference, IMPORT_PROFILE, fromCid, rawReference, referenceOf, toCid } from "./cid.ts";
import { fetchCapped, transferTimeout, unreachable } from "./fetch.ts";

/** Largest document that is one block, in bytes. */
export const MAX_DOCUMENT = IMPORT_PROFILE.chunkSize;
/** Largest payload that is held in memory, in bytes. */
const MAX_PAYLOAD = 1 << 30;

/** Where encrypted bytes are kept. Every byte that comes back was checked against its digest. */
export interface ContentStore {
  readonly url: string;
  /** Stores and pins bytes, reads the root block back, and returns what to anchor. */
  put(bytes: Bytes): Promise<ContentReference>;
  /**
   * Reads a file. Throws `STORE_NOT_FOUND`, `STORE_DAMAGED`, `STORE_WRONG_BYTES`, `STORE_TOO_LARGE`, `STORE_UNREACHABLE`,
   * `STORE_REFUSED`.
   */
  get(reference: ContentReference): Promise<Bytes>;
  /** Reads a document of at most 1 MiB by its digest. */
  getDocument(digest: `0x${string}`): Promise<Bytes>;
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

/** A store that speaks the Kubo RPC API for writing and the trustless gateway for reading. */
class KuboStore implements ContentStore {
  readonly url: string;
  #client: Promise<KuboRPCClient> | undefined;

  constructor(url: string) {
    this.url = url.replace(/\/+$/, "");
  }

  /** Loaded at the first upload: who only reads need not fetch it. */
  #rpc(): Promise<KuboRPCClient> {
    this.#client ??= import("kubo-rpc-client").then(({ create }) => create({ url: `${this.url}/api/v0` }));
    return this.#client;
  }

  async put(bytes: Bytes): Promise<ContentReference> {
    const expected = await referenceOf(bytes);
    const stored = await this.#add(bytes);
    if (stored !== toCid(expected).toString())
      throw new ChartkeyError(
        "STORE_WRONG_CID",
        "The store filed the bytes under another content id. Nothing was anchored.",
        {
          details: { expected: toCid(expected).toString(), stored },
        },
      );
    const root = await fetchCapped(`${this.url}/ipfs/${stored}?format=raw`, 2 * MAX_DOCUMENT);
    await checkBlock(root, expected.digest);
    return expected;
  }

  async #add(bytes: Bytes): Promise<string> {
    try {
      const { cid } = await (
        await this.#rpc()
      ).add(bytes, { ...ADD_OPTIONS, signal: AbortSignal.timeout(transferTimeout(bytes.length)) });
      return cid.toString();
    } catch (cause) {
      if (cause instanceof Error && cause.name === "HTTPError")
        throw new ChartkeyError("STORE_REFUSED", `The store refused the upload: ${cause.message}`, { cause });
      throw unreachable(this.url, cause);
    }
  }

  async get(reference: ContentReference): Promise<Bytes> {
    if (reference.codec === 0) return this.getDocument(reference.digest);
    const cid = toCid(reference);
    const car = await fetchCapped(`${this.url}/ipfs/${cid.toString()}?format=car`, MAX_PAYLOAD);
    return readCar(car, cid, reference.digest);
  }

  async getDocument(digest: `0x${string}`): Promise<Bytes> {
    const cid = toCid(rawReference(digest));
    return checkBlock(await fetchCapped(`${this.url}/ipfs/${cid.toString()}?format=raw`, MAX_DOCUMENT), digest);
  }
}

/** A client of the store at `url`, e.g. `http://127.0.0.1:5001`. */
export function contentStore(url: string): ContentStore {
  return new KuboStore(url);
}
