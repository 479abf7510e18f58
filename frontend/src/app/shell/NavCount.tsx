import { Suspense, lazy, useSyncExternalStore } from "react";
import { isUnlocked, subscribeVault } from "../../lib/session/vault.ts";
import type { Counted } from "../../routes/navigation.ts";

const news = () => import("./news.ts");
const NewCount = lazy(async () => ({ default: (await news()).NewCount }));
const NewMessages = lazy(async () => ({ default: (await news()).NewMessages }));

/** How many of these are new; known while the key is unlocked. */
export function NavCount({ of }: { readonly of: readonly Counted[] }) {
  const unlocked = useSyncExternalStore(subscribeVault, isUnlocked);
  return <Suspense fallback={null}>{unlocked && <NewCount of={of} />}</Suspense>;
}

/** Says under the header that there are new messages. */
export function NavNotice() {
  const unlocked = useSyncExternalStore(subscribeVault, isUnlocked);
  return <Suspense fallback={null}>{unlocked && <NewMessages />}</Suspense>;
}
