import type { Hex } from "viem";
import { type Bytes, fromUtf8, utf8 } from "../bytes.ts";
import { ChartkeyError } from "../errors.ts";
import { type OpenedPayload, openPayload } from "../crypto/payload.ts";
import { OwnBox } from "../crypto/vault/own-box.ts";
import type { Vault } from "../crypto/vault/secrets.ts";
import { stillPending } from "../chain/reverts.ts";
import { referenceOf } from "../storage/cid.ts";
import { deliver, findEntry } from "./deliver.ts";
import type { DraftKeeper, DraftState, KeptDraft, OutboxContent } from "./draft-keeper.ts";
import { type Parcel, type ParcelDocument, categoriesIn, decodeParcel, encodeParcel } from "./parcel.ts";
import {
  type Carrier,
  type Progress,
  type Session,
  payloadContext,
  sameAddress,
  signerOf,
  vaultContext,
} from "./session.ts";

/** The one transaction that may carry a draft: another under the same nonce cannot be mined beside it. */
interface Attempt {
  nonce: number;
  hash?: Hex;
}

interface Kept {
  v: 1;
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
 * Keeps each write, sealed under a secret of its author's vault, from before its first byte is uploaded until its entry is so deep in the chain that no
 * reorganisation takes it back. Whether it was anchored is asked of the ledger and never of a receipt. A draft is sent again only when the
 * ledger does not have it, and then under the nonce of its earlier transaction unless the account has used that for something else: of two
 * transactions with one nonce the chain takes one.
 */
export class Outbox implements Carrier {
  readonly #keeper: DraftKeeper;
  readonly #vault: Pick<Vault, "chartKey">;
  readonly #depth: number;
  readonly #patience: number | undefined;

  constructor(keeper: DraftKeeper, vault: Pick<Vault, "chartKey">, { depth = 12, patience }: OutboxOptions = {}) {
    this.#keeper = keeper;
    this.#vault = vault;
    this.#depth = depth;
    this.#patience = patience;
  }

  /** Keeps a parcel and delivers it. Throws what `deliver` throws, and `CHAIN_TX_PENDING`; the draft is kept then. */
  async carry(session: Session, parcel: Parcel, progress: Progress): Promise<Hex> {
    await this.#keep(session, { v: 1, begun: Math.floor(Date.now() / 1000), parcel: encodeParcel(parcel) });
    return this.#deliver(session, parcel, progress);
  }

  /** The drafts of this account on this chain. Those whose entries are deep enough are dropped. Throws what `readLedger` throws. */
  async list(session: Session): Promise<OutboxContent> {
    const drafts: KeptDraft[] = [];
    const { opened, closed } = await this.#open(session);
    for (const { name, kept } of opened) {
      const parcel = decodeParcel(kept.parcel);
      const { state, recordId, depth } = await this.#standing(session, kept, parcel);
      if (state === "anchored" && depth >= this.#depth) await this.#keeper.drop(name);
      else
        drafts.push({
          ...{ id: parcel.payload.digest, patient: parcel.patient, kind: parcel.anchoring.kind },
          ...{ categories: categoriesIn(parcel.anchoring), begun: kept.begun, state },
          ...(recordId === undefined ? {} : { recordId }),
        });
    }
    return { drafts, closed };
  }

  /** What a draft holds; undefined for a batch, and for a large file, which is not kept with it. Throws `DRAFT_UNKNOWN`. */
  async read(session: Session, id: Hex): Promise<OpenedPayload | undefined> {
    const { patient, author, payload, files, keys, anchoring } = decodeParcel((await this.#find(session, id)).parcel);
    const [key] = keys;
    if (anchoring.kind === "batch" || key === undefined) return undefined;
    for (const { bytes } of files) {
      if ((await referenceOf(bytes)).digest !== payload.digest) continue;
      return openPayload(key.key, payloadContext(session, patient, author, key.category), bytes);
    }
    return undefined;
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
    const { recordId } = await this.#requireFree(session, kept, parcel);
    if (recordId === undefined) return this.#deliver(session, parcel, progress);
    progress.onPhase?.("done");
    return recordId;
  }

  /** Brings the draft that was made of a staged list into the ledger; undefined when there is none. Throws what `retry` throws. */
  async resume(session: Session, origin: Hex, progress: Progress): Promise<Hex | undefined> {
    const { opened } = await this.#open(session);
    const found = opened.find(({ kept }) => kept.parcel.origin === origin);
    return found && this.retry(session, found.kept.parcel.payload.digest, progress);
  }

  /** Gives a draft up. Throws `DRAFT_UNKNOWN`, and `CHAIN_TX_PENDING` when its transaction may still be mined. */
  async discard(session: Session, id: Hex): Promise<void> {
    const unlock = await this.#keeper.lock();
    try {
      const kept = await this.#find(session, id);
      const { state } = await this.#standing(session, kept, decodeParcel(kept.parcel));
      if (state === "sent") throw stillPending();
      await this.#keeper.drop(await this.#nameOf(session, id));
    } finally {
      await unlock();
    }
  }

  async #deliver(session: Session, parcel: Parcel, progress: Progress): Promise<Hex> {
    const { client } = session.chain;
    const id = parcel.payload.digest;
    let unlock = async () => {};
    let before: Kept | undefined;
    let elsewhere: Hex | undefined;
    let noted: Promise<void> | undefined;
    const note = (attempt: Attempt) => this.#keep(session, { ...before!, attempt });
    // One transaction at a time is given its nonce and sent, by whatever program; what another one did meanwhile is kept and in the ledger.
    const reserveNonce = async () => {
      unlock = await this.#keeper.lock();
      const kept = await this.#find(session, id);
      const { recordId, nonce } = await this.#requireFree(session, kept, parcel);
      elsewhere = recordId;
      // Stops the delivery; what the caller gets is the entry.
      if (recordId !== undefined) throw stillPending();
      before = kept;
      const reserved = nonce ?? (await client.getTransactionCount({ address: signerOf(session), blockTag: "pending" }));
      await note({ nonce: reserved });
      return reserved;
    };
    const onSent = (hash: Hex) => {
      // Wallets may choose another nonce than they were given. Not being able to note it unsends nothing: the reserved one is noted.
      noted = client
        .getTransaction({ hash })
        .then((transaction) => note({ nonce: transaction.nonce, hash }))
        .catch(() => undefined)
        .finally(() => unlock());
    };
    const patience = this.#patience === undefined ? {} : { patience: this.#patience };
    try {
      const recordId = await deliver(session, parcel, progress, { reserveNonce, onSent, ...patience });
      await noted;
      if (this.#depth === 0) await this.#keeper.drop(await this.#nameOf(session, id));
      return recordId;
    } catch (error) {
      await noted;
      if (elsewhere !== undefined) {
        progress.onPhase?.("done");
        return elsewhere;
      }
      // What was declined was not sent: what counts is what did before.
      const declined = error instanceof ChartkeyError && error.code === "WALLET_REJECTED";
      if (declined && before !== undefined) await this.#keep(session, before);
      throw error;
    } finally {
      if (noted === undefined) await unlock();
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

  /**
   * The entry of a draft; or the nonce that it has to be sent under, if an earlier transaction of it may still be mined.
   * Throws `CHAIN_TX_PENDING` when something waits under that nonce, or the account has not come to it.
   */
  async #requireFree(session: Session, kept: Kept, parcel: Parcel): Promise<Pick<Standing, "recordId" | "nonce">> {
    const standing = await this.#standing(session, kept, parcel);
    if (standing.nonce === undefined) return standing;
    const { client } = session.chain;
    const hash = kept.attempt?.hash;
    const known = hash === undefined ? undefined : await client.getTransaction({ hash }).catch(() => undefined);
    const next = await client.getTransactionCount({ address: signerOf(session), blockTag: "pending" });
    if (known !== undefined || next !== standing.nonce) throw stillPending();
    return standing;
  }

  async #find(session: Session, id: Hex): Promise<Kept> {
    const name = await this.#nameOf(session, id);
    const sealed = await this.#keeper.read(name);
    const found = sealed && (await this.#unseal(session, name, sealed));
    if (found !== undefined) return found;
    throw new ChartkeyError("DRAFT_UNKNOWN", "There is no such draft of this account on this chain. List them first.");
  }

  async #open(session: Session) {
    const opened: { name: string; kept: Kept }[] = [];
    const closed: string[] = [];
    for (const name of await this.#keeper.names()) {
      const sealed = await this.#keeper.read(name);
      if (sealed === undefined) continue;
      const kept = await this.#unseal(session, name, sealed);
      if (kept === undefined) closed.push(name);
      else opened.push({ name, kept });
    }
    return { opened: opened.sort((left, right) => left.kept.begun - right.kept.begun), closed };
  }

  /** Undefined for what this account did not write, on this chain and under this name. */
  async #unseal(session: Session, name: string, sealed: Bytes): Promise<Kept | undefined> {
    const plaintext = await this.#box(session)
      .open(name, sealed)
      .catch(() => undefined);
    if (plaintext === undefined) return undefined;
    const kept = JSON.parse(fromUtf8(plaintext)) as Kept;
    return sameAddress(kept.parcel.author, signerOf(session)) ? kept : undefined;
  }

  async #keep(session: Session, kept: Kept): Promise<void> {
    const name = await this.#nameOf(session, kept.parcel.payload.digest);
    await this.#keeper.keep(name, await this.#box(session).seal(name, utf8(JSON.stringify(kept))));
  }

  #nameOf(session: Session, id: Hex): Promise<string> {
    return this.#box(session).nameOf(id);
  }

  #box(session: Session): OwnBox {
    return new OwnBox(this.#vault, vaultContext(session), "outbox");
  }
}
