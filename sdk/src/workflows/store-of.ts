import type { PrivateKeyAccount } from "viem/accounts";
import type { ContentStore } from "../storage/content-store.ts";
import { contentStores, storesOf } from "../storage/replicated-store.ts";
import type { ReadSession } from "./session.ts";
import { type AppName, type SessionSigner, storeSession } from "./store-session.ts";

/**
 * The session's stores as another account sees them, whose key is at hand: signed in to for as long as `use` takes.
 * @param app the program that asks, as stores are told
 */
export async function withStoreOf<T>(
  { chain, store }: ReadSession,
  account: PrivateKeyAccount,
  app: AppName,
  use: (store: ContentStore) => Promise<T>,
): Promise<T> {
  const signer = { account, signMessage: account.signMessage } as unknown as SessionSigner;
  const asking = storeSession(chain, signer, app);
  const [primary, ...others] = storesOf(store).map(({ url }) => url);
  try {
    return await use(contentStores([primary!, ...others], asking));
  } finally {
    await asking.end();
  }
}
