import type { Address, Hex } from "viem";
import { type Bytes, fromBase64Url, toBase64Url } from "../bytes.ts";
import { ChartkeyError, toRecordError } from "../errors.ts";
import { collect } from "../chunks.ts";
import { drainTo } from "../sinks.ts";
import type { PayloadContext } from "../crypto/context.ts";
import { openPayload } from "../crypto/payload.ts";
import { MAX_DATA, malformed } from "../crypto/payload-layout.ts";
import { MAX_SEALED, type OpenedStream, openPayloadStream } from "../crypto/payload-stream.ts";
import type { LedgerEntry } from "../chain/head.ts";
import { leafHash } from "../chain/merkle.ts";
import { categoryFile } from "../storage/scope.ts";
import { type BatchItem, type Manifest, decodeItems, decodeManifest, malformedManifest } from "./batch-manifest.ts";
import { ChartKeys, noAccess } from "./chart-keys.ts";
import { fromScope } from "./consent.ts";
import { type AnchoredPayload, partsOf, readCover, wrongCover } from "./covers.ts";
import { DetachedReader, detachedIn, wholeSize } from "./detached.ts";
import { MAX_HELD, MAX_HELD_TOGETHER, type OpenedRecord } from "./opened-record.ts";
import { type Control, type Controls, NO_CONTROLS, isNoticeType, recordKey } from "./notices.ts";
import { payloadJson } from "./payload-json.ts";
import { type UnlockedSession, accountOf, entryFile, payloadContext, sameAddress } from "./session.ts";

/** Payloads fetched and opened at the same time: those of several blocks each by a request, the others as many together as a store gives. */
const PARALLEL = { blocks: 4, block: 384 };

const WITHHELD = {
  RECORD_ERASED: "The patient erased this record. The ledger still shows that it was there.",
  RECORD_HIDDEN: "The patient keeps this record to himself. Ask him for it.",
} as const;

const withheld = (code: keyof typeof WITHHELD, time: number) =>
  new ChartkeyError(code, WITHHELD[code], { details: { time } });

/** Of a batch, what the account may read is opened without the rest: keys of a category outlive the grant, its files are not handed out. */
const isWithheld = (error: unknown) =>
  error instanceof ChartkeyError && (Object.hasOwn(WITHHELD, error.code) || error.code === "STORE_FORBIDDEN");

/** Whether a record begins as its batch says. Throws `PAYLOAD_MALFORMED`, and what `wrongCover` is for what came out of a cover. */
function checkHead({ head, codec, payload }: BatchItem, digest: Hex, control: Control | undefined): void {
  if (head === undefined || head === digest) return;
  throw control === undefined ? malformed() : wrongCover({ codec, digest: payload });
}

/** Opens records of one chart with the keys that the account has. */
export class ChartReader {
  readonly #session: UnlockedSession;
  readonly #patient: Address;
  /** Bytes that may still be held. */
  #room = MAX_HELD_TOGETHER;
  readonly #onOpened: (record: OpenedRecord) => void;
  readonly keys: ChartKeys;

  /** @param onOpened is told of each record that `open` opened, before the others of its entry are. */
  constructor(session: UnlockedSession, patient: Address, onOpened: (record: OpenedRecord) => void = () => {}) {
    this.#session = session;
    this.#patient = patient;
    this.#onOpened = onOpened;
    this.keys = new ChartKeys(session, patient);
  }

  /**
   * Opens an entry: one record, or those of a batch's categories that the account may read.
   * Every byte is checked against the ledger first. Throws `NO_ACCESS`, `RECORD_ERASED`, `RECORD_HIDDEN`, `BATCH_MALFORMED`, and what
   * `openPayload` and the store throw.
   * @param controls what the patient did with records later; without it, what he hid, erased or sealed again is missing in the store.
   */
  async open(entry: LedgerEntry, controls: Controls = NO_CONTROLS): Promise<OpenedRecord[]> {
    // Whoever wrote the entry chose these bytes: what they provoke is this entry's problem, not the chart's.
    try {
      return await this.#open(entry, controls);
    } catch (error) {
      // Of a chart, a store withholds what its reader would have no key for either.
      if (error instanceof ChartkeyError && error.code === "STORE_FORBIDDEN") throw noAccess(entry, error);
      throw toRecordError(error);
    }
  }

  async #open(entry: LedgerEntry, controls: Controls): Promise<OpenedRecord[]> {
    const opened: OpenedRecord[] = [];
    let refusal: unknown;
    const items = await this.items(entry, controls);
    const openAll = (some: readonly BatchItem[], parallel: number) => {
      const queue = some.values();
      const work = async () => {
        for (const item of queue)
          try {
            const record = await this.#openItem(entry, item, controls);
            this.#onOpened(record);
            opened.push(record);
          } catch (error) {
            if (entry.kind === "entry" || !isWithheld(error)) throw error;
            refusal = error;
          }
      };
      return Array.from({ length: parallel }, work);
    };
    // The last first: in a file they are often the newest.
    const ofCodec = (wanted: number) => items.filter(({ codec }) => codec === wanted).reverse();
    await Promise.all([...openAll(ofCodec(1), PARALLEL.blocks), ...openAll(ofCodec(0), PARALLEL.block)]);
    if (opened.length === 0) throw refusal;
    return opened.sort((left, right) => left.index - right.index);
  }

  async #openItem(entry: LedgerEntry, item: BatchItem, controls: Controls): Promise<OpenedRecord> {
    const { recordId, author, hospital, time } = entry;
    const { index, category, codec, payload: digest } = item;
    const control = controls.get(recordKey({ recordId, index }));
    const stream = await this.#streamOf(entry, item, control);
    const { meta } = stream;
    const content = await this.#contentOf(stream, item, control);
    const payload = { codec, digest };
    const record = { recordId, index, category, author, hospital, time, meta, payload, ...content };
    if (control === undefined || control.item.state === "erased") return record;
    return { ...record, control: { state: control.item.state, time: control.notice.time } };
  }

  async #contentOf(
    stream: OpenedStream,
    item: BatchItem,
    control: Control | undefined,
  ): Promise<Pick<OpenedRecord, "data" | "large" | "attachments">> {
    const { meta, size, data, cancel } = stream;
    const lengths = detachedIn(meta);
    const needed = lengths === undefined ? size : lengths.resource + lengths.list;
    // What the patient wrote about his records is always read: nobody may crowd it out.
    const room = isNoticeType(meta.contentType) ? MAX_HELD : Math.min(MAX_HELD, this.#room);
    if (needed > room) {
      await cancel();
      return { data: new Uint8Array(), large: { size } };
    }
    this.#room -= needed;
    if (lengths === undefined) return { data: await collect(data) };
    const reader = new DetachedReader(stream, lengths);
    try {
      const { resource, attachments, digest } = await reader.head();
      // What comes out of a cover is checked against the ledger at its end; the beginning alone, by what the batch says of it.
      if (control !== undefined && item.head === undefined) await reader.readThrough();
      checkHead(item, digest, control);
      return { data: resource, attachments };
    } finally {
      await reader.cancel();
    }
  }

  /**
   * Opens the files in the resource of a record, in their order; nothing when it has none. Each has to be read before the next one.
   * What is given of one is to be shown or kept only at its end. Throws what `open` throws.
   */
  async *openAttachments(
    entry: LedgerEntry,
    index: number,
    controls: Controls = NO_CONTROLS,
  ): ReturnType<DetachedReader["files"]> {
    try {
      const item = await this.#findItem(entry, index, controls);
      const control = controls.get(recordKey({ recordId: entry.recordId, index }));
      // Out of a cover without a head, nothing is known before its end.
      if (control !== undefined && item.head === undefined) await this.#readThrough(entry, item, control);
      const stream = await this.#streamOf(entry, item, control);
      const lengths = detachedIn(stream.meta);
      if (lengths === undefined) return await stream.cancel();
      const reader = new DetachedReader(stream, lengths);
      try {
        checkHead(item, (await reader.head()).digest, control);
        yield* reader.files();
      } finally {
        await reader.cancel();
      }
    } catch (error) {
      throw toRecordError(error);
    }
  }

  async #findItem(entry: LedgerEntry, index: number, controls: Controls): Promise<BatchItem> {
    const item = (await this.items(entry, controls)).find((candidate) => candidate.index === index);
    if (item === undefined) throw noAccess(entry);
    return item;
  }

  async #streamOf(entry: LedgerEntry, item: BatchItem, control: Control | undefined): Promise<OpenedStream> {
    const source = partsOf(await this.readPayload(item, control));
    return openPayloadStream(...this.#keyOf(entry, item), source, MAX_DATA);
  }

  async #readThrough(entry: LedgerEntry, item: BatchItem, control: Control): Promise<void> {
    for await (const _ of (await this.#streamOf(entry, item, control)).data);
  }

  /**
   * Opens one record of an entry into a sink, all or nothing, in constant memory: a resource with all of its files in it.
   * Throws what `open` throws, and `SINK_FAILED`.
   */
  async openInto(
    entry: LedgerEntry,
    index: number,
    sink: WritableStream<Bytes>,
    controls: Controls = NO_CONTROLS,
  ): Promise<Pick<OpenedStream, "meta" | "size">> {
    try {
      const item = await this.#findItem(entry, index, controls);
      const stream = await this.#streamOf(entry, item, controls.get(recordKey({ recordId: entry.recordId, index })));
      const { meta, size, data } = stream;
      const lengths = detachedIn(meta);
      if (lengths === undefined) {
        await drainTo(data, sink);
        return { meta, size };
      }
      const reader = new DetachedReader(stream, lengths);
      const whole = wholeSize(await reader.head());
      const { detached: _, ...plain } = meta;
      await drainTo(reader.whole(), sink);
      return { meta: plain, size: whole };
    } catch (error) {
      await sink.abort(error).catch(() => {});
      throw toRecordError(error);
    }
  }

  #keyOf({ author }: LedgerEntry, { category, key }: BatchItem): [Bytes, PayloadContext] {
    return [fromBase64Url(key, 32), payloadContext(this.#session, this.#patient, author, category)];
  }

  /**
   * The anchored payload of a record, out of its cover when the patient made one. Throws `RECORD_ERASED`, and `RECORD_HIDDEN` to everybody
   * but the patient.
   */
  async readPayload(
    { category, codec, payload: digest }: BatchItem,
    control: Control | undefined,
  ): Promise<AnchoredPayload> {
    const { store } = this.#session;
    const [anchored, file] = [{ codec, digest }, categoryFile(this.#patient, category)];
    if (control === undefined) return codec === 0 ? store.get(anchored, file) : store.read(anchored, file, MAX_SEALED);
    const { item, notice } = control;
    if (item.state === "erased") throw withheld("RECORD_ERASED", notice.time);
    const own = sameAddress(accountOf(this.#session), this.#patient);
    const key = item.state === "resealed" ? item.key : own ? await this.keys.findPatientOnly(notice) : undefined;
    if (key === undefined) throw withheld("RECORD_HIDDEN", notice.time);
    const made = { patient: this.#patient, author: notice.author, category };
    return readCover(this.#session, made, { reference: item.cover, key }, anchored);
  }

  /** The records of an entry that the account has a key for: one, or those of a batch. Throws what `batchItems` throws. */
  async items(entry: LedgerEntry, controls: Controls = NO_CONTROLS): Promise<BatchItem[]> {
    const { categories: category, codec, payload, recordId, batch } = entry;
    const erased = Array.from({ length: batch?.count ?? 1 }, (_, index) =>
      controls.get(recordKey({ recordId, index })),
    );
    const [first] = erased;
    // Then nothing is left of its documents either.
    if (first !== undefined && erased.every((control) => control?.item.state === "erased"))
      throw withheld("RECORD_ERASED", first.notice.time);
    if (batch !== undefined) return this.batchItems(entry);
    const key = toBase64Url(await this.keys.find(entry, category));
    return [{ index: 0, category, codec, payload, key }];
  }

  /**
   * The records of a batch in the categories that the account may read, each checked against the ledger.
   * Throws `NO_ACCESS`, `BATCH_MALFORMED`, and what the store throws.
   */
  async batchItems(entry: LedgerEntry): Promise<BatchItem[]> {
    const { recordId, batch } = entry;
    if (batch === undefined) return [];
    const manifest = await this.manifest(entry);
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

  /** The manifest of a batch, checked against the ledger. Throws `BATCH_MALFORMED`, and what the store throws. */
  async manifest(entry: LedgerEntry): Promise<Manifest> {
    const { recordId, payload, batch } = entry;
    if (batch === undefined) throw malformedManifest(recordId);
    return decodeManifest(await this.#session.store.getDocument(payload, entryFile(entry)), recordId, batch);
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
