const keyOf = (account: string) => `chartkey.newHospital.${account.toLowerCase()}`;

function attempt<Result>(access: (storage: Storage) => Result): Result | undefined {
  try {
    return access(sessionStorage);
  } catch {
    return undefined; // Storage may be forbidden; the form then lasts until the next reload.
  }
}

/** The public name that the account began to type before a reload; empty when there is none. */
export function readDraft(account: string): string {
  return attempt((storage) => storage.getItem(keyOf(account))) ?? "";
}

/** Keeps the public name for this tab; nothing of a draft is secret. */
export function keepDraft(account: string, name: string): void {
  attempt((storage) => storage.setItem(keyOf(account), name));
}

/** Forgets the draft once the hospital exists. */
export function dropDraft(account: string): void {
  attempt((storage) => storage.removeItem(keyOf(account)));
}
