import { type Hash, type Hex, type TransactionReceipt, TransactionNotFoundError, parseEventLogs } from "viem";
import { ChartkeyError } from "../errors.ts";
import { MAX_SEALED } from "../crypto/payload-stream.ts";
import { encodeWraps, sealToPatient, wrapKey } from "../crypto/wraps.ts";
import { requireKey } from "../chain/directory.ts";
import type { Chain } from "../chain/connection.ts";
import { type AnchoredEntry, readLedger } from "../chain/ledger.ts";
import { takenPlaceOf } from "../chain/reverts.ts";
import { type TransactionWatcher, transact } from "../chain/transact.ts";
import { prescriptionsAbi } from "../generated/abi/Prescriptions.ts";
import { recordRegistryAbi } from "../generated/abi/RecordRegistry.ts";
import { MAX_DOCUMENT } from "../storage/content-store.ts";
import type { Parcel, ParcelFile } from "./parcel.ts";
import { readersFor } from "./readers.ts";
import { wrapTarget } from "./seal.ts";
import { type Progress, type Session, accountOf, sameAddress, watch } from "./session.ts";

/** Files uploaded at the same time: large ones each in a request of its own, small ones as many together as a store takes. */
const PARALLEL = { large: 4, small: 192 };
/** Bytes from which a file is large. */
const LARGE = 1 << 16;

async function storeFiles(
  { store }: Session,
  { files, stored = [], payload, scope }: Parcel,
  onItem: Progress["onItem"],
): Promise<void> {
  // Large files were stored before they were kept. They may have been swept since.
  const before = (files.length === 0 ? [{ reference: payload, scope }] : stored).values();
  const look = async () => {
    for (const file of before) {
      const parts = store.read(file.reference, file.scope, MAX_SEALED);
      await parts.next();
      await parts.return(undefined);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL.large }, look));
  let done = 0;
  const storeAll = (some: readonly ParcelFile[], parallel: number) => {
    const queue = some.values();
    const work = async () => {
      for (const { bytes, scope } of queue) {
        await store.put(bytes, scope);
        onItem?.((done += 1));
      }
    };
    return Array.from({ length: parallel }, work);
  };
  const [large, small] = [true, false].map((wanted) => files.filter(({ bytes }) => bytes.length > LARGE === wanted));
  await Promise.all([...storeAll(large!, PARALLEL.large), ...storeAll(small!, PARALLEL.small)]);
}

/** Seals the keys to whoever may read now, and stores the document. Asked as late as possible: uploading takes time, in which a grant may end. */
async function storeWraps(session: Session, parcel: Parcel): Promise<Hex> {
  const { patient, author, payload, keys, scope, patientOnly, alone, brings: files = [], erases: erased = [] } = parcel;
  const categories = keys.map(({ category }) => category);
  const readers =
    alone === true
      ? new Map([[categories[0]!, [await requireKey(session.chain, patient)]]])
      : await readersFor(session.chain, patient, accountOf(session), categories);
  const target = wrapTarget(session, patient, author, payload.digest);
  const wraps = await Promise.all(
    keys.flatMap((key) => readers.get(key.category)!.map((reader) => wrapKey(target, key, reader))),
  );
  const [category] = categories;
  const own = readers.get(category!)!.find(({ account }) => sameAddress(account, patient));
  const secret =
    patientOnly === undefined || own === undefined
      ? {}
      : { patientOnly: await sealToPatient(target, category!, own, patientOnly) };
  const lists = { ...(files.length === 0 ? {} : { files }), ...(erased.length === 0 ? {} : { erased }) };
  const document = encodeWraps({ wraps, ...secret, ...lists });
  // It is anchored as one block, and nobody could read a larger one.
  if (document.length > MAX_DOCUMENT)
    throw new ChartkeyError("WRAPS_TOO_LARGE", "This is too much for one entry. Nothing was written; do it in parts.", {
      details: { bytes: document.length, limit: MAX_DOCUMENT },
    });
  return (await session.store.put(document, scope)).digest;
}

function anchor({ chain, wallet }: Session, parcel: Parcel, wraps: Hex, watcher: TransactionWatcher) {
  const { patient, payload, anchoring } = parcel;
  const records = { address: chain.deployment.records, abi: recordRegistryAbi } as const;
  switch (anchoring.kind) {
    case "record": {
      const args = [patient, anchoring.category, payload.codec, payload.digest, wraps] as const;
      return transact(chain, wallet, { ...records, functionName: "anchor", args }, watcher);
    }
    case "batch": {
      const { categories, count, root } = anchoring;
      const args = [patient, categories, count, root, payload.digest, wraps] as const;
      return transact(chain, wallet, { ...records, functionName: "anchorBatch", args }, watcher);
    }
    case "order": {
      const { counts, expiry, dispenseKey } = anchoring;
      const args = [patient, payload.codec, payload.digest, wraps, BigInt(counts), expiry, dispenseKey] as const;
      const prescriptions = { address: chain.deployment.prescriptions, abi: prescriptionsAbi } as const;
      return transact(chain, wallet, { ...prescriptions, functionName: "issue", args }, watcher);
    }
  }
}

function entryIn({ logs }: TransactionReceipt, { payload, anchoring }: Parcel): Hex | undefined {
  if (anchoring.kind === "batch")
    return parseEventLogs({ abi: recordRegistryAbi, eventName: "BatchAnchored", logs }).find(
      ({ args }) => args.manifest === payload.digest,
    )?.args.recordId;
  return parseEventLogs({ abi: recordRegistryAbi, eventName: "EntryAnchored", logs }).find(
    ({ args }) => args.payload === payload.digest,
  )?.args.recordId;
}

/** The ledger's entry of a parcel, if there is one: by its payload's digest and its author. Throws what `readLedger` throws. */
export async function findEntry(chain: Chain, parcel: Parcel, atBlock?: bigint): Promise<AnchoredEntry | undefined> {
  const { entries } = await readLedger(chain, parcel.patient, atBlock);
  const { payload, author } = parcel;
  return entries.find((entry) => entry.payload === payload.digest && sameAddress(entry.author, author));
}

/** What is known of a transaction on its way. */
interface Sent {
  hash?: Hash;
  nonce?: number;
}

/** Whether a transaction cannot be mined any more: its entry is in the ledger, or its nonce was used and no node's pool has it. */
async function isDecided({ chain }: Session, parcel: Parcel, { hash, nonce }: Sent): Promise<boolean> {
  const { client } = chain;
  const blockNumber = await client.getBlockNumber({ cacheTime: 0 });
  if ((await findEntry(chain, parcel, blockNumber)) !== undefined) return true;
  if (hash === undefined || nonce === undefined) return false;
  const used = await client.getTransactionCount({ address: parcel.author, blockNumber });
  const isKnown = await client.getTransaction({ hash }).then(
    () => true,
    (error: unknown) => !(error instanceof TransactionNotFoundError),
  );
  return used > nonce && !isKnown;
}

/**
 * Stores a parcel's files, seals its keys to whoever may read now, and anchors it: one signature. Says what the ledger says, also when the
 * wallet replaced the transaction meanwhile. Returns the record id.
 * Throws `KEY_MISSING`, `WRAPS_TOO_LARGE`, `CHAIN_TX_REPLACED`, and what the store and `transact` throw.
 */
export async function deliver(
  session: Session,
  parcel: Parcel,
  { onPhase, onItem }: Progress,
  watcher: TransactionWatcher = {},
): Promise<Hex> {
  onPhase?.("uploading");
  await storeFiles(session, parcel, onItem);
  const wraps = await storeWraps(session, parcel);
  const { onConfirm, onSent } = watch(onPhase);
  const sent: Sent = {};
  const told = (hash: Hex) => {
    sent.hash = hash;
    onSent();
    watcher.onSent?.(hash);
  };
  const numbered = watcher.reserveNonce && {
    reserveNonce: async () => (sent.nonce = await watcher.reserveNonce!()),
  };
  const receipt = await anchor(session, parcel, wraps, { ...watcher, ...numbered, onConfirm, onSent: told }).catch(
    async (error: unknown) => {
      // Nobody can follow a transaction that was replaced before its node showed it: the ledger and the nonce tell what became of it.
      const code = error instanceof ChartkeyError ? error.code : undefined;
      if (code === "CHAIN_TX_REPLACED") return undefined;
      if (code === "CHAIN_TX_PENDING" && (await isDecided(session, parcel, sent).catch(() => false))) return undefined;
      throw error;
    },
  );
  const recordId = (receipt && entryIn(receipt, parcel)) ?? (await findEntry(session.chain, parcel))?.recordId;
  if (recordId === undefined) throw takenPlaceOf(receipt?.transactionHash);
  onPhase?.("done");
  return recordId;
}

/** Delivers a parcel by the session's outbox, if it has one. Throws what `deliver` throws. */
export function send(session: Session, parcel: Parcel, progress: Progress): Promise<Hex> {
  return session.outbox === undefined
    ? deliver(session, parcel, progress)
    : session.outbox.carry(session, parcel, progress);
}
