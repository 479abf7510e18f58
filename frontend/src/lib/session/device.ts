import { DeviceNotes, type NoteKeeper, type UnlockedSession } from "@chartkey/sdk";
import { database } from "./database.ts";

const notes = database("chartkey.device", "notes");

type Sealed = Uint8Array<ArrayBuffer>;

/** Keeps notes in the browser's own database, for every account of it: ciphertext under names that say nothing. */
export const deviceKeeper: NoteKeeper = {
  keep: (name, sealed) => notes.ask("readwrite", (store) => store.put(sealed, name)),
  read: (name) =>
    notes.ask<Sealed | undefined>("readonly", (store) => store.get(name) as IDBRequest<Sealed | undefined>),
  drop: (name) => notes.ask("readwrite", (store) => store.delete(name)),
};

/** What the account of a session notes for itself in this browser. Rejects with what the browser says when it keeps nothing. */
export function deviceNotes(session: UnlockedSession): DeviceNotes {
  return new DeviceNotes(deviceKeeper, session);
}
