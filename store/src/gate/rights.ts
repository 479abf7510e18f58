import { StoreError } from "../errors.ts";

/**
 * What the gate asks the chain. Addresses are lower-case hex; a category mask is that of docs/protocol.md. Every answer is that of the
 * newest block; a promise rejects when the chain does not answer, and then nothing is given away.
 */
export interface Rights {
  readonly chainId: number;
  /** Whether `account` signed the text (ERC-191): a key's signature, or a contract's by ERC-1271. */
  isSignedBy(account: string, text: string, signature: string): Promise<boolean>;
  /** Whether `reader` may read at least one category of the mask in the chart of `patient`. */
  mayRead(patient: string, reader: string, categories: number): Promise<boolean>;
  /** Whether `author` may write in every category of the mask in the chart of `patient`. */
  mayWrite(patient: string, author: string, categories: number): Promise<boolean>;
  /** Whether what is addressed to `owner`, an account or a hospital, is for `reader`. */
  mayReceive(owner: string, reader: string): Promise<boolean>;
  isAuditor(account: string): Promise<boolean>;
  /** Whether `uploader` may leave files for whoever claims the invitation with this claim key and voucher. */
  mayStage(claimKey: string, voucher: string, uploader: string): Promise<boolean>;
  /** Whether what was left for an invitation may still be fetched by whom it is for. */
  isAwaited(claimKey: string, voucher: string): Promise<boolean>;
  /**
   * Which of these files of a patient's chart the chain names, by itself or through a document that it names. Rejects when that cannot be
   * known, as when such a document is not to be read.
   * @param read the whole bytes of a document that is one block; undefined when this store does not have it
   */
  named(patient: string, files: readonly PendingFile[], read: ReadDocument): Promise<boolean[]>;
}

/** A file that was stored for a chart and is not known to be on the chain. */
export interface PendingFile {
  /** The codec of its root block: 0 raw, 1 dag-pb. */
  readonly codec: 0 | 1;
  /** SHA-256 of its root block, 0x-prefixed. */
  readonly digest: string;
  /** Mask of the categories it was stored for, and by whom (lower-case address). */
  readonly categories: number;
  readonly uploader: string;
  /** When it was stored last, in Unix seconds. */
  readonly since: number;
}

export type ReadDocument = (digest: string) => Promise<Uint8Array | undefined>;

/** Longest time the chain may take for an answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 5_000;
const MAX_REMEMBERED = 10_000;

/**
 * Asks the chain and remembers each yes for a moment. A no is asked again: whoever was just granted access should not wait, and the rate
 * of asking is limited anyway.
 */
export class FreshRights {
  readonly #freshForMs: number;
  /** Until when each yes counts, by question. */
  readonly #granted = new Map<string, number>();
  /** Questions under way: who asks the same meanwhile waits for that answer. */
  readonly #asked = new Map<string, Promise<boolean>>();

  constructor(freshForMs: number) {
    this.#freshForMs = freshForMs;
  }

  /** @throws StoreError STORE_CHAIN_UNREACHABLE */
  async holds(question: string, ask: () => Promise<boolean>): Promise<boolean> {
    const now = Date.now();
    if ((this.#granted.get(question) ?? 0) > now) return true;
    this.#granted.delete(question);
    if (this.#freshForMs === 0) return answerOf(ask);
    const answer = this.#asked.get(question) ?? this.#ask(question, ask, now);
    this.#asked.set(question, answer);
    return answer;
  }

  async #ask(question: string, ask: () => Promise<boolean>, now: number): Promise<boolean> {
    try {
      const yes = await answerOf(ask);
      if (yes) this.#remember(question, now + this.#freshForMs);
      return yes;
    } finally {
      this.#asked.delete(question);
    }
  }

  #remember(question: string, until: number): void {
    if (this.#granted.size >= MAX_REMEMBERED) this.#granted.clear();
    this.#granted.set(question, until);
  }
}

/** @throws StoreError STORE_CHAIN_UNREACHABLE when the question fails or takes too long */
export async function answerOf(ask: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), ANSWER_TIMEOUT_MS);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch (cause) {
    throw new StoreError(
      "STORE_CHAIN_UNREACHABLE",
      "the store cannot ask the chain who may do this, so it does nothing; try again later",
      { cause, retryAfter: 5 },
    );
  } finally {
    clearTimeout(timer);
  }
}
