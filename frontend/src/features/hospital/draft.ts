import type { HospitalProfile } from "@chartkey/sdk";

/** What a hospital is to say of itself; an empty text is left out. */
export type ProfileDraft = Required<Omit<HospitalProfile, "staff" | "emergency">>;

const keyOf = (account: string) => `chartkey.newHospital.${account.toLowerCase()}`;

function attempt<Result>(access: (storage: Storage) => Result): Result | undefined {
  try {
    return access(sessionStorage);
  } catch {
    return undefined; // Storage may be forbidden, or hold something else; the form then lasts until the next reload.
  }
}

const textOf = (value: unknown) => (typeof value === "string" ? value : "");

/** The public profile that the account began to type before a reload; empty when there is none. */
export function readDraft(account: string): ProfileDraft {
  const kept = attempt((storage): unknown => JSON.parse(storage.getItem(keyOf(account)) ?? "null"));
  const { name, address, contact } = (typeof kept === "object" && kept !== null ? kept : {}) as Record<string, unknown>;
  return { name: textOf(name), address: textOf(address), contact: textOf(contact) };
}

/** Keeps the public profile for this tab; nothing of a draft is secret. */
export function keepDraft(account: string, draft: ProfileDraft): void {
  attempt((storage) => storage.setItem(keyOf(account), JSON.stringify(draft)));
}

/** Forgets the draft once the hospital exists. */
export function dropDraft(account: string): void {
  attempt((storage) => storage.removeItem(keyOf(account)));
}
