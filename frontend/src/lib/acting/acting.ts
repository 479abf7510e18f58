import { useSyncExternalStore } from "react";
import type { Address } from "viem";
import { useConnection } from "wagmi";

/** Another's account that a wallet acts for: as its successor in everything, as a delegate in what the mandate names. */
export interface Acting {
  /** The connected wallet. */
  readonly wallet: Address;
  readonly account: Address;
  readonly as: "successor" | "delegate";
}

/** In memory alone: after a reload everybody acts for himself. */
let acting: Acting | null = null;
const listeners = new Set<() => void>();

/** Is told when somebody begins or ends acting for another. Returns how to stop. */
export function subscribeActing(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Acts for another's account from now on, until it is ended with null or another wallet is connected. */
export function actFor(next: Acting | null): void {
  acting = next;
  for (const listener of listeners) listener();
}

/** Whom the connected wallet acts for now; null when for itself. */
export function useActing(): Acting | null {
  const { address } = useConnection();
  const current = useSyncExternalStore(subscribeActing, () => acting);
  return current !== null && current.wallet === address ? current : null;
}

/** The account whose patient's pages are shown: the one that is acted for, else the wallet's own. */
export function usePatientAccount(): Address | undefined {
  const { address } = useConnection();
  return useActing()?.account ?? address;
}
