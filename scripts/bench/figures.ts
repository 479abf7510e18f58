/** One figure of a benchmark. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** What it should reach: at least or at most; docs say why. */
  goal?: { atLeast: number } | { atMost: number };
}

export function isMet({ value, goal }: Figure): boolean {
  if (goal === undefined) return true;
  return "atLeast" in goal ? value >= goal.atLeast : value <= goal.atMost;
}

export function median(values: number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? NaN;
}
