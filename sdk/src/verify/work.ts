/** SHA-256 computations a second of one processor in a laptop, in the program that mines the local chain. */
const LAPTOP = 1_000_000n;

/** Units of time in seconds, each used from two of it on. */
const UNITS = [
  ["day", 86_400n],
  ["hour", 3_600n],
  ["minute", 60n],
] as const;

/** Work, and how long it takes one processor that does a million a second. */
export interface Work {
  /** SHA-256 computations, in decimal. */
  computations: string;
  takes: { count: number; unit: "day" | "hour" | "minute" | "second" };
}

/** Undefined on a chain without work. */
export function toWork(work: bigint): Work | undefined {
  if (work === 0n) return undefined;
  const seconds = work / LAPTOP;
  const [unit, size] = UNITS.find(([, each]) => seconds >= 2n * each) ?? (["second", 1n] as const);
  return { computations: String(work), takes: { count: Number(seconds / size), unit } };
}

/** What it takes to make other blocks, as a report says it; nothing on a chain without work. */
export function workShown(work: bigint): string[] {
  const done = toWork(work);
  return done ? [`To make other blocks, about ${done.computations} SHA-256 computations are needed.`] : [];
}

/** Who can have done that work. */
export function workNotShown(work: bigint): string[] {
  const { count, unit } = toWork(work)?.takes ?? {};
  return unit
    ? [`That nobody made others: this work takes a processor that does a million a second ${count} ${unit}s.`]
    : [];
}
