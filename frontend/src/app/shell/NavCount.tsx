import { Suspense, lazy, useSyncExternalStore } from "react";
import { isUnlocked, subscribeVault } from "../../lib/session/vault.ts";

const unread = () => import("../../features/messages/unread.ts");
const UnreadCount = lazy(async () => ({ default: (await unread()).UnreadCount }));
const NewMessages = lazy(async () => ({ default: (await unread()).NewMessages }));

/** How many messages are new; known while the key is unlocked. */
export function NavCount() {
  const unlocked = useSyncExternalStore(subscribeVault, isUnlocked);
  return <Suspense fallback={null}>{unlocked && <UnreadCount />}</Suspense>;
}

/** Says under the header that there are new ones. */
export function NavNotice() {
  const unlocked = useSyncExternalStore(subscribeVault, isUnlocked);
  return <Suspense fallback={null}>{unlocked && <NewMessages />}</Suspense>;
}
