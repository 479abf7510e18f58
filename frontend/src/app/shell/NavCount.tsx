import { Suspense, lazy, useSyncExternalStore } from "react";
import { isUnlocked, subscribeVault } from "../../lib/session/vault.ts";

const UnreadCount = lazy(() => import("../../features/messages/UnreadCount.tsx"));

/** How many messages are new; known while the key is unlocked. */
export function NavCount() {
  const unlocked = useSyncExternalStore(subscribeVault, isUnlocked);
  return <Suspense fallback={null}>{unlocked && <UnreadCount />}</Suspense>;
}
