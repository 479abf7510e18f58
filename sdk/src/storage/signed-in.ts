import { ChartkeyError } from "../errors.ts";
import type { StoreSession } from "./store-session.ts";

export type Headers = Record<string, string>;

/** A store forgets its sessions when it is started anew: then once more, with a new token for the same certificate. */
export async function signedIn<T>(
  url: string,
  session: StoreSession | undefined,
  headersOf: (session: StoreSession) => Promise<Headers>,
  ask: (headers: Headers) => Promise<T>,
): Promise<T> {
  if (session === undefined) return ask({});
  try {
    return await ask(await headersOf(session));
  } catch (error) {
    if (!(error instanceof ChartkeyError && error.code === "STORE_UNAUTHORIZED")) throw error;
    session.forget(url);
    return ask(await headersOf(session));
  }
}
