import { appAt, storeSession, type Chain, type StoreSession, type Wallet } from "@chartkey/sdk";
import { isUnlocked, subscribeVault, vaultOwner } from "./vault.ts";

/** The one session at stores and whose it is. In memory alone; it asks the wallet when a store first needs to know who reads. */
let kept: { readonly owner: string; readonly session: StoreSession; wallet: Wallet } | null = null;

/** The program, as stores are told. */
export const thisApp = () => appAt(window.location.origin);

/** The session at stores of a wallet's account; another account's ends. */
export function storeSessionOf(chain: Chain, wallet: Wallet): StoreSession {
  const owner = vaultOwner(chain.id, wallet.account.address);
  if (kept?.owner === owner) {
    kept.wallet = wallet;
    return kept.session;
  }
  endStoreSession();
  // The wallet's client is made anew now and then, which is no reason to ask again.
  const signMessage: Wallet["signMessage"] = (message) =>
    (kept?.owner === owner ? kept.wallet : wallet).signMessage(message);
  const session = storeSession(chain, { account: wallet.account, signMessage }, thisApp());
  kept = { owner, session, wallet };
  return session;
}

function endStoreSession(): void {
  void kept?.session.end();
}

// Who locks his key has finished here: stores forget him too.
subscribeVault(() => {
  if (!isUnlocked()) endStoreSession();
});
