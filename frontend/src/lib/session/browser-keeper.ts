import { ChartkeyError, type DraftKeeper } from "@chartkey/sdk";
import { database } from "./database.ts";

/** Of the database, and of the lock for whoever sends from it. */
const NAME = "chartkey.outbox";
/** Milliseconds for which another page's sending is waited for. */
const PATIENCE = 120_000;

function unavailable(cause: unknown): ChartkeyError {
  const message =
    "This browser does not keep what you write: it is not allowed to, or has no room. Nothing was sent, and the form is as it was. Allow this site to keep data, or make room, and sign again.";
  return new ChartkeyError("OUTBOX_UNAVAILABLE", message, { cause });
}

const drafts = database(NAME, "drafts");

/** Throws `OUTBOX_UNAVAILABLE`. */
async function ask<Answer>(
  ...question: [mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<Answer>]
): Promise<Answer> {
  try {
    return await drafts.ask(...question);
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
  keep: async (name, sealed) => void (await ask("readwrite", (store) => store.put(sealed, name))),
  names: async () => (await ask("readonly", (store) => store.getAllKeys())).map(String),
  read: (name) =>
    ask<Uint8Array<ArrayBuffer> | undefined>(
      "readonly",
      (store) => store.get(name) as IDBRequest<Uint8Array<ArrayBuffer> | undefined>,
    ),
  drop: (name) => ask("readwrite", (store) => store.delete(name)),
  lock,
};
