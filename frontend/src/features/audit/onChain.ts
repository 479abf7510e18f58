import { ChartkeyError, type ReadSession } from "@chartkey/sdk";

/** The session of the configured chain. Throws `CHAIN_UNKNOWN` when this build knows no deployment there. */
export function onChain(session: ReadSession | null): ReadSession {
  if (!session) throw new ChartkeyError("CHAIN_UNKNOWN", "this build knows no deployment on the configured chain");
  return session;
}
