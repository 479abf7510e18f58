import type { Address, Hex } from "viem";
import { type Bytes, randomBytes, toBase64Url } from "../bytes.ts";
import { canonicalBytes } from "../json.ts";
import { ChartkeyError } from "../errors.ts";
import type { PayloadContext } from "../crypto/context.ts";
import { type PayloadMeta, sealPayload } from "../crypto/payload.ts";
import { sealPayloadStream } from "../crypto/payload-stream.ts";
import type { CategoryKey } from "../crypto/wraps.ts";
import { leafHash, merkleRoot } from "../chain/merkle.ts";
import { toChainError } from "../chain/reverts.ts";
import { recordRegistryAbi } from "../generated/abi/RecordRegistry.ts";
import { type ContentReference, referenceOf } from "../storage/cid.ts";
import { type FileScope, categoryFile, chartFile } from "../storage/scope.ts";
import { toScope } from "./consent.ts";
import { send } from "./deliver.ts";
import type { Parcel, ParcelFile } from "./parcel.ts";
import { type OnPhase, type Session, payloadContext, signerOf } from "./session.ts";
import { withSpooled } from "./spool.ts";

/** One record to publish. */
export interface Draft {
  /** 1 to 9. */
  category: number;
  meta: PayloadMeta;
  data: Uint8Array;
}

/** One of a batch, whose data may go on with what is read while it is sealed, and stored before its batch. */
export interface BatchDraft extends Draft {
  /** What follows `data`: so many bytes, from their beginning each time. */
  rest?: { size: number; open: () => AsyncIterable<Uint8Array> };
  /** Names `meta` and `data`, for readers who do not read the rest. */
  head?: Hex;
}

/** Most records in one batch: its manifest must fit into one block of 1 MiB. */
export const MAX_BATCH = 1000;
/** Payloads sealed at the same time. */
const PARALLEL = 8;
/** Payloads that are sealed into a spool and stored from there at the same time. */
const STREAMED = 4;

/**
 * Seals one record for its readers, stores it, and anchors it in the patient's ledger: one signature.
 * Throws `REVERT_RecordRegistry_NoAccess` and what `deliver` throws; the draft stays the caller's, and the outbox's if there is one.
 */
export async function publishRecord(
  session: Session,
  patient: Address,
  draft: Draft,
  onPhase?: OnPhase,
  more: Pick<Parcel, "patientOnly" | "alone" | "brings" | "erases"> = {},
): Promise<Hex> {
  const author = signerOf(session);
  const { category, meta, data } = draft;
  onPhase?.("encrypting");
  const key = randomBytes(32);
  const bytes = await sealPayload(key, payloadContext(session, patient, author, category), meta, data);
  const scope = categoryFile(patient, category);
  const parcel: Parcel = {
    ...{ patient, author, scope, payload: await referenceOf(bytes), files: [{ bytes, scope }] },
    keys: [{ category, key }],
    anchoring: { kind: "record", category },
    ...more,
  };
  return send(session, parcel, { onPhase });
}

interface SealedItem {
  index: number;
  category: number;
  codec: 0 | 1;
  payload: Hex;
  key: Bytes;
  head?: Hex;
  /** Absent of one that is stored already. */
  file?: ParcelFile;
}

/** Seals a record in constant memory, and stores it. Throws what `sealPayloadStream` and the store throw. */
async function storeStreamed(
  session: Session,
  context: PayloadContext,
  key: Bytes,
  { meta, data, rest }: BatchDraft,
  scope: FileScope,
): Promise<ContentReference> {
  const whole = async function* () {
    yield data;
    if (rest !== undefined) yield* rest.open();
  };
  const size = data.length + (rest?.size ?? 0);
  return withSpooled(session, sealPayloadStream(key, context, meta, size, whole()), (sealed) =>
    session.store.put(sealed, scope),
  );
}

async function sealItems(
  session: Session,
  patient: Address,
  drafts: BatchDraft[],
  onPhase: OnPhase | undefined,
  onItem: (done: number) => void,
): Promise<SealedItem[]> {
  const author = signerOf(session);
  const items: SealedItem[] = [];
  const held = [...drafts.entries()].filter(([, { rest }]) => rest === undefined);
  const queue = held.values();
  const work = async () => {
    for (const [index, { category, meta, data }] of queue) {
      const key = randomBytes(32);
      const bytes = await sealPayload(key, payloadContext(session, patient, author, category), meta, data);
      const { codec, digest: payload } = await referenceOf(bytes);
      items.push({ index, category, codec, payload, key, file: { bytes, scope: categoryFile(patient, category) } });
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  const streamed = [...drafts.entries()].filter(([, { rest }]) => rest !== undefined).values();
  const stream = async () => {
    for (const [index, draft] of streamed) {
      onPhase?.("uploading");
      const { category, head } = draft;
      const key = randomBytes(32);
      const context = payloadContext(session, patient, author, category);
      const stored = await storeStreamed(session, context, key, draft, categoryFile(patient, category));
      items.push({ index, category, codec: stored.codec, payload: stored.digest, key, ...(head && { head }) });
      onItem(items.length - held.length);
    }
  };
  await Promise.all(Array.from({ length: STREAMED }, stream));
  return items.sort((left, right) => left.index - right.index);
}

async function sealManifest(
  session: Session,
  patient: Address,
  items: SealedItem[],
  leaves: Hex[],
  categoryKeys: CategoryKey[],
): Promise<Bytes> {
  const author = signerOf(session);
  const section = async ({ category, key }: CategoryKey) => {
    const own = items
      .filter((item) => item.category === category)
      .map(({ file: _, ...item }) => ({ ...item, key: toBase64Url(item.key) }));
    const context = payloadContext(session, patient, author, category);
    const payload = await sealPayload(
      key,
      context,
      { contentType: "application/json" },
      canonicalBytes({ items: own }),
    );
    return { category, payload: toBase64Url(payload) };
  };
  return canonicalBytes({ v: 1, leaves, sections: await Promise.all(categoryKeys.map(section)) });
}

/**
 * Publishes up to `MAX_BATCH` records of one patient as one ledger entry: one signature, whatever their number.
 * @param onItem is told how many payloads are stored.
 */
export async function publishBatch(
  session: Session,
  patient: Address,
  drafts: BatchDraft[],
  onPhase?: OnPhase,
  onItem: (done: number) => void = () => {},
  more: Pick<Parcel, "brings" | "origin"> = {},
): Promise<Hex> {
  if (drafts.length === 0 || drafts.length > MAX_BATCH)
    throw new ChartkeyError("BATCH_SIZE", `A batch has 1 to ${MAX_BATCH} records, not ${drafts.length}. Split it.`);
  onPhase?.("checking");
  const author = signerOf(session);
  const categories = [...new Set(drafts.map(({ category }) => category))];
  const mask = toScope(categories);
  await requireWriteAccess(session, patient, mask);
  onPhase?.("encrypting");
  const items = await sealItems(session, patient, drafts, onPhase, onItem);
  const context = { chainId: session.chain.id, registry: session.chain.deployment.records };
  const leaves = items.map((item) => leafHash(context, { patient, author, ...item }));
  const keys = categories.map((category) => ({ category, key: randomBytes(32) }));
  const manifest = await sealManifest(session, patient, items, leaves, keys);
  const scope = chartFile(patient, mask);
  const stored = items.filter(({ file }) => file === undefined);
  const parcel: Parcel = {
    ...{ patient, author, scope, keys, payload: await referenceOf(manifest) },
    files: [...items.flatMap(({ file }) => file ?? []), { bytes: manifest, scope }],
    stored: stored.map(({ category, codec, payload: digest }) => ({
      ...{ reference: { codec, digest }, scope: categoryFile(patient, category) },
    })),
    anchoring: { kind: "batch", categories: mask, count: items.length, root: merkleRoot(leaves) },
    ...more,
  };
  return send(session, parcel, { onPhase, onItem: (done) => onItem(Math.min(stored.length + done, items.length)) });
}

/** Refuses before anything is uploaded, instead of after. Throws `REVERT_RecordRegistry_NoAccess`, and what the chain does. */
export async function requireWriteAccess(session: Session, patient: Address, mask: number): Promise<void> {
  const zero = `0x${"00".repeat(31)}01` as const;
  await session.chain.client
    .simulateContract({
      account: session.wallet.account,
      address: session.chain.deployment.records,
      abi: recordRegistryAbi,
      functionName: "anchorBatch",
      args: [patient, mask, 1, zero, zero, zero],
    })
    .catch((cause: unknown) => {
      throw toChainError(cause);
    });
}
