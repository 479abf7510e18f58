/** How long a mandate lasts: a preset, or a date of one's own. */
export const terms = ["month", "half", "year", "own"] as const;
export type Term = (typeof terms)[number];

const DAY = 86_400;
const days: Readonly<Record<Exclude<Term, "own">, number>> = { month: 30, half: 182, year: 365 };

/** Most that the contract takes: two years of 365 days. */
const LONGEST = 730 * DAY;

/** End of the mandate in Unix seconds, on the full minute that is shown; null while the own date is not usable. */
export function expiryOf(term: Term, own: string, now: number): number | null {
  if (term !== "own") return Math.ceil(now / 60) * 60 + days[term] * DAY;
  const end = Math.floor(new Date(own).getTime() / 1000);
  return Number.isNaN(end) || end <= now || end > now + LONGEST ? null : end;
}
