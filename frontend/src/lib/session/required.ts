import { ChartkeyError } from "@chartkey/sdk";

/** The session of an action. Throws `WALLET_DISCONNECTED` when the wallet went away or the key was locked meanwhile. */
export function required<Session>(session: Session | null): Session {
  if (session === null)
    throw new ChartkeyError("WALLET_DISCONNECTED", "The wallet is no longer connected, or your key is locked.");
  return session;
}
