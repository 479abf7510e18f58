import type { Role } from "../../lib/roles/roles.ts";

export interface ExamplePerson {
  readonly name: string;
  readonly role: Role;
}

/** Invented persons of `npm start -- --demo`, by the index of their account. Any likeness to real persons is chance. */
export const examplePeople = {
  2: { name: "Dr Amara Okafor", role: "doctor" },
  3: { name: "Ananya Sharma", role: "patient" },
  4: { name: "Lakshmi Narayanan", role: "pharmacist" },
  5: { name: "Dr Tomasz Wiśniewski", role: "doctor" },
  6: { name: "فاطمة الزهراء", role: "patient" },
} as const satisfies Record<number, ExamplePerson>;

/** Whom an account plays in the examples; undefined for nobody. */
export function exampleOf(index: number): ExamplePerson | undefined {
  return (examplePeople as Readonly<Record<number, ExamplePerson>>)[index];
}
