import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark";

const KEY = "chartkey.theme";
const listeners = new Set<() => void>();
const system = window.matchMedia("(prefers-color-scheme: dark)");

function stored(): Theme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : null;
  } catch {
    return null; // Storage may be forbidden; the system's choice holds then.
  }
}

let chosen = stored();

function current(): Theme {
  return chosen ?? (system.matches ? "dark" : "light");
}

function apply(): void {
  document.documentElement.dataset["bsTheme"] = current();
  for (const listener of listeners) listener();
}

/** Shows the stored theme, or the system's and its later changes. Called once, before the first render. */
export function startTheme(): void {
  system.addEventListener("change", apply);
  apply();
}

/** Shows `theme` and keeps it for later visits. */
export function setTheme(theme: Theme): void {
  chosen = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Kept for this page only.
  }
  apply();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The theme that is shown now. */
export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, current);
}
