import type { Address, Hex, TypedDataDefinition } from "viem";

/** What the development wallet is asked to sign. */
export type SigningRequest =
  | { readonly kind: "message"; readonly account: Address; readonly text: string }
  | { readonly kind: "typedData"; readonly account: Address; readonly data: TypedDataDefinition }
  | {
      readonly kind: "transaction";
      readonly account: Address;
      readonly to: Address | null;
      readonly data: Hex;
      /** Wei. */
      readonly value: bigint;
    };

/** A request on screen, waiting for the person. */
export interface PendingApproval {
  readonly id: number;
  readonly request: SigningRequest;
  readonly sign: () => void;
  readonly decline: () => void;
}

/** EIP-1193: the user rejected the request. */
export class UserRejected extends Error {
  readonly code = 4001;

  constructor() {
    super("User rejected the request.");
    this.name = "UserRejectedRequestError";
  }
}

let queue: readonly PendingApproval[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function replace(next: readonly PendingApproval[]): void {
  queue = next;
  for (const listener of listeners) listener();
}

/**
 * Shows `request` to the person, after those that wait already.
 * @throws UserRejected when it is declined.
 */
export function askToSign(request: SigningRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const id = nextId++;
    const leave = () => replace(queue.filter((pending) => pending.id !== id));
    const sign = () => {
      leave();
      resolve();
    };
    const decline = () => {
      leave();
      reject(new UserRejected());
    };
    replace([...queue, { id, request, sign, decline }]);
  });
}

/** For `useSyncExternalStore`: tells when the queue changes. */
export function subscribeApprovals(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The request that is on screen now. */
export function currentApproval(): PendingApproval | null {
  return queue[0] ?? null;
}
