import { useSyncExternalStore } from "react";
import { roles, type Role } from "./roles.ts";

const KEY = "chartkey.role";
const listeners = new Set<() => void>();

function stored(): Role | null {
  try {
    const value = localStorage.getItem(KEY);
    return roles.find((role) => role === value) ?? null;
  } catch {
    return null; // Storage may be forbidden; the first role is taken then.
  }
}

let chosen = stored();

/** Keeps which of several roles the person acts in. It changes what is offered, not what is allowed. */
export function chooseRole(role: Role): void {
  chosen = role;
  try {
    localStorage.setItem(KEY, role);
  } catch {
    // Kept for this page only.
  }
  for (const listener of listeners) listener();
}

/** The role that the person acts in: the chosen one while the account has it, else its first. */
export function useCurrentRole(held: readonly Role[]): Role | null {
  const wanted = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => chosen,
  );
  return held.find((role) => role === wanted) ?? held[0] ?? null;
}
