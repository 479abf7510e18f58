import { type Address, zeroAddress } from "viem";
import { transact } from "../chain/transact.ts";
import { keyDirectoryAbi } from "../generated/abi/KeyDirectory.ts";
import { type OnPhase, type Session, accountOf, watch } from "./session.ts";

/** Calls that name an account alone, or an account and another address. */
type Step =
  | { functionName: "vetoSuccessor" | "acceptSuccession"; args: readonly [account: Address] }
  | { functionName: "setRecovery" | "proposeSuccessor"; args: readonly [account: Address, other: Address] };

async function send({ chain, wallet }: Session, step: Step, onPhase: OnPhase | undefined): Promise<void> {
  const call = { address: chain.deployment.keyDirectory, abi: keyDirectoryAbi, ...step };
  await transact(chain, wallet, call, watch(onPhase));
  onPhase?.("done");
}

/**
 * Names the address that may propose a successor when the wallet is lost: the first one as whoever acts for the account, a later one as
 * the recovery address itself (a session of its wallet with `account`); undefined gives it up.
 * Throws `REVERT_Succession_InvalidRecovery` when nothing would change, and what `transact` throws.
 */
export function setRecovery(session: Session, recovery: Address | undefined, onPhase?: OnPhase): Promise<void> {
  const args = [accountOf(session), recovery ?? zeroAddress] as const;
  return send(session, { functionName: "setRecovery", args }, onPhase);
}

/**
 * Proposes a successor of `account`, as whoever acts for it or as its recovery address; replaces a proposal that is waiting.
 * He may accept when the delay has passed (`readProposal`). Throws what `transact` throws.
 */
export function proposeSuccessor(
  session: Session,
  account: Address,
  successor: Address,
  onPhase?: OnPhase,
): Promise<void> {
  return send(session, { functionName: "proposeSuccessor", args: [account, successor] }, onPhase);
}

/** Ends a proposal that is waiting, as whoever acts for `account` or as its recovery address. Throws what `transact` throws. */
export function vetoSuccessor(session: Session, account: Address, onPhase?: OnPhase): Promise<void> {
  return send(session, { functionName: "vetoSuccessor", args: [account] }, onPhase);
}

/**
 * Takes over an account, as its proposed successor. From then on a session with this `account` acts for it, and the wallet before no
 * longer does. Throws `REVERT_Succession_TooEarly`, `REVERT_Succession_NotProposed`, and what `transact` throws.
 */
export function acceptSuccession(session: Session, account: Address, onPhase?: OnPhase): Promise<void> {
  return send(session, { functionName: "acceptSuccession", args: [account] }, onPhase);
}
