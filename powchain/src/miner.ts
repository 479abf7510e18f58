import { Worker } from "node:worker_threads";
import { bigIntToBytes, setLengthLeft } from "@ethereumjs/util";
import { PowchainError } from "./errors.ts";
import { sealHash, target, type SealedHeader } from "./seal.ts";

/** Message to the worker: what to seal (32 bytes) and the largest allowed digest (32 bytes, big endian). */
export interface SealRequest {
  readonly id: number;
  readonly sealHash: Uint8Array;
  readonly target: Uint8Array;
}

/** Answer of the worker: nonce (8 bytes), its digest (32 bytes) and the number of attempts. */
export interface SealResult {
  readonly id: number;
  readonly nonce: Uint8Array;
  readonly mixHash: Uint8Array;
  readonly hashes: number;
}

interface Waiting {
  readonly resolve: (result: SealResult) => void;
  readonly reject: (error: Error) => void;
}

/** Finds seals in a worker thread, so that the node answers requests while it mines. */
export class Miner {
  readonly #worker = new Worker(new URL("./miner-worker.ts", import.meta.url));
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #failure: Error | undefined;

  constructor() {
    this.#worker.on("message", (result: SealResult) => {
      this.#waiting.get(result.id)?.resolve(result);
      this.#waiting.delete(result.id);
    });
    this.#worker.on("error", (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on("exit", () => this.#fail(new PowchainError("POWCHAIN_CLOSED", "the miner has stopped")));
  }

  /**
   * Searches a nonce for the header; its own mixHash and nonce are ignored.
   *
   * @throws PowchainError POWCHAIN_CLOSED when the miner is closed meanwhile
   */
  seal(header: SealedHeader): Promise<SealResult> {
    if (this.#failure) return Promise.reject(this.#failure);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      const request: SealRequest = {
        id,
        sealHash: sealHash(header),
        target: setLengthLeft(bigIntToBytes(target(header.difficulty)), 32),
      };
      this.#worker.postMessage(request);
    });
  }

  /** Stops the worker; searches under way are rejected. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#failure);
    this.#waiting.clear();
  }
}
