import { type Address, type Hex, parseEventLogs } from "viem";
import { type Bytes, randomBytes, toBase64Url } from "../bytes.ts";
import { canonicalBytes } from "../json.ts";
import { ChartkeyError } from "../errors.ts";
import { type PayloadMeta, sealPayload } from "../crypto/payload.ts";
import { encodeWraps, wrapKey } from "../crypto/wraps.ts";
import { leafHash, merkleRoot } from "../chain/merkle.ts";
import { toChainError } from "../chain/reverts.ts";
import { transact } from "../chain/transact.ts";
import { recordRegistryAbi } from "../generated/abi/RecordRegistry.ts";
import { categoryFile, chartFile } from "../storage/scope.ts";
import { toScope } from "./consent.ts";
import { readersFor } from "./readers.ts";
import { sealAndStore, wrapTarget } from "./seal.ts";
import { type OnPhase, type Session, accountOf, payloadContext, signerOf, watch } from "./session.ts";

/** One record to publish. */
export interface Draft {
  /** 1 to 9. */
  category: number;
  meta: PayloadMeta;
  data: Uint8Array;
}

/** Most records in one batch: its manifest must fit into one block of 1 MiB. */
export const MAX_BATCH = 1000;
/** Payloads sealed and uploaded at the same time. */
const PARALLEL = 8;

/**
 * Seals one record for its readers, stores it, and anchors it in the patient's ledger: one signature.
 * Throws `KEY_MISSING`, `REVERT_RecordRegistry_NoAccess`, what the store and `transact` throw; the draft stays the caller's.
 */
export async function publishRecord(session: Session, patient: Address, draft: Draft, onPhase?: OnPhase): Promise<Hex> {
  onPhase?.("checking");
  const { chain, wallet } = session;
  const author = signerOf(session);
  const { category } = draft;
  const readers = async () => (await readersFor(chain, patient, accountOf(session), [category])).get(category)!;
  onPhase?.("encrypting");
  const stored = await sealAndStore(session, { patient, author, ...draft, readers });
  onPhase?.("uploading");
  const call = {
    address: chain.deployment.records,
    abi: recordRegistryAbi,
    functionName: "anchor",
    args: [patient, category, stored.codec, stored.digest, stored.wraps],
  } as const;
  const receipt = await transact(chain, wallet, call, watch(onPhase));
  const [anchored] = parseEventLogs({ abi: recordRegistryAbi, eventName: "EntryAnchored", logs: receipt.logs });
  if (anchored === undefined)
    throw new ChartkeyError("CHAIN_FAILED", "The node mined the transaction but shows no entry. Ask another node.");
  onPhase?.("done");
  return anchored.args.recordId;
}

interface StoredItem {
  index: number;
  category: number;
  codec: 0 | 1;
  payload: Hex;
  key: Bytes;
}

async function storeItems(
  session: Session,
  patient: Address,
  drafts: Draft[],
  onItem: (done: number) => void,
): Promise<StoredItem[]> {
  const author = signerOf(session);
  const items: StoredItem[] = [];
  const queue = drafts.entries();
  const work = async () => {
    for (const [index, { category, meta, data }] of queue) {
      const key = randomBytes(32);
      const payload = await sealPayload(key, payloadContext(session, patient, author, category), meta, data);
      const { codec, digest } = await session.store.put(payload, categoryFile(patient, category));
      items.push({ index, category, codec, payload: digest, key });
      onItem(items.length);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return items.sort((left, right) => left.index - right.index);
}

async function storeManifest(
  session: Session,
  patient: Address,
  items: StoredItem[],
  leaves: Hex[],
  categoryKeys: Map<number, Bytes>,
) {
  const author = signerOf(session);
  const section = async ([category, key]: [number, Bytes]) => {
    const own = items
      .filter((item) => item.category === category)
      .map((item) => ({ ...item, key: toBase64Url(item.key) }));
    const context = payloadContext(session, patient, author, category);
    const payload = await sealPayload(
      key,
      context,
      { contentType: "application/json" },
      canonicalBytes({ items: own }),
    );
    return { category, payload: toBase64Url(payload) };
  };
  const sections = await Promise.all([...categoryKeys].map(section));
  return (
    await session.store.put(
      canonicalBytes({ v: 1, leaves, sections }),
      chartFile(patient, toScope([...categoryKeys.keys()])),
    )
  ).digest;
}

/**
 * Publishes up to `MAX_BATCH` records of one patient as one ledger entry: one signature, whatever their number.
 * @param onItem is told how many payloads are stored.
 */
export async function publishBatch(
  session: Session,
  patient: Address,
  drafts: Draft[],
  onPhase?: OnPhase,
  onItem: (done: number) => void = () => {},
): Promise<Hex> {
  if (drafts.length === 0 || drafts.length > MAX_BATCH)
    throw new ChartkeyError("BATCH_SIZE", `A batch has 1 to ${MAX_BATCH} records, not ${drafts.length}. Split it.`);
  onPhase?.("checking");
  const { chain, wallet, store } = session;
  const author = signerOf(session);
  const categories = [...new Set(drafts.map(({ category }) => category))];
  const mask = toScope(categories);
  await requireWriteAccess(session, patient, mask);
  onPhase?.("uploading");
  const items = await storeItems(session, patient, drafts, onItem);
  const context = { chainId: chain.id, registry: chain.deployment.records };
  const leaves = items.map((item) => leafHash(context, { patient, author, ...item }));
  const categoryKeys = new Map(categories.map((category) => [category, randomBytes(32)]));
  const manifest = await storeManifest(session, patient, items, leaves, categoryKeys);
  // Asked as late as possible: what is uploaded before takes time, in which a grant may end.
  const readers = await readersFor(chain, patient, accountOf(session), categories);
  const target = wrapTarget(session, patient, author, manifest);
  const wraps = await Promise.all(
    [...categoryKeys].flatMap(([category, key]) =>
      readers.get(category)!.map((reader) => wrapKey(target, { category, key }, reader)),
    ),
  );
  const { digest } = await store.put(encodeWraps({ wraps }), chartFile(patient, mask));
  const call = {
    address: chain.deployment.records,
    abi: recordRegistryAbi,
    functionName: "anchorBatch",
    args: [patient, mask, items.length, merkleRoot(leaves), manifest, digest],
  } as const;
  const receipt = await transact(chain, wallet, call, watch(onPhase));
  const [anchored] = parseEventLogs({ abi: recordRegistryAbi, eventName: "BatchAnchored", logs: receipt.logs });
  if (anchored === undefined)
    throw new ChartkeyError("CHAIN_FAILED", "The node mined the transaction but shows no entry. Ask another node.");
  onPhase?.("done");
  return anchored.args.recordId;
}

/** Refuses before anything is uploaded, instead of after. */
async function requireWriteAccess(session: Session, patient: Address, mask: number): Promise<void> {
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
