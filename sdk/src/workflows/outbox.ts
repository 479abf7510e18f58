import type { Address, Hex } from "viem";
import { ChartkeyError } from "../errors.ts";
import type { Vault } from "../crypto/vault/secrets.ts";
import { stillPending } from "../chain/reverts.ts";
import { deliver, findEntry } from "./deliver.ts";
import { type SealedDraft, openDraft, sealDraft } from "./draft.ts";
import { type Anchoring, type Parcel, type ParcelDocument, decodeParcel, encodeParcel } from "./parcel.ts";
import { type Carrier, type Progress, type Session, sameAddress, signerOf } from "./session.ts";

/** Where drafts outlive the program: they are ciphertext, and their names say nothing. */
export interface DraftKeeper {
  /** Keeps a draft, in the place of an older one of that name; it is durable when this resolves. */
  keep(id: string, sealed: SealedDraft): Promise<void>;
  list(): Promise<{ id: string; sealed: SealedDraft }[]>;
  drop(id: string): Promise<void>;
}

/** `unsent`: no transaction of it can be mined any more. `sent`: one may still be. `anchored`: the ledger has it. */
export type DraftState = "unsent" | "sent" | "anchored";

/** A write that was begun, and what the chain says of it. */
export interface KeptDraft {
  /** Digest of the payload. */
  id: Hex;
  patient: Address;
  kind: Anchoring["kind"];
  /** Unix seconds at which it was begun. */
  begun: number;
  state: DraftState;
  /** Of an anchored one. */
  recordId?: Hex;
}

/** The one transaction that may carry a draft: another under the same nonce cannot be mined beside it. */
interface Attempt {
  nonce: number;
  hash?: Hex;
}

interface Kept {
  v: 1;
  chainId: number;
  begun: number;
  parcel: ParcelDocument;
  attempt?: Attempt;
}

interface Standing {
  state: DraftState;
  recordId?: Hex;
  /** Blocks on top of its entry. */
  depth: number;
  /** Under which an earlier transaction may still be mined. */
  nonce?: number;
}

export interface OutboxOptions {
  /** Blocks on top of an entry before its draft is dropped; default 12. */
  depth?: number;
  /** How long a transaction is waited for, in milliseconds; default 3 minutes. */
  patience?: number;
}

/**
 * Keeps each write, sealed to its author's own key, from before its first byte is uploaded until its entry is so deep in the chain that no
 * reorganisation takes it back. Whether it was anchored is asked of the ledger and never of a receipt. A draft is sent again only when the
 * ledger does not have it, and then under the nonce of its earlier transaction unless the account has used that for something else: of two
 * transactions with one nonce the chain takes one.
 */
export class Outbox implements Carrier {
  readonly #keeper: DraftKeeper;
  readonly #vault: Pick<Vault, "identity">;
  readonly #depth: number;
  readonly #patience: number | undefined;
  /** One transaction at a time is given its nonce and sent. */
  #sending: Promise<unknown> = Promise.resolve();

  constructor(keeper: DraftKeeper, vault: Pick<Vault, "identity">, { depth = 12, patience }: OutboxOptions = {}) {
    this.#keeper = keeper;
    this.#vault = vault;
    this.#depth = depth;
    this.#patience = patience;
  }

  /** Keeps a parcel and delivers it. Throws what `deliver` throws, and `CHAIN_TX_PENDING`; the draft is kept then. */
  async carry(session: Session, parcel: Parcel, progress: Progress): Promise<Hex> {
    const begun = Math.floor(Date.now() / 1000);
    const kept: Kept = { v: 1, chainId: session.chain.id, begun, parcel: encodeParcel(parcel) };
    await this.#keep(kept);
    return this.#deliver(session, kept, parcel, progress);
  }

  /** The drafts of this account on this chain. Those whose entries are deep enough are dropped. Throws what `readLedger` throws. */
  async list(session: Session): Promise<KeptDraft[]> {
    const drafts: KeptDraft[] = [];
    for (const kept of await this.#open(session)) {
      const parcel = decodeParcel(kept.parcel);
      const { state, recordId, depth } = await this.#standing(session, kept, parcel);
      const id = parcel.payload.digest;
      if (state === "anchored" && depth >= this.#depth) await this.#keeper.drop(id);
      else
        drafts.push({
          ...{ id, patient: parcel.patient, kind: parcel.anchoring.kind, begun: kept.begun, state },
          ...(recordId === undefined ? {} : { recordId }),
        });
    }
    return drafts;
  }

  /**
   * Brings a draft into the ledger unless it is there. Returns the record id.
   * Throws `DRAFT_UNKNOWN`, `CHAIN_TX_PENDING` while an earlier transaction of the draft, or of the account, waits for its block, and what
   * `deliver` throws.
   */
  async retry(session: Session, id: Hex, progress: Progress = {}): Promise<Hex> {
    const kept = await this.#find(session, id);
    const parcel = decodeParcel(kept.parcel);
    progress.onPhase?.("checking");
    const { recordId, nonce } = await this.#standing(session, kept, parcel);
    if (recordId !== undefined) {
      progress.onPhase?.("done");
      return recordId;
    }
    if (nonce !== undefined) await this.#requireFree(session, nonce, kept.attempt?.hash);
    return this.#deliver(session, kept, parcel, progress, nonce);
  }

  /** Gives a draft up. Throws `DRAFT_UNKNOWN`, and `CHAIN_TX_PENDING` when its transaction may still be mined. */
  async discard(session: Session, id: Hex): Promise<void> {
    const kept = await this.#find(session, id);
    const { state } = await this.#standing(session, kept, decodeParcel(kept.parcel));
    if (state === "sent") throw stillPending();
    await this.#keeper.drop(id);
  }

  async #deliver(session: Session, kept: Kept, parcel: Parcel, progress: Progress, nonce?: number): Promise<Hex> {
    const { client } = session.chain;
    const sent = Promise.withResolvers<void>();
    let current = kept;
    const note = (attempt: Attempt) => this.#keep((current = { ...kept, attempt }));
    let noted: Promise<void> | undefined;
    const reserveNonce = async () => {
      const before = this.#sending;
      this.#sending = sent.promise;
      await before;
      const reserved = nonce ?? (await client.getTransactionCount({ address: signerOf(session), blockTag: "pending" }));
      await note({ nonce: reserved });
      return reserved;
    };
    const onSent = (hash: Hex) => {
      sent.resolve();
      // Wallets may choose another nonce than they were given.
      noted = client.getTransaction({ hash }).then(
        (transaction) => note({ nonce: transaction.nonce, hash }),
        () => undefined,
      );
    };
    const patience = this.#patience === undefined ? {} : { patience: this.#patience };
    try {
      const recordId = await deliver(session, parcel, progress, { reserveNonce, onSent, ...patience });
      await noted;
      if (this.#depth === 0) await this.#keeper.drop(parcel.payload.digest);
      return recordId;
    } catch (error) {
      await noted;
      // What was declined was not sent: what counts is what did before.
      const declined = error instanceof ChartkeyError && error.code === "WALLET_REJECTED";
      if (declined && current !== kept) await this.#keep(kept);
      throw error;
    } finally {
      sent.resolve();
    }
  }

  /** Everything at one block, so that no transaction is mined between two answers. */
  async #standing({ chain }: Session, { attempt }: Kept, parcel: Parcel): Promise<Standing> {
    const { client } = chain;
    const blockNumber = await client.getBlockNumber({ cacheTime: 0 });
    const [entry, used] = await Promise.all([
      findEntry(chain, parcel, blockNumber),
      client.getTransactionCount({ address: parcel.author, blockNumber }),
    ]);
    if (entry !== undefined)
      return { state: "anchored", recordId: entry.recordId, depth: Number(blockNumber - entry.blockNumber) };
    if (attempt === undefined || used > attempt.nonce) return { state: "unsent", depth: 0 };
    return { state: "sent", depth: 0, nonce: attempt.nonce };
  }

  /** A nonce that something waits under, or that the account has not come to, is left alone. */
  async #requireFree(session: Session, nonce: number, hash: Hex | undefined): Promise<void> {
    const { client } = session.chain;
    const known = hash === undefined ? undefined : await client.getTransaction({ hash }).catch(() => undefined);
    const next = await client.getTransactionCount({ address: signerOf(session), blockTag: "pending" });
    if (known !== undefined || next !== nonce) throw stillPending();
  }

  async #find(session: Session, id: Hex): Promise<Kept> {
    const found = (await this.#open(session)).find(({ parcel }) => parcel.payload.digest === id);
    if (found !== undefined) return found;
    throw new ChartkeyError("DRAFT_UNKNOWN", "There is no such draft of this account on this chain. List them first.");
  }

  /** Drafts of other accounts and chains stay closed. */
  async #open(session: Session): Promise<Kept[]> {
    const opened: Kept[] = [];
    for (const { sealed } of await this.#keeper.list()) {
      const kept = (await openDraft(this.#vault, sealed).catch(() => undefined)) as Kept | undefined;
      const own = kept?.v === 1 && kept.chainId === session.chain.id;
      if (own && sameAddress(kept.parcel.author, signerOf(session))) opened.push(kept);
    }
    return opened.sort((left, right) => left.begun - right.begun);
  }

  async #keep(kept: Kept): Promise<void> {
    const sealed = await sealDraft(this.#vault.identity.publicBytes, kept);
    await this.#keeper.keep(kept.parcel.payload.digest, sealed);
  }
}
