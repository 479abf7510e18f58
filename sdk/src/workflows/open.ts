import type { Address, Hex } from "viem";
import { type Bytes, fromBase64Url } from "../bytes.ts";
import { ChartkeyError, toRecordError } from "../errors.ts";
import { type PayloadMeta, openPayload } from "../crypto/payload.ts";
import type { LedgerEntry } from "../chain/head.ts";
import { leafHash } from "../chain/merkle.ts";
import { parseJson } from "../records/json.ts";
import { categoryFile } from "../storage/scope.ts";
import { type BatchItem, type Manifest, decodeItems, decodeManifest, malformedManifest } from "./batch-manifest.ts";
import { ChartKeys, noAccess } from "./chart-keys.ts";
import { fromScope } from "./consent.ts";
import { type UnlockedSession, entryFile, payloadContext } from "./session.ts";

/** An opened record. */
export interface OpenedRecord {
  recordId: Hex;
  /** Place in a batch; 0 for a single entry. */
  index: number;
  category: number;
  author: Address;
  /** 0 when the patient wrote it. */
  hospital: number;
  /** Unix seconds at which it was anchored. */
  time: number;
  meta: PayloadMeta;
  data: Bytes;
}

/** A record of a batch, with its content key (base64url). */
/** Payloads fetched and opened at the same time. */
const PARALLEL = 8;

/** JSON of a decrypted FHIR payload, parsed within limits. Throws `PAYLOAD_MALFORMED`. */
export function payloadJson(data: Uint8Array): unknown {
  const { value, issues } = parseJson(data);
  const [issue] = issues;
  if (issue !== undefined)
    throw new ChartkeyError("PAYLOAD_MALFORMED", `This record's content is not usable: ${issue.reason}`);
  return value;
}

/** Opens records of one chart with the keys that the account has. */
export class ChartReader {
  readonly #session: UnlockedSession;
  readonly #patient: Address;
  readonly keys: ChartKeys;

  constructor(session: UnlockedSession, patient: Address) {
    this.#session = session;
    this.#patient = patient;
    this.keys = new ChartKeys(session, patient);
  }

  /**
   * Opens an entry: one record, or those of a batch's categories that the account may read.
   * Every byte is checked against the ledger first. Throws `NO_ACCESS`, `BATCH_MALFORMED`, and what `openPayload` and the store throw.
   */
  async open(entry: LedgerEntry): Promise<OpenedRecord[]> {
    // Whoever wrote the entry chose these bytes: what they provoke is this entry's problem, not the chart's.
    try {
      return await this.#open(entry);
    } catch (error) {
      // Of a chart, a store withholds what its reader would have no key for either.
      if (error instanceof ChartkeyError && error.code === "STORE_FORBIDDEN") throw noAccess(entry, error);
      throw toRecordError(error);
    }
  }

  async #open(entry: LedgerEntry): Promise<OpenedRecord[]> {
    if (entry.batch === undefined) {
      const key = await this.keys.find(entry, entry.categories);
      return [await this.#openItem(entry, 0, entry.categories, { codec: entry.codec, digest: entry.payload }, key)];
    }
    const opened: OpenedRecord[] = [];
    const queue = (await this.batchItems(entry)).values();
    const work = async () => {
      for (const { index, category, codec, payload, key } of queue)
        opened.push(await this.#openItem(entry, index, category, { codec, digest: payload }, fromBase64Url(key, 32)));
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
    return opened.sort((left, right) => left.index - right.index);
  }

  async #openItem(
    entry: LedgerEntry,
    index: number,
    category: number,
    reference: { codec: 0 | 1; digest: Hex },
    key: Bytes,
  ) {
    const { recordId, author, hospital, time } = entry;
    const payload = await this.#session.store.get(reference, categoryFile(this.#patient, category));
    const context = payloadContext(this.#session, this.#patient, author, category);
    const { meta, data } = await openPayload(key, context, payload);
    return { recordId, index, category, author, hospital, time, meta, data };
  }

  /**
   * The records of a batch in the categories that the account may read, each checked against the ledger.
   * Throws `NO_ACCESS`, `BATCH_MALFORMED`, and what the store throws.
   */
  async batchItems(entry: LedgerEntry): Promise<BatchItem[]> {
    const { recordId, batch } = entry;
    if (batch === undefined) return [];
    const manifest = decodeManifest(
      await this.#session.store.getDocument(entry.payload, entryFile(entry)),
      recordId,
      batch,
    );
    const items: BatchItem[] = [];
    let refusal: unknown;
    for (const category of fromScope(entry.categories)) {
      try {
        items.push(...(await this.#sectionItems(entry, category, manifest)));
      } catch (error) {
        if (!(error instanceof ChartkeyError && error.code === "NO_ACCESS")) throw error;
        refusal = error;
      }
    }
    if (items.length === 0) throw refusal ?? malformedManifest(recordId);
    for (const item of items) this.#checkLeaf(entry, item, manifest.leaves);
    return items;
  }

  async #sectionItems(entry: LedgerEntry, category: number, { sections }: Manifest): Promise<BatchItem[]> {
    const section = sections.get(category);
    if (section === undefined) throw malformedManifest(entry.recordId);
    const key = await this.keys.find(entry, category);
    const context = payloadContext(this.#session, this.#patient, entry.author, category);
    const { data } = await openPayload(key, context, section);
    return decodeItems(payloadJson(data), entry.recordId, category);
  }

  #checkLeaf({ recordId, author }: LedgerEntry, item: BatchItem, leaves: Hex[]): void {
    const { chain } = this.#session;
    const hash = leafHash(
      { chainId: chain.id, registry: chain.deployment.records },
      { patient: this.#patient, author, ...item },
    );
    if (leaves[item.index] !== hash) throw malformedManifest(recordId);
  }
}
