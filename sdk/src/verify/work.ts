/** SHA-256 computations a second of one processor in a laptop, in the program that mines the local chain. */
const LAPTOP = 1_000_000n;

/** Units of time in seconds, each used from two of it on. */
const UNITS: readonly [name: string, seconds: bigint][] = [
  ["days", 86_400n],
  ["hours", 3_600n],
  ["minutes", 60n],
];

function duration(seconds: bigint): string {
  const [name, size] = UNITS.find(([, each]) => seconds >= 2n * each) ?? ["seconds", 1n];
  return `${seconds / size} ${name}`;
}

/** What it takes to make other blocks, as a report says it; nothing on a chain without work. */
export function workShown(work: bigint): string[] {
  return work > 0n ? [`To make other blocks, about ${work} SHA-256 computations are needed.`] : [];
}

/** Who can have done that work. */
export function workNotShown(work: bigint): string[] {
  return work > 0n
    ? [`That nobody made others: this work takes a processor that does a million a second ${duration(work / LAPTOP)}.`]
    : [];
}
