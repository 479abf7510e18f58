import { COUNTED, type Counted, type Tally } from "@chartkey/sdk";

/** Counts under one heading. */
export type Totals<Key> = Readonly<Record<Counted, number>> & { readonly key: Key };

/** Adds tallies up by what `keyOf` says, in the order in which keys first occur. */
export function totalsBy<Key>(tallies: readonly Tally[], keyOf: (tally: Tally) => Key): Totals<Key>[] {
  const sums = new Map<Key, Record<Counted, number>>();
  for (const tally of tallies) {
    const sum = sums.get(keyOf(tally)) ?? { records: 0, grants: 0, emergencies: 0 };
    for (const what of COUNTED) sum[what] += tally[what];
    sums.set(keyOf(tally), sum);
  }
  return [...sums].map(([key, sum]) => ({ key, ...sum }));
}
