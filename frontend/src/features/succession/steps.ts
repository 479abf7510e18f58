import {
  acceptSuccession,
  proposeSuccessor,
  setRecovery,
  vetoSuccessor,
  type OnPhase,
  type Session,
} from "@chartkey/sdk";
import type { Address } from "viem";

/** A step on the way to a successor, for `account`; `other` is whom it names. */
export type Step =
  | { readonly kind: "recovery" | "propose"; readonly account: Address; readonly other: Address }
  | { readonly kind: "veto" | "accept"; readonly account: Address };

/** Takes a step: one transaction. Throws what the sdk's function throws. */
export function takeStep(session: Session, step: Step, onPhase: OnPhase): Promise<void> {
  switch (step.kind) {
    case "recovery":
      return setRecovery({ ...session, account: step.account }, step.other, onPhase);
    case "propose":
      return proposeSuccessor(session, step.account, step.other, onPhase);
    case "veto":
      return vetoSuccessor(session, step.account, onPhase);
    case "accept":
      return acceptSuccession(session, step.account, onPhase);
  }
}
