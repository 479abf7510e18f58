/** What a task may take: presses of the pointer, a choice in a list counting as one, and signatures of the wallet. */
export interface Budget {
  readonly clicks: number;
  readonly signatures: number;
}

/** At most so many clicks, and exactly so many signatures; measured by browser tests, each after one unlock. */
export const BUDGETS = {
  "give access": { clicks: 4, signatures: 1 },
  "end an access": { clicks: 2, signatures: 1 },
  "book a visit": { clicks: 4, signatures: 1 },
  "read a record": { clicks: 2, signatures: 0 },
  "prescribe two medicines": { clicks: 6 + 2, signatures: 1 },
  "print a prescription": { clicks: 1, signatures: 0 },
  "share by a code": { clicks: 3, signatures: 0 },
  "create a hospital": { clicks: 3, signatures: 1 },
  "add an account": { clicks: 2, signatures: 1 },
  "verify a record as auditor": { clicks: 2, signatures: 0 },
} as const satisfies Record<string, Budget>;

export type BudgetName = keyof typeof BUDGETS;
