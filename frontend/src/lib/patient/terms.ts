/** How long access is given for: a preset, or a date of one's own. */
export const terms = ["day", "week", "month", "quarter", "own"] as const;
export type Term = (typeof terms)[number];

const DAY = 86_400;
const days: Readonly<Record<Exclude<Term, "own">, number>> = { day: 1, week: 7, month: 30, quarter: 90 };

/** Most that the contract takes: five years. */
const LONGEST = 5 * 365 * DAY;

/** End of the access in Unix seconds, on the full minute that is shown; null while the own date is not usable. */
export function expiryOf(term: Term, own: string, now: number): number | null {
  if (term !== "own") return Math.ceil(now / 60) * 60 + days[term] * DAY;
  const end = Math.floor(new Date(own).getTime() / 1000);
  return Number.isNaN(end) || end <= now || end > now + LONGEST ? null : end;
}

/**
 * What a doctor needs for a visit: reads who it is and everything about health, and adds to everything about health: an allergy that is
 * told, or a vaccine that is given, is a part of a visit like a diagnosis. Adds letters as well, such as why a visit was cancelled, or a
 * referral, and reads none: they are all that the patient and other doctors write to each other.
 */
export const visitScope = {
  read: (1 << 1) | (1 << 2) | (1 << 3) | (1 << 4) | (1 << 5) | (1 << 6) | (1 << 7),
  write: (1 << 2) | (1 << 3) | (1 << 4) | (1 << 5) | (1 << 6) | (1 << 7) | (1 << 9),
};

export const noScope = { read: 0, write: 0 };
