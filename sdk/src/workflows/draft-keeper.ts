import type { Address, Hex } from "viem";
import type { Bytes } from "../bytes.ts";
import type { Anchoring } from "./parcel.ts";

/** Where drafts outlive the program: they are ciphertext, and their names say nothing. */
export interface DraftKeeper {
  /** Keeps a draft, in the place of an older one of that name; it is durable when this resolves. */
  keep(name: string, sealed: Bytes): Promise<void>;
  names(): Promise<string[]>;
  /** Undefined when there is none of that name. */
  read(name: string): Promise<Bytes | undefined>;
  drop(name: string): Promise<void>;
  /** Waits until no other program with these drafts is sending one, and keeps others waiting until the result is called. */
  lock(): Promise<() => Promise<void>>;
}

/** `unsent`: no transaction of it can be mined any more. `sent`: one may still be. `anchored`: the ledger has it. */
export type DraftState = "unsent" | "sent" | "anchored";

/** A write that was begun, and what the chain says of it. */
export interface KeptDraft {
  /** Digest of the payload. */
  id: Hex;
  patient: Address;
  kind: Anchoring["kind"];
  /** As a mask. */
  categories: number;
  /** Unix seconds at which it was begun. */
  begun: number;
  state: DraftState;
  /** Of an anchored one. */
  recordId?: Hex;
}

/** What a keeper has, as one account sees it. */
export interface OutboxContent {
  drafts: KeptDraft[];
  /** Names of what does not open: of another account or chain, or damaged, or written by somebody else. It is left alone. */
  closed: string[];
}
