import { lazy, Suspense } from "react";

// What opens sealed names comes with it: a visitor needs none of it.
const OwnName = lazy(() => import("../../components/OwnName.tsx"));
const NamesLocked = lazy(() => import("./NamesLocked.tsx"));

/** The wallet's own name for somebody it acts for, once it is there. */
export function SealedName({ account }: { readonly account: string }) {
  return (
    <Suspense fallback={null}>
      <OwnName account={account} />
    </Suspense>
  );
}

/** The item of a menu that leads to where the wallet's own names can be unlocked, once it is known that they are locked. */
export function UnlockForNames({ onUnlock }: { readonly onUnlock: () => void }) {
  return (
    <Suspense fallback={null}>
      <NamesLocked onUnlock={onUnlock} />
    </Suspense>
  );
}
