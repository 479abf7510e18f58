import { lazy, Suspense } from "react";

// What opens sealed names comes with it: a visitor needs none of it.
const OwnName = lazy(() => import("../../components/OwnName.tsx"));

/** The wallet's own name for somebody it acts for, once it is there. */
export function SealedName({ account }: { readonly account: string }) {
  return (
    <Suspense fallback={null}>
      <OwnName account={account} />
    </Suspense>
  );
}
