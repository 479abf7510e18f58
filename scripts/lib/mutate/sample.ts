/** A generator of numbers from 0 to 1 that repeats itself from a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Choice {
  /** How many, drawn at random. */
  readonly sample?: string | undefined;
  readonly seed: string;
  /** `i/n`, from 0: every nth from the ith. */
  readonly shard?: string | undefined;
}

/** Chooses among the items, and keeps their order. */
export function pick<T>(items: readonly T[], { sample, seed, shard }: Choice): T[] {
  const [part = 0, parts = 1] = shard?.split("/").map(Number) ?? [];
  if (!(part >= 0 && part < parts)) throw new Error(`--shard ${shard} is not i/n with i from 0 to n - 1.`);
  const random = generator(Number(seed));
  const drawn = items.map((item, index) => ({ item, index, at: random() })).sort((a, b) => a.at - b.at);
  return drawn
    .slice(0, sample === undefined ? items.length : Number(sample))
    .sort((a, b) => a.index - b.index)
    .filter((_, index) => index % parts === part)
    .map(({ item }) => item);
}
