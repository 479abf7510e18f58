import { useSyncExternalStore } from "react";

/** Which wallets the dialog offers first: every wallet, or the development wallet's accounts. */
export type ConnectView = "wallets" | "development";

let view: ConnectView | null = null;
const listeners = new Set<() => void>();

function show(next: ConnectView | null): void {
  view = next;
  for (const listener of listeners) listener();
}

/** Opens the dialog that connects a wallet; any screen may ask for it. */
export function openConnectDialog(first: ConnectView = "wallets"): void {
  show(first);
}

/** Closes the dialog that connects a wallet. */
export function closeConnectDialog(): void {
  show(null);
}

/** The view that the dialog shows, or null when it is closed. */
export function useConnectDialog(): ConnectView | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => view,
  );
}
