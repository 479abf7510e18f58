import type { Address } from "viem";
import type { Bytes } from "../bytes.ts";
import { collect } from "../chunks.ts";
import { ChartkeyError, isConnectionError } from "../errors.ts";
import { type ContentReference, rawReference, referenceOf } from "./cid.ts";
import { type ContentStore, type Removal, contentStore } from "./content-store.ts";
import { type StoredLetter, mergeLetters } from "./letter-list.ts";
import type { LinkStore } from "./link-store.ts";
import type { ReceiptList } from "./receipt-list.ts";
import type { FileScope } from "./scope.ts";
import type { StoreSession } from "./store-session.ts";
import type { Upload } from "./uploads.ts";

/** That one store of several did not do its part, though another one did. */
export interface StoreFault {
  step: "put" | "get";
  /** Origin of the store. */
  store: string;
  /** Which file it lacks now, or did not deliver. */
  reference: ContentReference;
  cause: ChartkeyError;
}

/** How long a store that did not answer is asked after the others, in milliseconds. */
const REST = 30_000;

interface Replica {
  readonly store: ContentStore;
  /** The last time that it did not answer, and how. */
  silent?: { at: number; cause: ChartkeyError };
}

interface Failure {
  replica: Replica;
  cause: ChartkeyError;
}

export const originOf = ({ url }: ContentStore): string => new URL(url).origin;

/** A declined sign-in is everybody's answer: the same certificate is for every store. Anything that is no error of ours is a mistake here. */
function toFailure(replica: Replica, error: unknown): Failure {
  if (!(error instanceof ChartkeyError) || error.code === "WALLET_REJECTED") throw error;
  if (error.code === "STORE_UNREACHABLE") replica.silent = { at: Date.now(), cause: error };
  return { replica, cause: error };
}

const isResting = ({ silent }: Replica): boolean => silent !== undefined && Date.now() - silent.at < REST;

/** The lower, the more it says of the file: nobody may take one for lost while a store that could have it was not heard. */
function rank({ cause }: Failure): number {
  if (isConnectionError(cause)) return 0;
  return cause.code === "STORE_FORBIDDEN" ? 2 : 1;
}

const mostTelling = (failures: Failure[]): Failure => failures.sort((left, right) => rank(left) - rank(right))[0]!;

function allFailed(step: StoreFault["step"], chosen: Failure, failures: readonly Failure[]): ChartkeyError {
  const others = failures.filter((failure) => failure !== chosen);
  const list = others.map(({ replica, cause }) => `${originOf(replica.store)} (${cause.code})`).join(", ");
  const store = originOf(chosen.replica.store);
  const stores = Object.fromEntries(failures.map(({ replica, cause }) => [originOf(replica.store), cause.code]));
  const did = step === "put" ? "Storing" : "Reading";
  return new ChartkeyError(chosen.cause.code, `${did} at ${store}: ${chosen.cause.message} Others: ${list}.`, {
    cause: chosen.cause,
    details: { ...chosen.cause.details, step, store, stores },
  });
}

/** Several stores as one: written to all of them, read from the first that has the right bytes. */
class ReplicatedStore implements ContentStore {
  readonly url: string;
  readonly links: LinkStore;
  readonly #replicas: readonly Replica[];
  readonly #onFault: (fault: StoreFault) => void;

  constructor(stores: readonly [ContentStore, ...ContentStore[]], onFault: (fault: StoreFault) => void) {
    this.url = stores[0].url;
    this.links = stores[0].links;
    this.#replicas = stores.map((store) => ({ store }));
    this.#onFault = onFault;
  }

  get stores(): readonly ContentStore[] {
    return this.#replicas.map(({ store }) => store);
  }

  async put(file: Bytes | Blob, scope: FileScope, upload: Upload = {}): Promise<ContentReference> {
    const resting = this.#replicas.filter(isResting);
    const awake = this.#replicas.filter((replica) => !resting.includes(replica));
    const failures = await this.#putInto(awake, file, scope, upload);
    // Who rests is waited for only when nobody else has it.
    const skipped = failures.length < awake.length;
    if (skipped) failures.push(...resting.map((replica) => ({ replica, cause: replica.silent!.cause })));
    else failures.push(...(await this.#putInto(resting, file, scope, upload)));
    const [first] = failures;
    if (first !== undefined && failures.length === this.#replicas.length) throw allFailed("put", first, failures);
    if (first !== undefined) this.#tell("put", await referenceOf(file), failures);
    return referenceOf(file);
  }

  get(reference: ContentReference, scope: FileScope): Promise<Bytes> {
    return reference.codec === 0 ? this.getDocument(reference.digest, scope) : collect(this.read(reference, scope));
  }

  /** What one store delivered was checked, so that the next one goes on behind it. */
  async *read(reference: ContentReference, scope: FileScope, maxSize?: number): AsyncGenerator<Uint8Array> {
    const failures: Failure[] = [];
    let delivered = 0;
    for (const replica of this.#inOrder()) {
      let position = 0;
      try {
        for await (const part of replica.store.read(reference, scope, maxSize)) {
          const fresh = part.subarray(Math.max(0, delivered - position));
          position += part.length;
          delivered += fresh.length;
          if (fresh.length > 0) yield fresh;
        }
        return this.#heard(replica, reference, failures);
      } catch (error) {
        failures.push(toFailure(replica, error));
      }
    }
    throw allFailed("get", mostTelling(failures), failures);
  }

  async getDocument(digest: `0x${string}`, scope: FileScope): Promise<Bytes> {
    const failures: Failure[] = [];
    for (const replica of this.#inOrder()) {
      try {
        const bytes = await replica.store.getDocument(digest, scope);
        this.#heard(replica, rawReference(digest), failures);
        return bytes;
      } catch (error) {
        failures.push(toFailure(replica, error));
      }
    }
    throw allFailed("get", mostTelling(failures), failures);
  }

  /** What any of them lists, each letter once. A store that was not heard may have newer ones: only when none answers is that an error. */
  async lettersTo(owner: Address, from?: Address): Promise<StoredLetter[]> {
    const asked = await Promise.allSettled(this.#replicas.map(({ store }) => store.lettersTo(owner, from)));
    const lists = asked.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
    const [first] = asked;
    if (lists.length === 0 && first?.status === "rejected") throw first.reason;
    return mergeLetters(lists);
  }

  /** What all of them say, each for itself. Throws what the first that does not answer throws: one that was not heard may say more. */
  async receiptsOf(...asked: Parameters<ContentStore["receiptsOf"]>): Promise<ReceiptList> {
    const lists = await Promise.all(this.#replicas.map(({ store }) => store.receiptsOf(...asked)));
    return { receipts: lists.flatMap(({ receipts }) => receipts), more: lists.some(({ more }) => more) };
  }

  /** Every store is asked before one that failed is told of: what is given up should be gone wherever it can be. */
  async remove(reference: ContentReference, scope: FileScope): Promise<Removal> {
    const asked = await Promise.allSettled(this.#replicas.map(({ store }) => store.remove(reference, scope)));
    const answers = asked.map((answer) => {
      if (answer.status === "rejected") throw answer.reason;
      return answer.value;
    });
    return answers.find((answer) => answer === "kept") ?? answers.find((answer) => answer === "removed") ?? "absent";
  }

  async #putInto(
    replicas: readonly Replica[],
    file: Bytes | Blob,
    scope: FileScope,
    { onSent, signal }: Upload,
  ): Promise<Failure[]> {
    // A store that failed is not waited for.
    const sent = new Map(replicas.map((replica) => [replica, 0]));
    const into = async (replica: Replica) => {
      const told = (bytes: number) => {
        sent.set(replica, bytes);
        onSent?.(Math.min(...sent.values()));
      };
      try {
        await replica.store.put(file, scope, { signal, ...(onSent && { onSent: told }) });
        delete replica.silent;
        return [];
      } catch (error) {
        signal?.throwIfAborted();
        sent.delete(replica);
        return [toFailure(replica, error)];
      }
    };
    return (await Promise.all(replicas.map(into))).flat();
  }

  #inOrder(): Replica[] {
    return [...this.#replicas].sort((left, right) => Number(isResting(left)) - Number(isResting(right)));
  }

  #heard(replica: Replica, reference: ContentReference, failures: readonly Failure[]): void {
    delete replica.silent;
    this.#tell("get", reference, failures);
  }

  #tell(step: StoreFault["step"], reference: ContentReference, failures: readonly Failure[]): void {
    for (const { replica, cause } of failures)
      this.#onFault({ step, store: originOf(replica.store), reference, cause });
  }
}

/**
 * The stores at these URLs as one; the first is the primary one. `put` succeeds when at least one of them has the bytes, checked and read
 * back, and `get` falls over to the next on loss, damage and silence; `onFault` is told what the others lack. When all fail, the error
 * names the step and each store by its origin. Throws what a single store throws.
 */
export function contentStores(
  urls: readonly [string, ...string[]],
  session?: StoreSession,
  onFault: (fault: StoreFault) => void = () => {},
): ContentStore {
  const [primary, ...others] = urls;
  const first = contentStore(primary, session);
  if (others.length === 0) return first;
  return new ReplicatedStore([first, ...others.map((url) => contentStore(url, session))], onFault);
}

/** The single stores behind one. */
export function storesOf(store: ContentStore): readonly ContentStore[] {
  return store instanceof ReplicatedStore ? store.stores : [store];
}
