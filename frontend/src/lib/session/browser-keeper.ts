import { ChartkeyError, type DraftKeeper } from "@chartkey/sdk";

/** Of the database, and of the lock for whoever sends from it. */
const NAME = "chartkey.outbox";
const DRAFTS = "drafts";
/** Milliseconds for which another page's sending is waited for. */
const PATIENCE = 120_000;

function unavailable(cause: unknown): ChartkeyError {
  const message =
    "This browser does not keep what you write: it is not allowed to, or has no room. Nothing was sent, and the form is as it was. Allow this site to keep data, or make room, and sign again.";
  return new ChartkeyError("OUTBOX_UNAVAILABLE", message, { cause });
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(DRAFTS);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("not opened"));
  });
}

/** Asks the drafts one thing; what was changed is on the disk when this resolves. Throws `OUTBOX_UNAVAILABLE`. */
async function ask<Answer>(
  mode: IDBTransactionMode,
  question: (drafts: IDBObjectStore) => IDBRequest<Answer>,
): Promise<Answer> {
  try {
    const database = await open();
    try {
      const transaction = database.transaction(DRAFTS, mode, { durability: "strict" });
      const request = question(transaction.objectStore(DRAFTS));
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
      });
      return request.result;
    } finally {
      database.close();
    }
  } catch (cause) {
    throw unavailable(cause);
  }
}

/** One page at a time; the browser takes the lock from one that is closed. Throws `OUTBOX_BUSY`. */
function lock(): Promise<() => Promise<void>> {
  return new Promise((resolve, reject) => {
    const hold = () => new Promise<void>((release) => resolve(async () => release()));
    navigator.locks.request(NAME, { signal: AbortSignal.timeout(PATIENCE) }, hold).catch((cause: unknown) => {
      const message =
        "Another page of this browser is sending. Nothing was sent by this one, and its entry is kept. Finish there, then send it again.";
      reject(new ChartkeyError("OUTBOX_BUSY", message, { cause }));
    });
  });
}

/** Keeps drafts in the browser's own database, for every account of it: ciphertext under names that say nothing. */
export const browserKeeper: DraftKeeper = {
  keep: async (name, sealed) => void (await ask("readwrite", (drafts) => drafts.put(sealed, name))),
  names: async () => (await ask("readonly", (drafts) => drafts.getAllKeys())).map(String),
  read: (name) =>
    ask<Uint8Array<ArrayBuffer> | undefined>(
      "readonly",
      (drafts) => drafts.get(name) as IDBRequest<Uint8Array<ArrayBuffer> | undefined>,
    ),
  drop: (name) => ask("readwrite", (drafts) => drafts.delete(name)),
  lock,
};
