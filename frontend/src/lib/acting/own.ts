import type { Session } from "@chartkey/sdk";
import { useMemo } from "react";
import { useSession } from "../session/session.ts";

/** The wallet's session for itself, also while it acts for somebody else; null until it is there. */
export function useOwnSession(): Session | null {
  const session = useSession();
  return useMemo(() => {
    if (!session) return null;
    const { account: _acted, ...own } = session;
    return own;
  }, [session]);
}
