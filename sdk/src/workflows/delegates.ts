import type { Address } from "viem";
import { ChartkeyError } from "../errors.ts";
import { readConsent } from "../chain/consent.ts";
import { type MandateAction, toActions } from "../chain/delegates.ts";
import { ZERO_HEAD } from "../chain/head.ts";
import { readActor } from "../chain/succession.ts";
import { transact } from "../chain/transact.ts";
import { consentRegistryAbi } from "../generated/abi/ConsentRegistry.ts";
import { type GrantTerms, sendGrant, waitUntilActive } from "./consent.ts";
import { type OnPhase, type Session, accountOf, sameAddress, signerOf, watch } from "./session.ts";

/** What a patient lets somebody do for him. */
export interface MandateTerms {
  delegate: Address;
  actions: MandateAction[];
  /** Unix seconds: first second without power; at most 2 years of 365 days ahead. */
  expiry: number;
}

function consentOf({ chain }: Session) {
  return { address: chain.deployment.consent, abi: consentRegistryAbi } as const;
}

/** Gives a delegate a mandate, replacing the one he has. It gives him no key. Throws `REVERT_Delegates_...`, and what `transact` throws. */
export async function appointDelegate(
  session: Session,
  { delegate, actions, expiry }: MandateTerms,
  onPhase?: OnPhase,
): Promise<void> {
  onPhase?.("checking");
  const args = [accountOf(session), delegate, toActions(actions), expiry] as const;
  const call = { ...consentOf(session), functionName: "appointDelegate", args } as const;
  await transact(session.chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}

async function remove(session: Session, patient: Address, delegate: Address, onPhase?: OnPhase): Promise<void> {
  onPhase?.("checking");
  const mandate = { ...consentOf(session), functionName: "mandateOf", args: [patient, delegate] } as const;
  const [, expiry] = await session.chain.client.readContract(mandate);
  if (expiry === 0)
    throw new ChartkeyError("NOTHING_TO_END", "There is no mandate that could be ended. Nothing was sent.");
  const call = { ...consentOf(session), functionName: "removeDelegate", args: [patient, delegate] } as const;
  await transact(session.chain, session.wallet, call, watch(onPhase));
  onPhase?.("done");
}

/** Ends a delegate's mandate. What he granted stays until it is revoked. Throws `NOTHING_TO_END`, and what `transact` throws. */
export function removeDelegate(session: Session, delegate: Address, onPhase?: OnPhase): Promise<void> {
  return remove(session, accountOf(session), delegate, onPhase);
}

/** Gives a mandate back, as the delegate. Throws `NOTHING_TO_END`, and what `transact` throws. */
export function resignMandate(session: Session, patient: Address, onPhase?: OnPhase): Promise<void> {
  return remove(session, patient, signerOf(session), onPhase);
}

/** Whether the session's account is another's who has not been succeeded by the wallet: then it can only be a delegate's. */
export async function isDelegateSession(session: Session): Promise<boolean> {
  if (sameAddress(accountOf(session), signerOf(session))) return false;
  return !sameAddress(await readActor(session.chain, accountOf(session)), signerOf(session));
}

/**
 * Gives a doctor access for the session's account, as its delegate. He has no key of the chart, so none goes with the grant: the doctor
 * opens what is added from then on, and what is older when the patient grants it himself (`grantAccess`). Needs the mandate to grant, and
 * to revoke as well when it replaces a grant that has not ended.
 * Throws `GRANTEE_NOT_ACTIVE`, `REVERT_Delegates_...`, `REVERT_ConsentRegistry_StaleHead`, and what `transact` throws.
 */
export async function grantAsDelegate(session: Session, terms: GrantTerms, onPhase?: OnPhase): Promise<void> {
  onPhase?.("checking");
  await waitUntilActive(session, terms);
  const { head } = await readConsent(session.chain, accountOf(session));
  await sendGrant(session, terms, { keyring: ZERO_HEAD, head }, onPhase);
}
