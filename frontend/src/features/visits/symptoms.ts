/** What is asked at booking, in this order; the first is needed. */
export const questions = [
  { name: "trouble", rows: 4 },
  { name: "since", rows: 2 },
  { name: "tried", rows: 2 },
] as const;

/** The patient's own words. */
export type Answers = Readonly<Record<(typeof questions)[number]["name"], string>>;
