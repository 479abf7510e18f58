import { SPECIALITIES, type Role } from "@chartkey/sdk";
import { parseCsv, toCsv } from "@chartkey/sdk/records";
import type { Address } from "viem";
import { typedAccount } from "../../../lib/format/typedAccount.ts";

/** Somebody of a list who is to be invited. */
export interface Person {
  /** For the list alone: an invitation names nobody. */
  readonly name: string;
  readonly role: Exclude<Role, "none">;
  /** Code of a doctor's speciality; 0 for others. */
  readonly speciality: number;
  /** Who may claim; whoever has the link when there is none. */
  readonly account?: Address;
}

/** A line that invites nobody, and why. */
export interface RefusedLine {
  readonly line: number;
  readonly reason: "role" | "name" | "speciality" | "account" | "twice" | "tooMany";
  /** What stands there. */
  readonly found: string;
}

export interface ReadList {
  readonly people: readonly Person[];
  readonly refused: readonly RefusedLine[];
  /** Columns that every list needs and this one has not: none of it was read. */
  readonly missing: readonly string[];
}

/** Words that a list may use, in the reader's language; those of the sample are always known. */
export interface ListWords {
  role(role: Person["role"]): string;
  speciality(code: number): string;
}

/** People of one list: each is a signature of the wallet. */
export const MOST_PEOPLE = 200;

export const COLUMNS = ["role", "name", "speciality", "account"] as const;
const NEEDED = ["role", "name"] as const;
const ROLES = ["patient", "doctor", "pharmacist"] as const;

/** What a list looks like. */
export const SAMPLE = toCsv(COLUMNS, [
  ["patient", "Ananya Sharma", "", ""],
  ["patient", "Ravi Menon", "", "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65"],
  ["doctor", "Dr Mei Lin", "Cardiology", ""],
  ["pharmacist", "Lakshmi Narayanan", "", ""],
]);

const normal = (text: string) => text.trim().toLowerCase();

/** What each word of a list means; asked for once, since a list may have many lines. */
interface Meanings {
  readonly roles: ReadonlyMap<string, Person["role"]>;
  /** Codes by number, English name and name in the reader's language. */
  readonly specialities: ReadonlyMap<string, number>;
}

function meaningsOf(words: ListWords): Meanings {
  const roles = ROLES.flatMap((role) => [role, words.role(role)].map((word) => [normal(word), role] as const));
  const specialities = Object.entries(SPECIALITIES).flatMap(([code, name]) =>
    [code, name, words.speciality(Number(code))].map((word) => [normal(word), Number(code)] as const),
  );
  return { roles: new Map(roles), specialities: new Map(specialities) };
}

type Refusal = Omit<RefusedLine, "line">;

function personOf(
  cell: (column: (typeof COLUMNS)[number]) => string,
  { roles, specialities }: Meanings,
): Person | Refusal {
  const [name, typed] = [cell("name"), cell("account")];
  const role = roles.get(normal(cell("role")));
  if (!role) return { reason: "role", found: cell("role") };
  if (name === "") return { reason: "name", found: "" };
  const speciality = role === "doctor" ? specialities.get(normal(cell("speciality"))) : 0;
  if (speciality === undefined) return { reason: "speciality", found: cell("speciality") };
  const account = typed === "" ? undefined : typedAccount(typed);
  if (account === null) return { reason: "account", found: typed };
  return { name, role, speciality, ...(account ? { account } : {}) };
}

/** Reads a list of people to invite. A line that is no person is left out and named; the rest goes on. */
export function readPeople(text: string, words: ListWords): ReadList {
  const [header, ...rows] = parseCsv(text);
  const columns = (header?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  const missing = NEEDED.filter((column) => !columns.includes(column));
  if (missing.length > 0) return { people: [], refused: [], missing };
  const meanings = meaningsOf(words);
  const people: Person[] = [];
  const refused: RefusedLine[] = [];
  for (const { line, cells } of rows) {
    const person = personOf((column) => (cells[columns.indexOf(column)] ?? "").trim(), meanings);
    if ("reason" in person) refused.push({ line, ...person });
    else if (people.some(({ account, role }) => account && account === person.account && role === person.role))
      refused.push({ line, reason: "twice", found: person.account ?? "" });
    else if (people.length >= MOST_PEOPLE) refused.push({ line, reason: "tooMany", found: person.name });
    else people.push(person);
  }
  return { people, refused, missing };
}
