import { type Address, type Hex, isAddress, isHex } from "viem";
import { type Bytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from "../bytes.ts";
import { collect } from "../chunks.ts";
import { ChartkeyError } from "../errors.ts";
import { canonicalBytes, parseDocument } from "../json.ts";
import { chartText } from "../crypto/epoch.ts";
import { hpkeOpen, hpkeSeal } from "../crypto/hpke.ts";
import { type OpenedStream, openPayloadStream } from "../crypto/payload-stream.ts";
import { requireKey } from "../chain/directory.ts";
import type { LedgerEntry } from "../chain/head.ts";
import { type AnchoredEntry, readLedger } from "../chain/ledger.ts";
import { merkleProof } from "../chain/merkle.ts";
import { recordRegistryAbi } from "../generated/abi/RecordRegistry.ts";
import type { ContentReference } from "../storage/cid.ts";
import { categoryFile } from "../storage/scope.ts";
import { type Chart, itemOf, locate, readChart, readOwnChart } from "./controlled-chart.ts";
import type { RecordReference } from "./corrections.ts";
import { partsOf, readCover, storeCover } from "./covers.ts";
import { DetachedReader, detachedIn } from "./detached.ts";
import { SHARE_TYPE, recordKey } from "./notices.ts";
import type { OpenedRecord } from "./opened-record.ts";
import { publishRecord } from "./publish.ts";
import {
  type OnPhase,
  type ReadSession,
  type UnlockedSession,
  accountOf,
  payloadContext,
  signerOf,
} from "./session.ts";

/** Notices about shares are of the administrative category, and sealed to the patient alone. */
export const SHARE_CATEGORY = 1;
const PREFIX = "chartkey-share:1:";

/** Whom a record is shared with. */
export interface ShareTerms {
  to: Address;
  /** Unix seconds: first second at which stores hand it out no more. */
  until: number;
}

/** A record that the patient shared. */
export interface Share extends ShareTerms {
  /** The entry of the ledger that the patient wrote about it. */
  notice: Hex;
  record: RecordReference;
  category: number;
  cover: ContentReference;
  /** What the other one opens it with: no secret, for it is sealed to his key. */
  code: string;
  withdrawn: boolean;
}

/** A record that somebody shared with the account. */
export interface OpenedShare {
  /** Its entry in the ledger of the patient who shared it. */
  entry: AnchoredEntry;
  record: OpenedRecord;
}

/** What the text of a share holds. */
interface ShareCode {
  chainId: number;
  patient: Address;
  /** Who sealed the cover. */
  author: Address;
  record: RecordReference;
  category: number;
  cover: ContentReference;
  enc: string;
  ct: string;
}

/** What is sealed to whom it is shared with. */
interface SharedKeys {
  cover: string;
  payload: string;
  /** Of a record of a batch: what shows that it is one. */
  item: { codec: 0 | 1; payload: Hex; proof: Hex[] } | null;
}

const info = (session: ReadSession, { patient, record, cover }: ShareCode, to: Address): Bytes =>
  utf8(
    `chartkey/share/1|${chartText({ chainId: session.chain.id, registry: session.chain.deployment.records, patient })}|` +
      `${recordKey(record)}|${cover.digest}|${to.toLowerCase()}`,
  );

const malformed = () =>
  new ChartkeyError("SHARE_MALFORMED", "This is not a shared record, or not all of its text. Copy it again, whole.");

function decodeCode(text: string): ShareCode {
  if (!text.startsWith(PREFIX)) throw malformed();
  const value = parseDocument(fromBase64Url(text.slice(PREFIX.length)), "share") as Partial<
    Record<keyof ShareCode, unknown>
  >;
  const { chainId, patient, author, record, category, cover, enc, ct } = value as unknown as ShareCode;
  const known = [patient, author].every(
    (address) => typeof address === "string" && isAddress(address, { strict: false }),
  );
  const numbers = [chainId, category, record?.index].every(Number.isSafeInteger);
  const named = isHex(record?.recordId) && isHex(cover?.digest) && (cover.codec === 0 || cover.codec === 1);
  if (!known || !numbers || !named || typeof enc !== "string" || typeof ct !== "string") throw malformed();
  return { chainId, patient, author, record, category, cover, enc, ct };
}

/**
 * Shares one record with one account until a time, without a grant of its category: the anchored payload is sealed once more, stores hand
 * that to him alone until then, and its keys are sealed to his. The patient notes it in his ledger, for himself alone (one signature).
 * Give him `code`; others can do nothing with it. What he opened he has. Hiding the record later does not end a share: `withdrawShare` does.
 * Throws `KEY_MISSING`, `RECORD_UNKNOWN`, `RECORD_ERASED`, `NOTICE_MISSING`, and what the store and `transact` throw.
 */
export async function shareRecord(
  session: UnlockedSession,
  reference: RecordReference,
  { to, until }: ShareTerms,
  onPhase?: OnPhase,
): Promise<Share> {
  onPhase?.("checking");
  const chart = await readOwnChart(session);
  const { patient } = chart;
  const located = locate(chart, reference);
  const { record, entry } = located;
  const [reader, item] = await Promise.all([requireKey(session.chain, to), itemOf(chart, located)]);
  const { category, codec, payload: digest, index } = item;
  const payload = await chart.reader.readPayload(item, located.control);
  const file = categoryFile(patient, category, to, until);
  const { reference: cover, key } = await storeCover(session, category, payload, file);
  const proof = entry.batch === undefined ? null : merkleProof((await chart.reader.manifest(entry)).leaves, index);
  const keys: SharedKeys = {
    ...{ cover: toBase64Url(key), payload: item.key },
    item: proof === null ? null : { codec, payload: digest, proof },
  };
  const about = { chainId: session.chain.id, patient, author: signerOf(session), record, category, cover };
  const sealed = await hpkeSeal(
    reader.publicKey,
    canonicalBytes(keys),
    info(session, { ...about, enc: "", ct: "" }, to),
  );
  const text = { v: 1, ...about, enc: toBase64Url(sealed.enc), ct: toBase64Url(sealed.ct) };
  const code = PREFIX + toBase64Url(canonicalBytes(text));
  const data = canonicalBytes({ v: 1, to, until, code });
  const draft = { category: SHARE_CATEGORY, meta: { contentType: SHARE_TYPE }, data };
  const notice = await publishRecord(session, patient, draft, onPhase, { alone: true, brings: [cover.digest] });
  return { notice, to, until, record, category, cover, code, withdrawn: false };
}

/**
 * Opens a record that somebody shared with the account: every byte is checked against the ledger, which is checked to its head. Throws
 * `SHARE_MALFORMED`, `SHARE_OTHER_CHAIN`, `CRYPTO_OPEN_FAILED` when it is for another, `SHARE_ENDED`, and what the chain and the store throw.
 */
export async function openShare(session: UnlockedSession, text: string): Promise<OpenedShare> {
  const code = decodeCode(text);
  const { patient, author, record, category, cover } = code;
  if (code.chainId !== session.chain.id)
    throw new ChartkeyError("SHARE_OTHER_CHAIN", "This record was shared on another chain. Connect to that one.", {
      details: { chainId: code.chainId },
    });
  const sealed = { enc: fromBase64Url(code.enc, 32), ct: fromBase64Url(code.ct) };
  const opened = await hpkeOpen(session.vault.identity, sealed, info(session, code, accountOf(session)));
  const keys = JSON.parse(fromUtf8(opened)) as SharedKeys;
  const { entries } = await readLedger(session.chain, patient);
  const entry = entries.find(({ recordId }) => recordId === record.recordId);
  if (entry === undefined || !(await isRecordOf(session, entry, record.index, category, keys))) throw malformed();
  const anchored = keys.item === null ? entry : keys.item;
  const reference = { codec: anchored.codec, digest: anchored.payload };
  const made = { patient, author, category };
  const key = fromBase64Url(keys.payload, 32);
  const payload = await readCover(
    session,
    made,
    { reference: cover, key: fromBase64Url(keys.cover, 32) },
    reference,
  ).catch((error: unknown) => {
    throw isGone(error) ? ended(error) : error;
  });
  const context = payloadContext(session, patient, entry.author, category);
  const stream = await openPayloadStream(key, context, partsOf(payload));
  const { author: writer, hospital, time } = entry;
  const content = await contentOf(stream);
  return { entry, record: { ...record, category, author: writer, hospital, time, meta: stream.meta, ...content } };
}

/** All of it: what is shared by itself is opened once. */
async function contentOf(stream: OpenedStream): Promise<Pick<OpenedRecord, "data" | "attachments">> {
  const lengths = detachedIn(stream.meta);
  if (lengths === undefined) return { data: await collect(stream.data) };
  const reader = new DetachedReader(stream, lengths);
  const { resource } = await reader.head();
  const attachments = [];
  for await (const { attachment, data } of reader.files())
    attachments.push({ ...attachment, bytes: await collect(data) });
  return { data: resource, attachments };
}

const isGone = (error: unknown): error is ChartkeyError =>
  error instanceof ChartkeyError && (error.code === "STORE_FORBIDDEN" || error.code === "STORE_NOT_FOUND");

/** What the store said is a detail of it, and not its cause: nothing is wrong with the store. */
const ended = ({ code }: ChartkeyError) =>
  new ChartkeyError("SHARE_ENDED", "This record is not shared with you any more. Ask the patient to share it again.", {
    details: { store: code },
  });

/** Whether the ledger says that an entry has this record. */
async function isRecordOf(
  { chain }: ReadSession,
  { patient, author, categories, batch }: LedgerEntry,
  index: number,
  category: number,
  { item }: SharedKeys,
): Promise<boolean> {
  if (batch === undefined) return item === null && index === 0 && category === categories;
  if (item === null) return false;
  const { codec, payload, proof } = item;
  const leaf = { index, category, codec, payload };
  const call = { address: chain.deployment.records, abi: recordRegistryAbi, functionName: "isInBatch" } as const;
  return chain.client.readContract({ ...call, args: [patient, author, leaf, batch.root, batch.count, proof] });
}

/** Shares that a chart's notices tell of, oldest first. Throws `SHARE_MALFORMED`, `DOCUMENT_MALFORMED`. */
export function sharesOf({ notices }: Pick<Chart, "notices">): Share[] {
  const shares = new Map<Hex, Share>();
  for (const { entry, records } of notices)
    for (const { data, meta } of records) {
      if (meta.contentType !== SHARE_TYPE) continue;
      const { to, until, code, withdrawn } = parseDocument(data, "share notice");
      for (const notice of [withdrawn].flat()) {
        const ended = shares.get(notice as Hex);
        if (ended !== undefined) shares.set(ended.notice, { ...ended, withdrawn: true });
      }
      if (typeof code !== "string" || typeof until !== "number" || !isAddress(String(to), { strict: false })) continue;
      const { record, category, cover } = decodeCode(code);
      const notice = entry.recordId;
      shares.set(notice, { notice, to: to as Address, until, record, category, cover, code, withdrawn: false });
    }
  return [...shares.values()];
}

/** Whether stores still hand a share out. */
export const isHandedOut = ({ withdrawn, until }: Share): boolean => !withdrawn && until > Date.now() / 1000;

/** Every record that the patient ever shared, oldest first; some have ended or are withdrawn. Throws what the chain and the store throw. */
export async function readShares(session: UnlockedSession): Promise<Share[]> {
  return sharesOf(await readChart(session));
}
