import type { CID } from "multiformats/cid";

/** What one admitted request may do. A store without a gate gives everybody the same. */
export interface Passage {
  /** Largest file that it may upload, in bytes; undefined for what the store accepts anyway. */
  readonly maxFileBytes?: number;
  /** Cache-Control of what it reads. */
  readonly cacheControl: string;
  /** Is told of a file whose blocks are written, before it is pinned and acknowledged. */
  stored(root: CID, bytes: number): Promise<void>;
  /** Gives a file up: `remove` takes its bytes away, unless something else keeps it. Whether they were. */
  release(root: CID, remove: () => Promise<void>): Promise<boolean>;
  /** Whether what is unpinned leaves the disk at once, and not with the next collection. */
  readonly purges: boolean;
  /** Passes a body on for as long as the right to it lasts. */
  guard(source: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

/** A CID's bytes never change. */
export const CACHE_FOREVER = "public, max-age=29030400, immutable";

/** Through a store without a gate, for its operator, and for what is public. */
export const OPEN_PASSAGE: Passage = {
  cacheControl: CACHE_FOREVER,
  stored: async () => undefined,
  release: async (_root, remove) => {
    await remove();
    return true;
  },
  purges: false,
  guard: (source) => source,
};
