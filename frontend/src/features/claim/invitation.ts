import { useLayoutEffect, useSyncExternalStore } from "react";
import { useLocation, useNavigate } from "react-router";

/** The text of the opened invitation. Whoever has it can use it: it is kept in memory alone. */
let text: string | null = null;
const listeners = new Set<() => void>();

/** Keeps the text of an invitation until it is used, replaced or the page is loaded again; null forgets it. */
export function keepInvitation(next: string | null): void {
  text = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The invitation of the address' fragment, which is taken out of the address bar and the history at once, or the pasted one. */
export function useInvitationText(): string | null {
  const { hash, pathname } = useLocation();
  const navigate = useNavigate();
  useLayoutEffect(() => {
    if (hash.length <= 1) return;
    keepInvitation(hash.slice(1));
    window.history.replaceState(window.history.state, "", pathname);
    // The router has its own copy of the address.
    void navigate(pathname, { replace: true });
  }, [hash, pathname, navigate]);
  return useSyncExternalStore(subscribe, () => text);
}
