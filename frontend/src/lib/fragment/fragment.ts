import { useEffect, useLayoutEffect, useSyncExternalStore } from "react";
import { useLocation, useNavigate } from "react-router";

/** A text that came in the fragment of a link, kept in memory alone. */
export interface FragmentText {
  /** Keeps a text until it is replaced or the page is loaded again; null forgets it. */
  readonly keep: (next: string | null) => void;
  /** The text that is kept now, if there is one. */
  readonly held: () => string | null;
  /** The text of the address' fragment, which is taken out of the address bar and the history at once, or the one that was kept. */
  readonly useText: () => string | null;
}

/** Makes a place for the text of one kind of link. */
export function fragmentText(): FragmentText {
  let text: string | null = null;
  const listeners = new Set<() => void>();

  function keep(next: string | null): void {
    text = next;
    for (const listener of listeners) listener();
  }

  function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  function useText(): string | null {
    const { hash, pathname } = useLocation();
    const navigate = useNavigate();
    useLayoutEffect(() => {
      if (hash.length <= 1) return;
      keep(hash.slice(1));
      window.history.replaceState(window.history.state, "", pathname);
    }, [hash, pathname]);
    // The router has its own copy of the address, and listens once it is laid out itself.
    useEffect(() => {
      if (hash.length > 1) void navigate(pathname, { replace: true });
    }, [hash, pathname, navigate]);
    return useSyncExternalStore(subscribe, () => text);
  }

  return { keep, held: () => text, useText };
}
