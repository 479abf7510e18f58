import { type Bytes, fromUtf8, utf8 } from "../bytes.ts";
import { OwnBox } from "../crypto/vault/own-box.ts";
import { type UnlockedSession, vaultContext } from "./session.ts";

/** Where sealed notes outlive the program, on one device: ciphertext under names that say nothing. */
export interface NoteKeeper {
  /** Keeps a note, in the place of an older one of that name. */
  keep(name: string, sealed: Bytes): Promise<unknown>;
  /** Undefined when there is none of that name. */
  read(name: string): Promise<Bytes | undefined>;
  drop(name: string): Promise<unknown>;
}

/** What an account notes for itself on one device, such as what it has read: sealed under its vault (docs/protocol.md, Notes of a device). */
export class DeviceNotes {
  readonly #box: OwnBox;
  readonly #keeper: NoteKeeper;

  constructor(keeper: NoteKeeper, session: UnlockedSession) {
    this.#keeper = keeper;
    this.#box = new OwnBox(session.vault, vaultContext(session), "device");
  }

  /** @param about what the note is about, such as `read|0x...` */
  async keep(about: string, note: unknown): Promise<void> {
    const name = await this.#box.nameOf(about);
    await this.#keeper.keep(name, await this.#box.seal(name, utf8(JSON.stringify(note))));
  }

  /** Undefined when there is none, or one that this vault did not write: it is replaced by the next one that is kept. */
  async read(about: string): Promise<unknown> {
    const name = await this.#box.nameOf(about);
    const sealed = await this.#keeper.read(name);
    if (sealed === undefined) return undefined;
    const opened = await this.#box.open(name, sealed).catch(() => undefined);
    return opened && JSON.parse(fromUtf8(opened));
  }

  async drop(about: string): Promise<void> {
    await this.#keeper.drop(await this.#box.nameOf(about));
  }
}
