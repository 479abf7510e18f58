import { DeviceNotes, type NoteKeeper, type UnlockedSession } from "@chartkey/sdk";
import { deviceKeeper } from "./device.ts";
import { warnBeforeUnload } from "./unload.ts";

type Sealed = Uint8Array<ArrayBuffer>;

/** Drafts that the browser's database does not take: as sealed, for as long as the page is there, which asks before it is left. */
const held = new Map<string, Sealed>();
let stopWarning: (() => void) | null = null;

function hold(name: string, sealed: Sealed | null): void {
  if (sealed) held.set(name, sealed);
  else held.delete(name);
  if (held.size > 0) stopWarning ??= warnBeforeUnload();
  else {
    stopWarning?.();
    stopWarning = null;
  }
}

const keeper: NoteKeeper = {
  keep: async (name, sealed) => {
    hold(name, sealed);
    await deviceKeeper.keep(name, sealed);
    hold(name, null);
  },
  read: async (name) => held.get(name) ?? deviceKeeper.read(name),
  drop: async (name) => {
    hold(name, null);
    await deviceKeeper.drop(name);
  },
};

/** Where the forms of a session keep what was typed. Rejects as `deviceNotes` does; what it was given is there all the same, until a reload. */
export function draftNotes(session: UnlockedSession): DeviceNotes {
  return new DeviceNotes(keeper, session);
}
